package org.lozenge.plugin;

import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Table;

/**
 * Loads Tablesaw in the one way that is safe.
 *
 * <p>Left to itself, Tablesaw 0.44 deadlocks when several threads use its column classes for the first time
 * (<a href="https://github.com/jtablesaw/tablesaw/issues/1123">#1123</a>), and its class {@code Table} cannot be used in
 * the whole JVM if the context class loader of the thread that touches it first sees Tablesaw readers which the loader of
 * {@code Table} does not. {@link #load()} loads it once, on one thread, under its own loader.
 *
 * <p>Everything in this package that makes a {@code Table} calls it, and so does a workbench before it hands one out.
 * Who makes Tablesaw columns on several threads without either calls it first; it takes a third of a second once and
 * nothing afterwards.
 */
public final class Tablesaw {

    /** The initialisation of a class runs once, and other threads wait for it. */
    private static final class Loaded {
        private static final int COLUMN_TYPES = load();

        private static int load() {
            Thread thread = Thread.currentThread();
            ClassLoader context = thread.getContextClassLoader();
            thread.setContextClassLoader(Table.class.getClassLoader());
            try {
                int types = ColumnType.values().length;
                Table.create("warm-up");
                return types;
            } finally {
                thread.setContextClassLoader(context);
            }
        }
    }

    private Tablesaw() {}

    /** Loads Tablesaw unless it is loaded already. */
    public static void load() {
        if (Loaded.COLUMN_TYPES == 0) {
            throw new IllegalStateException("Tablesaw has no column types");
        }
    }
}
