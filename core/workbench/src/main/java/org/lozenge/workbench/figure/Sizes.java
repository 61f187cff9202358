package org.lozenge.workbench.figure;

/**
 * Sizes of type, rows and gaps in points. All grow with the font scale; the page does not.
 *
 * @param scale 1 for type of 8 points
 */
record Sizes(double scale) {

    /** Width of the empty rim of every page. */
    static final double MARGIN = 4;

    /** Type of rows and tick labels. */
    double body() {
        return 8 * scale;
    }

    /** Type of notes and footnotes. */
    double small() {
        return 7 * scale;
    }

    /** Height of a row with one line of text. */
    double row() {
        return 12.5 * scale;
    }

    /** Distance between base lines within a cell. */
    double lead() {
        return 9.6 * scale;
    }

    /** Distance between base lines of small type. */
    double smallLead() {
        return 8.8 * scale;
    }

    /** Gap between columns. */
    double gap() {
        return 9 * scale;
    }

    /** Depth of one step of indentation. */
    double indent() {
        return 8 * scale;
    }

    /** How far below the middle of a line its base line lies, so that capitals stand in the middle. */
    static double drop(double size) {
        return 0.355 * size;
    }
}
