package org.lozenge.workbench;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lozenge.workbench.plugins.PluginFolders;
import org.lozenge.workbench.table.Dataset;

/**
 * Everything that was asked for in a run, for hosts that run it elsewhere or write it down. Nothing of it is checked yet.
 *
 * @param analysis id, or former id, of the analysis
 * @param plugin name of the plugin that brings it; empty if there is no such analysis
 * @param data the table
 * @param columns columns by role, as far as they were given
 * @param options texts by option, as far as they were set
 * @param conditions columns and values that choose the rows
 * @param by the column by whose values the rows are split
 * @param seed seed of the random numbers
 * @param timeoutMillis time-out in milliseconds; 0 for none
 * @param strict whether columns are taken only where they were given
 * @param listener hears how far the run is
 * @param plugins where the workbench took its plugins from, besides the class path
 */
public record RunSettings(
        String analysis,
        String plugin,
        Dataset data,
        Map<String, List<String>> columns,
        Map<String, String> options,
        List<Condition> conditions,
        Optional<String> by,
        long seed,
        long timeoutMillis,
        boolean strict,
        ProgressListener listener,
        PluginFolders plugins) {

    /**
     * Rows count if the column holds the value.
     *
     * @param column name of the column
     * @param value the text or number
     */
    public record Condition(String column, String value) {}
}
