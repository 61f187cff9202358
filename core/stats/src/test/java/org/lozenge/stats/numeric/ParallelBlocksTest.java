package org.lozenge.stats.numeric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParallelBlocksTest {

    private static ParallelBlocks.Worker counting(AtomicIntegerArray visits) {
        return (from, to) -> {
            for (long i = from; i < to; i++) {
                visits.incrementAndGet((int) i);
            }
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void visitsEachNumberOnce(int threads) {
        AtomicIntegerArray visits = new AtomicIntegerArray(1003);
        assertEquals(1003, ParallelBlocks.run(1003, 10, threads, () -> counting(visits), ParallelBlocks.Monitor.NONE));
        for (int i = 0; i < 1003; i++) {
            assertEquals(1, visits.get(i));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void stopsWithEverythingBelowANumberDone(int threads) {
        AtomicIntegerArray visits = new AtomicIntegerArray(1_000_000);
        long done = ParallelBlocks.run(
                1_000_000, 100, threads, () -> counting(visits), (finished, total) -> finished < 5000);
        assertTrue(done >= 5000 && done <= 1_000_000);
        for (int i = 0; i < 1_000_000; i++) {
            assertEquals(i < done ? 1 : 0, visits.get(i));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void stepsKeepEverythingBelowANumberDone(int threads) {
        AtomicIntegerArray visits = new AtomicIntegerArray(1_000_000);
        long done = ParallelBlocks.runInSteps(
                1_000_000, 1000, threads, () -> counting(visits), (finished, total) -> finished < 5300);
        // Other threads may have finished the whole before the first step of this one.
        assertTrue(done == 1_000_000 || visits.get((int) done) == 0);
        for (int i = 0; i < 1_000_000; i++) {
            assertTrue(visits.get(i) <= 1);
            assertTrue(i >= done || visits.get(i) == 1);
        }
        assertEquals(
                1003,
                ParallelBlocks.runInSteps(
                        1003, 10, threads, () -> counting(new AtomicIntegerArray(1003)), ParallelBlocks.Monitor.NONE));
    }

    @Test
    void slowWorkIsAskedAfterEachNumber() {
        AtomicIntegerArray visits = new AtomicIntegerArray(1000);
        // A clock by which every step takes a second.
        AtomicLong clock = new AtomicLong();
        long done = ParallelBlocks.run(
                1000,
                256,
                1,
                1,
                () -> counting(visits),
                (finished, total) -> finished < 300,
                () -> clock.getAndAdd(1_000_000_000));
        assertEquals(300, done);
        assertEquals(0, visits.get(300));
    }

    @Test
    void quickWorkIsAskedAfterEachBlockAndLessWhenItBecomesSlow() {
        List<Long> asked = new ArrayList<>();
        AtomicLong clock = new AtomicLong();
        // Numbers below 40 take nothing, the others 15 milliseconds each.
        ParallelBlocks.run(
                64,
                16,
                1,
                1,
                () -> (from, to) -> clock.addAndGet(to <= 40 ? 0 : 15_000_000 * (to - Math.max(40, from))),
                (finished, total) -> asked.add(finished),
                clock::get);
        assertEquals(List.of(1L, 3L, 7L, 15L, 16L, 32L, 48L, 56L, 60L, 62L, 63L, 64L), asked);
    }

    @Test
    void doesNothingForNoNumbers() {
        assertEquals(0, ParallelBlocks.run(0, 10, 4, () -> counting(new AtomicIntegerArray(0)), (d, t) -> true));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void passesFailuresOn(int threads) {
        ParallelBlocks.Worker failing = (from, to) -> {
            throw new IllegalStateException("at " + from);
        };
        Exception e = assertThrows(
                IllegalStateException.class,
                () -> ParallelBlocks.run(100, 10, threads, () -> failing, ParallelBlocks.Monitor.NONE));
        assertTrue(e.getMessage().startsWith("at "));
        ParallelBlocks.Worker fatal = (from, to) -> {
            throw new AssertionError("fatal");
        };
        assertThrows(
                AssertionError.class,
                () -> ParallelBlocks.run(100, 10, threads, () -> fatal, ParallelBlocks.Monitor.NONE));
    }

    @Test
    void passesTheMonitorsExceptionOn() {
        Thread caller = Thread.currentThread();
        CountDownLatch refused = new CountDownLatch(1);
        ParallelBlocks.Monitor refusing = (done, total) -> {
            refused.countDown();
            throw new IllegalStateException("cancelled");
        };
        // The other thread may not finish everything before the caller has had a block.
        ParallelBlocks.Worker waiting = (from, to) -> {
            while (Thread.currentThread() != caller && refused.getCount() > 0) {
                Thread.onSpinWait();
            }
        };
        assertThrows(IllegalStateException.class, () -> ParallelBlocks.run(100, 10, 2, () -> waiting, refusing));
    }

    @Test
    void needsAThreadAndABlock() {
        assertThrows(
                IllegalArgumentException.class,
                () -> ParallelBlocks.run(1, 1, 0, () -> (from, to) -> {}, (d, t) -> true));
        assertThrows(
                IllegalArgumentException.class,
                () -> ParallelBlocks.run(1, 0, 1, () -> (from, to) -> {}, (d, t) -> true));
    }
}
