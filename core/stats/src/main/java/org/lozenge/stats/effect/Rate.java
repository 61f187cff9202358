package org.lozenge.stats.effect;

/**
 * Events and time at risk of one group.
 *
 * @param events number of events
 * @param time person-time, above 0; or the expected number of events, for standardised ratios
 */
public record Rate(double events, double time) implements CountData<Rate> {

    /**
     * Checks the numbers.
     *
     * @throws InvalidRawDataException if the count is negative or the time not above 0
     */
    public Rate {
        InvalidRawDataException.count("events", events);
        InvalidRawDataException.positive("time", time, "person-time");
    }

    @Override
    public boolean hasZero() {
        return events == 0;
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
    public Rate plus(double first, double second) {
        return new Rate(events + first, time);
    }

    @Override
    public String describe() {
        return "events = " + Texts.print(events) + ", time = " + Texts.print(time);
    }
}
