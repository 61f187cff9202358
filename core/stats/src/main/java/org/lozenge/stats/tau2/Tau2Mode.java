package org.lozenge.stats.tau2;

/**
 * A local maximum of the likelihood in τ².
 *
 * @param tau2 where it is, at least 0
 * @param logLikelihood the (restricted) log-likelihood there
 */
public record Tau2Mode(double tau2, double logLikelihood) {}
