package org.lozenge.stats.numeric;

import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Runs independent work over a range of numbers on several threads, block by block.
 *
 * <p>Blocks are claimed in ascending order, each by one thread. Work that depends on nothing but the numbers of its block
 * therefore gives the same results for any number of threads. {@link #run} always finishes a claimed block; {@link
 * #runInSteps} may stop in the middle of one, for work that can take long.
 */
public final class ParallelBlocks {

    /** A step that takes less, in nanoseconds, is followed by one of twice as many numbers. */
    private static final long SHORT = 2_000_000;

    /** A step that takes more is followed by one of half as many. */
    private static final long LONG = 20_000_000;

    private final long total;
    private final long block;
    private final long leastStep;
    private final LongSupplier clock;
    private final AtomicLong next = new AtomicLong();
    private final AtomicLong done = new AtomicLong();

    /** The first number that a thread left undone in a block it had claimed. */
    private final AtomicLong undone = new AtomicLong(Long.MAX_VALUE);

    private volatile boolean stopped;
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    private ParallelBlocks(long total, long block, long leastStep, LongSupplier clock) {
        this.total = total;
        this.block = block;
        this.leastStep = leastStep;
        this.clock = clock;
    }

    /** The work of one thread. */
    @FunctionalInterface
    public interface Worker {
        /**
         * Works on a block or, step by step, on its parts in ascending order.
         *
         * @param from first number
         * @param to one past the last number
         */
        void work(long from, long to);
    }

    /** Watches a run from the thread that called it, after each of that thread's blocks or steps. */
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
        return run(total, block, block, threads, workers, monitor, System::nanoTime);
    }

    /**
     * Works on the numbers from 0, in steps that are small where a number takes long, so that a stop comes soon: one
     * number at first, twice as many after each step of less than two milliseconds, at most a block.
     *
     * @param total how many numbers
     * @param block how many a thread claims at a time, at least 1
     * @param threads how many threads, the calling one included, at least 1
     * @param workers makes the worker of each thread
     * @param monitor watches, after each step
     * @return a number below which all are finished; the total unless the monitor stopped, and then some above it may be
     *     finished too, on other threads
     * @throws IllegalArgumentException if there is no thread or the block is empty
     */
    public static long runInSteps(
            long total, long block, int threads, Supplier<? extends Worker> workers, Monitor monitor) {
        return run(total, block, 1, threads, workers, monitor, System::nanoTime);
    }

    /** @param clock in nanoseconds */
    static long run(
            long total,
            long block,
            long leastStep,
            int threads,
            Supplier<? extends Worker> workers,
            Monitor monitor,
            LongSupplier clock) {
        if (threads < 1 || block < 1) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%d threads and blocks of %d: at least 1 each", threads, block));
        }
        ParallelBlocks run = new ParallelBlocks(total, block, leastStep, clock);
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
        return Math.min(Math.min(total, run.next.get()), run.undone.get());
    }

    private void drain(Worker worker, Monitor monitor) {
        try {
            long step = leastStep;
            while (!stopped) {
                long from = next.getAndAdd(block);
                if (from >= total) {
                    return;
                }
                step = work(worker, monitor, from, Math.min(total, from + block), step);
            }
        } catch (RuntimeException | Error e) {
            failures.add(e);
            stopped = true;
        }
    }

    /** Works on a claimed block, at least on its first step; returns the size of the next step. */
    private long work(Worker worker, Monitor monitor, long from, long to, long firstStep) {
        long step = firstStep;
        long at = from;
        while (at < to) {
            long end = Math.min(to, at + step);
            long before = clock.getAsLong();
            worker.work(at, end);
            long took = clock.getAsLong() - before;
            step = took < SHORT ? Math.min(block, 2 * step) : took > LONG ? Math.max(leastStep, step / 2) : step;
            long finished = done.addAndGet(end - at);
            at = end;
            if (!monitor.goOn(finished, total)) {
                stopped = true;
            }
            if (stopped && at < to) {
                undone.accumulateAndGet(at, Math::min);
                return step;
            }
        }
        return step;
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
