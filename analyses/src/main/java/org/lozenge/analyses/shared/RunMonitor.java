package org.lozenge.analyses.shared;

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

    /** Returns how many threads a computation should use. */
    public static int threads() {
        return Runtime.getRuntime().availableProcessors();
    }
}
