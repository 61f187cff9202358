package org.lozenge.stats.numeric;

import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.apache.commons.math3.exception.TooManyEvaluationsException;
import org.lozenge.stats.ConvergenceException;

/** Roots of functions of one variable. */
public final class Roots {

    private static final int MAX_EVALUATIONS = 2000;

    private Roots() {}

    /**
     * Finds a root between two points at which a continuous function has opposite signs, by Brent's method, to a
     * relative 1e-15 of the root.
     *
     * @param function the function; finite between the points
     * @param low the lower point
     * @param high the upper point, above the lower
     * @param name what is solved for, to be named if it fails
     * @return a root; one of the points if the function is zero there
     * @throws IllegalArgumentException if the signs at the points are equal
     * @throws ConvergenceException if {@value #MAX_EVALUATIONS} evaluations do not suffice
     */
    public static double between(DoubleUnaryOperator function, double low, double high, String name) {
        double atLow = function.applyAsDouble(low);
        double atHigh = function.applyAsDouble(high);
        if (atLow == 0) {
            return low;
        }
        if (atHigh == 0) {
            return high;
        }
        if (!(atLow < 0 == atHigh > 0) || Double.isNaN(atLow) || Double.isNaN(atHigh)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%s has no change of sign between %s (%s) and %s (%s)",
                    name,
                    low,
                    atLow,
                    high,
                    atHigh));
        }
        try {
            return new BrentSolver(1e-15, Double.MIN_NORMAL, 0)
                    .solve(MAX_EVALUATIONS, function::applyAsDouble, low, high);
        } catch (TooManyEvaluationsException e) {
            throw new ConvergenceException(String.format(
                    Locale.ROOT,
                    "%s was not found in %d evaluations between %s and %s",
                    name,
                    MAX_EVALUATIONS,
                    low,
                    high));
        }
    }
}
