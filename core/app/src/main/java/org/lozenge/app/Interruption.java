package org.lozenge.app;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.lozenge.workbench.RunHandle;

/**
 * Ctrl-C while a command runs: the run is cancelled, and the program lives on until its outcome, or what is done of it, is
 * delivered. The exit status is then that of the signal, 130.
 */
final class Interruption implements AutoCloseable {

    /** Large results take a while to write; a second Ctrl-C does not shorten it. */
    private static final long PATIENCE_SECONDS = 20;

    private final CountDownLatch delivered = new CountDownLatch(1);
    private Optional<RunHandle> run = Optional.empty();
    private boolean stopped;
    private final Thread hook = new Thread(this::stop, "lozenge-cancel");

    /** Starts to listen. */
    Interruption() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Says what to cancel. */
    synchronized void cancels(RunHandle handle) {
        run = Optional.of(handle);
        if (stopped) {
            handle.cancel();
        }
    }

    private synchronized Optional<RunHandle> stopped() {
        stopped = true;
        return run;
    }

    private void stop() {
        Optional<RunHandle> handle = stopped();
        if (handle.isEmpty()) {
            // Nothing has begun that could be kept.
            return;
        }
        handle.get().cancel();
        try {
            if (!delivered.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                // The program ends all the same.
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Says that all is delivered. */
    @Override
    public void close() {
        delivered.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The program is being stopped.
            return;
        }
    }
}
