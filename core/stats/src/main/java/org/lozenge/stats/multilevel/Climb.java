package org.lozenge.stats.multilevel;

import java.util.Arrays;
import java.util.List;
import org.lozenge.stats.numeric.SymmetricEigen;

/**
 * Climbs a likelihood by Newton steps within bounds; where the curvature is not that of a maximum, its absolute value is taken.
 *
 * <p>Nothing depends on the scale of the parameters: steps and the rule for stopping use the information. The search ends
 * where a further step promises less than rounding can show.
 */
final class Climb {

    private static final int MAX_STEPS = 150;
    private static final int MAX_DAMPINGS = 25;

    /** Below this promised gain (twice), steps are taken without comparing values, which rounding blurs. */
    private static final double CLOSE = 1e-10;

    private static final double DONE = 1e-25;

    /** The square of how much of the way to a peak may be left after a step that leads to it. */
    private static final double HALF = 0.25;

    /** The promised gain (twice) on a ridge, which has no single top to come nearer to. */
    private static final double RIDGE = 1e-12;

    /** The least scaled curvature that a step relies on. */
    private static final double FLAT = 1e-7;

    /** The largest promised gain (twice) with which a search may have ended by rounding. */
    private static final double STALLED = 1e-9;

    /** The shortest step that is tried away from a point without slope. */
    private static final double SADDLE = 1e-3;

