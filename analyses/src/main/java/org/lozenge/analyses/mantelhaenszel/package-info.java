/**
 * The analysis {@code mantel-haenszel}: a common effect from two-by-two tables or person-time.
 *
 * <p>{@link org.lozenge.analyses.mantelhaenszel.MantelHaenszelAnalysis} is the entry; the methods stand in
 * {@code stats.model}.
 */
package org.lozenge.analyses.mantelhaenszel;
