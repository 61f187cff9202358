package org.lozenge.stats.multilevel;

import java.util.Arrays;
import java.util.List;
import org.lozenge.stats.ConvergenceException;
import org.lozenge.stats.Interval;
import org.lozenge.stats.numeric.ChiSquared;
import org.lozenge.stats.numeric.Roots;

/** Profile-likelihood intervals of the variances and correlations between studies. */
final class OutcomeIntervals {

    /** A correlation this close to ±1 is at its bound. */
    static final double AT_BOUND = 1e-6;

    /** Profiles that differ by less are the same. */
    private static final double SAME = 1e-7;

    /** Correlations whose profiles start from each other. */
    private static final double NEAR = 0.1;

    private final BlockFit fit;
    private final CovarianceStructure structure;
    private final int q;
    private final boolean[] absorbed;
    private final double level;
    private final List<double[][]> guesses;
    private final double[][] g;
    private final Likelihood likelihood;

    /**
     * Intervals of a fit.
     *
     * @param absorbed outcomes whose variance nothing tells
     * @param guesses covariances, standardised, from which higher peaks are looked for
     */
    OutcomeIntervals(
            BlockFit fit, CovarianceStructure structure, boolean[] absorbed, double level, List<double[][]> guesses) {
        this.absorbed = absorbed;
        this.guesses = guesses;
        this.fit = fit;
        this.structure = structure;
        this.q = absorbed.length;
        this.level = level;
        this.g = OutcomeStructures.matrix(fit.peak.theta, q);
        this.likelihood = fit.model.likelihood(fit.restricted);
    }

    /** Whether the data tell the variance of an outcome, or share it with others. */
    boolean isEstimable(int outcome) {
        return !absorbed[outcome] || structure == CovarianceStructure.CS || structure == CovarianceStructure.ID;
    }

    /**
     * The interval of the variance of an outcome.
     *
     * @throws ConvergenceException if a limit is not found
     */
    Interval tau2(int outcome) {
        if (!isEstimable(outcome)) {
            return new Interval(0, Double.POSITIVE_INFINITY, level);
        }
        int[] order = OutcomeStructures.order(q, outcome);
        boolean deviation = structure.hasCorrelation();
        Structure parameters = switch (structure) {
            case UN -> OutcomeStructures.free(q, order);
            case CS -> OutcomeStructures.correlated(q, true);
            case HCS -> OutcomeStructures.correlated(q, false);
            case DIAG, ID -> MultivariateModel.parameters(structure, q);
        };
        double[] start = start(g, order);
        int parameter = structure == CovarianceStructure.HCS || structure == CovarianceStructure.DIAG ? outcome : 0;
        boolean[] fixed = MultivariateModel.fixed(structure, parameters, absorbed);
        Climb climb = new Climb(likelihood, parameters, fixed.clone());
        Climb.Peak peak = climb.from(start);
        if (peak.x[parameter] < 0) {
            peak = climb.from(Arrays.stream(peak.x).map(Math::abs).toArray());
        }
        fixed[parameter] = true;
        List<double[]> others =
                guesses.stream().map(guess -> start(guess, order)).toList();
        Interval scaled =
                ProfileInterval.ofVariance(new Climb(likelihood, parameters, fixed), peak, parameter, level, others);
        return new Interval(
                fit.variance(deviation ? scaled.lower() * scaled.lower() : scaled.lower()),
                fit.variance(deviation ? scaled.upper() * scaled.upper() : scaled.upper()),
                level);
    }

    private double[] start(double[][] covariance, int... order) {
        return switch (structure) {
            case UN -> OutcomeStructures.freeStart(covariance, order);
            case CS -> new double[] {Math.sqrt(covariance[0][0]), correlation(covariance, 0, 1)};
            case HCS, DIAG, ID -> MultivariateModel.start(structure, covariance);
        };
    }

    /** A correlation; 0 where a variance is 0. */
    private static double correlation(double[][] g, int a, int b) {
        double rho = g[a][b] / (Math.sqrt(g[a][a]) * Math.sqrt(g[b][b]));
        return Double.isNaN(rho) ? 0 : Math.max(-1, Math.min(1, rho));
    }

