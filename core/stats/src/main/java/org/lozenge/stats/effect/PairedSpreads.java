package org.lozenge.stats.effect;

/**
 * Standard deviations of the same or matched subjects on two occasions.
 *
 * @param sd1 standard deviation on the first occasion, above 0
 * @param sd2 standard deviation on the second occasion, above 0
 * @param r correlation between the occasions, between −1 and 1
 * @param n number of pairs, above 0
 */
public record PairedSpreads(double sd1, double sd2, double r, double n) implements RawData {

    /**
     * Checks the numbers.
     *
     * @throws InvalidRawDataException if a number is not finite or outside its range
     */
    public PairedSpreads {
        InvalidRawDataException.positive("sd_1", sd1, "a standard deviation");
        InvalidRawDataException.positive("sd_2", sd2, "a standard deviation");
        InvalidRawDataException.within("r", r, -1, 1, "a correlation");
        InvalidRawDataException.positive("n", n, "the number of pairs");
    }

    @Override
    public String describe() {
        return "sd_1 = " + Texts.print(sd1) + ", sd_2 = " + Texts.print(sd2) + ", r = " + Texts.print(r) + ", n = "
                + Texts.print(n);
    }
}
