/**
 * Distribution tails, quantiles and root finding: the numerical floor under every method.
 *
 * <p>{@link org.lozenge.stats.numeric.Normal}, {@link org.lozenge.stats.numeric.StudentT} and {@link
 * org.lozenge.stats.numeric.ChiSquared} give tails that keep their relative accuracy down to 1e-300, and
 * quantiles that are asked for by the tail's own probability, so that a level of 0.999999 loses nothing.
 * This is the only package that imports Commons Math, Commons Numbers or Commons Statistics.
 */
package org.lozenge.stats.numeric;
