package org.lozenge.workbench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Role;
import org.lozenge.plugin.Scalar;
import org.lozenge.workbench.plugins.PluginJar;
import org.lozenge.workbench.table.Dataset;
import org.lozenge.workbench.table.FileFormat;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * What only shows in a JVM that has not used Tablesaw: four threads that use four column classes first deadlock, unless
 * the workbench was opened before; and a hostile context class loader makes Tablesaw unusable for ever.
 */
class FreshJvmTest {

    /** Without the workbench every JVM deadlocks, so six tell; {@code -Dfresh.jvms=20} tries more. */
    private static final int JVMS = Integer.getInteger("fresh.jvms", 6);

    private static final int AT_ONCE = 6;

    private static Dataset data() {
        return Dataset.parse("t.csv", "x\n1\n".getBytes(UTF_8), FileFormat.CSV);
    }

    private static Workbench register(Workbench workbench) {
        Role x = Role.number("x", "X");
        workbench.register(Analysis.of(
                AnalysisSpec.of("rows", "Rows").roles(x),
                (in, context) ->
                        AnalysisResult.of(Scalar.of("rows", "Rows", in.table().rowCount()))));
        workbench.register(Analysis.of(
                AnalysisSpec.of("plain", "Plain").roles(x),
                (in, context) -> AnalysisResult.of(Scalar.of("x", "X", in.numbers(x)[0]))));
        return workbench;
    }

