/**
 * Common-effect and random-effects models.
 *
 * <p>Start at {@link org.lozenge.stats.model.RandomEffectsModel} or {@link
 * org.lozenge.stats.model.CommonEffectModel}; both turn {@link org.lozenge.stats.EffectSizes} into a {@link
 * org.lozenge.stats.model.PooledFit}, which answers everything else: test, intervals, weights, predictions of the
 * studies' own effects, heterogeneity. What costs more than the fit itself is computed when it is asked for.
 * Imports {@code stats}, {@code stats.numeric} and {@code stats.tau2}.
 */
package org.lozenge.stats.model;
