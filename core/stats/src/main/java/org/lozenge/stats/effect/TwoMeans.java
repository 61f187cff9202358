package org.lozenge.stats.effect;

/**
 * Means, standard deviations and sizes of two independent groups.
 *
 * @param mean1 mean of the first group
 * @param sd1 standard deviation of the first group, above 0
 * @param n1 size of the first group, above 0
 * @param mean2 mean of the second group
 * @param sd2 standard deviation of the second group, above 0
 * @param n2 size of the second group, above 0
 */
public record TwoMeans(double mean1, double sd1, double n1, double mean2, double sd2, double n2) implements RawData {

    /**
     * Checks the numbers.
     *
     * @throws InvalidRawDataException if a number is not finite, or a standard deviation or size not above 0
     */
    public TwoMeans {
        InvalidRawDataException.finite("mean_t", mean1);
        InvalidRawDataException.positive("sd_t", sd1, "a standard deviation");
        InvalidRawDataException.positive("n_t", n1, "the size of an arm");
        InvalidRawDataException.finite("mean_c", mean2);
        InvalidRawDataException.positive("sd_c", sd2, "a standard deviation");
        InvalidRawDataException.positive("n_c", n2, "the size of an arm");
    }

    /**
     * Returns two groups whose standardised difference is known and nothing else: both standard deviations are 1.
     *
     * @param d Cohen's d, that is, with the pooled standard deviation
     * @param n1 size of the first group
     * @param n2 size of the second group
     * @return groups with that difference
     */
    public static TwoMeans ofCohenD(double d, double n1, double n2) {
        return new TwoMeans(InvalidRawDataException.finite("d", d), 1, n1, 0, 1, n2);
    }

    /**
     * Returns two groups of which the statistic of Student's two-sample t test is known.
     *
     * @param t the statistic, positive if the first mean is larger
     * @param n1 size of the first group
     * @param n2 size of the second group
     * @return groups with that statistic: {@code d = t √(1/n₁ + 1/n₂)}
     */
    public static TwoMeans ofT(double t, double n1, double n2) {
        return ofCohenD(InvalidRawDataException.finite("t", t) * Math.sqrt(1 / n1 + 1 / n2), n1, n2);
    }

    /**
     * Returns the pooled standard deviation.
     *
     * @return √(((n₁−1)s₁² + (n₂−1)s₂²)/(n₁+n₂−2))
     */
    public double pooledSd() {
        return Math.sqrt(((n1 - 1) * sd1 * sd1 + (n2 - 1) * sd2 * sd2) / (n1 + n2 - 2));
    }

    /**
     * Returns the standardised mean difference without correction.
     *
     * @return the difference of the means over the pooled standard deviation
     */
    public double cohenD() {
        return (mean1 - mean2) / pooledSd();
    }

    /** The variance of Cohen's d in large samples. */
    double cohenVariance() {
        double d = cohenD();
        return 1 / n1 + 1 / n2 + d * d / (2 * (n1 + n2));
    }

    void requireTwoEach(String label) {
        if (n1 < 2 || n2 < 2) {
            throw new NotEstimableException("The " + label + " needs at least 2 participants in each group, since a"
                    + " standard deviation needs them, but n_t = " + Texts.print(n1) + " and n_c = " + Texts.print(n2)
                    + ".");
        }
    }

    @Override
    public String describe() {
        return "mean_t = " + Texts.print(mean1) + ", sd_t = " + Texts.print(sd1) + ", n_t = " + Texts.print(n1)
                + ", mean_c = " + Texts.print(mean2) + ", sd_c = " + Texts.print(sd2) + ", n_c = " + Texts.print(n2);
    }
}
