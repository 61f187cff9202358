package org.lozenge.stats;

import java.util.Arrays;
import java.util.Objects;

/**
 * An immutable sequence of {@code double} values.
 *
 * <p>Records hold numbers in this type because an array can be changed from outside and does not
 * compare by value. Two sequences are equal when all values are equal bit for bit in the sense of
 * {@link Double#equals(Object)}: NaN equals NaN, and 0.0 differs from -0.0.
 */
public final class DoubleSeq {

    private final double[] values;

    private DoubleSeq(double[] values) {
        this.values = values;
    }

    /**
     * Returns a sequence of the given values, in the same order.
     *
     * @param values the values, which are copied; may be empty
     * @return the sequence
     */
    public static DoubleSeq of(double... values) {
        return new DoubleSeq(Objects.requireNonNull(values, "values").clone());
    }

    /**
     * Returns the number of values.
     *
     * @return the number of values, at least 0
     */
    public int size() {
        return values.length;
    }

    /**
     * Returns one value.
     *
     * @param index 0-based position
     * @return the value at that position
     * @throws IndexOutOfBoundsException if the position is outside the sequence
     */
    public double get(int index) {
        return values[Objects.checkIndex(index, values.length)];
    }

    /**
     * Returns the values at some positions.
     *
     * @param positions 0-based positions, in the order wanted
     * @return as many values
     * @throws IndexOutOfBoundsException if a position is outside the sequence
     */
    public DoubleSeq at(int... positions) {
        double[] some = new double[positions.length];
        for (int i = 0; i < some.length; i++) {
            some[i] = values[positions[i]];
        }
        return new DoubleSeq(some);
    }

    /**
     * Returns the values as a fresh array.
     *
     * @return a copy the caller may change
     */
    public double[] toArray() {
        return values.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DoubleSeq that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return Arrays.toString(values);
    }
}
