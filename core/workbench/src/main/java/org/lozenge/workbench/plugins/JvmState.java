package org.lozenge.workbench.plugins;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import org.lozenge.plugin.Message;

/**
 * Puts back what a plugin may not change: the default locale and time zone, and the standard streams. As these belong to
 * the whole JVM, what counts is how they were before the first of the runs that are under way. Thread-safe.
 */
public final class JvmState {

    @SuppressForbidden("compares the standard streams, but never writes to them")
    private record Snapshot(
            Locale locale, Locale format, Locale display, TimeZone zone, PrintStream out, PrintStream err) {

        static Snapshot take() {
            return new Snapshot(
                    Locale.getDefault(),
                    Locale.getDefault(Locale.Category.FORMAT),
                    Locale.getDefault(Locale.Category.DISPLAY),
                    TimeZone.getDefault(),
                    System.out,
                    System.err);
        }
    }

    private final Set<Object> runs = Collections.newSetFromMap(new IdentityHashMap<>());
    private Optional<Snapshot> before = Optional.empty();

    /** Notes that a run begins. */
    public synchronized void enter(Object run) {
        if (runs.isEmpty()) {
            before = Optional.of(Snapshot.take());
        }
        runs.add(run);
    }

    /** Notes that a run ends, puts back what was changed, and says what that was. */
    public synchronized Optional<Message> exit(Object run) {
        if (!runs.remove(run)) {
            return Optional.empty();
        }
        List<String> changed = restore(before.orElseThrow(), Snapshot.take());
        return changed.isEmpty()
                ? Optional.empty()
                : Optional.of(Message.warning(
                        "jvm-state",
                        "The analysis changed the " + String.join(", ", changed)
                                + " of the whole program; that was put back. It is a fault of the plugin: tell its"
                                + " author."));
    }

    private static List<String> restore(Snapshot before, Snapshot after) {
        List<String> changed = new ArrayList<>();
        boolean sameLocale = before.locale.equals(after.locale)
                && before.format.equals(after.format)
                && before.display.equals(after.display);
        if (!sameLocale) {
            Locale.setDefault(before.locale);
            Locale.setDefault(Locale.Category.FORMAT, before.format);
            Locale.setDefault(Locale.Category.DISPLAY, before.display);
            changed.add("default locale");
        }
        if (!before.zone.equals(after.zone)) {
            TimeZone.setDefault(before.zone);
            changed.add("default time zone");
        }
        if (before.out != after.out) {
            System.setOut(before.out);
            changed.add("standard output");
        }
        if (before.err != after.err) {
            System.setErr(before.err);
            changed.add("standard error");
        }
        return changed;
    }
}
