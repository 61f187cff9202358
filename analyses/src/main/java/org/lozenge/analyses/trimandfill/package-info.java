/**
 * The analysis {@code trim-and-fill}: studies missing from the funnel, and the effect with them filled in.
 *
 * <p>{@link org.lozenge.analyses.trimandfill.TrimAndFillAnalysis} is the entry.
 */
package org.lozenge.analyses.trimandfill;
