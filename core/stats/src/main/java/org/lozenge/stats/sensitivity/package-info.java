/**
 * How much a pooled result depends on its studies and on its assumptions.
 *
 * <p>{@link org.lozenge.stats.sensitivity.Gosh} pools every subset of the studies, {@link
 * org.lozenge.stats.sensitivity.PermutationTest} tests without assuming a distribution, {@link
 * org.lozenge.stats.sensitivity.Bootstrap} forms intervals by resampling. All run on several threads and give the same
 * bits for any number of them. Imports {@code stats}, {@code stats.numeric}, {@code stats.tau2} and {@code stats.model}.
 */
package org.lozenge.stats.sensitivity;
