/**
 * Estimators of the between-study variance τ² and intervals for it.
 *
 * <p>One final class per {@link org.lozenge.stats.tau2.Tau2Estimator}, found by its token through {@link
 * org.lozenge.stats.tau2.Tau2Estimators}; {@link org.lozenge.stats.tau2.QProfile} and {@link
 * org.lozenge.stats.tau2.ProfileLikelihood} give intervals. All of them work on slices of primitive arrays
 * through {@link org.lozenge.stats.tau2.WeightedSums}, in time linear in the number of studies and without a matrix.
 * Imports {@code stats} and {@code stats.numeric}.
 */
package org.lozenge.stats.tau2;
