package org.lozenge.stats.effect;

import java.util.function.DoubleUnaryOperator;
import org.lozenge.stats.numeric.Normal;

/**
 * The way from the analysis scale to the scale a reader expects. All are increasing, so limits of intervals go the same way
 * as estimates.
 */
public final class BackTransform {

    private final String name;
    private final DoubleUnaryOperator function;

    private BackTransform(String name, DoubleUnaryOperator function) {
        this.name = name;
        this.function = function;
    }

    /**
     * Returns the transformation that changes nothing.
     *
     * @return y
     */
    public static BackTransform identity() {
        return new BackTransform("none", y -> y);
    }

    /**
     * Returns the exponential, for logarithms.
     *
     * @return exp y
     */
    public static BackTransform exp() {
        return new BackTransform("exp", StrictMath::exp);
    }

    /**
     * Returns the hyperbolic tangent, for Fisher's z.
     *
     * @return tanh y
     */
    public static BackTransform tanh() {
        return new BackTransform("tanh", StrictMath::tanh);
    }

    /**
     * Returns the square of the hyperbolic tangent, for transformed coefficients of determination.
     *
     * @return tanh² y; 0 below 0
     */
    public static BackTransform tanhSquared() {
        return new BackTransform("tanh-squared", y -> {
            double r = StrictMath.tanh(Math.max(0, y));
            return r * r;
        });
    }

    /**
     * Returns the logistic function, for logits.
     *
     * @return 1/(1 + exp(−y))
     */
    public static BackTransform logistic() {
        return new BackTransform("logistic", y -> 1 / (1 + StrictMath.exp(-y)));
    }

    /**
     * Returns the normal distribution function, for probits.
     *
     * @return Φ(y)
     */
    public static BackTransform normal() {
        return new BackTransform("normal", y -> Normal.upperTail(-y));
    }

    /**
     * Returns the squared sine, for arcsines of square roots.
     *
     * @return sin² y; 0 below 0 and 1 above π/2
     */
    public static BackTransform sineSquared() {
        return new BackTransform("sine-squared", y -> {
            double sine = StrictMath.sin(Math.max(0, Math.min(Math.PI / 2, y)));
            return sine * sine;
        });
    }

    /**
     * Returns the square, for square roots.
     *
     * @return y²; 0 below 0
     */
    public static BackTransform square() {
        return new BackTransform("square", y -> y <= 0 ? 0 : y * y);
    }

    /**
     * Returns the inverse of the Freeman–Tukey double arcsine transformation.
     *
     * @param n the size of the group; for a pooled value the harmonic mean of the sizes
     * @return a proportion; 0 at and below the value of no event, 1 at and above that of nothing but events
     * @see <a href="https://doi.org/10.2307/2682949">Miller (1978), Am. Stat. 32, 138</a>
     */
    public static BackTransform freemanTukeyProportion(double n) {
        return new BackTransform("freeman-tukey", y -> freemanTukeyProportion(y, n));
    }

    private static double freemanTukeyProportion(double y, double n) {
        double least = FreemanTukeyProportion.transform(0, n);
        double most = FreemanTukeyProportion.transform(n, n);
        if (y <= least) {
            return 0;
        }
        if (y >= most) {
            return 1;
        }
        // Miller's formula with t = 2y, for the double arcsine itself (metafor and this class use half of it).
        double sine = StrictMath.sin(2 * y);
        double cosine = StrictMath.cos(2 * y);
        double ratio = cosine / (n * sine);
        double inner = sine - ratio * cosine;
        // 1 − inner² without its cancellation near a proportion of one half.
        double root = Math.abs(cosine) * Math.sqrt(Math.max(0, 1 + 2 / n - ratio * ratio));
        return cosine >= 0 ? (inner * inner) / (2 * (1 + root)) : (1 + root) / 2;
    }

    /**
     * Returns the inverse of the Freeman–Tukey transformation of a rate.
     *
     * @param time the person-time; for a pooled value the harmonic mean of the times
     * @return a rate; 0 at and below the value of no event
     */
    public static BackTransform freemanTukeyRate(double time) {
        return new BackTransform("freeman-tukey", y -> {
            double least = 0.5 / Math.sqrt(time);
            if (y <= least) {
                return 0;
            }
            // 2y = √r + √(r + 1/t) solved for r.
            double root = (4 * y * y - 1 / time) / (4 * y);
            return root * root;
        });
    }

    /**
     * Returns the inverse of Hakstian and Whalen's transformation.
     *
     * @return 1 − (1 − y)³
     */
    public static BackTransform hakstianWhalen() {
        return new BackTransform("hakstian-whalen", y -> 1 - (1 - y) * (1 - y) * (1 - y));
    }

    /**
     * Returns the inverse of Bonett's transformation.
     *
     * @return 1 − exp(−y)
     */
    public static BackTransform bonett() {
        return new BackTransform("bonett", y -> -StrictMath.expm1(-y));
    }

    /**
     * Transforms a value.
     *
     * @param y a value on the analysis scale
     * @return the value on the scale a reader expects; NaN for NaN
     */
    public double apply(double y) {
        return Double.isNaN(y) ? y : function.applyAsDouble(y);
    }

    /**
     * Returns the name.
     *
     * @return {@code none}, {@code exp}, {@code tanh} …
     */
    public String name() {
        return name;
    }

    /**
     * Tells whether the two scales are the same.
     *
     * @return true for {@link #identity}
     */
    public boolean isIdentity() {
        return name.equals("none");
    }

    /**
     * Tells whether the analysis scale is a logarithm, so that figures need a logarithmic axis.
     *
     * @return true for {@link #exp}
     */
    public boolean isLog() {
        return name.equals("exp");
    }

    @Override
    public String toString() {
        return name;
    }
}