    /**
     * The interval of the correlation of two outcomes.
     *
     * @throws ConvergenceException if a limit is not found
     */
    Interval rho(int a, int b) {
        double least = structure == CovarianceStructure.UN ? -1 : -1.0 / (q - 1);
        return new Interval(limit(a, b, least), limit(a, b, 1), level);
    }

    private double limit(int a, int b, double end) {
        double rho = correlation(g, a, b);
        double target = fit.peak.value() - ChiSquared.upperQuantile(1 - level, 1) / 2;
        Profile profile = new Profile(a, b);
        if (Math.abs(rho - end) < AT_BOUND || profile.at(end) >= target) {
            return end;
        }
        double low = Math.min(rho, end);
        double high = Math.max(rho, end);
        double near = Roots.between(r -> profile.near(r) - target, low, high, "The limit of a correlation");
        return profile.at(near) < target + SAME
                ? near
                : Roots.between(r -> profile.at(r) - target, low, high, "The limit of a correlation");
    }

    /** The highest likelihood with a given correlation, in the units of the search. */
    private final class Profile {

        private final int a;
        private final int b;
        private double[] last = new double[0];
        private double lastRho = Double.NaN;

        Profile(int a, int b) {
            this.a = a;
            this.b = b;
        }

        /** The highest of the peaks that several starts reach. */
        double at(double rho) {
            List<double[]> starts = structure == CovarianceStructure.UN
                    ? List.of(free(Math.sqrt(g[b][b])), free(0.2 * Math.sqrt(g[b][b])))
                    : List.of(common(rho, 1), common(rho, 0.2));
            Climb climb = climb(rho);
            double best = Double.NEGATIVE_INFINITY;
            lastRho = rho;
            for (double[] start : starts) {
                Climb.Peak peak = climb.from(start);
                if (peak.value() > best) {
                    best = peak.value();
                    last = peak.x;
                }
            }
            return best;
        }

        /** The peak that is reached from that of the correlation before, if that was near. */
        double near(double rho) {
            if (!(Math.abs(rho - lastRho) < NEAR)) {
                return at(rho);
            }
            double[] start = last.clone();
            for (int i = 0; i < positive(); i++) {
                // A standard deviation of 0 has no slope.
                start[i] += isEstimable(i) ? 1e-4 : 0;
            }
            if (structure != CovarianceStructure.UN) {
                start[start.length - 1] = rho;
            }
            Climb.Peak peak = climb(rho).from(start);
            last = peak.x;
            lastRho = rho;
            return peak.value();
        }

        /** The first parameters are standard deviations. */
        private int positive() {
            return switch (structure) {
                case UN -> 2;
                case CS -> 1;
                case HCS -> q;
                case DIAG, ID -> 0;
            };
        }

        private Climb climb(double rho) {
            if (structure == CovarianceStructure.UN) {
                return new Climb(
                        likelihood, OutcomeStructures.withCorrelation(q, rho, OutcomeStructures.order(q, a, b)));
            }
            boolean one = structure == CovarianceStructure.CS;
            Structure parameters = OutcomeStructures.correlated(q, one);
            boolean[] fixed = MultivariateModel.fixed(structure, parameters, absorbed);
            fixed[fixed.length - 1] = true;
            return new Climb(likelihood, parameters, fixed);
        }

        /** The fitted covariance, with another standard deviation of the second outcome. */
        private double[] free(double deviation) {
            double[] cholesky = OutcomeStructures.freeStart(g, OutcomeStructures.order(q, a, b));
            double[] start = new double[cholesky.length - 1];
            System.arraycopy(cholesky, 3, start, 2, cholesky.length - 3);
            start[0] = cholesky[0];
            start[1] = deviation + 1e-6;
            return start;
        }

        /** The fitted standard deviations, all made smaller, and the correlation. */
        private double[] common(double rho, double factor) {
            double[] start = new double[structure == CovarianceStructure.CS ? 2 : q + 1];
            for (int i = 0; i < start.length - 1; i++) {
                start[i] = isEstimable(i) ? (factor + 1e-6) * Math.sqrt(g[i][i]) + 1e-4 : 0;
            }
            start[start.length - 1] = rho;
            return start;
        }
    }
}
