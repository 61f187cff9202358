package org.lozenge.workbench.plugins;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import org.lozenge.plugin.Message;

/**
 * The thread on which code of a plugin runs, and the threads that this code starts. They are told apart from those of
 * the host by their thread group, which a thread hands on to those that it starts. Thread-safe.
 */
public final class Threads {

    private static final int LOOKS = 50;
    private static final int LOOK_MILLIS = 10;
    private static final int MOST_THREADS = 1000;

    private final ThreadGroup group;
    private final CompletableFuture<Thread> own = new CompletableFuture<>();
    private final Set<Thread> known = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    /** @param name of the group and of its first thread */
    public Threads(String name) {
        group = new ThreadGroup(name);
    }

    /**
     * Starts the thread; called once.
     *
     * @param loader its context class loader
     */
    public void start(Runnable code, ClassLoader loader) {
        Thread thread = new Thread(group, code, group.getName());
        thread.setDaemon(true);
        thread.setContextClassLoader(loader);
        own.complete(thread);
        thread.start();
    }

    /** Interrupts the thread. */
    public void interrupt() {
        own.join().interrupt();
    }

    /** Waits a while for the end of the thread. */
    void join(long millis) {
        try {
            own.join().join(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Returns a warning that names the threads which the code has left running, each thread once. Threads that are about to
     * end get a moment to do so; those that the Java platform starts for itself when they are first needed do not count.
     */
    public Optional<Message> newlyLeft() {
        List<Thread> left = running();
        for (int i = 0; i < LOOKS && !left.isEmpty(); i++) {
            try {
                left.get(0).join(LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
            left = running();
        }
        known.addAll(left);
        return left.isEmpty() ? Optional.empty() : Optional.of(warning(left));
    }

    private static Message warning(List<Thread> left) {
        String names = String.join(", ", left.stream().map(Thread::getName).toList());
        return Message.warning(
                "threads-left",
                "The analysis started " + (left.size() == 1 ? "a thread that goes" : left.size() + " threads that go")
                        + " on (" + names + "). That is a fault of the plugin: tell its author.");
    }

    private List<Thread> running() {
        Thread[] threads = new Thread[MOST_THREADS];
        int count = group.enumerate(threads);
        return Arrays.stream(threads, 0, count)
                .filter(Objects::nonNull)
                .filter(thread -> !thread.equals(own.join()) && !known.contains(thread))
                .filter(thread -> !isOfPlatform(thread))
                .toList();
    }

    private static boolean isOfPlatform(Thread thread) {
        if (thread instanceof ForkJoinWorkerThread worker) {
            return worker.getPool() == null || worker.getPool().equals(ForkJoinPool.commonPool());
        }
        return thread.getName().startsWith("CompletableFutureDelayScheduler")
                || thread.getName().endsWith("-delayScheduler");
    }
}
