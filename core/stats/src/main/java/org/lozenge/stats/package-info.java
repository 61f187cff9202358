/**
 * The values every statistical method shares: {@link org.lozenge.stats.EffectSizes} go in,
 * {@link org.lozenge.stats.Interval} and {@link org.lozenge.stats.TestResult} come out.
 *
 * <p>All values are immutable and checked when they are made, so a method that receives them never
 * checks again. Effects are always on the analysis scale (log hazard ratio, Fisher z …). This package
 * imports the JDK alone; the packages below it hold the methods: {@code stats.numeric} distribution
 * tails and roots, {@code stats.tau2} the between-study variance, {@code stats.model} pooled models.
 */
package org.lozenge.stats;
