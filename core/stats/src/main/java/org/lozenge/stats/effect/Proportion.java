package org.lozenge.stats.effect;

/**
 * Events of one group.
 *
 * @param events participants with the event
 * @param n participants, above 0
 */
public record Proportion(double events, double n) implements CountData<Proportion> {

    /**
     * Checks the numbers.
     *
     * @throws InvalidRawDataException if the count is negative, above the number of participants, or nobody took part
     */
    public Proportion {
        InvalidRawDataException.count("events", events);
        InvalidRawDataException.positive("n", n, "the size of a group");
        InvalidRawDataException.notAbove("events", events, "n", n);
    }

    /** The number without event. */
    double rest() {
        return n - events;
    }

    /**
     * Returns the proportion.
     *
     * @return events/n
     */
    public double value() {
        return events / n;
    }

    @Override
    public boolean hasZero() {
        return events == 0 || events == n;
    }

    @Override
    public boolean isDoubleZero() {
        return false;
    }

    @Override
    public double firstShare() {
        return 0.5;
    }

    @Override
    public Proportion plus(double first, double second) {
        return new Proportion(events + first, n + first + second);
    }

    @Override
    public String describe() {
        return "events = " + Texts.print(events) + ", n = " + Texts.print(n);
    }
}
