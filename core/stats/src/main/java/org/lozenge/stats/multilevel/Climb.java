package org.lozenge.stats.multilevel;

import java.util.Arrays;

/**
 * Climbs a likelihood by Newton steps, with the average information where the curvature is not that of a maximum, within
 * bounds.
 *
 * <p>Nothing depends on the scale of the parameters: steps and the rule for stopping use the information. The search ends
 * where a further step promises less than rounding can show.
 */
final class Climb {

    private static final int MAX_STEPS = 300;
    private static final int MAX_DAMPINGS = 40;

    /** Below this promised gain (twice), steps are taken without comparing values, which rounding blurs. */
    private static final double CLOSE = 1e-10;

    private static final double DONE = 1e-25;

    /** The largest promised gain (twice) with which a search may have ended by rounding. */
    private static final double STALLED = 1e-9;

    private final Likelihood likelihood;
    private final Structure structure;
    private final boolean[] fixed;

    /** A search over the parameters that are not fixed. */
    Climb(Likelihood likelihood, Structure structure, boolean... fixed) {
        this.likelihood = likelihood;
        this.structure = structure;
        this.fixed = fixed.length == 0 ? new boolean[structure.size()] : fixed;
    }

    /** Where a search ended, with derivatives by the parameters searched for. */
    static final class Peak {
        final double[] x;
        final double[] theta;
        final Likelihood.Point point;
        final double[] gradient;
        final double[][] hessian;
        final double[][] information;
        boolean[] free = new boolean[0];
        boolean converged;

        /** Whether no direction rises, though the top may be a ridge. */
        boolean stationary;

        int steps;

        private Peak(double[] x, Structure.Map map, Likelihood.Point point) {
            this.x = x;
            this.theta = map.theta;
            this.point = point;
            int n = x.length;
            gradient = new double[n];
            hessian = new double[n][n];
            information = new double[n][n];
            if (point.value == Double.NEGATIVE_INFINITY) {
                return;
            }
            for (int a = 0; a < n; a++) {
                for (int k = 0; k < theta.length; k++) {
                    gradient[a] += point.gradient[k] * map.first[k][a];
                    for (int b = 0; b < n; b++) {
                        hessian[a][b] += point.gradient[k] * map.second[k][a][b];
                        for (int l = 0; l < theta.length; l++) {
                            double slopes = map.first[k][a] * map.first[l][b];
                            hessian[a][b] += point.hessian[k][l] * slopes;
                            information[a][b] += point.information[k][l] * slopes;
                        }
                    }
                }
            }
        }

        double value() {
            return point.value;
        }
    }

    /** Evaluates the likelihood at one point. */
    Peak at(double[] x) {
        Structure.Map map = structure.at(x);
        return new Peak(x, map, likelihood.at(map.theta));
    }

    /** Climbs from a point. */
    Peak from(double[] start) {
        double[] x = clip(start.clone());
        Peak here = at(x);
        double before = Double.POSITIVE_INFINITY;
        for (int step = 0; step < MAX_STEPS && Double.isFinite(here.value()); step++) {
            here.steps = step;
            here.free = free(here);
            int[] free = indices(here.free);
            if (free.length == 0) {
                here.converged = true;
                here.stationary = true;
                return here;
            }
            Newton newton = newton(here, free, 0);
            boolean stuck = newton.promised < STALLED && !(newton.promised < before / 4);
            if (newton.promised <= DONE || (newton.certain && stuck)) {
                here.converged = newton.certain;
                here.stationary = true;
                return here;
            }
            before = newton.certain ? newton.promised : Double.POSITIVE_INFINITY;
            Peak next = advance(here, free, newton);
            if (next == here) {
                here.stationary = newton.promised < STALLED;
                here.converged = newton.certain && here.stationary;
                return here;
            }
            next.steps = step + 1;
            here = next;
        }
        here.free = free(here);
        return here;
    }

