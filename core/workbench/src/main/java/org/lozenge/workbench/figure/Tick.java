package org.lozenge.workbench.figure;

/**
 * A mark on an axis.
 *
 * @param value in the units of the axis
 * @param label what stands at it; empty for a mark without a label
 * @param decade whether it is a power of ten
 */
record Tick(double value, String label, boolean decade) {

    /** Returns this tick without its label. */
    Tick bare() {
        return new Tick(value, "", decade);
    }
}
