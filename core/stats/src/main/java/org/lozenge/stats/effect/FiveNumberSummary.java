package org.lozenge.stats.effect;

import org.lozenge.stats.numeric.Normal;

/**
 * Mean and standard deviation from the numbers that reports of skewed data print: minimum, quartiles, median, maximum.
 *
 * <p>Three cases, by what is known: minimum, median and maximum; quartiles and median; all five. For normal data the mean is
 * by Luo and others, an optimal average of median, mid-range and mid-quartile range, and the standard deviation by Wan and
 * others (with five numbers by Shi and others). With n the size:
 *
 * <pre>{@code
 * min, med, max:  mean = w (min+max)/2 + (1−w) med,  w = 4/(4 + n^0.75)
 *                 sd   = (max−min)/(2 Φ⁻¹((n−0.375)/(n+0.25)))
 * q1, med, q3:    mean = w (q1+q3)/2 + (1−w) med,  w = 0.7 + 0.39/n
 *                 sd   = (q3−q1)/(2 Φ⁻¹((0.75n−0.125)/(n+0.25)))
 * all five:       mean = w₁ (min+max)/2 + w₂ (q1+q3)/2 + (1−w₁−w₂) med,
 *                 w₁ = 2.2/(2.2 + n^0.75),  w₂ = 0.7 − 0.72/n^0.55
 *                 sd   = (max−min)/θ₁ + (q3−q1)/θ₂,
 *                 θ₁ = (2 + 0.14 n^0.6) Φ⁻¹((n−0.375)/(n+0.25)),
 *                 θ₂ = (2 + 2/(0.07 n^0.6)) Φ⁻¹((0.75n−0.125)/(n+0.25))
 * }</pre>
 *
 * <p>The skewness that the numbers show is tested as by Shi and others (2023); a significant test says that the data are not
 * normal and that these formulas, and means in general, may mislead.
 *
 * @see <a href="https://doi.org/10.1177/0962280216669183">Luo and others (2018), Stat. Methods Med. Res. 27, 1785–1805</a>
 * @see <a href="https://doi.org/10.1186/1471-2288-14-135">Wan and others (2014), BMC Med. Res. Methodol. 14, 135</a>
 * @see <a href="https://doi.org/10.1002/jrsm.1429">Shi and others (2020), Res. Synth. Methods 11, 641–654</a>
 * @see <a href="https://doi.org/10.1177/09622802231172043">Shi and others (2023), Stat. Methods Med. Res. 32,
 *     1338–1360</a>
 */
public final class FiveNumberSummary {

    /** What is known. */
    public enum Known {
        /** Minimum, median and maximum. */
        RANGE,
        /** Quartiles and median. */
        QUARTILES,
        /** All five. */
        ALL
    }

    /**
     * The estimates.
     *
     * @param mean estimated mean
     * @param sd estimated standard deviation, above 0
     * @param distribution the distribution they hold for: {@code normal}, {@code log-normal}, {@code gamma} or
     *     {@code weibull}
     */
    public record Moments(double mean, double sd, String distribution) {}

    private final Known known;
    private final double min;
    private final double q1;
    private final double median;
    private final double q3;
    private final double max;
    private final double n;

    private FiveNumberSummary(Known known, double[] values, double n) {
        this.known = known;
        this.min = values[0];
        this.q1 = values[1];
        this.median = values[2];
        this.q3 = values[3];
        this.max = values[4];
        this.n = n;
        check();
    }

    /**
     * Returns a summary with whatever is known.
     *
     * @param min minimum, or NaN
     * @param q1 first quartile, or NaN
     * @param median the median
     * @param q3 third quartile, or NaN
     * @param max maximum, or NaN
     * @param n size of the group
     * @return the summary of the richest case
     * @throws InvalidRawDataException if the numbers are not in ascending order or all equal
     * @throws NotEstimableException if neither minimum and maximum nor both quartiles are there, or n is below 5
     */
    public static FiveNumberSummary of(double min, double q1, double median, double q3, double max, double n) {
        boolean range = !Double.isNaN(min) && !Double.isNaN(max);
        boolean quartiles = !Double.isNaN(q1) && !Double.isNaN(q3);
        if (Double.isNaN(median) || !(range || quartiles)) {
            throw new NotEstimableException("Mean and standard deviation need the median and either both quartiles or"
                    + " minimum and maximum.");
        }
        Known known = range && quartiles ? Known.ALL : range ? Known.RANGE : Known.QUARTILES;
        return new FiveNumberSummary(known, new double[] {min, q1, median, q3, max}, n);
    }

