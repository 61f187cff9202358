package org.lozenge.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

/**
 * Each test starts JVMs of its own, because what it is about happens once in a JVM. Without {@link Tablesaw#load()}, four
 * threads that use four column classes first deadlock in every JVM.
 */
class TablesawTest {

    private static final int JVMS = 6;

    /** What the child JVMs run: four threads that make tables at the same time. */
    static final class FourThreads {
        public static void main(String[] args) throws InterruptedException {
            CountDownLatch start = new CountDownLatch(1);
            List<ResultItem> items = List.of(
                    Scalar.of("a", "A", 1),
                    Tabular.of("b", "B").texts("x", "1"),
                    ForestPlot.of("c", "C", Scale.LOG).study("s", 1, 1, 1, 1),
                    Section.of("d", "D", Scalar.of("e", "E", 1)));
            List<Thread> threads = new ArrayList<>();
            for (ResultItem item : items) {
                threads.add(new Thread(() -> {
                    await(start);
                    item.toTable();
                }));
            }
            threads.forEach(thread -> thread.setDaemon(true));
            threads.forEach(Thread::start);
            start.countDown();
            for (Thread thread : threads) {
                thread.join(20_000);
                if (thread.isAlive()) {
                    System.exit(1);
                }
            }
        }

        private static void await(CountDownLatch start) {
            try {
                start.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** What the child JVM runs: the context class loader is one that refuses everything. */
    static final class HostileContext {
        public static void main(String[] args) {
            Thread.currentThread().setContextClassLoader(new ClassLoader(null) {
                @Override
                protected Class<?> findClass(String name) {
                    throw new IllegalStateException("poisoned: " + name);
                }
            });
            Table table = Scalar.of("a", "A", 1).toTable();
            System.exit(table.rowCount() == 1 ? 0 : 1);
        }
    }

    @Test
    void severalThreadsMayMakeTables(@TempDir Path folder) throws Exception {
        List<Process> children = new ArrayList<>();
        for (int i = 0; i < JVMS; i++) {
            children.add(start(FourThreads.class, folder.resolve("out" + i), List.of()));
        }
        for (Process child : children) {
            assertTrue(child.waitFor(120, TimeUnit.SECONDS), "deadlocked");
            assertEquals(0, child.exitValue());
        }
    }

    @Test
    void theContextClassLoaderDoesNotMatter(@TempDir Path folder) throws Exception {
        Process child = start(HostileContext.class, folder.resolve("out"), List.of());
        assertTrue(child.waitFor(120, TimeUnit.SECONDS));
        assertEquals(0, child.exitValue());
    }

    private static Process start(Class<?> main, Path output, List<String> more) throws IOException {
        List<String> command = Stream.of(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path")),
                        more,
                        List.of(main.getName()))
                .flatMap(List::stream)
                .toList();
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }
}
