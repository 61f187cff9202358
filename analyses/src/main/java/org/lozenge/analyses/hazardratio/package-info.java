/**
 * The analysis {@code hazard-ratio}: from what trial reports print to log hazard ratios with their standard errors, every
 * route shown and every report audited.
 *
 * <p>{@link org.lozenge.analyses.hazardratio.HazardRatioAnalysis} is the entry; the statistics are in
 * {@code org.lozenge.stats.survival}, the reading of the table in {@code org.lozenge.analyses.shared}.
 */
package org.lozenge.analyses.hazardratio;
