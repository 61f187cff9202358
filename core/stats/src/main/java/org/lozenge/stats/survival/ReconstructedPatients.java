package org.lozenge.stats.survival;

/**
 * Individual patient data that draw a published curve again.
 *
 * @param times the reconstructed times and events
 * @param rootMeanSquareError distance between the clicks and the redrawn curve, root mean square, on the scale of survival
 * @param maximumError the largest such distance
 * @param maximumRiskError the largest difference between a printed and a reconstructed number at risk
 */
public record ReconstructedPatients(
        SurvivalTimes times, double rootMeanSquareError, double maximumError, int maximumRiskError) {}
