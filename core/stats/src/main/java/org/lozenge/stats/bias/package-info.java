/**
 * Whether the pooled effect can be trusted: tests of funnel plot asymmetry, trim and fill, fail-safe numbers, selection
 * models, and what they leave of the effect.
 *
 * <p>Entry classes: {@link org.lozenge.stats.bias.FunnelRegression}, {@link org.lozenge.stats.bias.BeggTest}, {@link
 * org.lozenge.stats.bias.TrimAndFill}, {@link org.lozenge.stats.bias.FailSafeN}, {@link
 * org.lozenge.stats.bias.SelectionModel} and {@link org.lozenge.stats.bias.CopasModel}. Uses stats, stats.numeric,
 * stats.tau2 and stats.model.
 */
package org.lozenge.stats.bias;
