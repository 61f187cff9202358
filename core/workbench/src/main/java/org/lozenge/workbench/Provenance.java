package org.lozenge.workbench;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What was run on what: enough to run it again and compare.
 *
 * @param analysis id of the analysis
 * @param plugin name of the plugin that brought it, such as {@code lozenge-analyses}
 * @param version version of that plugin
 * @param input the data
 * @param mapping columns by role name, in the order of the analysis' roles
 * @param params value of every option as text by name, defaults included
 * @param where the values that were asked for by column, where not all rows were; empty for all rows
 * @param by the column by whose values the rows were split; empty if they were not
 * @param seed seed of the random numbers
 * @param given what of it was asked for, as it was asked for; the rest was found or is a default
 */
public record Provenance(
        String analysis,
        String plugin,
        String version,
        Input input,
        Map<String, List<String>> mapping,
        Map<String, String> params,
        Map<String, List<String>> where,
        String by,
        long seed,
        Given given) {

    /**
     * What was asked for: an analysis may treat an option that was set otherwise than one that has its default.
     *
     * @param mapping columns by role
     * @param params texts by option
     * @param strict whether no columns were looked for
     */
    public record Given(Map<String, List<String>> mapping, Map<String, String> params, boolean strict) {

        /** Nothing. */
        public static final Given NOTHING = new Given(Map.of(), Map.of(), false);

        /** Copies the maps and keeps their order. */
        public Given {
            mapping = Collections.unmodifiableMap(new LinkedHashMap<>(mapping));
            params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
        }
    }

    /**
     * The data of a run.
     *
     * @param name file name or name of the table
     * @param sha256 SHA-256 of the bytes read, in lower-case hexadecimal; empty for a table in memory
     * @param rows number of data rows
     * @param used number of rows that the analysis received
     */
    public record Input(String name, String sha256, int rows, int used) {}

    /** A provenance of which nothing was asked for, as far as it is known. */
    public Provenance(
            String analysis,
            String plugin,
            String version,
            Input input,
            Map<String, List<String>> mapping,
            Map<String, String> params,
            Map<String, List<String>> where,
            String by,
            long seed) {
        this(analysis, plugin, version, input, mapping, params, where, by, seed, Given.NOTHING);
    }

    /** Copies the maps and keeps their order. */
    public Provenance {
        Objects.requireNonNull(analysis, "analysis");
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(by, "by");
        mapping = Collections.unmodifiableMap(new LinkedHashMap<>(mapping));
        where = Collections.unmodifiableMap(new LinkedHashMap<>(where));
        params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
    }
}
