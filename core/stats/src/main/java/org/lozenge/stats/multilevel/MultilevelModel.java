package org.lozenge.stats.multilevel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lozenge.stats.ConvergenceException;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.Interval;
import org.lozenge.stats.model.DesignMatrix;

/**
 * Effects in nested groups: a random effect for each group of each level, such as cluster and effect (the three-level model).
 *
 * <pre>{@code yᵢ = xᵢ′β + u₁[cluster of i] + u₂[group of i] + … + eᵢ,   u_l ~ N(0, σ²_l),   e ~ N(0, V)}</pre>
 *
 * <p>The variances maximise the likelihood or the restricted likelihood. Blocks are clusters: those with independent
 * sampling errors cost time linear in their rows, for any number of levels; those with correlated ones, the cube of their
 * rows. The search climbs by Newton's method from several starts, within σ² ≥ 0, and keeps the highest peak; where it does not
 * end at a maximum it says so.
 *
 * <p>Agrees with metafor 3.8.1, {@code rma.mv(yi, V, mods, random = ~ 1 | cluster/effect)}, to what its optimiser reaches,
 * and with 50 digits to 1e-10, on {@code multilevel.csv} and {@code multilevel-exact.csv}.
 *
 * @see <a href="https://doi.org/10.1002/jrsm.35">Konstantopoulos (2011), Res. Synth. Methods 2, 61–76</a>
 * @see <a href="https://doi.org/10.3758/s13428-012-0261-6">Van den Noortgate and others (2013), Behav. Res. Methods 45,
 *     576–594</a>
 */
public final class MultilevelModel {

    /** Variances of one level that are tried, as parts of the excess spread. */
    private static final double[] SHARES = {0, 0.01, 0.05, 0.2, 1, 4};

    private final boolean restricted;
    private final CoefficientTest test;
    private final double level;

    /** A model by restricted maximum likelihood, with tests by the normal distribution and intervals at 0.95. */
    public MultilevelModel() {
        this(true, CoefficientTest.Z, 0.95);
    }

    private MultilevelModel(boolean restricted, CoefficientTest test, double level) {
        this.restricted = restricted;
        this.test = test;
        this.level = Interval.requireLevel(level);
    }

    /**
     * Returns this model by restricted or by full maximum likelihood.
     *
     * @param other true for restricted
     * @return the model
     */
    public MultilevelModel withRestricted(boolean other) {
        return new MultilevelModel(other, test, level);
    }

    /**
     * Returns this model with other tests of coefficients.
     *
     * @param other the tests
     * @return the model
     */
    public MultilevelModel withTest(CoefficientTest other) {
        return new MultilevelModel(restricted, other, level);
    }

    /**
     * Returns this model with another level of intervals.
     *
     * @param other between 0 and 1, both excluded
     * @return the model
     */
    public MultilevelModel withLevel(double other) {
        return new MultilevelModel(restricted, test, other);
    }

    /**
     * Fits the model.
     *
     * @param y effects
     * @param v their sampling covariance; no two effects of different clusters may be correlated
     * @param design moderators
     * @param levels groups, clusters first
     * @return the fit
     * @throws IllegalArgumentException if sizes differ, if there are no more effects than coefficients, if there is only one
     *     cluster or if two levels are the same
     * @throws NotPositiveDefiniteException if the sampling covariance of a cluster is not positive definite
     * @throws ConvergenceException if no maximum is found
     */
    public MultilevelFit fit(DoubleSeq y, SamplingCovariance v, DesignMatrix design, NestedLevels levels) {
        check(y, levels);
        Standardised data = Standardised.of(y, v, design);
        NestedModel blocks = new NestedModel(data, v, levels);
        Structure structure = Structure.variances(levels.size());
        Likelihood likelihood = blocks.likelihood(restricted);
        List<double[]> starts = starts(likelihood, levels.size(), data.excess(v));
        Search.Found found =
                Search.climb(new Climb(likelihood, structure), starts, restricted ? "REML" : "Maximum likelihood");
        double[] df = degrees(test, data.n(), design, levels);
        BlockFit fit = new BlockFit(blocks, v, design, found.best(), restricted, df, level);
        return new MultilevelFit(fit, levels, structure, found.modes(), level);
    }

    private static void check(DoubleSeq y, NestedLevels levels) {
        if (levels.rows() != y.size()) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%d effects have groups for %d", y.size(), levels.rows()));
        }
        if (levels.count(0) < 2) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "All effects are in one group of '%s'", levels.name(0)));
        }
        for (int level = 1; level < levels.size(); level++) {
            if (levels.count(level) == levels.count(level - 1)) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "Levels '%s' and '%s' have the same groups",
                        levels.name(level - 1),
                        levels.name(level)));
            }
        }
    }

    /**
     * The excess spread, and a hundredth of it, shared evenly among levels; and wherever the likelihood, with all the spread in
     * one level, is higher than on either side: where there are several peaks, most have variances of 0.
     */
    private static List<double[]> starts(Likelihood likelihood, int levels, double excess) {
        List<double[]> starts = new ArrayList<>();
        for (double share : new double[] {1.0 / levels, 0.01}) {
            double[] even = new double[levels];
            Arrays.fill(even, share * excess);
            starts.add(even);
        }
        double[] values = new double[SHARES.length];
        for (int level = 0; level < levels; level++) {
            double[][] points = new double[SHARES.length][levels];
            for (int i = 0; i < points.length; i++) {
                points[i][level] = SHARES[i] * excess;
                values[i] = i == 0 && level > 0 ? values[0] : likelihood.value(points[i]);
            }
            for (int i = 0; i < points.length; i++) {
                boolean rises = i == 0 || values[i] >= values[i - 1];
                boolean falls = i == points.length - 1 || values[i] >= values[i + 1];
                if (rises && falls && (i > 0 || level == 0)) {
                    starts.add(points[i]);
                }
            }
        }
        return starts;
    }

    /** Degrees of freedom of each term; infinite for the normal distribution. */
    static double[] degrees(CoefficientTest test, int n, DesignMatrix design, NestedLevels levels) {
        int p = design.terms().size();
        double[] df = new double[p];
        for (int term = 0; term < p; term++) {
            df[term] = switch (test) {
                case Z -> Double.POSITIVE_INFINITY;
                case T -> n - p;
                case CONTAINMENT -> contained(design.columns().get(term), levels, n) - p;
            };
        }
        return df;
    }

    private static int contained(DoubleSeq column, NestedLevels levels, int n) {
        int fewest = n;
        for (int level = 0; level < levels.size(); level++) {
            if (isConstant(column, levels, level)) {
                fewest = Math.min(fewest, levels.count(level));
            }
        }
        return fewest;
    }

    private static boolean isConstant(DoubleSeq column, NestedLevels levels, int level) {
        Map<Integer, Double> first = new HashMap<>();
        for (int i = 0; i < column.size(); i++) {
            double value = column.get(i);
            Double known = first.putIfAbsent(levels.group(level, i), value);
            if (known != null && known != value) {
                return false;
            }
        }
        return true;
    }
}
