package org.lozenge.workbench.table;

/** Says where in a source something stands. */
final class Places {

    private Places() {}

    /**
     * Returns for instance {@code trials.csv, row 3 (line 5)}; the line is left out where it follows from the row.
     *
     * @param row 1-based
     * @param line 1-based; 0 if there are no lines
     */
    static String row(String source, int row, long line) {
        String where = source + ", row " + row;
        return line == 0 || line == row + 1L ? where : where + " (line " + line + ")";
    }
}
