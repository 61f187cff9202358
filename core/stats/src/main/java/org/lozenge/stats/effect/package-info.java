/**
 * Effect sizes: from what a study prints to an effect and its sampling variance.
 *
 * <p>A study's numbers go into a record of {@link org.lozenge.stats.effect.RawData} (a two-by-two table, two means,
 * a correlation …), which checks them. One final class per measure turns such a record into an
 * {@link org.lozenge.stats.effect.Effect}; all implement {@link org.lozenge.stats.effect.EffectMeasure}, and
 * {@link org.lozenge.stats.effect.EffectMeasures} finds them by code. Zero cells are treated beforehand by
 * {@link org.lozenge.stats.effect.ZeroCells}; a {@link org.lozenge.stats.effect.BackTransform} leads from the analysis
 * scale to the scale a reader expects. Conversions between measures and from other summaries stand beside them:
 * {@link org.lozenge.stats.effect.FiveNumberSummary}, {@link org.lozenge.stats.effect.WaldStatistics},
 * {@link org.lozenge.stats.effect.TableFromOddsRatio}, {@link org.lozenge.stats.effect.EffectConversion}.
 *
 * <p>Impossible numbers are an {@link org.lozenge.stats.effect.InvalidRawDataException}, possible numbers from which a
 * measure does not follow a {@link org.lozenge.stats.effect.NotEstimableException}. Imports {@code stats} and
 * {@code stats.numeric}.
 */
package org.lozenge.stats.effect;
