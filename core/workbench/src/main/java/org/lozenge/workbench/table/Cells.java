package org.lozenge.workbench.table;

/** The cells of one column. Immutable. */
interface Cells {

    int size();

    /** Returns the text of a 0-based row as it stands in the source; empty where there is nothing. */
    String text(int row);

    /** Returns whether the source gave numbers, not texts. */
    default boolean isNumeric() {
        return false;
    }

    /** Returns the number of a 0-based row, NaN where there is none. Only where {@link #isNumeric()}. */
    default double number(int row) {
        throw new IllegalStateException("Row " + row + " is a text, not a number");
    }

    /** Returns whether the texts are those that a person or a program printed, so that their digits mean something. */
    default boolean isPrinted() {
        return !isNumeric();
    }
}
