package org.lozenge.app;

import java.util.Locale;
import org.lozenge.workbench.ProgressListener;

/** A line of progress on a terminal; nothing anywhere else. */
final class Progress implements ProgressListener, AutoCloseable {

    private static final long PAUSE_NANOS = 100_000_000;
    private static final int WIDTH = 20;

    /** Before this much is done, the time that is left is a guess. */
    private static final double LEAST_FOR_FORECAST = 0.02;

    private final Console console;
    private final boolean shown;
    private final long start = System.nanoTime();
    private long last = start;
    private boolean dirty;

    Progress(Console console, boolean quiet) {
        this.console = console;
        this.shown = console.setting().errIsTerminal() && !quiet;
    }

    @Override
    public synchronized void progress(double fraction, String step) {
        long now = System.nanoTime();
        if (shown && now - last > PAUSE_NANOS) {
            last = now;
            dirty = true;
            console.rewriteLine(line(fraction, Console.clean(step), (now - start) / 1e9));
        }
    }

    /** For instance {@code [########            ]  40% Subsets, 12 s left}. */
    static String line(double fraction, String step, double seconds) {
        int filled = (int) Math.floor(WIDTH * fraction);
        String bar = "[" + "#".repeat(filled) + " ".repeat(WIDTH - filled) + "]";
        String left = fraction < LEAST_FOR_FORECAST ? "" : ", " + time(seconds * (1 - fraction) / fraction) + " left";
        return String.format(Locale.ROOT, "%s %3.0f%% %s%s", bar, Math.floor(100 * fraction), step, left);
    }

    private static String time(double seconds) {
        long whole = (long) Math.ceil(seconds);
        if (whole < 60) {
            return whole + " s";
        }
        return whole < 3600
                ? whole / 60 + " min " + whole % 60 + " s"
                : whole / 3600 + " h " + whole % 3600 / 60 + " min";
    }

    /** Clears the line. */
    @Override
    public synchronized void close() {
        if (dirty) {
            console.rewriteLine("");
        }
    }
}
