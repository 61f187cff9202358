/**
 * The simple tests that trial reports print, so that a reader can check them: {@link org.lozenge.stats.trial.FisherExact},
 * {@link org.lozenge.stats.trial.ChiSquaredTwoByTwo}, {@link org.lozenge.stats.trial.McNemar},
 * {@link org.lozenge.stats.trial.PersonTimeRates} and the interim boundaries of
 * {@link org.lozenge.stats.trial.LanDeMets}.
 *
 * <p>Exact tests sum probabilities outward from the mode by their ratios, so P values keep their relative accuracy down to
 * 1e-300 and counts may be in the millions. Imports {@code stats} and {@code stats.numeric}.
 */
package org.lozenge.stats.trial;
