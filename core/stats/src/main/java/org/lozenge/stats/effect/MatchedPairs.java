package org.lozenge.stats.effect;

/**
 * A paired two-by-two table: the same subjects, or matched ones, under two treatments.
 *
 * @param a pairs with the event under both treatments
 * @param b pairs with the event under the first treatment only
 * @param c pairs with the event under the second treatment only
 * @param d pairs without the event under either treatment
 */
public record MatchedPairs(double a, double b, double c, double d) implements CountData<MatchedPairs> {

    /**
     * Checks the cells.
     *
     * @throws InvalidRawDataException if a cell is negative or not finite, or all are 0
     */
    public MatchedPairs {
        InvalidRawDataException.count("a", a);
        InvalidRawDataException.count("b", b);
        InvalidRawDataException.count("c", c);
        InvalidRawDataException.count("d", d);
        if (!(a + b + c + d > 0)) {
            throw new InvalidRawDataException("a", a, "leaves the table empty: all four cells are 0");
        }
    }

    /**
     * Returns the number of pairs.
     *
     * @return a + b + c + d
     */
    public double pairs() {
        return a + b + c + d;
    }

    @Override
    public boolean hasZero() {
        return a == 0 || b == 0 || c == 0 || d == 0;
    }

    @Override
    public boolean isDoubleZero() {
        return (a + b == 0 && a + c == 0) || (c + d == 0 && b + d == 0);
    }

    @Override
    public double firstShare() {
        return 0.5;
    }

    @Override
    public MatchedPairs plus(double first, double second) {
        return new MatchedPairs(a + first, b + first, c + second, d + second);
    }

    @Override
    public String describe() {
        return "a = " + Texts.print(a) + ", b = " + Texts.print(b) + ", c = " + Texts.print(c) + ", d = "
                + Texts.print(d);
    }
}
