package org.lozenge.analyses.shared;

import java.util.Locale;
import java.util.concurrent.CancellationException;
import org.lozenge.plugin.RunContext;
import org.lozenge.stats.numeric.ParallelBlocks;

/**
 * Shows the progress of a long computation and stops it when the run is cancelled, so that the analysis can give what is
 * done so far. For the thread of the run.
 */
public final class RunMonitor implements ParallelBlocks.Monitor {

    private static final long INTERVAL = 50_000_000;

    private final RunContext context;
    private final String step;
    private long last = System.nanoTime();
    private boolean stopped;

    /** Creates a monitor for a step with this name. */
    public RunMonitor(RunContext context, String step) {
        this.context = context;
        this.step = step;
    }

    @Override
    public boolean goOn(long done, long total) {
        long now = System.nanoTime();
        if (now - last >= INTERVAL) {
            last = now;
            try {
                context.progress((double) done / total, step);
            } catch (CancellationException e) {
                stopped = true;
            }
        }
        return !stopped;
    }

    /** Returns whether the run was cancelled meanwhile. */
    public boolean isStopped() {
        return stopped;
    }

    /**
     * Warns that only some of a number of things are done, if the run was cancelled meanwhile.
     *
     * @param what the things, such as {@code studies left out}
     * @param rest what becomes of the others
     * @throws CancellationException if none is done
     */
    public void tell(int done, int total, String what, String rest) {
        if (done == 0) {
            context.checkCancelled();
        }
        if (done < total) {
            context.warn(
                    "stopped-early",
                    String.format(Locale.ROOT, "Stopped after %,d of %,d %s; %s.", done, total, what, rest));
        }
    }

    /** Returns how many threads a computation should use. */
    public static int threads() {
        return Runtime.getRuntime().availableProcessors();
    }
}
