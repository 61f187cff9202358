package org.lozenge.workbench.isolate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.lozenge.plugin.Message;
import org.lozenge.workbench.Outcome;
import org.lozenge.workbench.Provenance;
import org.lozenge.workbench.RunHandle;
import org.lozenge.workbench.RunSettings;
import org.lozenge.workbench.json.OutcomeJson;
import org.lozenge.workbench.plugins.Registry;

/** One isolated run, seen from the host. */
final class IsolatedProcess {

    /** A run that is to stop has up to ten seconds to put together what it has, and its process some more to say so. */
    static final long GRACE_MILLIS = 12_000;

    /** The exit statuses of a process that was interrupted, as by Ctrl-C, which a terminal sends to it too. */
    private static final Set<Integer> INTERRUPTED = Set.of(130, 143);

    private static final long SIGNAL_MILLIS = 500;

    private static final long START_MILLIS = 60_000;

    private final RunSettings run;
    private final int megabytes;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private final CompletableFuture<Process> process = new CompletableFuture<>();
    private final CompletableFuture<Boolean> cancelled = new CompletableFuture<>();

    private IsolatedProcess(RunSettings run, int megabytes) {
        this.run = run;
        this.megabytes = megabytes;
    }

    static RunHandle start(RunSettings run, int megabytes, Optional<String> classPath) {
        IsolatedProcess isolated = new IsolatedProcess(run, megabytes);
        if (run.plugin().equals(Registry.SESSION)) {
            isolated.outcome.complete(
                    new Outcome.Rejected(
                            isolated.provenance(),
                            List.of(
                                    Message.error(
                                            "not-isolable",
                                            "'" + run.analysis()
                                                    + "' was registered by this program and exists in it alone, so it cannot"
                                                    + " run in a process of its own. Run it without isolation, or put it into a plugin."))));
        } else if (classPath.isEmpty()) {
            isolated.outcome.complete(isolated.broke(
                    "the class loader of the workbench does not tell where its classes are; set Isolation.classPath",
                    ""));
        } else {
            Thread thread = new Thread(() -> isolated.run(classPath.get()), "lozenge-isolated-" + run.analysis());
            thread.setDaemon(true);
            thread.start();
        }
        return new RunHandle(isolated.outcome, isolated::cancel);
    }

    private void run(String classPath) {
        try {
            Path folder = Files.createTempDirectory("lozenge-run");
            try {
                outcome.complete(run(classPath, folder));
            } finally {
                delete(folder);
            }
        } catch (IOException | UncheckedIOException e) {
            outcome.complete(broke(String.valueOf(e.getMessage()), ""));
        } catch (RuntimeException | Error e) { // whoever waits must hear of it, whatever it is
            outcome.completeExceptionally(e);
        }
    }

    private Outcome run(String classPath, Path folder) throws IOException {
        RequestFile.write(run, folder.resolve(Isolation.REQUEST));
        Process started = builder(classPath, folder).start();
        Output output = new Output(started.getInputStream(), run.listener());
        boolean ended;
        try {
            process.complete(started);
            ended = await(started, output);
        } catch (InterruptedException e) {
            ended = false;
        } finally {
            started.destroyForcibly();
        }
        started.onExit().join();
        output.join();
        return read(folder, started, ended, output.tail());
    }

