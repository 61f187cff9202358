package org.lozenge.stats.effect;

/** A number of a study cannot be what it is said to be: a negative count, more events than participants. */
public final class InvalidRawDataException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** Below, doubles tell whole numbers apart, and sums and products of counts do not overflow. */
    private static final double LARGEST_COUNT = 1e15;

    private final String field;
    private final double value;

    /**
     * Creates the exception.
     *
     * @param field the name of the number, as in the record that refuses it or as the caller knows it: {@code events_t}
     * @param value the offending value
     * @param message what is wrong and what to do
     */
    public InvalidRawDataException(String field, double value, String message) {
        super(message);
        this.field = field;
        this.value = value;
    }

    /**
     * Returns the name of the number.
     *
     * @return a name in snake case
     */
    public String field() {
        return field;
    }

    /**
     * Returns the offending value.
     *
     * @return the value; may be NaN
     */
    public double value() {
        return value;
    }

    static double finite(String field, double value) {
        if (!Double.isFinite(value)) {
            throw new InvalidRawDataException(field, value, "must be a finite number, but is " + Texts.print(value));
        }
        return value;
    }

    static double count(String field, double value) {
        finite(field, value);
        if (value < 0) {
            throw new InvalidRawDataException(
                    field, value, "is a count and cannot be negative, but is " + Texts.print(value));
        }
        if (value > LARGEST_COUNT) {
            throw new InvalidRawDataException(
                    field, value, "is a count and cannot exceed 1e15, but is " + Texts.print(value));
        }
        return value;
    }

    static double positive(String field, double value, String what) {
        finite(field, value);
        if (!(value > 0)) {
            throw new InvalidRawDataException(
                    field, value, "is " + what + " and must be above 0, but is " + Texts.print(value));
        }
        return value;
    }

    static double within(String field, double value, double low, double high, String what) {
        finite(field, value);
        if (!(value > low && value < high)) {
            throw new InvalidRawDataException(
                    field,
                    value,
                    "is " + what + " and must lie between " + Texts.print(low) + " and " + Texts.print(high)
                            + ", both excluded, but is " + Texts.print(value));
        }
        return value;
    }

    static void notAbove(String field, double events, String totalField, double total) {
        if (events > total) {
            throw new InvalidRawDataException(
                    field,
                    events,
                    Texts.print(events) + " events cannot exceed " + Texts.print(total) + " participants (" + totalField
                            + "); check whether the two columns are swapped");
        }
    }
}
