package org.lozenge.workbench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lozenge.workbench.plugins.JvmState;
import org.lozenge.workbench.plugins.Registry;
import org.lozenge.workbench.table.Dataset;

/** Everything that was asked for in one run. Immutable. */
record RunRequest(
        Registry registry,
        JvmState jvm,
        String analysis,
        Dataset data,
        Map<String, List<String>> columns,
        Map<String, String> options,
        List<RunSettings.Condition> conditions,
        Optional<String> by,
        long seed,
        long timeoutMillis,
        boolean strict,
        ProgressListener listener) {

    static final long DEFAULT_SEED = 42;

    /** Ten minutes: longer than any bundled analysis takes with its defaults, and an end to those that never end. */
    static final long DEFAULT_TIMEOUT_MILLIS = 600_000;

    RunRequest(Registry registry, JvmState jvm, String analysis, Dataset data) {
        this(
                registry,
                jvm,
                analysis,
                data,
                Map.of(),
                Map.of(),
                List.of(),
                Optional.empty(),
                DEFAULT_SEED,
                DEFAULT_TIMEOUT_MILLIS,
                false,
                (fraction, step) -> {});
    }

    RunRequest withColumns(String role, List<String> names) {
        return new RunRequest(
                registry,
                jvm,
                analysis,
                data,
                plus(columns, role, names),
                options,
                conditions,
                by,
                seed,
                timeoutMillis,
                strict,
                listener);
    }

    RunRequest withOption(String name, String value) {
        return new RunRequest(
                registry,
                jvm,
                analysis,
                data,
                columns,
                plus(options, name, value),
                conditions,
                by,
                seed,
                timeoutMillis,
                strict,
                listener);
    }

    RunRequest withCondition(RunSettings.Condition condition) {
        List<RunSettings.Condition> more = new ArrayList<>(conditions);
        more.add(condition);
        return new RunRequest(
                registry, jvm, analysis, data, columns, options, more, by, seed, timeoutMillis, strict, listener);
    }

    RunRequest withBy(String column) {
        return new RunRequest(
                registry,
                jvm,
                analysis,
                data,
                columns,
                options,
                conditions,
                Optional.of(column),
                seed,
                timeoutMillis,
                strict,
                listener);
    }

    RunRequest withSeed(long newSeed) {
        return new RunRequest(
                registry,
                jvm,
                analysis,
                data,
                columns,
                options,
                conditions,
                by,
                newSeed,
                timeoutMillis,
                strict,
                listener);
    }

    RunRequest withTimeout(long millis) {
        return new RunRequest(
                registry, jvm, analysis, data, columns, options, conditions, by, seed, millis, strict, listener);
    }

    RunRequest withStrict(boolean newStrict) {
        return new RunRequest(
                registry,
                jvm,
                analysis,
                data,
                columns,
                options,
                conditions,
                by,
                seed,
                timeoutMillis,
                newStrict,
                listener);
    }

    RunRequest withListener(ProgressListener newListener) {
        return new RunRequest(
                registry,
                jvm,
                analysis,
                data,
                columns,
                options,
                conditions,
                by,
                seed,
                timeoutMillis,
                strict,
                newListener);
    }

    private static <V> Map<String, V> plus(Map<String, V> old, String key, V value) {
        Map<String, V> more = new LinkedHashMap<>(old);
        more.put(key, value);
        return more;
    }
}
