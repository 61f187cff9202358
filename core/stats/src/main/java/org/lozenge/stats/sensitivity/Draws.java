package org.lozenge.stats.sensitivity;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.lozenge.stats.numeric.ParallelBlocks;

/** Random draws on several threads: one generator per block, split off in order, so that threads do not matter. */
final class Draws {

    private static final int BLOCK = 256;

    private Draws() {}

    /** The work of one thread on one draw. */
    @FunctionalInterface
    interface Worker {
        void draw(int number, SplittableGenerator random);
    }

    /**
     * Makes draws; returns how many were made before the monitor stopped. Those need not be the first ones: each thread
     * stops where it is.
     */
    static int run(
            int draws,
            int threads,
            SplittableGenerator random,
            Supplier<Worker> workers,
            ParallelBlocks.Monitor monitor) {
        SplittableGenerator[] generators = new SplittableGenerator[(draws + BLOCK - 1) / BLOCK];
        for (int i = 0; i < generators.length; i++) {
            generators[i] = random.split();
        }
        LongAdder made = new LongAdder();
        ParallelBlocks.runInSteps(
                draws,
                BLOCK,
                threads,
                () -> {
                    Worker worker = workers.get();
                    return (from, to) -> {
                        SplittableGenerator own = generators[(int) (from / BLOCK)];
                        for (int i = (int) from; i < to; i++) {
                            worker.draw(i, own);
                        }
                        made.add(to - from);
                    };
                },
                monitor);
        return made.intValue();
    }
}
