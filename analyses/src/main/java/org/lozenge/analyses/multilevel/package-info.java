/**
 * The analysis {@code multilevel}: effects in clusters, with a random effect for each level.
 *
 * <p>{@link org.lozenge.analyses.multilevel.MultilevelAnalysis} is the entry.
 */
package org.lozenge.analyses.multilevel;
