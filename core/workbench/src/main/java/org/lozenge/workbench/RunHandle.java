package org.lozenge.workbench;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * A run that was started. Thread-safe.
 *
 * <p>A run that is cancelled or past its time-out is asked to stop and interrupted. If it does not ask within a
 * second whether it shall stop, or does not end within another ten, it is abandoned: its outcome is {@link Outcome.Cancelled}, its thread goes on until it ends by itself (no thread can be
 * killed), and the workbench lists the plugin among its problems.
 */
public final class RunHandle {

    private final CompletableFuture<Outcome> outcome;
    private final Runnable canceller;

    /**
     * A handle of a run that goes on elsewhere.
     *
     * @param outcome completes when the run ends
     * @param canceller asks the run to stop
     */
    public RunHandle(CompletableFuture<Outcome> outcome, Runnable canceller) {
        this.outcome = outcome;
        this.canceller = canceller;
    }

    /** Asks the run to stop. Does nothing if it has ended. */
    public void cancel() {
        if (!isDone()) {
            canceller.run();
        }
    }

    /** Returns whether the run has ended. */
    public boolean isDone() {
        return outcome.isDone();
    }

    /**
     * Waits for the end of the run. If the calling thread is interrupted meanwhile, the run is cancelled, and the thread
     * stays interrupted.
     *
     * @throws OutOfMemoryError if the run threw it
     */
    public Outcome get() {
        try {
            return outcome.get();
        } catch (ExecutionException e) {
            throw unwrap(e);
        } catch (InterruptedException e) {
            cancel();
            try {
                return outcome.join();
            } catch (CompletionException broken) {
                throw unwrap(broken);
            } finally {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static IllegalStateException unwrap(Exception e) {
        if (e.getCause() instanceof OutOfMemoryError error) {
            throw error;
        }
        return new IllegalStateException("The workbench itself broke", e);
    }
}
