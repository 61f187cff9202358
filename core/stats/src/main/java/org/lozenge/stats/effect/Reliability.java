package org.lozenge.stats.effect;

/**
 * Cronbach's alpha of an instrument.
 *
 * @param alpha the coefficient, below 1
 * @param m number of items, at least 2
 * @param n number of subjects, above 2 for a variance
 */
public record Reliability(double alpha, double m, double n) implements RawData {

    /**
     * Checks the numbers.
     *
     * @throws InvalidRawDataException if alpha is not below 1, or there are fewer than two items or no subject
     */
    public Reliability {
        InvalidRawDataException.finite("alpha", alpha);
        if (!(alpha < 1)) {
            throw new InvalidRawDataException(
                    "alpha", alpha, "is Cronbach's alpha and must be below 1, but is " + Texts.print(alpha));
        }
        InvalidRawDataException.finite("m", m);
        if (!(m >= 2)) {
            throw new InvalidRawDataException(
                    "m", m, "counts the items and must be at least 2, but is " + Texts.print(m));
        }
        InvalidRawDataException.positive("n", n, "the number of subjects");
    }

    void requireSubjects(String label) {
        if (!(n > 2)) {
            throw new NotEstimableException(
                    "The " + label + " needs at least 3 subjects, but n = " + Texts.print(n) + ".");
        }
    }

    @Override
    public String describe() {
        return "alpha = " + Texts.print(alpha) + ", m = " + Texts.print(m) + ", n = " + Texts.print(n);
    }
}
