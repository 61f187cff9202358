package org.lozenge.stats.effect;

/**
 * Standard deviations and sizes of two independent groups.
 *
 * @param sd1 standard deviation of the first group, above 0
 * @param n1 size of the first group, above 0
 * @param sd2 standard deviation of the second group, above 0
 * @param n2 size of the second group, above 0
 */
public record TwoSpreads(double sd1, double n1, double sd2, double n2) implements RawData {

    /**
     * Checks the numbers.
     *
     * @throws InvalidRawDataException if a number is not finite and above 0
     */
    public TwoSpreads {
        InvalidRawDataException.positive("sd_t", sd1, "a standard deviation");
        InvalidRawDataException.positive("n_t", n1, "the size of an arm");
        InvalidRawDataException.positive("sd_c", sd2, "a standard deviation");
        InvalidRawDataException.positive("n_c", n2, "the size of an arm");
    }

    @Override
    public String describe() {
        return "sd_t = " + Texts.print(sd1) + ", n_t = " + Texts.print(n1) + ", sd_c = " + Texts.print(sd2) + ", n_c = "
                + Texts.print(n2);
    }
}
