package org.lozenge.stats.numeric;

import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Runs independent work over a range of numbers on several threads, block by block.
 *
 * <p>Blocks are claimed in ascending order, and a claimed block is always finished, so that a run that is stopped early
 * has done everything below some number and nothing above. Work that depends on nothing but the numbers of its block
 * therefore gives the same results for any number of threads.
 */
public final class ParallelBlocks {

    private final long total;
    private final long block;
    private final AtomicLong next = new AtomicLong();
    private final AtomicLong done = new AtomicLong();
    private volatile boolean stopped;
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    private ParallelBlocks(long total, long block) {
        this.total = total;
        this.block = block;
    }

    /** The work of one thread. */
    @FunctionalInterface
    public interface Worker {
        /**
         * Works on a block.
         *
         * @param from first number
         * @param to one past the last number
         */
        void work(long from, long to);
    }

    /** Watches a run from the thread that called it, after each of that thread's blocks. */
    @FunctionalInterface
    public interface Monitor {
        /** Lets a run go on to its end. */
        Monitor NONE = (done, total) -> true;

        /**
         * Hears how far the run is.
         *
         * @param done how many numbers are finished
         * @param total how many there are
         * @return false to stop the run; an exception stops it too and reaches the caller
         */
        boolean goOn(long done, long total);
    }

    /**
     * Works on the numbers from 0.
     *
     * @param total how many numbers
     * @param block how many at a time, at least 1
     * @param threads how many threads, the calling one included, at least 1
     * @param workers makes the worker of each thread
     * @param monitor watches
     * @return how many numbers are finished: all below it and none from it on; the total unless the monitor stopped
     * @throws IllegalArgumentException if there is no thread or the block is empty
     */
    public static long run(long total, long block, int threads, Supplier<? extends Worker> workers, Monitor monitor) {
        if (threads < 1 || block < 1) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%d threads and blocks of %d: at least 1 each", threads, block));
        }
        ParallelBlocks run = new ParallelBlocks(total, block);
        int useful = (int) Math.min(threads, Math.max(1, (total + block - 1) / block));
        Thread[] others = new Thread[useful - 1];
        for (int i = 0; i < others.length; i++) {
            Worker worker = workers.get();
            others[i] = new Thread(() -> run.drain(worker, Monitor.NONE), "lozenge-blocks-" + (i + 1));
            others[i].setDaemon(true);
            others[i].start();
        }
        run.drain(workers.get(), monitor);
        run.join(others);
        run.rethrow();
        return Math.min(total, run.done.get());
    }

    private void drain(Worker worker, Monitor monitor) {
        try {
            while (!stopped) {
                long from = next.getAndAdd(block);
                if (from >= total) {
                    return;
                }
                long to = Math.min(total, from + block);
                worker.work(from, to);
                long finished = done.addAndGet(to - from);
                if (!monitor.goOn(finished, total)) {
                    stopped = true;
                }
            }
        } catch (RuntimeException | Error e) {
            failures.add(e);
            stopped = true;
        }
    }

    /** Waits for all threads, also when interrupted: they work on the caller's arrays. */
    private void join(Thread[] threads) {
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                    stopped = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void rethrow() {
        Throwable thrown = failures.peek();
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
    }
}
