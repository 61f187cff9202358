/**
 * The analysis {@code effect-size}: from what studies print to one effect and variance per study.
 *
 * <p>{@link org.lozenge.analyses.effectsize.EffectSizeAnalysis} is the entry. The reading is shared with other analyses
 * ({@code analyses.shared}), the formulas stand in {@code stats.effect}.
 */
package org.lozenge.analyses.effectsize;