    private static void together(Runnable... tasks) throws InterruptedException {
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (Runnable task : tasks) {
            threads.add(new Thread(() -> {
                try {
                    start.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                task.run();
            }));
        }
        threads.forEach(thread -> thread.setDaemon(true));
        threads.forEach(Thread::start);
        start.countDown();
        for (Thread thread : threads) {
            thread.join(90_000);
            if (thread.isAlive()) {
                System.exit(1);
            }
        }
    }

    /** A host that makes columns on threads of its own. */
    static final class Host {
        public static void main(String[] args) throws InterruptedException {
            Workbench.open();
            together(
                    () -> DoubleColumn.create("x", 1),
                    () -> StringColumn.create("x", "a"),
                    () -> IntColumn.create("x", 1),
                    () -> DateColumn.create("x"));
        }
    }

    /** A host that leaves Tablesaw to the workbench. */
    static final class LazyHost {
        public static void main(String[] args) throws InterruptedException {
            Workbench workbench = register(Workbench.openLazily());
            Dataset data = data();
            together(
                    data::toTable,
                    () -> workbench.run("rows", data).get().get().items().get(0).toTable(),
                    () -> workbench
                            .run("plain", data)
                            .get()
                            .get()
                            .items()
                            .get(0)
                            .toTable(),
                    () -> workbench.run("rows", data).get().get());
        }
    }

    /** A host whose context class loader knows Tablesaw readers that the loader of Tablesaw does not. */
    static final class PoisonedHost {
        public static void main(String[] args) throws Exception {
            Thread.currentThread()
                    .setContextClassLoader(new java.net.URLClassLoader(
                            new java.net.URL[] {Path.of(args[0]).toUri().toURL()},
                            PoisonedHost.class.getClassLoader()));
            Workbench workbench = register(Workbench.open());
            Table table = Table.create("t", DoubleColumn.create("x", 1, 2));
            double rows = workbench
                    .run("rows", table)
                    .get()
                    .get()
                    .item("rows", Scalar.class)
                    .value();
            System.exit(rows == 2 ? 0 : 1);
        }
    }

    /** A plugin that brings a Tablesaw reader of its own, and is the first to use Tablesaw. */
    static final class PoisonedPlugin {
        public static void main(String[] args) {
            Workbench workbench = Workbench.openLazily(Path.of(args[0]));
            double rows = workbench
                    .run("poisoned", data())
                    .get()
                    .get()
                    .item("rows", Scalar.class)
                    .value();
            System.exit(rows == 2 && Table.create("t").rowCount() == 0 ? 0 : 1);
        }
    }

    /** A command that needs no table. */
    static final class Command {
        public static void main(String[] args) {
            Workbench workbench = register(Workbench.openLazily());
            System.exit(workbench.run("plain", data()).get() instanceof Outcome.Ok ? 0 : 1);
        }
    }

    @Test
    void afterOpenHostsMayUseTablesawOnSeveralThreads(@TempDir Path folder) throws Exception {
        runAll(Host.class, folder);
    }

    @Test
    void theWorkbenchItselfMayBeUsedOnSeveralThreadsWithoutWarmUp(@TempDir Path folder) throws Exception {
        runAll(LazyHost.class, folder);
    }

    @Test
    void aHostileContextClassLoaderDoesNoHarm(@TempDir Path folder) throws Exception {
        Path jar = folder.resolve("poison.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry("tech/tablesaw/io/poison/PoisonReader.class"));
            zip.write(poison());
        }
        Path output = folder.resolve("out");
        Process child = start(PoisonedHost.class, output, List.of(), List.of(jar.toString()));
        assertTrue(child.waitFor(120, TimeUnit.SECONDS));
        assertEquals(0, child.exitValue(), Files.readString(output));
    }

    @Test
    void aPluginWithTablesawReadersDoesNoHarm(@TempDir Path folder) throws Exception {
        String body = "return AnalysisResult.of(Scalar.of(\"rows\", \"Rows\", tech.tablesaw.api.Table.create(\"t\","
                + " tech.tablesaw.api.IntColumn.create(\"i\", 1, 2)).rowCount()));";
        PluginJar.analysis("Poisoned", body)
                .file("tech/tablesaw/io/poison/PoisonReader.class", poison())
                .write(folder.resolve("plugins/poisoned.jar"));
        Path output = folder.resolve("out");
        Process child = start(
                PoisonedPlugin.class,
                output,
                List.of(),
                List.of(folder.resolve("plugins").toString()));
        assertTrue(child.waitFor(120, TimeUnit.SECONDS));
        assertEquals(0, child.exitValue(), Files.readString(output));
    }

    @Test
    void aRunThatNeedsNoTableDoesNotLoadTablesaw(@TempDir Path folder) throws Exception {
        Path output = folder.resolve("out");
        Process child = start(Command.class, output, List.of("-Xlog:class+init=info"), List.of());
        assertTrue(child.waitFor(120, TimeUnit.SECONDS));
        assertEquals(0, child.exitValue());
        String log = Files.readString(output);
        assertThat(log)
                .contains("org/lozenge/workbench/Workbench")
                .doesNotContain("tech/tablesaw")
                .doesNotContain("tech.tablesaw");
    }

    /** The bytes of an empty class {@code tech.tablesaw.io.poison.PoisonReader} that claims to be a Tablesaw reader. */
    private static byte[] poison() throws IOException {
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        java.io.DataOutputStream out = new java.io.DataOutputStream(bytes);
        out.writeInt(0xCAFEBABE);
        out.writeInt(52);
        String[] names = {"tech/tablesaw/io/poison/PoisonReader", "java/lang/Object", "tech/tablesaw/io/DataReader"};
        out.writeShort(2 * names.length + 1);
        for (int i = 0; i < names.length; i++) {
            out.writeByte(1);
            out.writeUTF(names[i]);
            out.writeByte(7);
            out.writeShort(2 * i + 1);
        }
        out.writeShort(0x0421); // public super abstract
        out.writeShort(2);
        out.writeShort(4);
        out.writeShort(1);
        out.writeShort(6);
        out.writeShort(0);
        out.writeShort(0);
        out.writeShort(0);
        return bytes.toByteArray();
    }

    private static void runAll(Class<?> main, Path folder) throws Exception {
        Deque<Process> children = new ArrayDeque<>();
        for (int i = 0; i < JVMS + AT_ONCE; i++) {
            if (i >= AT_ONCE && !children.isEmpty()) {
                Process child = children.remove();
                assertTrue(child.waitFor(120, TimeUnit.SECONDS), "deadlocked");
                assertEquals(0, child.exitValue(), Files.readString(folder.resolve("out" + (i - AT_ONCE))));
            }
            if (i < JVMS) {
                children.add(start(main, folder.resolve("out" + i), List.of(), List.of()));
            }
        }
    }

    private static Process start(Class<?> main, Path output, List<String> flags, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
        command.addAll(flags);
        command.addAll(Arrays.asList("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }
}
