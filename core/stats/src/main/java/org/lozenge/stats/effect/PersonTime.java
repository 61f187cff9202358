package org.lozenge.stats.effect;

/**
 * Events and time at risk of two groups.
 *
 * @param events1 events in the first group
 * @param time1 person-time of the first group, above 0
 * @param events2 events in the second group
 * @param time2 person-time of the second group, above 0
 */
public record PersonTime(double events1, double time1, double events2, double time2) implements CountData<PersonTime> {

    /**
     * Checks the numbers.
     *
     * @throws InvalidRawDataException if a count is negative or a time not above 0
     */
    public PersonTime {
        InvalidRawDataException.count("events_t", events1);
        InvalidRawDataException.positive("time_t", time1, "person-time");
        InvalidRawDataException.count("events_c", events2);
        InvalidRawDataException.positive("time_c", time2, "person-time");
    }

    /**
     * Returns the rate of the first group.
     *
     * @return events1/time1
     */
    public double rate1() {
        return events1 / time1;
    }

    /**
     * Returns the rate of the second group.
     *
     * @return events2/time2
     */
    public double rate2() {
        return events2 / time2;
    }

    /**
     * Returns the difference of the rates.
     *
     * @return events1/time1 − events2/time2
     */
    public double rateDifference() {
        return rate1() - rate2();
    }

    @Override
    public boolean hasZero() {
        return events1 == 0 || events2 == 0;
    }

    @Override
    public boolean isDoubleZero() {
        return events1 == 0 && events2 == 0;
    }

    @Override
    public double firstShare() {
        return time1 / (time1 + time2);
    }

    @Override
    public PersonTime plus(double first, double second) {
        return new PersonTime(events1 + first, time1, events2 + second, time2);
    }

    @Override
    public String describe() {
        return "events_t = " + Texts.print(events1) + ", time_t = " + Texts.print(time1) + ", events_c = "
                + Texts.print(events2) + ", time_c = " + Texts.print(time2);
    }
}
