package org.lozenge.stats.effect;

/**
 * Standard deviation and size of one group.
 *
 * @param sd standard deviation, above 0
 * @param n size of the group, above 0
 */
public record OneSpread(double sd, double n) implements RawData {

    /**
     * Checks the numbers.
     *
     * @throws InvalidRawDataException if a number is not finite and above 0
     */
    public OneSpread {
        InvalidRawDataException.positive("sd", sd, "a standard deviation");
        InvalidRawDataException.positive("n", n, "the size of a group");
    }

    @Override
    public String describe() {
        return "sd = " + Texts.print(sd) + ", n = " + Texts.print(n);
    }
}
