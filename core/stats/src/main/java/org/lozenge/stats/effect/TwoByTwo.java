package org.lozenge.stats.effect;

/**
 * Events of two groups: the treated in the first row, events in the first column.
 *
 * @param a events in the first group
 * @param b participants without event in the first group
 * @param c events in the second group
 * @param d participants without event in the second group
 */
public record TwoByTwo(double a, double b, double c, double d) implements CountData<TwoByTwo> {

    /**
     * Checks the cells.
     *
     * @throws InvalidRawDataException if a cell is negative or not finite, or a group is empty
     */
    public TwoByTwo {
        InvalidRawDataException.count("a", a);
        InvalidRawDataException.count("b", b);
        InvalidRawDataException.count("c", c);
        InvalidRawDataException.count("d", d);
        checkNotEmpty("b", a + b, "first");
        checkNotEmpty("d", c + d, "second");
    }

    private static void checkNotEmpty(String field, double total, String group) {
        if (!(total > 0)) {
            throw new InvalidRawDataException(
                    field, total, "leaves no participant in the " + group + " group; an arm cannot be empty");
        }
    }

    /**
     * Returns the table of two arms.
     *
     * @param eventsT events in the treatment arm
     * @param nT participants in the treatment arm, above 0
     * @param eventsC events in the control arm
     * @param nC participants in the control arm, above 0
     * @return the table
     * @throws InvalidRawDataException if a number is negative, an arm is empty or has more events than participants
     */
    public static TwoByTwo of(double eventsT, double nT, double eventsC, double nC) {
        InvalidRawDataException.count("events_t", eventsT);
        InvalidRawDataException.positive("n_t", nT, "the size of an arm");
        InvalidRawDataException.count("events_c", eventsC);
        InvalidRawDataException.positive("n_c", nC, "the size of an arm");
        InvalidRawDataException.notAbove("events_t", eventsT, "n_t", nT);
        InvalidRawDataException.notAbove("events_c", eventsC, "n_c", nC);
        return new TwoByTwo(eventsT, nT - eventsT, eventsC, nC - eventsC);
    }

    /**
     * Returns the size of the first group.
     *
     * @return a + b
     */
    public double n1() {
        return a + b;
    }

    /**
     * Returns the size of the second group.
     *
     * @return c + d
     */
    public double n2() {
        return c + d;
    }

    /**
     * Returns the number of participants.
     *
     * @return a + b + c + d
     */
    public double total() {
        return a + b + c + d;
    }

    /**
     * Returns the risk in the first group.
     *
     * @return a/(a + b)
     */
    public double risk1() {
        return a / n1();
    }

    /**
     * Returns the risk in the second group.
     *
     * @return c/(c + d)
     */
    public double risk2() {
        return c / n2();
    }

    /**
     * Returns the difference of the risks.
     *
     * @return a/(a + b) − c/(c + d)
     */
    public double riskDifference() {
        return Shares.difference(a, b, c, d);
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
        return n1() / total();
    }

    @Override
    public TwoByTwo plus(double first, double second) {
        return new TwoByTwo(a + first, b + first, c + second, d + second);
    }

    @Override
    public String describe() {
        return "a = " + Texts.print(a) + ", b = " + Texts.print(b) + ", c = " + Texts.print(c) + ", d = "
                + Texts.print(d);
    }

    /** The log odds ratio; infinite or NaN with zero cells. */
    double logOddsRatio() {
        return StrictMath.log(a / b) - StrictMath.log(c / d);
    }

    /** Woolf's variance of the log odds ratio. */
    double woolf() {
        return 1 / a + 1 / b + 1 / c + 1 / d;
    }
}
