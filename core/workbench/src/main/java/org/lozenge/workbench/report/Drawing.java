package org.lozenge.workbench.report;

import org.lozenge.plugin.ResultItem;

/** What stands in a report for a figure: the figure itself, or a reference to its file. */
interface Drawing {

    /** Returns markup of the report's own language; empty for no picture. */
    String of(ResultItem item);
}
