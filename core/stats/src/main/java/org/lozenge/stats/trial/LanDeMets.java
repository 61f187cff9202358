package org.lozenge.stats.trial;

import java.util.Arrays;
import java.util.Locale;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.numeric.Normal;
import org.lozenge.stats.numeric.Roots;

/**
 * Group-sequential boundaries by the Lan–DeMets spending function of O'Brien–Fleming type.
 *
 * <pre>{@code α*(t) = 2 − 2 Φ(z(α/2) / √t)      one-sided α, information fraction t}</pre>
 *
 * <p>A two-sided boundary spends half of α on each side. At each look the boundary is the z value at which the probability of
 * crossing for the first time equals the error that is newly spent; the distribution of the paths that are still inside is
 * carried from look to look by Gauss–Legendre quadrature. The first boundary is exact, the others to about 1e-9.
 *
 * @see <a href="https://doi.org/10.1093/biomet/70.3.659">Lan and DeMets (1983), Biometrika 70, 659–663</a>
 * @see <a href="https://doi.org/10.2307/2343787">Armitage, McPherson and Rowe (1969), J. R. Stat. Soc. A 132, 235–244</a>
 */
public final class LanDeMets {

    /** Nodes and weights of the eight-point rule on −1 to 1, positive half. */
    private static final double[] NODE = {0.1834346424956498, 0.525532409916329, 0.7966664774136267, 0.9602898564975363
    };

    private static final double[] WEIGHT = {
        0.362683783378362, 0.31370664587788727, 0.22238103445337448, 0.10122853629037626
    };

    /** A look that may spend no more than this never stops a trial. */
    private static final double NEVER = 1e-300;

    /** Standard deviations beyond which a path is not followed. */
    private static final double FAR = 12;

    private final double alpha;
    private final boolean twoSided;

    /**
     * Boundaries of one total error.
     *
     * @param alpha total type I error, between 0 and 1
     * @param twoSided whether both directions stop the trial, each with half of the error
     * @throws IllegalArgumentException if alpha is not between 0 and 1
     */
    public LanDeMets(double alpha, boolean twoSided) {
        if (!(alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "The total error must lie between 0 and 1, but is %s", alpha));
        }
        this.alpha = alpha;
        this.twoSided = twoSided;
    }

    /**
     * The boundaries of all looks.
     *
     * @param z critical z value of each look
     * @param nominal P value below which a look stops, one- or two-sided as the boundaries are
     * @param spent error spent up to each look, on both sides together
     */
    public record Boundaries(DoubleSeq z, DoubleSeq nominal, DoubleSeq spent) {}

    /**
     * Returns the error spent up to an information fraction.
     *
     * @param information from 0 to 1
     * @return the cumulative error, both sides together
     */
    public double spent(double information) {
        if (information == 0) {
            return 0;
        }
        double side = twoSided ? alpha / 2 : alpha;
        double one = 2 * Normal.upperTail(Normal.upperQuantile(side / 2) / Math.sqrt(information));
        return twoSided ? 2 * one : one;
    }

    /**
     * Computes the boundaries.
     *
     * @param information information fractions of the looks, rising, above 0 and at most 1
     * @return the boundaries
     * @throws IllegalArgumentException if there is no look, or the fractions do not rise within 0 to 1
     */
    public Boundaries boundaries(double... information) {
        check(information);
        int looks = information.length;
        double[] z = new double[looks];
        double[] nominal = new double[looks];
        double[] spent = new double[looks];
        Paths paths = Paths.START;
        for (int k = 0; k < looks; k++) {
            spent[k] = spent(information[k]);
            double side = (spent[k] - (k == 0 ? 0 : spent[k - 1])) / (twoSided ? 2 : 1);
            z[k] = paths.boundary(information[k], side);
            nominal[k] = (twoSided ? 2 : 1) * Normal.upperTail(z[k]);
            double root = Math.sqrt(information[k]);
            double low = -(twoSided ? Math.min(z[k], FAR) : FAR) * root;
            paths = paths.next(information[k], low, Math.min(z[k], FAR) * root);
        }
        return new Boundaries(DoubleSeq.of(z), DoubleSeq.of(nominal), DoubleSeq.of(spent));
    }

    private static void check(double[] information) {
        double before = 0;
        for (double t : information) {
            if (!(t > before && t <= 1)) {
                throw new IllegalArgumentException(
                        "Information fractions must rise within 0 to 1, but are " + Arrays.toString(information));
            }
            before = t;
        }
        if (information.length == 0) {
            throw new IllegalArgumentException("Boundaries need at least one look");
        }
    }

    /** Brownian paths that have not crossed: their position at a look on quadrature points, with weights. */
    private static final class Paths {
        /** Every path starts at 0. */
        static final Paths START = new Paths(0, new double[] {0}, new double[] {1});

        private final double information;
        private final double[] position;
        private final double[] mass;

        private Paths(double information, double[] position, double[] mass) {
            this.information = information;
            this.position = position;
            this.mass = mass;
        }

        /** Follows the paths to another look, where those between two positions stay. */
        Paths next(double later, double low, double high) {
            int panels = (int) Math.max(8, Math.ceil(2 * (high - low) / Math.sqrt(later - information)));
            double[] nextPosition = new double[8 * panels];
            double[] nextMass = new double[8 * panels];
            double half = (high - low) / panels / 2;
            for (int panel = 0, i = 0; panel < panels; panel++) {
                double middle = low + (2 * panel + 1) * half;
                for (int node = 0; node < 8; node++, i++) {
                    double sign = node % 2 == 0 ? 1 : -1;
                    nextPosition[i] = middle + sign * half * NODE[node / 2];
                    nextMass[i] = half * WEIGHT[node / 2] * density(nextPosition[i], later - information);
                }
            }
            return new Paths(later, nextPosition, nextMass);
        }

        private double density(double x, double step) {
            double sum = 0;
            for (int i = 0; i < position.length; i++) {
                sum += mass[i] * normal(x - position[i], step);
            }
            return sum;
        }

        private static double normal(double x, double variance) {
            return StrictMath.exp(-x * x / (2 * variance)) / Math.sqrt(2 * Math.PI * variance);
        }

        /** The z value that paths exceed at a later look with a probability. */
        double boundary(double later, double probability) {
            if (!(probability > NEVER)) {
                return Double.POSITIVE_INFINITY;
            }
            double root = Math.sqrt(later);
            return Roots.between(z -> StrictMath.log(above(z * root, later) / probability), 0, 38, "Boundary");
        }

        private double above(double x, double later) {
            double deviation = Math.sqrt(later - information);
            double sum = 0;
            for (int i = 0; i < position.length; i++) {
                sum += mass[i] * Normal.upperTail((x - position[i]) / deviation);
            }
            return sum;
        }
    }
}
