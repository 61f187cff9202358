package org.lozenge.stats.glmm;

import java.util.function.Predicate;
import org.lozenge.stats.numeric.PositiveDefinite;
import org.lozenge.stats.numeric.SymmetricEigen;

/**
 * Newton's method for the maximum of a likelihood whose derivatives come from quadrature.
 *
 * <p>Such derivatives are those of the integral, not of the sum that stands for it, so near the maximum the gradient counts
 * and not the value: what is found is where the gradient vanishes and the curvature is that of a maximum. Far from it, steps
 * must raise the likelihood; where they do not, or the curvature is wrong, they are damped.
 */
final class NewtonAscent {

    /** Steps that promise less are taken without looking at the value. */
    private static final double NEAR = 1e-6;

    /** Enough for any maximum that there is. */
    static final int MAX_STEPS = 200;

    private static final int MAX_DAMPINGS = 40;

    /** The least curvature, of one with a unit diagonal, that a step relies on. */
    private static final double FLAT = 0.1;

    /** No step changes a standard deviation by more than this, or this share of it, whichever is more. */
    private static final double NARROW = 0.3;

    private static final double WIDE = 0.7;

    final double[] x;
    double value;
    final double[] gradient;
    final double[][] hessian;
    boolean converged;

    private NewtonAscent(double[] start) {
        x = start.clone();
        gradient = new double[x.length];
        hessian = new double[x.length][x.length];
    }

    /**
     * Climbs to a maximum.
     *
     * @param f the likelihood
     * @param start where to start
     * @param gain ends the search after a step that promised no more than this
     * @param steps the largest number of steps
     * @return the end, with value and derivatives there
     */
    static NewtonAscent climb(Surface f, double[] start, double gain, int steps) {
        return climb(f, start, gain, steps, x -> false);
    }

    /**
     * Climbs to a maximum, unless it becomes clear to which.
     *
     * @param known tells where to give up, because the way from there is known
     */
    static NewtonAscent climb(Surface f, double[] start, double gain, int steps, Predicate<double[]> known) {
        NewtonAscent ascent = new NewtonAscent(start);
        ascent.run(f, gain, steps, known);
        return ascent;
    }

    private void run(Surface f, double gain, int steps, Predicate<double[]> known) {
        value = f.at(x, gradient, hessian);
        double damping = 0;
        int dampings = 0;
        for (int step = 0; step < steps && value > Double.NEGATIVE_INFINITY && !known.test(x); step++) {
            PositiveDefinite factor = PositiveDefinite.of(negative(damping), 1e-14);
            boolean certain = factor.rank() == x.length;
            double[] move = certain ? factor.solve(gradient) : uphill(damping);
            double promised = 0;
            for (int i = 0; i < x.length; i++) {
                promised += move[i] * gradient[i];
            }
            double[] from = x.clone();
            double before = value;
            step(f, from, move);
            boolean near = certain && promised <= NEAR && damping == 0;
            if (near ? value > Double.NEGATIVE_INFINITY : value > before) {
                if (certain && promised <= gain && damping == 0) {
                    converged = PositiveDefinite.of(negative(0), 1e-14).rank() == x.length;
                    return;
                }
                damping = damping < 1e-2 ? 0 : damping / 10;
                dampings = 0;
            } else {
                if (dampings++ > MAX_DAMPINGS) {
                    break;
                }
                System.arraycopy(from, 0, x, 0, x.length);
                value = f.at(x, gradient, hessian);
                damping = Math.max(10 * damping, 1e-2);
            }
        }
    }

    /** A step that takes the curvature as that of a maximum in all directions: where it is not, as far as it would be down. */
    private double[] uphill(double damping) {
        int n = x.length;
        double[] unit = new double[n];
        for (int i = 0; i < n; i++) {
            unit[i] = 1 / Math.sqrt(Math.max(Math.abs(hessian[i][i]), 1e-3));
        }
        double[][] scaled = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                scaled[i][j] = hessian[i][j] * unit[i] * unit[j];
            }
        }
        double[][] inverse = SymmetricEigen.of(scaled).absoluteInverse(FLAT + damping);
        double[] move = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                move[i] += unit[i] * inverse[i][j] * unit[j] * gradient[j];
            }
        }
        return move;
    }

    private void step(Surface f, double[] from, double[] move) {
        double share = 1;
        for (int i = 0; i < x.length; i++) {
            if (f.isSpread(i)) {
                share = Math.min(share, Math.max(NARROW, WIDE * Math.abs(from[i])) / Math.abs(move[i]));
            }
        }
        for (int i = 0; i < x.length; i++) {
            x[i] = from[i] + share * move[i];
        }
        value = f.at(x, gradient, hessian);
    }

    /** Minus the second derivatives, with more on the diagonal. */
    private double[][] negative(double damping) {
        double[][] m = new double[x.length][x.length];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < x.length; j++) {
                m[i][j] = -hessian[i][j];
            }
            m[i][i] += damping * Math.max(Math.abs(m[i][i]), 1e-3);
        }
        return m;
    }
}
