package org.lozenge.plugin;

import tech.tablesaw.api.Table;

/**
 * One part of a result.
 *
 * <p>The set of kinds is closed, but later minor versions may add to it: a host that meets a kind it does not know
 * shows {@link #toTable()}.
 */
public sealed interface ResultItem permits Scalar, Estimate, Tabular, Text, Attachment, ForestPlot, XYPlot, Section {

    /** Returns the name by which scripts find this item: kebab or snake case, unique within its result or section. */
    String id();

    /** Returns what a reader sees above the item. */
    String title();

    /** Returns the content as a new Tablesaw table, one row per row, point or value. */
    Table toTable();
}
