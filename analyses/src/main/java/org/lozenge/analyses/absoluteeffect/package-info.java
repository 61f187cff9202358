/**
 * Absolute effects from a relative effect and a baseline: {@link org.lozenge.analyses.absoluteeffect.AbsoluteEffectAnalysis}
 * runs; what a reader sees comes from {@code analyses.shared}, because reviews show the same. Imports {@code plugin},
 * {@code stats}, {@code stats.survival} and {@code analyses.shared}.
 */
package org.lozenge.analyses.absoluteeffect;
