package org.lozenge.stats.numeric;

import java.util.Arrays;

/**
 * Maximises a smooth function of a few variables with lower bounds by damped Newton steps.
 *
 * <p>Variables on their bound stay there while the function falls inwards. Steps solve
 * {@code (−H + λD)s = g} with D the diagonal of the curvature; λ grows until the function rises (Levenberg and
 * Marquardt) and vanishes near the maximum, where convergence is quadratic.
 */
public final class BoundedNewton {

    private static final int MAX_STEPS = 400;
    private static final int MAX_DAMPINGS = 60;

    /** The gain in the function that another step promises when the search ends: the error is about its root. */
    private static final double GAIN = 1e-20;

    /** Where rounding stops the search, the promised gain must be below this. */
    private static final double STALLED = 1e-9;

    private BoundedNewton() {}

    /** A function with its gradient and matrix of second derivatives. */
    @FunctionalInterface
    public interface Objective {

        /**
         * Evaluates the function.
         *
         * @param x the point
         * @param gradient receives the gradient
         * @param hessian receives the second derivatives, both triangles
         * @return the value; minus infinity or NaN where it is not defined
         */
        double at(double[] x, double[] gradient, double[][] hessian);
    }

    /** A maximum. */
    public static final class Maximum {
        private final double[] x;
        private final double value;
        private final double[][] hessian;
        private final boolean[] bound;
        private final boolean converged;

        private Maximum(double[] x, double value, double[][] hessian, boolean[] bound, boolean converged) {
            this.x = x;
            this.value = value;
            this.hessian = hessian;
            this.bound = bound;
            this.converged = converged;
        }

        /** Returns the point; a copy. */
        public double[] x() {
            return x.clone();
        }

        /** Returns the value of the function there. */
        public double value() {
            return value;
        }

        /** Returns whether a variable is on its bound. */
        public boolean isBound(int variable) {
            return bound[variable];
        }

        /** Returns whether the search ended at a maximum; false where it ran away or stopped rising. */
        public boolean converged() {
            return converged;
        }

        /**
         * Returns the inverse of the negative second derivatives over the variables that are not on their bounds.
         *
         * @return a matrix for all variables, NaN for those on bounds and where the curvature is not that of a maximum
         */
        public double[][] covariance() {
            int n = x.length;
            int[] free = free(bound);
            double[][] out = new double[n][n];
            for (double[] row : out) {
                Arrays.fill(row, Double.NaN);
            }
            PositiveDefinite factor = PositiveDefinite.of(negative(hessian, free, 0), 1e-13);
            if (factor.rank() == free.length) {
                double[][] inverse = factor.inverse();
                for (int i = 0; i < free.length; i++) {
                    for (int j = 0; j < free.length; j++) {
                        out[free[i]][free[j]] = inverse[i][j];
                    }
                }
            }
            return out;
        }
    }

    /**
     * Climbs from a point to a maximum.
     *
     * @param f the function
     * @param start where to start, within the bounds
     * @param lower lower bounds; minus infinity for none
     * @return the maximum, with {@link Maximum#converged} false if the search failed
     */
    public static Maximum climb(Objective f, double[] start, double[] lower) {
        int n = start.length;
        double[] x = start.clone();
        double[] gradient = new double[n];
        double[][] hessian = new double[n][n];
        double value = f.at(x, gradient, hessian);
        double damping = 1e-3;
        for (int step = 0; step < MAX_STEPS && Double.isFinite(value); step++) {
            boolean[] bound = bound(x, gradient, lower);
            int[] free = free(bound);
            if (free.length == 0) {
                return new Maximum(x, value, hessian, bound, true);
            }
            boolean moved = false;
            double promised = Double.POSITIVE_INFINITY;
            for (int attempt = 0; attempt < MAX_DAMPINGS && !moved; attempt++) {
                PositiveDefinite factor = PositiveDefinite.of(negative(hessian, free, damping), 1e-14);
                if (factor.rank() < free.length) {
                    damping = Math.max(10 * damping, 1e-6);
                    continue;
                }
                double[] g = new double[free.length];
                for (int i = 0; i < g.length; i++) {
                    g[i] = gradient[free[i]];
                }
                double[] s = factor.solve(g);
                promised = 0;
                double[] next = x.clone();
                for (int i = 0; i < s.length; i++) {
                    promised += g[i] * s[i];
                    next[free[i]] = Math.max(lower[free[i]], x[free[i]] + s[i]);
                }
                double[] nextGradient = new double[n];
                double[][] nextHessian = new double[n][n];
                double nextValue = f.at(next, nextGradient, nextHessian);
                boolean last = damping < 1e-6 && promised <= 1e-12 * (1 + Math.abs(value));
                if (nextValue > value || (last && nextValue > value - 1e-9 * (1 + Math.abs(value)))) {
                    x = next;
                    value = nextValue;
                    gradient = nextGradient;
                    hessian = nextHessian;
                    damping = damping < 1e-9 ? 0 : damping / 20;
                    moved = true;
                } else {
                    damping = Math.max(10 * damping, 1e-9);
                }
            }
            if (!moved) {
                // What a step promised under the heavy damping that ended the search says nothing.
                promised = promised(gradient, hessian, free);
            }
            boolean[] now = bound(x, gradient, lower);
            boolean settled = Arrays.equals(now, bound);
            if (settled && (promised <= GAIN || (!moved && promised <= STALLED))) {
                return new Maximum(x, value, hessian, now, isMaximum(hessian, now));
            }
            if (!moved) {
                return new Maximum(x, value, hessian, now, false);
            }
        }
        return new Maximum(x, value, hessian, new boolean[n], false);
    }

    private static double promised(double[] gradient, double[][] hessian, int[] free) {
        double[] g = Arrays.stream(free).mapToDouble(i -> gradient[i]).toArray();
        PositiveDefinite factor = PositiveDefinite.of(negative(hessian, free, 0), 1e-14);
        if (factor.rank() < free.length) {
            return Double.POSITIVE_INFINITY;
        }
        double[] step = factor.solve(g);
        double sum = 0;
        for (int i = 0; i < g.length; i++) {
            sum += g[i] * step[i];
        }
        return sum;
    }

    private static boolean isMaximum(double[][] hessian, boolean[] bound) {
        int[] free = free(bound);
        return PositiveDefinite.of(negative(hessian, free, 0), 1e-14).rank() == free.length;
    }

    private static boolean[] bound(double[] x, double[] gradient, double[] lower) {
        boolean[] bound = new boolean[x.length];
        for (int i = 0; i < x.length; i++) {
            bound[i] = x[i] <= lower[i] && gradient[i] <= 0;
        }
        return bound;
    }

    private static int[] free(boolean[] bound) {
        int[] free = new int[bound.length];
        int count = 0;
        for (int i = 0; i < bound.length; i++) {
            if (!bound[i]) {
                free[count++] = i;
            }
        }
        return Arrays.copyOf(free, count);
    }

    private static double[][] negative(double[][] hessian, int[] free, double damping) {
        double[][] m = new double[free.length][free.length];
        for (int i = 0; i < free.length; i++) {
            for (int j = 0; j < free.length; j++) {
                m[i][j] = -hessian[free[i]][free[j]];
            }
            m[i][i] += damping * Math.max(Math.abs(m[i][i]), 1e-12);
        }
        return m;
    }
}
