package org.lozenge.stats.effect;

/**
 * The semi-partial correlation of a predictor in a regression.
 *
 * @param r the semi-partial correlation, between −1 and 1, both excluded
 * @param r2 the coefficient of determination of the whole model, from 0 to below 1
 * @param m number of predictors in the model, the one in question included; at least 1
 * @param n number of subjects, above m + 1
 */
public record SemiPartialCorrelation(double r, double r2, double m, double n) implements RawData {

    /**
     * Checks the numbers.
     *
     * @throws InvalidRawDataException if the correlation is not between −1 and 1, R² not from 0 to 1, or the squared
     *     correlation above R²
     * @throws NotEstimableException if the model leaves no degree of freedom
     */
    public SemiPartialCorrelation {
        InvalidRawDataException.within("r", r, -1, 1, "a correlation");
        Determination.checkR2(r2);
        PartialCorrelation.checkSizes(m, n);
    }

    /**
     * Returns the semi-partial correlation that the t test of a regression coefficient gives.
     *
     * @param t the statistic of the coefficient
     * @param r2 the coefficient of determination of the whole model
     * @param m number of predictors in the model, the one in question included
     * @param n number of subjects
     * @return {@code r = t √((1 − R²)/(n − m − 1))}
     */
    public static SemiPartialCorrelation ofT(double t, double r2, double m, double n) {
        InvalidRawDataException.finite("t", t);
        Determination.checkR2(r2);
        PartialCorrelation.checkSizes(m, n);
        double r = t * Math.sqrt((1 - r2) / (n - m - 1));
        if (!(Math.abs(r) < 1)) {
            throw new InvalidRawDataException(
                    "t",
                    t,
                    "does not fit: with R² = " + Texts.print(r2) + ", n = " + Texts.print(n) + " and m = "
                            + Texts.print(m) + " it gives a semi-partial correlation of " + Texts.print(r));
        }
        return new SemiPartialCorrelation(r, r2, m, n);
    }

    @Override
    public String describe() {
        return "r = " + Texts.print(r) + ", r2 = " + Texts.print(r2) + ", m = " + Texts.print(m) + ", n = "
                + Texts.print(n);
    }
}
