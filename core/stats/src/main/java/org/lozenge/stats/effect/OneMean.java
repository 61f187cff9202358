package org.lozenge.stats.effect;

/**
 * Mean, standard deviation and size of one group.
 *
 * @param mean the mean
 * @param sd standard deviation of the observations (not the standard error of the mean), above 0
 * @param n size of the group, above 0
 */
public record OneMean(double mean, double sd, double n) implements RawData {

    /**
     * Checks the numbers.
     *
     * @throws InvalidRawDataException if a number is not finite, or the standard deviation or size not above 0
     */
    public OneMean {
        InvalidRawDataException.finite("mean", mean);
        InvalidRawDataException.positive("sd", sd, "a standard deviation");
        InvalidRawDataException.positive("n", n, "the size of a group");
    }

    @Override
    public String describe() {
        return "mean = " + Texts.print(mean) + ", sd = " + Texts.print(sd) + ", n = " + Texts.print(n);
    }
}
