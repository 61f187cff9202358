/**
 * Models of dependent effects: nested random effects of clusters and several outcomes per study.
 *
 * <p>Start at {@link org.lozenge.stats.multilevel.MultilevelModel} or
 * {@link org.lozenge.stats.multilevel.MultivariateModel}; both take effects, a
 * {@link org.lozenge.stats.multilevel.SamplingCovariance} and a design, and work block by block: time and memory are linear
 * in the number of clusters. Imports {@code stats}, {@code stats.numeric}, {@code stats.model} and {@code stats.robust}.
 */
package org.lozenge.stats.multilevel;
