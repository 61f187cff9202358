/**
 * How much a pooled result hangs on single studies and on the order, choice and chance of studies.
 *
 * <p>{@link org.lozenge.stats.sensitivity.LeaveOut} and {@link org.lozenge.stats.sensitivity.Cumulative} fit a model to
 * parts of the studies, {@link org.lozenge.stats.sensitivity.InfluenceDiagnostics} says how far each study moves it,
 * {@link org.lozenge.stats.sensitivity.NormalQuantiles} holds residuals against the normal distribution. Imports {@code
 * stats}, {@code stats.numeric}, {@code stats.tau2} and {@code stats.model}.
 */
package org.lozenge.stats.sensitivity;