    private Peak advance(Peak here, int[] free, Newton first) {
        Newton newton = first;
        double damping = 0;
        for (int attempt = 0; attempt < MAX_DAMPINGS; attempt++) {
            Peak next = at(clip(plus(here.x, free, newton.step)));
            boolean close = attempt == 0 && first.certain && first.promised < CLOSE;
            if (next.value() > here.value() || (close && next.value() > here.value() - 1e-7)) {
                return next;
            }
            damping = Math.max(1e-3, 8 * damping);
            newton = newton(here, free, damping);
        }
        return here;
    }

    /** A step with twice the gain it promises; certain if it follows from the curvature of a maximum. */
    private static final class Newton {
        final double[] step;
        final double promised;
        final boolean certain;

        Newton(double[] step, double promised, boolean certain) {
            this.step = step;
            this.promised = promised;
            this.certain = certain;
        }
    }

    private static Newton newton(Peak here, int[] free, double damping) {
        int n = free.length;
        double[] g = new double[n];
        for (int i = 0; i < n; i++) {
            g[i] = here.gradient[free[i]];
        }
        double[][] curvature = part(here.hessian, free, -1);
        double[][] lower = new double[n][n];
        double[][] scale = part(here.information, free, 1);
        boolean certain = damping == 0 && SymmetricMatrix.factor(curvature, lower);
        if (!certain && SymmetricMatrix.dot(g, g) == 0) {
            return new Newton(new double[n], 0, false);
        }
        double ridge = damping;
        while (!certain) {
            double[][] matrix = damped(scale, ridge);
            if (SymmetricMatrix.factor(matrix, lower)) {
                break;
            }
            ridge = Math.max(1e-8, 10 * ridge);
            if (ridge > 1e12) {
                return new Newton(new double[n], Double.POSITIVE_INFINITY, false);
            }
        }
        double[] step = g.clone();
        SymmetricMatrix.solve(lower, step);
        return new Newton(step, SymmetricMatrix.dot(g, step), certain);
    }

    private static double[][] damped(double[][] matrix, double damping) {
        double largest = 0;
        for (int i = 0; i < matrix.length; i++) {
            largest = Math.max(largest, matrix[i][i]);
        }
        double[][] out = new double[matrix.length][];
        for (int i = 0; i < matrix.length; i++) {
            out[i] = matrix[i].clone();
            out[i][i] += damping * (matrix[i][i] + 1e-8 * largest);
        }
        return out;
    }

    static double[][] part(double[][] matrix, int[] free, double sign) {
        double[][] out = new double[free.length][free.length];
        for (int i = 0; i < free.length; i++) {
            for (int j = 0; j < free.length; j++) {
                out[i][j] = sign * matrix[free[i]][free[j]];
            }
        }
        return out;
    }

    private static double[] plus(double[] x, int[] free, double[] step) {
        double[] out = x.clone();
        for (int i = 0; i < free.length; i++) {
            out[free[i]] += step[i];
        }
        return out;
    }

    private double[] clip(double[] x) {
        double[] lower = structure.lower();
        double[] upper = structure.upper();
        for (int i = 0; i < x.length; i++) {
            x[i] = Math.min(upper[i], Math.max(lower[i], x[i]));
        }
        return x;
    }

    /** Parameters that are neither fixed nor held at a bound by a slope that leads out. */
    private boolean[] free(Peak peak) {
        boolean[] free = new boolean[peak.x.length];
        for (int i = 0; i < free.length; i++) {
            boolean low = peak.x[i] <= structure.lower()[i] && peak.gradient[i] <= 0;
            boolean high = peak.x[i] >= structure.upper()[i] && peak.gradient[i] >= 0;
            free[i] = !fixed[i] && !low && !high;
        }
        return free;
    }

    static int[] indices(boolean[] free) {
        int[] out = new int[free.length];
        int count = 0;
        for (int i = 0; i < free.length; i++) {
            if (free[i]) {
                out[count++] = i;
            }
        }
        return Arrays.copyOf(out, count);
    }
}
