package org.lozenge.stats.survival;

/** The function of time with which a test of proportional hazards lets coefficients drift. */
public enum TimeTransform {
    /** One minus the Kaplan–Meier estimate of all participants just before the time; robust to long tails. */
    KM,
    /** The rank of the time among all participants; ties share their mean rank. */
    RANK,
    /** The time itself. */
    IDENTITY,
    /** The logarithm of the time; needs event times above 0. */
    LOG
}
