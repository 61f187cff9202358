package org.lozenge.stats.effect;

/**
 * The partial correlation of a predictor in a regression.
 *
 * @param r the partial correlation, between −1 and 1, both excluded
 * @param m number of predictors in the model, the one in question included; at least 1
 * @param n number of subjects, above m + 1
 */
public record PartialCorrelation(double r, double m, double n) implements RawData {

    /**
     * Checks the numbers.
     *
     * @throws InvalidRawDataException if the correlation is not between −1 and 1 or there is no predictor or subject
     * @throws NotEstimableException if the model leaves no degree of freedom
     */
    public PartialCorrelation {
        InvalidRawDataException.within("r", r, -1, 1, "a correlation");
        checkSizes(m, n);
    }

    /**
     * Returns the partial correlation that the t test of a regression coefficient gives.
     *
     * @param t the statistic of the coefficient
     * @param m number of predictors in the model, the one in question included
     * @param n number of subjects
     * @return {@code r = t/√(t² + n − m − 1)}
     * @throws InvalidRawDataException if the statistic is not finite, or so large that the correlation rounds to 1
     */
    public static PartialCorrelation ofT(double t, double m, double n) {
        InvalidRawDataException.finite("t", t);
        checkSizes(m, n);
        return new PartialCorrelation(Correlation.ofStatistic(t, n - m - 1), m, n);
    }

    static void checkSizes(double m, double n) {
        InvalidRawDataException.finite("m", m);
        if (!(m >= 1)) {
            throw new InvalidRawDataException(
                    "m",
                    m,
                    "counts the predictors, the one in question included, and must be at least 1, but is "
                            + Texts.print(m));
        }
        InvalidRawDataException.positive("n", n, "the number of subjects");
        if (!(n - m - 1 > 0)) {
            throw new NotEstimableException("A regression of " + Texts.print(n) + " subjects on " + Texts.print(m)
                    + " predictors leaves no degree of freedom.");
        }
    }

    @Override
    public String describe() {
        return "r = " + Texts.print(r) + ", m = " + Texts.print(m) + ", n = " + Texts.print(n);
    }
}
