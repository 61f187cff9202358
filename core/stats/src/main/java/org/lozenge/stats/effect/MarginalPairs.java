package org.lozenge.stats.effect;

/**
 * The margins of a paired two-by-two table and the correlation that the margins do not show.
 *
 * @param a events under the first treatment
 * @param b no event under the first treatment
 * @param c events under the second treatment
 * @param d no event under the second treatment; {@code a + b} and {@code c + d} are both the number of pairs
 * @param r phi coefficient of the paired table, between −1 and 1
 */
public record MarginalPairs(double a, double b, double c, double d, double r) implements CountData<MarginalPairs> {

    /** Sums of counts that were adjusted by constants agree up to rounding. */
    private static final double ROUNDING = 1e-9;

    /**
     * Checks the cells.
     *
     * @throws InvalidRawDataException if a cell is negative or not finite, if the rows have different sums, or if the
     *     correlation is outside −1 to 1
     */
    public MarginalPairs {
        InvalidRawDataException.count("a", a);
        InvalidRawDataException.count("b", b);
        InvalidRawDataException.count("c", c);
        InvalidRawDataException.count("d", d);
        InvalidRawDataException.within("r", r, -1, 1, "a correlation");
        if (!(a + b > 0)) {
            throw new InvalidRawDataException("a", a, "leaves the table empty: there is no pair");
        }
        if (Math.abs(a + b - c - d) > ROUNDING * (a + b)) {
            throw new InvalidRawDataException(
                    "d",
                    d,
                    "does not fit: both rows of marginal pairs must have the same sum, but they have "
                            + Texts.print(a + b) + " and " + Texts.print(c + d));
        }
    }

    @Override
    public boolean hasZero() {
        return a == 0 || b == 0 || c == 0 || d == 0;
    }

    @Override
    public boolean isDoubleZero() {
        return (a == 0 && c == 0) || (b == 0 && d == 0);
    }

    @Override
    public double firstShare() {
        return 0.5;
    }

    @Override
    public MarginalPairs plus(double first, double second) {
        return new MarginalPairs(a + first, b + first, c + second, d + second, r);
    }

    @Override
    public String describe() {
        return "a = " + Texts.print(a) + ", b = " + Texts.print(b) + ", c = " + Texts.print(c) + ", d = "
                + Texts.print(d) + ", r = " + Texts.print(r);
    }
}
