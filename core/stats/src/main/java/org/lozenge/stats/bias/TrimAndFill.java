package org.lozenge.stats.bias;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lozenge.stats.ConvergenceException;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.model.MetaRegression;
import org.lozenge.stats.model.TestMethod;
import org.lozenge.stats.tau2.DerSimonianLaird;
import org.lozenge.stats.tau2.FixedTau2;
import org.lozenge.stats.tau2.Tau2Estimator;
import org.lozenge.stats.tau2.WeightedSums;

/**
 * Duval and Tweedie's trim and fill: the number of studies missing on one side of the funnel, and their mirror images.
 *
 * <p>The most extreme k₀ studies opposite the missing side are trimmed, the rest pooled, and k₀ estimated from the signed
 * ranks of the distances to that centre, until k₀ no longer changes. If it starts to repeat a cycle, the largest value of
 * the cycle is taken and {@link Result#oscillated} says so. Then the trimmed studies are mirrored about the centre.
 *
 * <p>Agrees with metafor 3.8.1 {@code trimfill()}: k₀ exactly, the pooled effect of the filled studies to a relative 1e-7.
 *
 * @see <a href="https://doi.org/10.1111/j.0006-341X.2000.00455.x">Duval and Tweedie (2000), Biometrics 56, 455–463</a>
 * @see <a href="https://doi.org/10.1080/01621459.2000.10473905">Duval and Tweedie (2000), J. Am. Stat. Assoc. 95,
 *     89–98</a>
 */
public final class TrimAndFill {

    private static final int MAX_ROUNDS = 100;

    /** The estimator of the number of missing studies. */
    public enum Estimator {
        /** From the sum of the ranks of one side; the recommended one. */
        L0,
        /** From the longest run of ranks of one side. */
        R0,
        /** From the sum of ranks as well, by a quadratic equation. */
        Q0
    }

    /** The side of the funnel on which studies are missing. */
    public enum Side {
        /** Small effects are missing. */
        LEFT,
        /** Large effects are missing. */
        RIGHT
    }

    /**
     * What was found.
     *
     * @param missing k₀, the number of studies that were filled in
     * @param standardError standard error of k₀; NaN where its formula gives a negative variance, as it does when far
     *     fewer ranks than expected lie on one side, or divides by 0
     * @param side where they are missing
     * @param filled the studies, then the filled ones, which are named after those they mirror
     * @param observed how many of them were observed
     * @param centre the effect about which the studies were mirrored
     * @param oscillated whether k₀ went round in a cycle, of which the largest was taken
     * @param rounds how many rounds it took
     */
    public record Result(
            int missing,
            double standardError,
            Side side,
            EffectSizes filled,
            int observed,
            double centre,
            boolean oscillated,
            int rounds) {

        /** Checks that nothing is missing. */
        public Result {
            Objects.requireNonNull(side, "side");
            Objects.requireNonNull(filled, "filled");
        }
    }

    private final Estimator estimator;
    private final Optional<Side> side;
    private final Tau2Estimator tau2;

    /**
     * Creates the method.
     *
     * @param estimator of the number of missing studies
     * @param side where studies are missing; empty to take it from the sign of Egger's slope in a mixed model
     * @param tau2 the estimator of τ² with which the trimmed studies are pooled; {@code new FixedTau2(0)} for a common
     *     effect
     */
    public TrimAndFill(Estimator estimator, Optional<Side> side, Tau2Estimator tau2) {
        this.estimator = Objects.requireNonNull(estimator, "estimator");
        this.side = Objects.requireNonNull(side, "side");
        this.tau2 = Objects.requireNonNull(tau2, "tau2");
    }

    /**
     * Creates the method with L0, the side chosen, and a common effect.
     */
    public TrimAndFill() {
        this(Estimator.L0, Optional.empty(), new FixedTau2(0));
    }

    /**
     * Trims and fills.
     *
     * @param effects at least three studies
     * @return the result
     * @throws IllegalArgumentException for fewer than three studies
     * @throws org.lozenge.stats.ConvergenceException if τ² cannot be found
     */
    public Result apply(EffectSizes effects) {
        if (effects.k() < 3) {
            throw new IllegalArgumentException("trim and fill needs at least 3 studies, but there are " + effects.k());
        }
        Side missing = side.orElseGet(() -> sideOf(effects));
        return new Search(effects, missing).run();
    }

    /** Studies are missing on the left when small studies show larger effects. */
    private Side sideOf(EffectSizes effects) {
        DoubleSeq se = FunnelRegression.standardErrors(effects);
        try {
            return slope(effects, se) < 0 ? Side.RIGHT : Side.LEFT;
        } catch (IllegalArgumentException e) {
            // Equal standard errors: no slope, and the sides are alike for the funnel.
            return Side.LEFT;
        }
    }

    private double slope(EffectSizes effects, DoubleSeq se) {
        MetaRegression model = new MetaRegression().withTest(TestMethod.WALD);
        try {
            return FunnelRegression.mixed(effects, se, model.withEstimator(tau2))
                    .slope();
        } catch (ConvergenceException e) {
            // Some estimators know no moderators.
            return FunnelRegression.mixed(effects, se, model.withEstimator(new DerSimonianLaird()))
                    .slope();
        }
    }

