package org.lozenge.workbench.plugins;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.lozenge.plugin.Message;

/**
 * Calls code of a plugin on a thread of its own, which may loop for ever without keeping the host, changes the JVM only
 * until it is put back, and says which threads it leaves behind.
 */
final class Guard {

    private static final long GRACE_MILLIS = 200;

    private final JvmState jvm;
    private final long millis;
    private final Consumer<Message> warnings;

    /**
     * A guard.
     *
     * @param millis how long a call may take
     * @param warnings hears what the code should not have done
     */
    Guard(JvmState jvm, long millis, Consumer<Message> warnings) {
        this.jvm = jvm;
        this.millis = millis;
        this.warnings = warnings;
    }

    /**
     * Calls the code.
     *
     * @throws ExecutionException with what it threw
     * @throws TimeoutException if it takes longer than allowed; its thread goes on if it does not heed its interruption
     */
    <T> T call(ClassLoader loader, Callable<T> code) throws ExecutionException, TimeoutException {
        Threads threads = new Threads("lozenge-load");
        FutureTask<T> task = new FutureTask<>(code);
        jvm.enter(task);
        threads.start(task, loader);
        try {
            return get(task, threads);
        } finally {
            List<Message> said = new ArrayList<>();
            jvm.exit(task).ifPresent(said::add);
            threads.newlyLeft().ifPresent(said::add);
            said.forEach(warnings);
        }
    }

    private <T> T get(FutureTask<T> task, Threads threads) throws ExecutionException, TimeoutException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get(millis, TimeUnit.MILLISECONDS);
                } catch (InterruptedException e) { // whoever interrupts the host does not want half a workbench
                    interrupted = true;
                } catch (TimeoutException e) {
                    threads.interrupt();
                    threads.join(GRACE_MILLIS);
                    throw e;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
