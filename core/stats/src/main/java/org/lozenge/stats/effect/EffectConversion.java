package org.lozenge.stats.effect;

import org.lozenge.stats.numeric.Normal;

/**
 * Effects of one kind expressed as another: log odds ratios, standardised mean differences and correlations.
 *
 * <p>A difference d and a log odds ratio are proportional, {@code log OR = d π/√3}, if the variable behind the events is
 * logistic; a difference and a correlation are related by {@code r = d/√(d² + h)}, where h depends on the sizes of the groups
 * ({@code h = 4} for equal ones). Variances follow by the delta method. All conversions throw {@link NotEstimableException}
 * where the effect is so extreme that the result is not finite or its variance rounds to 0.
 *
 * @see <a href="https://doi.org/10.1002/9780470743386.ch7">Borenstein and others (2009), Introduction to Meta-Analysis,
 *     chapter 7</a>
 */
public final class EffectConversion {

    private static final double LOGISTIC = OddsRatioToDLogistic.FACTOR;

    private EffectConversion() {}

    /**
     * Converts a log odds ratio into a standardised mean difference.
     *
     * @param logOddsRatio the log odds ratio and its variance
     * @return {@code d = log OR √3/π}
     */
    public static Effect logOddsRatioToD(Effect logOddsRatio) {
        return converted(logOddsRatio.y() / LOGISTIC, logOddsRatio.v() / (LOGISTIC * LOGISTIC));
    }

    /**
     * Converts a standardised mean difference into a log odds ratio.
     *
     * @param d the difference and its variance
     * @return {@code log OR = d π/√3}
     */
    public static Effect dToLogOddsRatio(Effect d) {
        return converted(d.y() * LOGISTIC, d.v() * LOGISTIC * LOGISTIC);
    }

    /**
     * Converts a standardised mean difference into a correlation.
     *
     * @param d the difference and its variance
     * @param h {@code (n₁+n₂)²/(n₁n₂)}: 4 for groups of equal size; see {@link #shape}
     * @return {@code r = d/√(d² + h)}
     */
    public static Effect dToCorrelation(Effect d, double h) {
        double root = Math.sqrt(d.y() * d.y() + h);
        double slope = h / (root * root * root);
        return converted(d.y() / root, slope * slope * d.v());
    }

    /**
     * Converts a correlation into a standardised mean difference.
     *
     * @param r the correlation, between −1 and 1, and its variance
     * @param h as in {@link #dToCorrelation}
     * @return {@code d = r √(h/(1 − r²))}
     * @throws NotEstimableException if the correlation is not between −1 and 1
     */
    public static Effect correlationToD(Effect r, double h) {
        double rest = rest(r);
        double slope = Math.sqrt(h / (rest * rest * rest));
        return converted(r.y() * Math.sqrt(h / rest), slope * slope * r.v());
    }

    /**
     * Converts a correlation into Fisher's z by the delta method.
     *
     * @param r the correlation, between −1 and 1, and its variance
     * @return {@code z = atanh r}
     * @throws NotEstimableException if the correlation is not between −1 and 1
     */
    public static Effect correlationToFisherZ(Effect r) {
        double rest = rest(r);
        return converted(FisherZ.atanh(r.y()), r.v() / (rest * rest));
    }

    /**
     * Converts Fisher's z into a correlation by the delta method.
     *
     * @param z Fisher's z and its variance
     * @return {@code r = tanh z}
     */
    public static Effect fisherZToCorrelation(Effect z) {
        double cosh = StrictMath.cosh(z.y());
        double slope = 1 / (cosh * cosh);
        return converted(StrictMath.tanh(z.y()), slope * slope * z.v());
    }

    /**
     * Converts a standardised mean difference into Fisher's z of the correlation by the delta method.
     *
     * @param d the difference and its variance
     * @param h as in {@link #dToCorrelation}
     * @return {@code z = asinh(d/√h)}, which is atanh of the correlation without its cancellation near ±1
     */
    public static Effect dToFisherZ(Effect d, double h) {
        double ratio = Math.abs(d.y()) / Math.sqrt(h);
        double z = StrictMath.log1p(ratio + ratio * ratio / (1 + Math.sqrt(1 + ratio * ratio)));
        return converted(Math.copySign(z, d.y()), d.v() / (d.y() * d.y() + h));
    }

    /**
     * Converts Fisher's z of a correlation into a standardised mean difference by the delta method.
     *
     * @param z Fisher's z and its variance
     * @param h as in {@link #dToCorrelation}
     * @return {@code d = √h sinh z}
     */
    public static Effect fisherZToD(Effect z, double h) {
        double cosh = StrictMath.cosh(z.y());
        return converted(Math.sqrt(h) * StrictMath.sinh(z.y()), h * cosh * cosh * z.v());
    }

    /**
     * Converts a standardised mean difference into the common language effect size by the delta method.
     *
     * @param d the difference and its variance
     * @return {@code Φ(d/√2)}
     */
    public static Effect dToCommonLanguage(Effect d) {
        double slope2 = StrictMath.exp(-d.y() * d.y() / 2) / (4 * Math.PI);
        return converted(Normal.upperTail(-d.y() / Math.sqrt(2)), slope2 * d.v());
    }

    /**
     * Returns the h of {@link #dToCorrelation} for groups of known size.
     *
     * @param n1 size of the first group
     * @param n2 size of the second group
     * @return {@code (n₁+n₂)²/(n₁n₂)}
     * @throws InvalidRawDataException if a size is not above 0
     */
    public static double shape(double n1, double n2) {
        InvalidRawDataException.positive("n_t", n1, "the size of an arm");
        InvalidRawDataException.positive("n_c", n2, "the size of an arm");
        return (n1 + n2) * (n1 + n2) / (n1 * n2);
    }

    private static Effect converted(double y, double v) {
        if (!Double.isFinite(y) || !(v > 0) || Double.isInfinite(v)) {
            throw new NotEstimableException("An effect so extreme cannot be converted: it would be " + Texts.print(y)
                    + " with variance " + Texts.print(v) + ".");
        }
        return new Effect(y, v);
    }

    private static double rest(Effect r) {
        double rest = (1 - r.y()) * (1 + r.y());
        if (!(rest > 0)) {
            throw new NotEstimableException(
                    "A correlation must lie between -1 and 1, both excluded, but is " + Texts.print(r.y()) + ".");
        }
        return rest;
    }
}
