package org.lozenge.stats.effect;

/**
 * A correlation of two variables.
 *
 * @param r Pearson's correlation, between −1 and 1, both excluded
 * @param n number of subjects, above 0
 */
public record Correlation(double r, double n) implements RawData {

    /**
     * Checks the numbers.
     *
     * @throws InvalidRawDataException if the correlation is not between −1 and 1 or there is no subject
     */
    public Correlation {
        InvalidRawDataException.within("r", r, -1, 1, "a correlation");
        InvalidRawDataException.positive("n", n, "the number of subjects");
    }

    /**
     * Returns the correlation that its t test gives.
     *
     * @param t the statistic of the test of no correlation, with n − 2 degrees of freedom
     * @param n number of subjects, above 2
     * @return {@code r = t/√(t² + n − 2)}
     * @throws InvalidRawDataException if the statistic is not finite, or so large that the correlation rounds to 1
     * @throws NotEstimableException if there are two subjects or fewer
     */
    public static Correlation ofT(double t, double n) {
        InvalidRawDataException.finite("t", t);
        InvalidRawDataException.positive("n", n, "the number of subjects");
        if (!(n > 2)) {
            throw new NotEstimableException(
                    "A correlation from a t statistic needs at least 3 subjects, but n = " + Texts.print(n) + ".");
        }
        return new Correlation(ofStatistic(t, n - 2), n);
    }

    static double ofStatistic(double t, double df) {
        double r = t / Math.hypot(t, Math.sqrt(df));
        if (!(Math.abs(r) < 1)) {
            throw new InvalidRawDataException(
                    "t", t, "is " + Texts.print(t) + ", so far from 0 that the correlation would be 1 or -1");
        }
        return r;
    }

    void requireSubjects(double least, String label) {
        if (n < least) {
            throw new NotEstimableException("The " + label + " needs at least " + Texts.print(least)
                    + " subjects, but n = " + Texts.print(n) + ".");
        }
    }

    @Override
    public String describe() {
        return "r = " + Texts.print(r) + ", n = " + Texts.print(n);
    }
}
