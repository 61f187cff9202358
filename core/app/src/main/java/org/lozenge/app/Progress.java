package org.lozenge.app;

import org.lozenge.workbench.ProgressListener;

/** A line of progress on a terminal; nothing anywhere else. */
final class Progress implements ProgressListener, AutoCloseable {

    private static final long PAUSE_NANOS = 100_000_000;

    private final Console console;
    private final boolean shown;
    private long last = System.nanoTime();
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
            console.rewriteLine(Math.round(100 * fraction) + "% " + Console.clean(step));
        }
    }

    /** Clears the line. */
    @Override
    public synchronized void close() {
        if (dirty) {
            console.rewriteLine("");
        }
    }
}
