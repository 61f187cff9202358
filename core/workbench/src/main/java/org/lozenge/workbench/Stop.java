package org.lozenge.workbench;

import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.lozenge.plugin.Message;

/** Whether a run shall stop, and why: asked for by the user or by the clock. Thread-safe. */
final class Stop {

    private volatile Optional<Message> reason = Optional.empty();
    private final Optional<Message> timeout;
    private final long start = System.nanoTime();
    private final long nanos;
    private volatile boolean heard;

    Stop(String analysis, long timeoutMillis) {
        nanos = timeoutMillis > Long.MAX_VALUE / 1_000_000 ? Long.MAX_VALUE : timeoutMillis * 1_000_000;
        timeout = timeoutMillis == 0
                ? Optional.empty()
                : Optional.of(Message.error(
                        "timed-out",
                        "'" + analysis + "' was stopped, because it took longer than " + timeoutMillis
                                + " ms. Allow more time, or give it less to do."));
    }

    void cancel(String analysis) {
        request(Message.error("cancelled", "'" + analysis + "' was cancelled."));
    }

    /** Notes that the time is up. */
    void expire() {
        timeout.ifPresent(this::request);
    }

    private synchronized void request(Message why) {
        if (reason.isEmpty()) {
            reason = Optional.of(why);
        }
    }

    /** Returns why the run shall stop; empty if it may go on. */
    Optional<Message> reason() {
        if (timeout.isPresent() && System.nanoTime() - start > nanos) {
            expire();
        }
        return reason;
    }

    /** Returns whether the analysis was told to stop when it asked. */
    boolean isHeard() {
        return heard;
    }

    void check() {
        reason().ifPresent(why -> {
            heard = true;
            throw new CancellationException(why.text());
        });
    }
}
