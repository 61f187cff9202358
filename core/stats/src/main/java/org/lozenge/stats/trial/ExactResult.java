package org.lozenge.stats.trial;

import org.lozenge.stats.Interval;

/**
 * What an exact comparison gives.
 *
 * @param estimate the ratio (odds or rates), first over second; 0 or infinite when one side has no event
 * @param interval its exact interval, the larger of the two tail probabilities inverted at half the error each
 * @param twoSided two-sided P value: the probability of all outcomes no likelier than the observed one
 * @param less one-sided P value for a ratio below 1
 * @param greater one-sided P value for a ratio above 1
 */
public record ExactResult(double estimate, Interval interval, double twoSided, double less, double greater) {}
