package org.lozenge.workbench.plugins;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeSet;
import org.lozenge.plugin.Message;

/**
 * Puts back what a plugin may not change: the default locale and time zone, the standard streams, the handler of uncaught
 * exceptions and the system properties. As these belong to the whole JVM, what counts is how they were before the first of
 * the runs that are under way; what the host changes meanwhile is put back too. Thread-safe.
 */
public final class JvmState {

    @SuppressForbidden("compares the standard streams, but never writes to them")
    private record Snapshot(
            Locale locale,
            Locale format,
            Locale display,
            TimeZone zone,
            InputStream in,
            PrintStream out,
            PrintStream err,
            Optional<Thread.UncaughtExceptionHandler> handler,
            Properties properties) {

        static Snapshot take() {
            return new Snapshot(
                    Locale.getDefault(),
                    Locale.getDefault(Locale.Category.FORMAT),
                    Locale.getDefault(Locale.Category.DISPLAY),
                    TimeZone.getDefault(),
                    System.in,
                    System.out,
                    System.err,
                    Optional.ofNullable(Thread.getDefaultUncaughtExceptionHandler()),
                    (Properties) System.getProperties().clone());
        }
    }

    private static final List<String> OF_JAVA = List.of("sun.", "jdk.", "java.awt.", "awt.");

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
        if (before.in != after.in) {
            System.setIn(before.in);
            changed.add("standard input");
        }
        if (!before.handler.equals(after.handler)) {
            Thread.setDefaultUncaughtExceptionHandler(before.handler.orElse(null));
            changed.add("handler of uncaught exceptions");
        }
        List<String> properties = properties(before.properties, after.properties);
        if (!properties.isEmpty()) {
            changed.add("system properties (" + String.join(", ", properties) + ")");
        }
        return changed;
    }

    /** Puts properties back and returns their names; those that Java itself adds when it needs them may stay. */
    private static List<String> properties(Properties before, Properties after) {
        Set<Object> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        List<String> changed = new ArrayList<>();
        for (Object name : names) {
            Object old = before.get(name);
            boolean ofJava = old == null && OF_JAVA.stream().anyMatch(String.valueOf(name)::startsWith);
            if (ofJava || Objects.equals(old, after.get(name))) {
                continue;
            }
            if (old == null) {
                System.getProperties().remove(name);
            } else {
                System.getProperties().put(name, old);
            }
            changed.add(String.valueOf(name));
        }
        return changed;
    }
}
