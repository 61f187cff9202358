package org.lozenge.stats.effect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.lozenge.stats.numeric.ChiSquared;
import org.lozenge.stats.numeric.GammaFunction;
import org.lozenge.stats.numeric.Normal;

/**
 * Distributions fitted to quantiles by least squares.
 *
 * <p>The log-normal, gamma and Weibull distributions have a scale, by which all their quantiles are multiplied, and one
 * shape. Given the shape the best scale is a ratio of sums, so only the shape is searched for.
 */
final class QuantileFit {

    /** Shapes are searched on a log scale with this many first steps. */
    private static final int GRID = 150;

    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

    /** Quantiles of a distribution with scale 1 for a given shape. */
    private interface Family {
        double quantile(double p, double shape);
    }

    private record Fit(double squares, FiveNumberSummary.Moments moments) {}

    private QuantileFit() {}

    static FiveNumberSummary.Moments best(double[] p, double[] q) {
        List<Fit> fits = new ArrayList<>(List.of(normal(p, q)));
        if (q[0] > 0) {
            fits.add(logNormal(p, q));
            fits.add(gamma(p, q));
            fits.add(weibull(p, q));
        }
        return fits.stream()
                .min(Comparator.comparingDouble(Fit::squares))
                .orElseThrow()
                .moments();
    }

    /** A straight line through the quantiles. */
    private static Fit normal(double[] p, double[] q) {
        double zz = 0;
        double zq = 0;
        double mean = 0;
        for (int i = 0; i < p.length; i++) {
            double z = -Normal.upperQuantile(p[i]);
            zz += z * z;
            zq += z * q[i];
            mean += q[i] / p.length;
        }
        double sd = zq / zz;
        double squares = 0;
        for (int i = 0; i < p.length; i++) {
            double rest = q[i] - mean + sd * Normal.upperQuantile(p[i]);
            squares += rest * rest;
        }
        return new Fit(squares, new FiveNumberSummary.Moments(mean, sd, "normal"));
    }

    private static Fit logNormal(double[] p, double[] q) {
        Family family = (prob, sigma) -> StrictMath.exp(-sigma * Normal.upperQuantile(prob));
        double sigma = shape(family, 1e-3, 10, p, q);
        double scale = scale(family, sigma, p, q);
        double s2 = sigma * sigma;
        double mean = scale * StrictMath.exp(s2 / 2);
        return fit(family, sigma, p, q, mean, mean * Math.sqrt(StrictMath.expm1(s2)), "log-normal");
    }

    private static Fit gamma(double[] p, double[] q) {
        Family family = (prob, alpha) -> ChiSquared.lowerQuantile(prob, 2 * alpha) / 2;
        double alpha = shape(family, 0.05, 1e6, p, q);
        double scale = scale(family, alpha, p, q);
        return fit(family, alpha, p, q, alpha * scale, Math.sqrt(alpha) * scale, "gamma");
    }

    private static Fit weibull(double[] p, double[] q) {
        Family family = (prob, k) -> StrictMath.pow(-StrictMath.log1p(-prob), 1 / k);
        double k = shape(family, 0.1, 1e3, p, q);
        double scale = scale(family, k, p, q);
        double first = StrictMath.exp(GammaFunction.log(1 + 1 / k));
        double second = StrictMath.exp(GammaFunction.log(1 + 2 / k));
        return fit(family, k, p, q, scale * first, scale * Math.sqrt(second - first * first), "weibull");
    }

    private static Fit fit(Family family, double shape, double[] p, double[] q, double mean, double sd, String name) {
        boolean usable = Double.isFinite(mean) && sd > 0 && Double.isFinite(sd);
        double squares = usable ? squares(family, shape, p, q) : Double.POSITIVE_INFINITY;
        return new Fit(squares, new FiveNumberSummary.Moments(mean, sd, name));
    }

    private static double scale(Family family, double shape, double[] p, double[] q) {
        double gg = 0;
        double gq = 0;
        for (int i = 0; i < p.length; i++) {
            double g = family.quantile(p[i], shape);
            gg += g * g;
            gq += g * q[i];
        }
        return gq / gg;
    }

    private static double squares(Family family, double shape, double[] p, double[] q) {
        double scale = scale(family, shape, p, q);
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            double rest = q[i] - scale * family.quantile(p[i], shape);
            sum += rest * rest;
        }
        return Double.isNaN(sum) ? Double.POSITIVE_INFINITY : sum;
    }

    /** The best shape: a grid on the log scale, then golden sections around the best point. */
    private static double shape(Family family, double from, double to, double[] p, double[] q) {
        DoubleUnaryOperator loss = u -> squares(family, StrictMath.exp(u), p, q);
        double first = StrictMath.log(from);
        double step = (StrictMath.log(to) - first) / GRID;
        double best = first;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i <= GRID; i++) {
            double u = first + i * step;
            double value = loss.applyAsDouble(u);
            if (value < least) {
                least = value;
                best = u;
            }
        }
        double low = best - step;
        double high = best + step;
        // Near a minimum losses differ by the square of the distance: 1e-9 is as close as they can tell.
        while (high - low > 1e-9) {
            double left = high - GOLDEN * (high - low);
            double right = low + GOLDEN * (high - low);
            if (loss.applyAsDouble(left) < loss.applyAsDouble(right)) {
                high = right;
            } else {
                low = left;
            }
        }
        return StrictMath.exp((low + high) / 2);
    }
}
