package org.lozenge.stats.effect;

/** Numbers in messages. */
final class Texts {

    private static final double EXACT_INTEGERS = 1e15;

    private Texts() {}

    /** Prints a whole number without decimals. */
    static String print(double value) {
        return value == Math.rint(value) && Math.abs(value) < EXACT_INTEGERS
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
