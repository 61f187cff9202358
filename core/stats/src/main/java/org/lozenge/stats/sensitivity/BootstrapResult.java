package org.lozenge.stats.sensitivity;

import java.util.Arrays;
import java.util.Optional;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.Interval;
import org.lozenge.stats.numeric.Normal;

/** The draws of a {@link Bootstrap} and the intervals formed from them. */
public final class BootstrapResult {

    static final int MU = 0;
    static final int TAU2 = 1;
    static final int I2 = 2;
    static final int QUANTITIES = 3;

    /** What was estimated in each draw. */
    public enum Quantity {
        /** The pooled effect. */
        MU(BootstrapResult.MU),
        /** The between-study variance. */
        TAU2(BootstrapResult.TAU2),
        /** I² as a fraction, from τ² and the typical sampling variance. */
        I2(BootstrapResult.I2);

        private final int index;

        Quantity(int index) {
            this.index = index;
        }
    }

    private final double[] observed;
    private final double[][] draws;
    private final double[][] sorted;
    private final double[][] jackknife;

    BootstrapResult(double[] observed, double[][] draws, double[][] jackknife) {
        this.observed = observed;
        this.draws = draws;
        this.jackknife = jackknife;
        this.sorted = new double[QUANTITIES][];
        for (int i = 0; i < QUANTITIES; i++) {
            sorted[i] = Arrays.stream(draws[i])
                    .filter(d -> !Double.isNaN(d))
                    .sorted()
                    .toArray();
        }
    }

    /**
     * Returns the estimate from the studies themselves.
     *
     * @param quantity which
     * @return the estimate
     */
    public double estimate(Quantity quantity) {
        return observed[quantity.index];
    }

    /**
     * Returns the values in the draws.
     *
     * @param quantity which
     * @return one per draw, in the order of the draws; NaN where τ² was not found
     */
    public DoubleSeq draws(Quantity quantity) {
        return DoubleSeq.of(draws[quantity.index]);
    }

    /**
     * Returns the number of draws with a result.
     *
     * @return how many count
     */
    public int used() {
        return sorted[MU].length;
    }

    /**
     * Returns the number of draws in which τ² was not found.
     *
     * @return how many do not count
     */
    public int failures() {
        return draws[MU].length - used();
    }

    /**
     * Returns the mean of the draws minus the estimate.
     *
     * @param quantity which
     * @return the bias; NaN without draws
     */
    public double bias(Quantity quantity) {
        return mean(sorted[quantity.index]) - observed[quantity.index];
    }

    /**
     * Returns the standard deviation of the draws.
     *
     * @param quantity which
     * @return the standard error; NaN with fewer than two draws
     */
    public double standardError(Quantity quantity) {
        double[] values = sorted[quantity.index];
        double mean = mean(values);
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return values.length < 2 ? Double.NaN : Math.sqrt(squares / (values.length - 1));
    }

    /**
     * Returns the percentile interval.
     *
     * @param quantity which
     * @param level the level as a fraction
     * @return quantiles of the draws at (1 − level)/2 and (1 + level)/2, where the j-th of n values in ascending order is
     *     the quantile of j/(n + 1), and between them on a straight line
     * @throws IllegalArgumentException if the level is outside 0 to 1
     * @throws IllegalStateException if there are fewer than {@value Bootstrap#MIN_DRAWS} draws
     */
    public Interval percentile(Quantity quantity, double level) {
        Interval.requireLevel(level);
        double[] values = enough(quantity);
        return new Interval(quantile(values, (1 - level) / 2), quantile(values, (1 + level) / 2), level);
    }

    /**
     * Returns the bias-corrected and accelerated (BCa) interval: the percentile interval at levels moved by the share of
     * draws below the estimate (equal ones count half) and by the skewness of the estimates with each study left out.
     *
     * @param quantity which
     * @param level the level as a fraction
     * @return the interval; empty where it is not defined: all draws on one side of the estimate, no spread when studies
     *     are left out although draws differ, or fewer than three studies
     * @throws IllegalArgumentException if the level is outside 0 to 1
     * @throws IllegalStateException if there are fewer than {@value Bootstrap#MIN_DRAWS} draws
     */
    public Optional<Interval> bca(Quantity quantity, double level) {
        Interval.requireLevel(level);
        double[] values = enough(quantity);
        double estimate = observed[quantity.index];
        double below = 0;
        for (double value : values) {
            below += value < estimate ? 1 : value == estimate ? 0.5 : 0;
        }
        double z0 = -Normal.upperQuantile(below / values.length);
        double acceleration = acceleration(jackknife[quantity.index]);
        double z = Normal.criticalValue(level);
        double low = moved(z0, z0 - z, acceleration);
        double high = moved(z0, z0 + z, acceleration);
        return low > 0 && low < high && high < 1
                ? Optional.of(new Interval(quantile(values, low), quantile(values, high), level))
                : Optional.empty();
    }

    private static double moved(double z0, double z, double acceleration) {
        double scale = 1 - acceleration * z;
        // Beyond the pole the map turns back: there is no such level.
        return scale > 0 ? 1 - Normal.upperTail(z0 + z / scale) : Double.NaN;
    }

    private static double acceleration(double[] left) {
        double mean = mean(left);
        double squares = 0;
        double cubes = 0;
        for (double value : left) {
            double d = mean - value;
            squares += d * d;
            cubes += d * d * d;
        }
        return cubes / (6 * squares * Math.sqrt(squares));
    }

    private double[] enough(Quantity quantity) {
        double[] values = sorted[quantity.index];
        if (values.length < Bootstrap.MIN_DRAWS) {
            throw new IllegalStateException(
                    "An interval needs at least " + Bootstrap.MIN_DRAWS + " draws, but there are " + values.length);
        }
        return values;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double quantile(double[] sorted, double p) {
        double position = p * (sorted.length + 1);
        int j = (int) Math.floor(position);
        if (j < 1) {
            return sorted[0];
        }
        if (j >= sorted.length) {
            return sorted[sorted.length - 1];
        }
        return sorted[j - 1] + (position - j) * (sorted[j] - sorted[j - 1]);
    }
}
