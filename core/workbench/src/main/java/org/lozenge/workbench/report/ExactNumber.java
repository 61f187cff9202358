package org.lozenge.workbench.report;

import com.fasterxml.jackson.core.io.NumberOutput;

/**
 * Numbers as a program reads them: the shortest text that reads back as the same double, the same on every JDK (the
 * JDK's own {@code Double.toString} is only from release 19 on the shortest).
 */
final class ExactNumber {

    private static final double EXACT_INTEGERS = 1e15;

    private ExactNumber() {}

    /** Returns the text of a finite number; valid in JSON, CSV, R and Python. */
    static String of(double value) {
        if (value == Math.rint(value) && Math.abs(value) < EXACT_INTEGERS) {
            boolean negativeZero = value == 0 && 1 / value < 0;
            return negativeZero ? "-0.0" : Long.toString((long) value);
        }
        return NumberOutput.toString(value, true).replace(".0E", "E");
    }
}
