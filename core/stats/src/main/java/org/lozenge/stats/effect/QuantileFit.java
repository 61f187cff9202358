package org.lozenge.stats.effect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.lozenge.stats.numeric.ChiSquared;
import org.lozenge.stats.numeric.GammaFunction;
import org.lozenge.stats.numeric.Normal;
import org.lozenge.stats.numeric.Roots;

/**
 * Distributions fitted to quantiles by least squares.
 *
 * <p>The log-normal, gamma and Weibull distributions have a scale, by which all their quantiles are multiplied, and one
 * shape. Given the shape the best scale is a ratio of sums, so only the shape is searched for.
 */
final class QuantileFit {

    /** Shapes are searched on a log scale with this many first steps. */
    private static final int GRID = 150;

    /** Step in the logarithm of a shape for numerical derivatives. */
    private static final double STEP = 1e-3;

    /**
     * Quantiles of a distribution with scale 1.
     *
     * @param quantile the quantile at a probability, for a shape
     * @param slope its derivative by the logarithm of the shape
     */
    private record Family(DoubleBinaryOperator quantile, DoubleBinaryOperator slope) {

        double quantile(double p, double shape) {
            return quantile.applyAsDouble(p, shape);
        }

        double slope(double p, double shape) {
            return slope.applyAsDouble(p, shape);
        }
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
        Family family = new Family(
                (prob, sigma) -> StrictMath.exp(-sigma * Normal.upperQuantile(prob)),
                (prob, sigma) ->
                        -sigma * Normal.upperQuantile(prob) * StrictMath.exp(-sigma * Normal.upperQuantile(prob)));
        double sigma = shape(family, 1e-3, 10, p, q);
        double scale = scale(family, sigma, p, q);
        double s2 = sigma * sigma;
        double mean = scale * StrictMath.exp(s2 / 2);
        return fit(family, sigma, p, q, mean, mean * Math.sqrt(StrictMath.expm1(s2)), "log-normal");
    }

    private static Fit gamma(double[] p, double[] q) {
        DoubleBinaryOperator quantile = (prob, alpha) -> ChiSquared.lowerQuantile(prob, 2 * alpha) / 2;
        Family family = new Family(
                quantile,
                (prob, alpha) -> (4 * slope(quantile, prob, alpha, STEP / 2) - slope(quantile, prob, alpha, STEP)) / 3);
        double alpha = shape(family, 0.05, 1e6, p, q);
        double scale = scale(family, alpha, p, q);
        return fit(family, alpha, p, q, alpha * scale, Math.sqrt(alpha) * scale, "gamma");
    }

    private static Fit weibull(double[] p, double[] q) {
        Family family = new Family(
                (prob, k) -> StrictMath.exp(logHazard(prob) / k),
                (prob, k) -> -logHazard(prob) / k * StrictMath.exp(logHazard(prob) / k));
        double k = shape(family, 0.1, 1e3, p, q);
        double scale = scale(family, k, p, q);
        double first = StrictMath.exp(GammaFunction.log(1 + 1 / k));
        double second = StrictMath.exp(GammaFunction.log(1 + 2 / k));
        return fit(family, k, p, q, scale * first, scale * Math.sqrt(second - first * first), "weibull");
    }

    private static double logHazard(double p) {
        return StrictMath.log(-StrictMath.log1p(-p));
    }

    private static double slope(DoubleBinaryOperator quantile, double p, double shape, double step) {
        double up = quantile.applyAsDouble(p, shape * StrictMath.exp(step));
        double down = quantile.applyAsDouble(p, shape * StrictMath.exp(-step));
        return (up - down) / (2 * step);
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

    /** Half the derivative of the squares by the logarithm of the shape, at the best scale. */
    private static double descent(Family family, double shape, double[] p, double[] q) {
        double scale = scale(family, shape, p, q);
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            double rest = scale * family.quantile(p[i], shape) - q[i];
            sum += rest * scale * family.slope(p[i], shape);
        }
        return sum;
    }

    /**
     * The best shape: a grid on the log scale, then the root of the derivative around the best point. Squares themselves could
     * not tell shapes apart that are closer than about 1e-8.
     */
    private static double shape(Family family, double from, double to, double[] p, double[] q) {
        double first = StrictMath.log(from);
        double step = (StrictMath.log(to) - first) / GRID;
        double best = first;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i <= GRID; i++) {
            double u = first + i * step;
            double value = squares(family, StrictMath.exp(u), p, q);
            if (value < least) {
                least = value;
                best = u;
            }
        }
        DoubleUnaryOperator descent = u -> descent(family, StrictMath.exp(u), p, q);
        boolean inside = descent.applyAsDouble(best - step) < 0 && descent.applyAsDouble(best + step) > 0;
        return StrictMath.exp(inside ? Roots.between(descent, best - step, best + step, "shape") : best);
    }
}
