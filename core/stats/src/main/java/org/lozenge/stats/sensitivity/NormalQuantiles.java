package org.lozenge.stats.sensitivity;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.Interval;
import org.lozenge.stats.model.PooledFit;
import org.lozenge.stats.numeric.Normal;

/**
 * Standardised residuals of a fit in ascending order against the quantiles of the normal distribution, with the band in
 * which each ordered residual lies in a share of data sets as large as the level, if the model holds.
 *
 * <p>Plotting positions are {@code (i − a)/(k + 1 − 2a)} with a = 3/8 up to ten studies and 1/2 beyond. The band comes from
 * simulated data sets with the variances and τ² of the fit; it is pointwise. The same seed gives the same band on every
 * machine.
 *
 * @param study position of the study of each point
 * @param theoretical normal quantile of each point, ascending
 * @param residual internally standardised residual of each point, ascending
 * @param lower lower edge of the band
 * @param upper upper edge of the band
 * @see <a href="https://doi.org/10.18637/jss.v036.i03">Viechtbauer (2010), J. Stat. Softw. 36(3)</a>
 */
public record NormalQuantiles(
        List<Integer> study, DoubleSeq theoretical, DoubleSeq residual, DoubleSeq lower, DoubleSeq upper) {

    private static final int FEW = 10;

    /** Copies the positions. */
    public NormalQuantiles {
        study = List.copyOf(study);
    }

    /**
     * Computes points and band.
     *
     * @param fit a fit of at least two studies
     * @param level level of the band, as a fraction
     * @param draws number of simulated data sets, at least 1; 1,000 are enough for a figure
     * @param seed seed of the simulation
     * @return the points in ascending order
     * @throws IllegalArgumentException for one study, a level outside 0 to 1, or no draws
     */
    public static NormalQuantiles of(PooledFit fit, double level, int draws, long seed) {
        return of(fit, level, draws, seed, () -> {});
    }

    /**
     * Computes the points of a fit, and calls back for each draw, so that a long simulation can be stopped.
     *
     * @param fit a fit of at least two studies
     * @param level level of the band, as a fraction
     * @param draws number of simulated data sets, at least 1
     * @param seed seed of the simulation
     * @param heartbeat what is called; an exception of its own reaches the caller
     * @return the points in ascending order
     * @throws IllegalArgumentException for one study, a level outside 0 to 1, or no draws
     */
    public static NormalQuantiles of(PooledFit fit, double level, int draws, long seed, Runnable heartbeat) {
        Interval.requireLevel(level);
        if (fit.k() < 2 || draws < 1) {
            throw new IllegalArgumentException(
                    "Residuals need at least two studies and one draw, but there are " + fit.k() + " and " + draws);
        }
        int k = fit.k();
        Residuals residuals = new Residuals(fit);
        double[] observed = residuals.of(fit.effects().y().toArray());
        List<Integer> order = IntStream.range(0, k)
                .boxed()
                .sorted((a, b) -> Double.compare(observed[a], observed[b]))
                .toList();
        double[][] simulated = residuals.simulate(draws, new SplittableRandom(seed), heartbeat);
        double[] lower = new double[k];
        double[] upper = new double[k];
        double[] theoretical = new double[k];
        double a = k <= FEW ? 0.375 : 0.5;
        for (int i = 0; i < k; i++) {
            Arrays.sort(simulated[i]);
            lower[i] = quantile(simulated[i], (1 - level) / 2);
            upper[i] = quantile(simulated[i], (1 + level) / 2);
            theoretical[i] = -Normal.upperQuantile((i + 1 - a) / (k + 1 - 2 * a));
        }
        double[] sorted = order.stream().mapToDouble(i -> observed[i]).toArray();
        return new NormalQuantiles(
                order, DoubleSeq.of(theoretical), DoubleSeq.of(sorted), DoubleSeq.of(lower), DoubleSeq.of(upper));
    }

    /** The quantile by linear interpolation between order statistics. */
    private static double quantile(double[] sorted, double p) {
        double at = p * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }

    /** Internally standardised residuals of data with the variances of a fit. */
    private static final class Residuals {
        private final double[] total;
        private final double weight;

        Residuals(PooledFit fit) {
            double tau2 = Double.isNaN(fit.tau2()) ? 0 : fit.tau2();
            total = new double[fit.k()];
            double sum = 0;
            for (int i = 0; i < total.length; i++) {
                total[i] = fit.effects().v().get(i) + tau2;
                sum += 1 / total[i];
            }
            weight = sum;
        }

        double[] of(double[] y) {
            double mean = 0;
            for (int i = 0; i < y.length; i++) {
                mean += y[i] / total[i] / weight;
            }
            double[] residuals = new double[y.length];
            for (int i = 0; i < y.length; i++) {
                residuals[i] = (y[i] - mean) / Math.sqrt(total[i] - 1 / weight);
            }
            return residuals;
        }

        /** Row i holds the i-th smallest residual of every draw. */
        double[][] simulate(int draws, SplittableRandom random, Runnable heartbeat) {
            double[][] ordered = new double[total.length][draws];
            double[] y = new double[total.length];
            for (int draw = 0; draw < draws; draw++) {
                heartbeat.run();
                for (int i = 0; i < y.length; i++) {
                    y[i] = -Normal.upperQuantile(1 - random.nextDouble()) * Math.sqrt(total[i]);
                }
                double[] residuals = of(y);
                Arrays.sort(residuals);
                for (int i = 0; i < y.length; i++) {
                    ordered[i][draw] = residuals[i];
                }
            }
            return ordered;
        }
    }
}