    /** Rounding of a likelihood or a parameter, as a part of it. */
    private static final double ROUNDING = 1e-14;

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
                    }
                    if (map.first[k][a] != 0) {
                        addSlopes(a, k, map.first);
                    }
                }
            }
        }

        private void addSlopes(int a, int k, double[][] first) {
            for (int l = 0; l < theta.length; l++) {
                for (int b = 0; b < x.length; b++) {
                    double slopes = first[k][a] * first[l][b];
                    hessian[a][b] += point.hessian[k][l] * slopes;
                    information[a][b] += point.information[k][l] * slopes;
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
        return from(start, List.of());
    }

    /** Climbs from a point; once it is clear that one of the known peaks lies ahead, that one is returned. */
    Peak from(double[] start, List<Peak> known) {
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
            if (newton.certain) {
                for (Peak peak : known) {
                    if (leadsTo(here, free, newton, peak)) {
                        return peak;
                    }
                }
            }
            double stalled = Math.max(STALLED, noise(here));
            boolean stuck = newton.promised < stalled && !(newton.promised < before / 4);
            if (!newton.certain && newton.promised <= RIDGE) {
                Peak higher = leaveSaddle(here, free);
                if (higher != here) {
                    higher.steps = step + 1;
                    here = higher;
                    before = Double.POSITIVE_INFINITY;
                    continue;
                }
            }
            if (newton.promised <= (newton.certain ? DONE : RIDGE) || (newton.certain && stuck)) {
                here.converged = newton.certain;
                here.stationary = true;
                return here;
            }
            before = newton.certain ? newton.promised : Double.POSITIVE_INFINITY;
            Peak next = advance(here, free, newton);
            if (next == here) {
                here.stationary = newton.promised < stalled;
                here.converged = newton.certain && here.stationary;
                return here;
            }
            next.steps = step + 1;
            here = next;
        }
        here.free = free(here);
        return here;
    }

    /**
     * Whether a climb from here ends at a known peak: the next step goes more than half of the way to it, both by the curvature
     * here and by that at the peak, so that the likelihood between is nearly a parabola.
     */
    private boolean leadsTo(Peak here, int[] free, Newton newton, Peak peak) {
        double[] next = clip(plus(here.x, free, newton.step));
        int n = next.length;
        double[] gap = new double[n];
        double[] way = new double[n];
        for (int i = 0; i < n; i++) {
            gap[i] = next[i] - peak.x[i];
            way[i] = here.x[i] - peak.x[i];
            if (peak.free[i] ? !here.free[i] : gap[i] != 0) {
                return false;
            }
        }
        return peak.converged
                && peak.value() > here.value()
                && length(gap, here.hessian, free) < HALF * length(way, here.hessian, free)
                && length(gap, peak.hessian, indices(peak.free))
                        <= HALF * length(way, peak.hessian, indices(peak.free));
    }

    /** The square of the length of a vector, measured by a curvature. */
    private static double length(double[] x, double[][] hessian, int[] free) {
        double sum = 0;
        for (int i : free) {
            for (int j : free) {
                sum -= x[i] * x[j] * hessian[i][j];
            }
        }
        return sum;
    }

    /** How far rounding may blur a likelihood. */
    private static double noise(Peak here) {
        return ROUNDING * Math.abs(here.value());
    }

    private Peak advance(Peak here, int[] free, Newton first) {
        Newton newton = first;
        double damping = 0;
        for (int attempt = 0; attempt < MAX_DAMPINGS; attempt++) {
            Peak next = at(clip(plus(here.x, free, newton.step)));
            boolean close = attempt == 0 && first.certain && first.promised < Math.max(CLOSE, noise(here));
            if (next.value() > here.value() || (close && next.value() > here.value() - Math.max(1e-7, noise(here)))) {
                return next;
            }
            damping = Math.max(1e-3, 8 * damping);
            newton = newton(here, free, damping);
        }
        return here;
    }

    /**
     * A higher point beside one without slope, in the direction in which the likelihood curves up most: factors of a singular
     * covariance have such saddles at 0. The same point if it is a top or a ridge.
     */
    private Peak leaveSaddle(Peak here, int[] free) {
        double[][] curvature = part(here.hessian, free, 1);
        double[] unit = units(curvature, part(here.information, free, 1));
        double[] way = SymmetricEigen.of(scaled(curvature, unit)).largestDirection();
        for (double length = 1; length > SADDLE; length /= 10) {
            for (int sign = 1; sign >= -1; sign -= 2) {
                double factor = sign * length;
                double[] step = Arrays.stream(times(way, unit))
                        .map(cell -> factor * cell)
                        .toArray();
                Peak next = at(clip(plus(here.x, free, step)));
                if (next.value() > here.value() + STALLED + noise(here)) {
                    return next;
                }
            }
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
        if (damping == 0 && SymmetricMatrix.factor(curvature, lower)) {
            double[] step = g.clone();
            SymmetricMatrix.solve(lower, step);
            return new Newton(step, SymmetricMatrix.dot(g, step), true);
        }
        double[] step = uphill(curvature, part(here.information, free, 1), g, damping);
        return new Newton(step, SymmetricMatrix.dot(g, step), false);
    }

    /**
     * A step that takes the curvature as that of a maximum in all directions: up along those in which the function is convex,
     * as far as it would be down.
     */
    private static double[] uphill(double[][] curvature, double[][] information, double[] g, double damping) {
        double[] unit = units(curvature, information);
        double[][] inverse = SymmetricEigen.of(scaled(curvature, unit)).absoluteInverse(FLAT + damping);
        double[] step = SymmetricMatrix.multiply(inverse, times(g, unit));
        return times(step, unit);
    }

    /** For each parameter the length at which the likelihood changes by about a half. */
    private static double[] units(double[][] curvature, double[][] information) {
        double[] unit = new double[curvature.length];
        for (int i = 0; i < unit.length; i++) {
            double size = Math.abs(curvature[i][i]) + information[i][i];
            unit[i] = size > 0 ? 1 / Math.sqrt(size) : 1;
        }
        return unit;
    }

    private static double[][] scaled(double[][] curvature, double[] unit) {
        double[][] out = new double[unit.length][unit.length];
        for (int i = 0; i < unit.length; i++) {
            for (int j = 0; j < unit.length; j++) {
                out[i][j] = curvature[i][j] * unit[i] * unit[j];
            }
        }
        return out;
    }

    private static double[] times(double[] a, double[] b) {
        double[] out = a.clone();
        for (int i = 0; i < out.length; i++) {
            out[i] *= b[i];
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

    /** Within the bounds; and at a bound if no more than rounding is between. */
    private double[] clip(double[] x) {
        double[] lower = structure.lower();
        double[] upper = structure.upper();
        for (int i = 0; i < x.length; i++) {
            boolean low = x[i] - lower[i] <= ROUNDING * Math.abs(lower[i]);
            boolean high = upper[i] - x[i] <= ROUNDING * Math.abs(upper[i]);
            x[i] = low && !Double.isInfinite(lower[i])
                    ? lower[i]
                    : high && !Double.isInfinite(upper[i]) ? upper[i] : x[i];
        }
        return x;
    }

    /** Parameters that are neither fixed nor held at a bound by a slope, or without one by a curvature, that leads out. */
    private boolean[] free(Peak peak) {
        boolean[] free = new boolean[peak.x.length];
        for (int i = 0; i < free.length; i++) {
            double slope = peak.gradient[i];
            boolean down = slope == 0 && peak.hessian[i][i] <= 0;
            boolean low = peak.x[i] <= structure.lower()[i] && (slope < 0 || down);
            boolean high = peak.x[i] >= structure.upper()[i] && (slope > 0 || down);
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
