package org.lozenge.stats.model;

import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.Interval;
import org.lozenge.stats.numeric.GammaFunction;
import org.lozenge.stats.numeric.Normal;
import org.lozenge.stats.numeric.Roots;
import org.lozenge.stats.numeric.StudentT;
import org.lozenge.stats.tau2.ConfidenceDistribution;
import org.lozenge.stats.tau2.MomentWeights;
import org.lozenge.stats.tau2.WeightedSums;

/**
 * Nagashima, Noma and Furukawa's prediction interval: quantiles of
 *
 * <pre>{@code μ̂(τ²) − t SE(τ²) + z τ,   SE²(τ²) = Σw(y − μ̂)² / ((k − 1) Σw)}</pre>
 *
 * <p>where τ² follows its confidence distribution from Cochran's Q, z is normal and t has k − 1 degrees of freedom. They
 * draw samples (a parametric bootstrap); here the same distribution is integrated, which is the limit for infinitely many
 * samples and needs no seed. Given τ² and the chi-squared variable c of t, the quantity is normal with variance
 * {@code τ² + SE² (k − 1)/c}; both integrals run over logarithms by the trapezoidal rule, which converges
 * fast for such integrands. If all effects are the same, SE(0) and τ² are 0 and the interval is that effect.
 *
 * @see <a href="https://doi.org/10.1177/0962280218773520">Nagashima, Noma and Furukawa (2019), Stat. Methods Med. Res. 28,
 *     1689–1702</a>
 */
final class ConfidencePrediction {

    private static final double STEP = 0.125;
    private static final double DIFFERENCE = 1e-3;
    private static final double NEGLIGIBLE = 1e-13;
    private static final int MAX_NODES = 4000;
    private static final int MAX_DOUBLINGS = 200;

    private final int k;
    private final ConfidenceDistribution distribution;
    private final WeightedSums sums;
    private final double scale;

    private double atZero;
    private double[] tau2 = new double[0];
    private double[] mass = new double[0];
    private double[] mean = new double[0];
    private double[] error = new double[0];
    private double[] factor = new double[0];
    private double[] density = new double[0];

    private ConfidencePrediction(EffectSizes effects) {
        k = effects.k();
        distribution = new ConfidenceDistribution(MomentWeights.inverseVariances(), effects);
        sums = new WeightedSums(effects.y().toArray(), effects.v().toArray(), 0, k);
        sums.evaluate(0);
        scale = Math.max(k - 1, sums.q()) / sums.traceP();
        atZero = distribution.upperTail(0);
        confidence();
        chiSquared();
    }

    static Interval interval(EffectSizes effects, double level) {
        ConfidencePrediction prediction = new ConfidencePrediction(effects);
        if (prediction.cochranQ() == 0) {
            double mean = prediction.sums.mean();
            return new Interval(mean, mean, level);
        }
        double tail = (1 - level) / 2;
        return new Interval(prediction.quantile(tail, -1), -prediction.quantile(tail, 1), level);
    }

    private double cochranQ() {
        sums.evaluate(0);
        return sums.q();
    }

    /** Nodes of τ² with the masses of the confidence distribution, outwards from the scale of the data. */
    private void confidence() {
        double[] nodes = new double[2 * MAX_NODES];
        double[] masses = new double[2 * MAX_NODES];
        int n = 0;
        for (int direction = -1; direction <= 1; direction += 2) {
            double largest = 0;
            for (int j = direction < 0 ? 0 : 1; j < MAX_NODES; j++) {
                double t = scale * StrictMath.exp(direction * j * STEP);
                double m = STEP * slope(t);
                largest = Math.max(largest, m);
                nodes[n] = t;
                masses[n++] = m;
                if (m < NEGLIGIBLE * (1 - atZero) || m < NEGLIGIBLE * largest) {
                    break;
                }
            }
        }
        tau2 = java.util.Arrays.copyOf(nodes, n);
        mass = java.util.Arrays.copyOf(masses, n);
        mean = new double[n];
        error = new double[n];
        double total = 0;
        for (int i = 0; i < n; i++) {
            total += mass[i];
            sums.evaluate(tau2[i]);
            mean[i] = sums.mean();
            error[i] = Math.sqrt(sums.q() / (k - 1) / sums.weight());
        }
        double share = total == 0 ? 0 : (1 - atZero) / total;
        for (int i = 0; i < n; i++) {
            mass[i] *= share;
        }
    }

    /** The derivative of the confidence distribution by log τ², from the tail that is exact there. */
    private double slope(double t) {
        boolean upper = distribution.upperTail(t) > 0.5;
        double step = DIFFERENCE;
        double near = tail(t * StrictMath.exp(step), upper) - tail(t * StrictMath.exp(-step), upper);
        double far = tail(t * StrictMath.exp(2 * step), upper) - tail(t * StrictMath.exp(-2 * step), upper);
        return Math.max(0, (8 * near - far) / (12 * step));
    }

    private double tail(double t, boolean upper) {
        return upper ? -distribution.lowerTail(t) : distribution.upperTail(t) - atZero;
    }

    /** Nodes of (k − 1)/c and their probabilities. */
    private void chiSquared() {
        double half = (k - 1) / 2.0;
        double constant = GammaFunction.log(half) + half * StrictMath.log(2);
        double[] factors = new double[2 * MAX_NODES];
        double[] densities = new double[2 * MAX_NODES];
        int n = 0;
        double total = 0;
        for (int direction = -1; direction <= 1; direction += 2) {
            for (int j = direction < 0 ? 0 : 1; j < MAX_NODES; j++) {
                double c = (k - 1) * StrictMath.exp(direction * j * STEP);
                double p = STEP * StrictMath.exp(half * StrictMath.log(c) - c / 2 - constant);
                factors[n] = (k - 1) / c;
                densities[n++] = p;
                total += p;
                if (p < NEGLIGIBLE) {
                    break;
                }
            }
        }
        factor = java.util.Arrays.copyOf(factors, n);
        density = java.util.Arrays.copyOf(densities, n);
        for (int i = 0; i < n; i++) {
            density[i] /= total;
        }
    }

    /** The quantile below which the probability lies; for direction 1 that of the mirrored variable. */
    private double quantile(double tail, int direction) {
        sums.evaluate(scale);
        double centre = -direction * sums.mean();
        double width = Math.sqrt(scale) + 1 / Math.sqrt(sums.weight());
        double low = centre - width;
        for (int i = 0; i < MAX_DOUBLINGS && below(low, direction) > tail; i++) {
            width *= 2;
            low -= width;
        }
        double from = low;
        double span = 2 * width + centre - low;
        double share = Roots.between(x -> below(from + x * span, direction) / tail - 1, 0, 1, "Prediction limit");
        return from + share * span;
    }

    private double below(double x, int direction) {
        sums.evaluate(0);
        double zeroError = Math.sqrt(sums.q() / (k - 1) / sums.weight());
        double distance = x + direction * sums.mean();
        double sum = zeroError == 0
                ? atZero * (distance >= 0 ? 1 : 0)
                : atZero * StudentT.upperTail(-distance / zeroError, k - 1);
        for (int i = 0; i < tau2.length; i++) {
            double inner = 0;
            double d = -(x + direction * mean[i]);
            for (int j = 0; j < factor.length; j++) {
                inner += density[j] * Normal.upperTail(d / Math.sqrt(tau2[i] + error[i] * error[i] * factor[j]));
            }
            sum += mass[i] * inner;
        }
        return sum;
    }
}
