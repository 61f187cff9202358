package org.lozenge.stats.effect;

/**
 * The coefficient of determination of a regression.
 *
 * @param r2 R², from 0 to below 1
 * @param m number of predictors, at least 1
 * @param n number of subjects, above m + 1
 */
public record Determination(double r2, double m, double n) implements RawData {

    /**
     * Checks the numbers.
     *
     * @throws InvalidRawDataException if R² is not from 0 to below 1 or there is no predictor or subject
     * @throws NotEstimableException if the model leaves no degree of freedom
     */
    public Determination {
        checkR2(r2);
        PartialCorrelation.checkSizes(m, n);
    }

    static void checkR2(double r2) {
        InvalidRawDataException.finite("r2", r2);
        if (!(r2 >= 0 && r2 < 1)) {
            throw new InvalidRawDataException(
                    "r2",
                    r2,
                    "is a coefficient of determination and must be at least 0 and below 1, but is " + Texts.print(r2));
        }
    }

    @Override
    public String describe() {
        return "r2 = " + Texts.print(r2) + ", m = " + Texts.print(m) + ", n = " + Texts.print(n);
    }
}
