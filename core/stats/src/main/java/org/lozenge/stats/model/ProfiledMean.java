package org.lozenge.stats.model;

import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.Interval;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.numeric.Normal;
import org.lozenge.stats.numeric.Roots;

/**
 * Hardy and Thompson's inference on the pooled effect from its profile likelihood:
 *
 * <pre>{@code {μ : 2 (max log L − max over τ² of log L(μ, τ²)) ≤ χ²(level)}}   with 1 degree of freedom
 * }</pre>
 *
 * <p>Likelihoods are full, not restricted. Each profile value is the highest of all maxima in τ² on a grid of
 * sign changes of the score, each refined to the last digits. Should the set have gaps, the interval spans it.
 *
 * @see <a href="https://doi.org/10.1002/(SICI)1097-0258(19960330)15:6%3C619::AID-SIM188%3E3.0.CO;2-A">Hardy and
 *     Thompson (1996), Stat. Med. 15, 619–629</a>
 */
final class ProfiledMean {

    private static final int GRID = 60;
    private static final int SCAN = 64;

    /** With more studies the likelihood has one maximum in all practice, and scanning would take long. */
    private static final int MOST_SCANNED = 200;

    private static final int MAX_DOUBLINGS = 1000;

    private final double[] y;
    private final double[] v;
    private final double smallest;

    private ProfiledMean(double[] y, double[] v) {
        this.y = y;
        this.v = v;
        double least = v[0];
        for (double x : v) {
            least = Math.min(least, x);
        }
        this.smallest = least;
    }

    /** For at least two studies; estimate and τ² are those of maximum likelihood. */
    static MeanInference of(EffectSizes effects, double estimate, double tau2, double standardError, double level) {
        ProfiledMean profile =
                new ProfiledMean(effects.y().toArray(), effects.v().toArray());
        double peak = profile.logLikelihood(estimate, tau2);
        double z = Normal.criticalValue(level);
        double threshold = z * z / 2;
        double statistic = Math.signum(estimate) * Math.sqrt(2 * Math.max(0, peak - profile.highest(0)));
        return new MeanInference(
                standardError,
                new TestResult(statistic, Double.POSITIVE_INFINITY, Normal.twoSided(statistic)),
                new Interval(
                        profile.limit(estimate, -standardError, peak - threshold),
                        profile.limit(estimate, standardError, peak - threshold),
                        level));
    }

    /** The outermost μ on one side at which the profile reaches a value. */
    private double limit(double estimate, double step, double value) {
        double inside = outermostInside(estimate, step, value);
        double outside = inside + step;
        for (int i = 0; i < MAX_DOUBLINGS && highest(outside) >= value; i++) {
            inside = outside;
            step *= 2;
            outside += step;
        }
        double from = inside;
        double width = outside - from;
        double share = Roots.between(x -> highest(from + x * width) - value, 0, 1, "Limit of the profile likelihood");
        return from + share * width;
    }

    private double outermostInside(double estimate, double step, double value) {
        double edge = estimate;
        for (double x : y) {
            edge = step > 0 ? Math.max(edge, x) : Math.min(edge, x);
        }
        if (y.length <= MOST_SCANNED) {
            // Beyond the outermost effect the profile falls.
            for (int i = SCAN; i > 0; i--) {
                double mu = estimate + (edge - estimate) * i / SCAN;
                if (highest(mu) >= value) {
                    return mu;
                }
            }
        }
        return estimate;
    }

    /** The largest log-likelihood at a given mean. */
    private double highest(double mu) {
        double squares = 0;
        for (double x : y) {
            squares += (x - mu) * (x - mu);
        }
        // At τ² above all (y − μ)² and a small variance the score is negative.
        double top = Math.max(squares, smallest);
        double best = logLikelihood(mu, 0);
        double low = 0;
        double atLow = score(mu, 0);
        double ratio = StrictMath.exp(StrictMath.log(1e6 * top / smallest) / (GRID - 1));
        double t = smallest * 1e-6;
        for (int i = 0; i < GRID; i++) {
            double high = i == GRID - 1 ? top : t;
            double atHigh = score(mu, high);
            if (atLow > 0 && atHigh <= 0) {
                double root = Roots.between(x -> score(mu, x), low, high, "tau² at a given mean");
                best = Math.max(best, logLikelihood(mu, root));
            }
            low = high;
            atLow = atHigh;
            t *= ratio;
        }
        return best;
    }

    /** The derivative of twice the log-likelihood by τ², times the smallest variance to keep its size. */
    private double score(double mu, double tau2) {
        double sum = 0;
        double unit = smallest + tau2;
        for (int i = 0; i < y.length; i++) {
            double w = unit / (v[i] + tau2);
            double d = y[i] - mu;
            sum += w * (w * d * (d / unit) - 1);
        }
        return sum;
    }

    private double logLikelihood(double mu, double tau2) {
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            double total = v[i] + tau2;
            double d = y[i] - mu;
            sum += StrictMath.log(total / smallest) + d * (d / total);
        }
        return -sum / 2;
    }
}