    /** One run: the studies in ascending order, mirrored first if the right side is the one with gaps. */
    private final class Search {
        private final EffectSizes effects;
        private final Side missing;
        private final int k;
        private final int[] order;
        private final double[] y;
        private final double[] v;
        private double centre;

        Search(EffectSizes effects, Side missing) {
            this.effects = effects;
            this.missing = missing;
            this.k = effects.k();
            double sign = missing == Side.RIGHT ? -1 : 1;
            this.order = IntStream.range(0, k)
                    .boxed()
                    .sorted(Comparator.<Integer>comparingDouble(
                                    i -> sign * effects.y().get(i))
                            .thenComparingDouble(i -> effects.v().get(i)))
                    .mapToInt(Integer::intValue)
                    .toArray();
            this.y = IntStream.of(order)
                    .mapToDouble(i -> sign * effects.y().get(i))
                    .toArray();
            this.v = IntStream.of(order).mapToDouble(i -> effects.v().get(i)).toArray();
        }

        Result run() {
            List<Integer> seen = new ArrayList<>();
            int trimmed = 0;
            boolean oscillated = false;
            double raw = 0;
            while (seen.size() < MAX_ROUNDS) {
                centre = pooled(k - trimmed);
                raw = estimate();
                int next = (int) Math.min(k - 1, Math.rint(Math.max(0, raw)));
                seen.add(trimmed);
                if (next == trimmed) {
                    break;
                }
                int known = seen.indexOf(next);
                if (known >= 0) {
                    oscillated = true;
                    trimmed = seen.subList(known, seen.size()).stream()
                            .mapToInt(Integer::intValue)
                            .max()
                            .orElse(next);
                    centre = pooled(k - trimmed);
                    break;
                }
                trimmed = next;
            }
            return new Result(trimmed, error(raw), missing, fill(trimmed), k, sign() * centre, oscillated, seen.size());
        }

        private double sign() {
            return missing == Side.RIGHT ? -1 : 1;
        }

        private double pooled(int kept) {
            if (kept == 1) {
                return y[0];
            }
            double between = tau2.estimate(y, v, 0, kept);
            WeightedSums sums = new WeightedSums(y, v, 0, kept);
            sums.evaluate(between);
            return sums.mean();
        }

        /** Ranks of the distances from the centre, negative on the left of it; ties in the order of the effects. */
        private double[] signedRanks() {
            Integer[] byDistance = IntStream.range(0, k).boxed().toArray(Integer[]::new);
            Arrays.sort(byDistance, Comparator.comparingDouble(i -> Math.abs(y[i] - centre)));
            double[] ranks = new double[k];
            for (int r = 0; r < k; r++) {
                int i = byDistance[r];
                ranks[i] = Math.signum(y[i] - centre) * (r + 1);
            }
            return ranks;
        }

        private double rankSum(double[] ranks) {
            double sum = 0;
            for (double rank : ranks) {
                sum += Math.max(0, rank);
            }
            return sum;
        }

        private double estimate() {
            double[] ranks = signedRanks();
            return switch (estimator) {
                case L0 -> (4 * rankSum(ranks) - k * (k + 1.0)) / (2.0 * k - 1);
                case Q0 -> k - 0.5 - Math.sqrt(Math.max(0, 2.0 * k * k - 4 * rankSum(ranks) + 0.25));
                case R0 -> {
                    double lowest = 0;
                    for (double rank : ranks) {
                        lowest = Math.max(lowest, -rank);
                    }
                    // No effect lies below the centre only if all agree with it: nothing is missing.
                    yield lowest == 0 ? 0 : k - lowest - 1;
                }
            };
        }

        private double error(double k0) {
            double n = k;
            double variance = (n * (n + 1) * (2 * n + 1)
                            + 10 * k0 * k0 * k0
                            + 27 * k0 * k0
                            + 17 * k0
                            - 18 * n * k0 * k0
                            - 18 * n * k0
                            + 6 * n * n * k0)
                    / 24;
            return switch (estimator) {
                case R0 -> Math.sqrt(2 * Math.max(0, k0) + 2);
                case L0 -> 4 * Math.sqrt(variance) / (2 * n - 1);
                case Q0 -> {
                    double square = (n - 0.5) * (n - 0.5) - k0 * (2 * n - k0 - 1);
                    yield square > 0 ? 2 * Math.sqrt(variance) / Math.sqrt(square) : Double.NaN;
                }
            };
        }

        private EffectSizes fill(int trimmed) {
            List<String> names = new ArrayList<>(effects.studies());
            double[] allY = Arrays.copyOf(effects.y().toArray(), k + trimmed);
            double[] allV = Arrays.copyOf(effects.v().toArray(), k + trimmed);
            for (int j = 0; j < trimmed; j++) {
                int i = k - trimmed + j;
                names.add("Filled: " + effects.studies().get(order[i]));
                allY[k + j] = sign() * (2 * centre - y[i]);
                allV[k + j] = v[i];
            }
            return new EffectSizes(names, DoubleSeq.of(allY), DoubleSeq.of(allV));
        }
    }
}
