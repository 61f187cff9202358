package org.lozenge.stats.effect;

/**
 * Means and standard deviations of the same or matched subjects on two occasions. Effects are the first minus the second,
 * as in metafor: put the occasion first whose excess should be positive. For the change from before to after that is the one
 * after; measures that divide by {@code sd1} alone usually want the standard deviation before in its place.
 *
 * @param mean1 mean on the first occasion
 * @param sd1 standard deviation on the first occasion, above 0
 * @param mean2 mean on the second occasion
 * @param sd2 standard deviation on the second occasion; 0 where {@code sd1} is that of the differences
 * @param r correlation between the occasions, between −1 and 1
 * @param n number of pairs, above 0
 */
public record PairedMeans(double mean1, double sd1, double mean2, double sd2, double r, double n) implements RawData {

    /**
     * Checks the numbers.
     *
     * @throws InvalidRawDataException if a number is not finite or outside its range
     */
    public PairedMeans {
        InvalidRawDataException.finite("mean_1", mean1);
        InvalidRawDataException.positive("sd_1", sd1, "a standard deviation");
        InvalidRawDataException.finite("mean_2", mean2);
        InvalidRawDataException.finite("sd_2", sd2);
        if (sd2 < 0) {
            throw new InvalidRawDataException(
                    "sd_2", sd2, "is a standard deviation and cannot be negative, but is " + Texts.print(sd2));
        }
        InvalidRawDataException.within("r", r, -1, 1, "a correlation");
        InvalidRawDataException.positive("n", n, "the number of pairs");
    }

    /** The variance of the differences. */
    double changeVariance() {
        return sd1 * sd1 + sd2 * sd2 - 2 * r * sd1 * sd2;
    }

    void requirePairs(double least, String label) {
        if (n < least) {
            throw new NotEstimableException("The " + label + " needs at least " + Texts.print(least)
                    + " pairs, but n = " + Texts.print(n) + ".");
        }
    }

    @Override
    public String describe() {
        return "mean_1 = " + Texts.print(mean1) + ", sd_1 = " + Texts.print(sd1) + ", mean_2 = "
                + Texts.print(mean2) + ", sd_2 = " + Texts.print(sd2) + ", r = " + Texts.print(r) + ", n = "
                + Texts.print(n);
    }
}