    private void check() {
        if (known != Known.QUARTILES) {
            ascending("min", min, "median", median);
            ascending("median", median, "max", max);
        }
        if (known != Known.RANGE) {
            ascending("q1", q1, "median", median);
            ascending("median", median, "q3", q3);
        }
        if (known == Known.ALL) {
            ascending("min", min, "q1", q1);
            ascending("q3", q3, "max", max);
        }
        if (!(n >= 5)) {
            throw new NotEstimableException("Mean and standard deviation from quantiles need at least 5 participants,"
                    + " but n = " + Texts.print(n) + ".");
        }
        double spread = known == Known.QUARTILES ? q3 - q1 : max - min;
        if (!(spread > 0)) {
            throw new InvalidRawDataException(
                    known == Known.QUARTILES ? "q1" : "min",
                    known == Known.QUARTILES ? q1 : min,
                    "equals the largest value, so there is no spread to estimate a standard deviation from");
        }
    }

    private static void ascending(String lowName, double low, String highName, double high) {
        InvalidRawDataException.finite(lowName, low);
        InvalidRawDataException.finite(highName, high);
        if (low > high) {
            throw new InvalidRawDataException(
                    lowName,
                    low,
                    "must not exceed " + highName + " (" + Texts.print(high) + "), but is " + Texts.print(low));
        }
    }

    /**
     * Returns what is known.
     *
     * @return the case
     */
    public Known known() {
        return known;
    }

    /**
     * Estimates mean and standard deviation of normal data.
     *
     * @return the estimates
     */
    public Moments normal() {
        double midRange = (min + max) / 2;
        double midQuartiles = (q1 + q3) / 2;
        return switch (known) {
            case RANGE -> {
                double w = 4 / (4 + StrictMath.pow(n, 0.75));
                double sd = (max - min) / (2 * rangeQuantile());
                yield new Moments(w * midRange + (1 - w) * median, sd, "normal");
            }
            case QUARTILES -> {
                double w = 0.7 + 0.39 / n;
                double sd = (q3 - q1) / (2 * quartileQuantile());
                yield new Moments(w * midQuartiles + (1 - w) * median, sd, "normal");
            }
            case ALL -> {
                double w1 = 2.2 / (2.2 + StrictMath.pow(n, 0.75));
                double w2 = 0.7 - 0.72 / StrictMath.pow(n, 0.55);
                double power = StrictMath.pow(n, 0.6);
                double sd = (max - min) / ((2 + 0.14 * power) * rangeQuantile())
                        + (q3 - q1) / ((2 + 2 / (0.07 * power)) * quartileQuantile());
                yield new Moments(w1 * midRange + w2 * midQuartiles + (1 - w1 - w2) * median, sd, "normal");
            }
        };
    }

    /**
     * Estimates mean and standard deviation by quantile estimation: of the normal, log-normal, gamma and Weibull
     * distributions, each fitted to the numbers by least squares of its quantiles, the one that fits best. Minimum and
     * maximum count as quantiles at 1/n and 1 − 1/n. Numbers that are not all above 0 are fitted by a normal distribution.
     *
     * @return the moments of that distribution
     * @see <a href="https://doi.org/10.1177/0962280219889080">McGrath and others (2020), Stat. Methods Med. Res. 29,
     *     2520–2537</a>
     */
    public Moments quantileEstimation() {
        return switch (known) {
            case RANGE -> QuantileFit.best(new double[] {1 / n, 0.5, 1 - 1 / n}, new double[] {min, median, max});
            case QUARTILES -> QuantileFit.best(new double[] {0.25, 0.5, 0.75}, new double[] {q1, median, q3});
            case ALL ->
                QuantileFit.best(
                        new double[] {1 / n, 0.25, 0.5, 0.75, 1 - 1 / n}, new double[] {min, q1, median, q3, max});
        };
    }

    /**
     * Returns the test statistic of skewness: how far the median lies from the middle of the others, in units of their
     * spread.
     *
     * @return 0 or above
     */
    public double skewness() {
        double wide = max > min ? Math.abs(min + max - 2 * median) / (max - min) : 0;
        double middle = q3 > q1 ? Math.abs(q1 + q3 - 2 * median) / (q3 - q1) : 0;
        return switch (known) {
            case RANGE -> wide;
            case QUARTILES -> middle;
            case ALL -> Math.max(2.65 * StrictMath.log(0.6 * n) / Math.sqrt(n) * wide, middle);
        };
    }

    /**
     * Returns the value above which {@link #skewness} is significant at the level 0.05.
     *
     * @return a number that decreases with n
     */
    public double criticalSkewness() {
        return switch (known) {
            case RANGE -> 1 / StrictMath.log(n + 9) + 2.5 / (n + 1);
            case QUARTILES -> 2.65 / Math.sqrt(n) - 6 / (n * n);
            case ALL -> 3 / Math.sqrt(n) - 40 / (n * n * n);
        };
    }

    /**
     * Tells whether the numbers speak against a symmetric distribution.
     *
     * @return true if the test of skewness is significant
     */
    public boolean isSkewed() {
        return skewness() > criticalSkewness();
    }

    private double rangeQuantile() {
        return Normal.upperQuantile(0.625 / (n + 0.25));
    }

    private double quartileQuantile() {
        return Normal.upperQuantile((0.25 * n + 0.375) / (n + 0.25));
    }
}
