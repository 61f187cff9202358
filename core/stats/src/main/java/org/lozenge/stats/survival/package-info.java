/**
 * From what a trial report prints about a time-to-event endpoint to a log hazard ratio with its standard error, with the
 * contradictions of the report named.
 *
 * <p>{@link org.lozenge.stats.survival.ReportReader} reads printed cells into a
 * {@link org.lozenge.stats.survival.ReportedResult}, text and rounding kept.
 * {@link org.lozenge.stats.survival.RouteChooser} derives the log hazard ratio by every
 * {@link org.lozenge.stats.survival.Route} that the report allows and chooses one by a fixed precedence.
 * {@link org.lozenge.stats.survival.AuditRule} holds the printed numbers against each other and complains only where
 * rounding cannot explain a difference. A new route or rule is one class and one line in the list of its interface.
 *
 * <p>{@link org.lozenge.stats.survival.LogHazardRatio} holds what follows from several ratios of one trial: sums over
 * strata, inverted contrasts and shared arms.
 *
 * <p>{@link org.lozenge.stats.survival.AbsoluteEffect} goes the other way, from a relative effect and a baseline to
 * fractions, differences and numbers needed to treat; {@link org.lozenge.stats.survival.MedianTranslation} to medians.
 *
 * <p>May import {@code org.lozenge.stats} and {@code org.lozenge.stats.numeric}.
 */
package org.lozenge.stats.survival;