    private ProcessBuilder builder(String classPath, Path folder) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + megabytes + "m",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-XX:-CreateCoredumpOnCrash",
                "-Djava.awt.headless=true",
                IsolatedRun.class.getName(),
                folder.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("CLASSPATH", classPath); // a command line may not be as long
        return builder;
    }

    /** Returns whether the process ended by itself. */
    private boolean await(Process started, Output output) throws InterruptedException {
        if (!output.awaitStart(START_MILLIS)) {
            return false;
        }
        if (run.timeoutMillis() == 0) {
            started.waitFor();
            return true;
        }
        return started.waitFor(run.timeoutMillis() + GRACE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** The end of its standard input tells the process to stop; if it does not, it is ended. */
    private void cancel() {
        cancelled.complete(true);
        CompletableFuture<Void> unused = process.thenAccept(IsolatedProcess::stop);
    }

    private static void stop(Process started) {
        try {
            started.getOutputStream().close();
        } catch (IOException e) {
            started.destroyForcibly();
        }
        CompletableFuture<Void> unused = CompletableFuture.runAsync(
                started::destroyForcibly, CompletableFuture.delayedExecutor(GRACE_MILLIS, TimeUnit.MILLISECONDS));
    }

    private Outcome read(Path folder, Process started, boolean ended, String tail) throws IOException {
        Path file = folder.resolve(Isolation.OUTCOME);
        if (Files.exists(file)) {
            Path trace = folder.resolve(Isolation.TRACE);
            return complete(
                    OutcomeJson.read(Files.readString(file)), Files.exists(trace) ? Files.readString(trace) : "");
        }
        if (INTERRUPTED.contains(started.exitValue())) {
            awaitCancel();
        }
        if (cancelled.isDone()) {
            return new Outcome.Cancelled(
                    provenance(),
                    Optional.empty(),
                    List.of(Message.error("cancelled", "'" + run.analysis() + "' was cancelled.")));
        }
        if (!ended) {
            return new Outcome.Cancelled(
                    provenance(),
                    Optional.empty(),
                    List.of(Message.error(
                            "timed-out",
                            "'" + run.analysis()
                                    + "' was stopped together with its process, because it took longer than "
                                    + run.timeoutMillis() + " ms. Allow more time, or give it less to do.")));
        }
        if (tail.contains("java.lang.OutOfMemoryError")) {
            return new Outcome.Failed(
                    provenance(),
                    tail,
                    List.of(Message.error(
                            "out-of-memory",
                            "'" + run.analysis() + "' needs more than the " + megabytes
                                    + " MB of memory that it was given. Allow more, or give it less to do.")));
        }
        int status = started.exitValue();
        return new Outcome.Failed(
                provenance(),
                tail,
                List.of(Message.error(
                        "process-ended",
                        "'" + run.analysis() + "'" + plugin() + " ended its process with exit status " + status
                                + " in place of a result. That is a fault of the plugin: tell its author.")));
    }

    /** The same signal makes the host cancel the run, a little later perhaps. */
    private void awaitCancel() {
        try {
            cancelled.get(SIGNAL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return; // it was the plugin that ended the process
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String plugin() {
        return run.plugin().isEmpty() ? "" : " of the plugin " + run.plugin();
    }

    /** Puts back what the process was not told, and says of a run that was abandoned that it is gone. */
    private Outcome complete(Outcome read, String trace) {
        List<Message> messages = new ArrayList<>(run.data().problems());
        for (Message message : read.messages()) {
            messages.add(
                    message.code().equals("abandoned")
                            ? Message.warning(
                                    "abandoned",
                                    "'" + run.analysis() + "'" + plugin()
                                            + " did not stop within a second when asked to, so"
                                            + " its process was ended. That is a fault of the plugin: tell its author.")
                            : message);
        }
        if (read instanceof Outcome.Ok ok) {
            return new Outcome.Ok(ok.provenance(), ok.result(), messages);
        }
        if (read instanceof Outcome.Failed failed) {
            return new Outcome.Failed(failed.provenance(), trace, messages);
        }
        return read instanceof Outcome.Cancelled
                ? new Outcome.Cancelled(read.provenance(), read.available(), messages)
                : new Outcome.Rejected(read.provenance(), messages);
    }

    private Outcome broke(String reason, String trace) {
        return new Outcome.Failed(
                provenance(),
                trace,
                List.of(Message.error(
                        "isolation", "A process for '" + run.analysis() + "' could not be started (" + reason + ").")));
    }

    private Provenance provenance() {
        Provenance.Input input = new Provenance.Input(
                run.data().name(), run.data().sha256(), run.data().rows(), 0);
        return new Provenance(run.analysis(), run.plugin(), "", input, Map.of(), Map.of(), Map.of(), "", run.seed());
    }

    private static void delete(Path folder) throws IOException {
        List<Path> paths;
        try (Stream<Path> all = Files.walk(folder)) {
            paths = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.deleteIfExists(path);
        }
    }
}
