package org.lozenge.workbench;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Message;
import org.lozenge.workbench.mapping.Names;
import org.lozenge.workbench.plugins.Registered;
import org.lozenge.workbench.plugins.Threads;

/** Runs one execution on a thread of its own, and sees to it that it ends in time. */
final class Worker {

    private static final long GRACE_MILLIS = 1000;

    /** For an analysis that asked and was told, to put together what it has. */
    private static final long LONGER_GRACE_MILLIS = 10_000;

    private final RunRequest request;
    private final Registered analysis;
    private final Stop stop;
    private final Threads threads;
    private final Execution execution;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private final CompletableFuture<Boolean> timeUp = new CompletableFuture<>();
    private final CompletableFuture<Boolean> graceUp = new CompletableFuture<>();
    private final CompletableFuture<Boolean> longerGraceUp = new CompletableFuture<>();
    private final AtomicBoolean ended = new AtomicBoolean();

    private Worker(RunRequest request, Registered analysis) {
        this.request = request;
        this.analysis = analysis;
        this.stop = new Stop(analysis.spec().id(), request.timeoutMillis());
        this.threads = new Threads("lozenge-run-" + analysis.spec().id());
        this.execution = new Execution(request, analysis, stop, threads);
    }

    static RunHandle start(RunRequest request) {
        Optional<Registered> analysis = request.registry().find(request.analysis());
        if (analysis.isEmpty()) {
            return new RunHandle(CompletableFuture.completedFuture(noSuchAnalysis(request)), () -> {});
        }
        return start(request, analysis.get());
    }

    static RunHandle start(RunRequest request, Registered analysis) {
        Worker worker = new Worker(request, analysis);
        worker.start();
        return new RunHandle(worker.outcome, worker::cancel);
    }

    private static Outcome noSuchAnalysis(RunRequest request) {
        List<String> ids = request.registry().all().stream()
                .map(Registered::spec)
                .map(AnalysisSpec::id)
                .toList();
        String text =
                "There is no analysis '" + request.analysis() + "'." + Names.hint(request.analysis(), ids, "analyses");
        return new Outcome.Rejected(
                Execution.provenance(request, Optional.empty()), List.of(Message.error("no-such-analysis", text)));
    }

    private void start() {
        if (request.timeoutMillis() > 0) {
            CompletableFuture<Void> unused = timeUp.completeOnTimeout(
                            true, request.timeoutMillis(), TimeUnit.MILLISECONDS)
                    .thenRun(this::expire);
        }
        threads.start(this::work, analysis.loader());
    }

    private void work() {
        try {
            Outcome result = execution.run();
            if (ended.compareAndSet(false, true)) {
                outcome.complete(result);
            }
        } catch (Throwable e) { // whoever waits must hear of it, whatever it is
            outcome.completeExceptionally(e);
        } finally {
            timeUp.cancel(false);
            graceUp.cancel(false);
            longerGraceUp.cancel(false);
        }
    }

    private void cancel() {
        stop.cancel(analysis.spec().id());
        interrupt();
    }

    private void expire() {
        stop.expire();
        interrupt();
    }

    private void interrupt() {
        threads.interrupt();
        CompletableFuture<Void> unused = graceUp.completeOnTimeout(true, GRACE_MILLIS, TimeUnit.MILLISECONDS)
                .thenRun(this::abandonUnlessHeard);
    }

    private void abandonUnlessHeard() {
        if (stop.isHeard()) {
            CompletableFuture<Void> unused = longerGraceUp
                    .completeOnTimeout(true, LONGER_GRACE_MILLIS, TimeUnit.MILLISECONDS)
                    .thenRun(this::abandon);
        } else {
            abandon();
        }
    }

    private void abandon() {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        Message abandoned = Message.warning(
                "abandoned",
                "'" + analysis.spec().id() + "' of the plugin " + analysis.plugin()
                        + " did not stop in time when asked to; its thread goes on. That is a fault of the"
                        + " plugin: tell its author.");
        execution.leave();
        request.registry().problem(analysis.plugin(), abandoned.code(), abandoned.text());
        outcome.complete(new Outcome.Cancelled(
                Execution.provenance(request, Optional.of(analysis)),
                Optional.empty(),
                List.of(abandoned, stop.reason().orElseThrow())));
    }
}
