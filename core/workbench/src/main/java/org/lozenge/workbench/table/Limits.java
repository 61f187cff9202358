package org.lozenge.workbench.table;

/** How large a source may be. */
final class Limits {

    static final int BYTES = 256 << 20;
    static final int COLUMNS = 10_000;
    static final int CELL = 1 << 20;

    private Limits() {}
}
