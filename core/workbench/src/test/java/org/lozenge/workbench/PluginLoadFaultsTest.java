package org.lozenge.workbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lozenge.plugin.Scalar;
import org.lozenge.workbench.plugins.PluginFolders;
import org.lozenge.workbench.plugins.PluginJar;

/**
 * Broken plugins, all in one folder: each is one clear problem, and those that are in order work. The table in the guide
 * for hosts lists them.
 */
class PluginLoadFaultsTest {

    private static final String HEAD = "package demo; import java.util.*; import org.lozenge.plugin.*; public ";
    private static final String RUN =
            " public AnalysisResult run(Inputs in, RunContext c) { return AnalysisResult.of(); } ";

    /** What each plugin says: its name, the code of its problem, and words of it. */
    private static final Map<String, List<String>> EXPECTED = new LinkedHashMap<>();

    private static final Map<String, PluginJar> JARS = new LinkedHashMap<>();
    private static final Locale LOCALE = Locale.getDefault();
    private static final PrintStream OUT = System.out;

    @TempDir
    private static Path folder;

    private static Workbench workbench = Workbench.openLazily();

    private static PluginJar analysis(String name, String members) {
        return new PluginJar()
                .source("demo." + name, PluginJar.analysisSource(name, members, PluginJar.sum()))
                .lists("demo." + name);
    }

    private static PluginJar source(String name, String declaration) {
        return new PluginJar().source("demo." + name, HEAD + declaration).lists("demo." + name);
    }

    private static String spec(String body) {
        return "implements Analysis { public AnalysisSpec spec() { " + body + " }" + RUN + "}";
    }

    private static void fault(String plugin, PluginJar jar, String code, String... words) {
        JARS.put(plugin + ".jar", jar);
        expect(plugin, code, words);
    }

    private static void expect(String plugin, String code, String... words) {
        EXPECTED.put(
                plugin, Stream.concat(Stream.of(code), Arrays.stream(words)).toList());
    }

    @BeforeAll
    static void open() throws IOException {
        JARS.put("good.jar", PluginJar.analysis("Good", PluginJar.sum()));
        JARS.put("zz-good/good.jar", PluginJar.analysis("Last", PluginJar.sum()));
        codeThatThrows();
        classesThatCannotBeCreated();
        badServices();
        otherVersions();
        badPackaging();
        changesOfTheJvm();
        PluginJar.write(folder, JARS);
        separately();
        filesThatAreNoJars();
        workbench = Workbench.open(folder);
    }

    @AfterAll
    static void close() {
        workbench.close();
        JARS.clear();
        EXPECTED.clear();
    }

    private static void codeThatThrows() {
        String failed = "its static initialiser failed (java.lang.IllegalStateException: not today)";
        fault(
                "static-throws",
                analysis("StaticThrows", "static { if (true) throw new IllegalStateException(\"not today\"); }"),
                "bad-services",
                "demo.StaticThrows cannot be created: " + failed);
        String deep = "static int deep(int n) { return deep(n + 1) + 1; }";
        fault(
                "static-overflows",
                analysis("StaticOverflows", deep + " static final int N = deep(0);"),
                "bad-services",
                "StackOverflowError");
        fault(
                "static-memory",
                analysis("StaticMemory", "static final long[][] BIG = new long[Integer.MAX_VALUE][Integer.MAX_VALUE];"),
                "bad-services",
                "it asks for more memory than there is");
        fault(
                "constructor-throws",
                analysis(
                        "ConstructorThrows",
                        "public ConstructorThrows() throws Exception { throw new Exception(\"no\"); }"),
                "bad-services",
                "(java.lang.Exception: no)");
        fault(
                "constructor-dies",
                analysis(
                        "ConstructorDies",
                        "public ConstructorDies() throws Throwable { throw new Throwable(\"odd\"); }"),
                "bad-services",
                "(java.lang.Throwable: odd)");
        fault(
                "nasty-exception",
                analysis(
                        "NastyException",
                        "static class E extends RuntimeException { public String getMessage() { throw new E(); } }"
                                + " public NastyException() { throw new E(); }"),
                "bad-services",
                "(demo.NastyException$E)");
        fault(
                "spec-null",
                source("SpecNull", "final class SpecNull " + spec("return null;")),
                "spec-failed",
                "SpecNull");
        fault(
                "spec-throws",
                source("SpecThrows", "final class SpecThrows " + spec("throw new Error(\"none\");")),
                "spec-failed",
                "its specification cannot be had (java.lang.Error: none)");
        fault(
                "spec-overflows",
                source("SpecOverflows", "final class SpecOverflows " + spec("return spec();")),
                "spec-failed",
                "StackOverflowError");
        fault(
                "spec-bad-id",
                source("SpecBadId", "final class SpecBadId " + spec("return AnalysisSpec.of(\"No Id!\", \"x\");")),
                "spec-failed",
                "No Id!");
    }

    private static void classesThatCannotBeCreated() {
        fault(
                "needs-argument",
                analysis("NeedsArgument", "public NeedsArgument(String more) {}"),
                "bad-services",
                "a public constructor without arguments");
        fault(
                "private-constructor",
                analysis("PrivateConstructor", "private PrivateConstructor() {}"),
                "bad-services",
                "a public constructor without arguments");
        fault(
                "not-public",
                new PluginJar()
                        .source(
                                "demo.NotPublic",
                                PluginJar.analysisSource("NotPublic", "", PluginJar.sum())
                                        .replace("public final class", "final class"))
                        .lists("demo.NotPublic"),
                "bad-services",
                "needs to be public");
        fault(
                "is-abstract",
                source("IsAbstract", "abstract class IsAbstract implements Analysis {}"),
                "bad-services",
                "demo.IsAbstract is abstract");
        fault(
                "is-interface",
                source("IsInterface", "interface IsInterface extends Analysis {}"),
                "bad-services",
                "demo.IsInterface needs to be public, with a public constructor");
        fault(
                "no-analysis",
                source("NoAnalysis", "final class NoAnalysis {}"),
                "bad-services",
                "demo.NoAnalysis does not implement org.lozenge.plugin.Analysis");
    }

    private static void badServices() {
        fault(
                "bad-line",
                PluginJar.analysis("BadLine", PluginJar.sum()).lists("not a class!"),
                "bad-services",
                "'not a class!' in line 2 of META-INF/services/org.lozenge.plugin.Analysis in bad-line.jar");
        fault(
                "no-such-class",
                PluginJar.analysis("NoSuchClass", PluginJar.sum()).lists("demo.Missing  # a comment"),
                "bad-services",
                "'demo.Missing': there is no such class",
                "line 2");
        fault(
                "garbled-services",
                PluginJar.analysis("Garbled", PluginJar.sum()).lists("\u0000\uFFFD"),
                "bad-services",
                "is not the name of a class");
        fault(
                "unlisted",
                new PluginJar().source("demo.Unlisted", PluginJar.analysisSource("Unlisted", "", PluginJar.sum())),
                "not-listed",
                "Add the line 'demo.Unlisted' to META-INF/services/org.lozenge.plugin.Analysis");
        fault(
                "library-alone",
                new PluginJar().source("lib.Library", "package lib; public class Library {}"),
                "no-analyses",
                "library-alone.jar brings no analysis");
        fault(
                "twin",
                new PluginJar()
                        .source(
                                "demo.Twin",
                                HEAD + "final class Twin " + spec("return AnalysisSpec.of(\"good\", \"Twin\");"))
                        .lists("demo.Twin"),
                "duplicate-analysis",
                "the analysis 'good' was already registered by demo.Good of good");
    }

    private static void otherVersions() {
        fault(
                "newer-java",
                PluginJar.analysis("NewerJava", PluginJar.sum()).edit("demo.NewerJava", bytes -> {
                    byte[] newer = bytes.clone();
                    newer[7] = (byte) (44 + 99);
                    return newer;
                }),
                "java-version",
                "demo.NewerJava in newer-java.jar needs Java 99, but this is Java "
                        + Runtime.version().feature());
        fault(
                "missing-dependency",
                analysis("MissingDependency", "static final Object LIBRARY = new lib.Missing();")
                        .source("lib.Missing", "package lib; public class Missing {}")
                        .without("lib.Missing"),
                "bad-services",
                "the class lib.Missing is missing",
                "put its jar beside the plugin's");
        fault(
                "missing-parent",
                new PluginJar()
                        .source("lib.Parent", "package lib; public class Parent {}")
                        .source(
                                "demo.MissingParent",
                                HEAD + "final class MissingParent extends lib.Parent "
                                        + spec("return AnalysisSpec.of(\"missing-parent\", \"x\");"))
                        .lists("demo.MissingParent")
                        .without("lib.Parent"),
                "bad-services",
                "the class lib.Parent is missing");
    }

    /** Sources that hide classes of the contract behind others, as if it were another version of it. */
    private static void separately() {
        Map<String, PluginJar> others = new LinkedHashMap<>();
        others.put(
                "newer-method",
                PluginJar.analysis("NewerMethod", "Scale.parse(\"x\"); return null;")
                        .source(
                                "org.lozenge.plugin.Scale",
                                "package org.lozenge.plugin; public enum Scale { LINEAR, LOG;"
                                        + " public static Scale parse(String text) { return LOG; } }")
                        .without("org.lozenge.plugin.Scale"));
        others.put(
                "newer-constant",
                PluginJar.analysis("NewerConstant", "Object s = Scale.CUBE; return null;")
                        .source(
                                "org.lozenge.plugin.Scale",
                                "package org.lozenge.plugin; public enum Scale { LINEAR, LOG, CUBE }")
                        .without("org.lozenge.plugin.Scale"));
        others.put(
                "newer-class",
                PluginJar.analysis("NewerClass", "new Radar(); return null;")
                        .source("org.lozenge.plugin.Radar", "package org.lozenge.plugin; public class Radar {}")
                        .without("org.lozenge.plugin.Radar"));
        others.put(
                "older-contract",
                new PluginJar()
                        .source(
                                "org.lozenge.plugin.Analysis",
                                "package org.lozenge.plugin; public interface Analysis { AnalysisSpec spec(); }")
                        .source(
                                "demo.OlderContract",
                                HEAD + "final class OlderContract implements Analysis { public AnalysisSpec spec()"
                                        + " { return null; } }")
                        .lists("demo.OlderContract")
                        .without("org.lozenge.plugin.Analysis"));
        others.put(
                "wrong-result",
                new PluginJar()
                        .source(
                                "org.lozenge.plugin.Analysis",
                                "package org.lozenge.plugin; public interface Analysis { AnalysisSpec spec();"
                                        + " String run(Inputs in, RunContext context); }")
                        .source(
                                "demo.WrongResult",
                                HEAD + "final class WrongResult implements Analysis { public AnalysisSpec spec()"
                                        + " { return null; } public String run(Inputs in, RunContext c) { return \"\"; } }")
                        .lists("demo.WrongResult")
                        .without("org.lozenge.plugin.Analysis"));
        others.put(
                "bundles-api",
                PluginJar.analysis("BundlesApi", PluginJar.sum())
                        .source("org.lozenge.plugin.Radar", "package org.lozenge.plugin; public class Radar {}"));
        others.put(
                "poison",
                PluginJar.analysis(
                                "Poison",
                                "return AnalysisResult.of(Scalar.of(\"rows\", \"Rows\","
                                        + " tech.tablesaw.api.Table.create(\"t\").rowCount()));")
                        .source(
                                "tech.tablesaw.io.poison.PoisonReader",
                                "package tech.tablesaw.io.poison; public abstract class PoisonReader"
                                        + " implements tech.tablesaw.io.DataReader {}"));
        others.forEach((name, jar) -> jar.write(folder.resolve(name + ".jar")));

        expect(
                "newer-method",
                "api-mismatch",
                "demo.NewerMethod needs method org.lozenge.plugin.Scale org.lozenge.plugin.Scale.parse(String)");
        expect("newer-constant", "api-mismatch", "needs field org.lozenge.plugin.Scale org.lozenge.plugin.Scale.CUBE");
        expect("newer-class", "api-mismatch", "demo.NewerClass needs class org.lozenge.plugin.Radar");
        expect("older-contract", "api-mismatch", "it lacks org.lozenge.plugin.Analysis.run");
        expect("wrong-result", "api-mismatch", "it lacks org.lozenge.plugin.Analysis.run");
        expect("bundles-api", "bundled-api", "bundles-api.jar brings 1 class of the shared API");
        expect("poison", "bundled-api", "poison.jar brings 1 class of the shared API");
    }

    private static void badPackaging() {
        fault(
                "garbled-class",
                PluginJar.analysis("GarbledClass", PluginJar.sum())
                        .file("demo/Other.class", "not a class".getBytes(StandardCharsets.UTF_8)),
                "bad-class",
                "demo/Other.class in garbled-class.jar is not a class file");
        fault(
                "cut-class",
                PluginJar.analysis("CutClass", PluginJar.sum())
                        .edit("demo.CutClass", bytes -> Arrays.copyOf(bytes, 100)),
                "bad-class",
                "cut off or garbled");
        fault(
                "unverifiable",
                PluginJar.analysis("Unverifiable", PluginJar.sum())
                        .edit("demo.Unverifiable", bytes -> Arrays.copyOf(bytes, bytes.length - 30)),
                "bad-services",
                "demo.Unverifiable cannot be created");
        fault(
                "deprecated",
                PluginJar.analysis(
                        "UsesDeprecated",
                        "tech.tablesaw.api.Table t = in.table(); t.joinOn(\"x\").inner(t.emptyCopy(), \"x\"); "
                                + PluginJar.sum()),
                "deprecated-api",
                "demo.UsesDeprecated uses method tech.tablesaw.api.Table"
                        + " tech.tablesaw.joining.DataFrameJoiner.inner(tech.tablesaw.api.Table, String)");
        JARS.put("conflict/conflict.jar", PluginJar.analysis("Conflict", PluginJar.sum()));
        JARS.put("conflict/lib-1.jar", new PluginJar().file("lib/Twice.class", new byte[0]));
        JARS.put("conflict/lib-2.jar", new PluginJar().file("lib/Twice.class", new byte[0]));
        expect("conflict", "duplicate-classes", "lib.Twice, which is taken from lib-1.jar");
    }

    private static void changesOfTheJvm() {
        fault(
                "locale",
                analysis("ChangesLocale", "public ChangesLocale() { Locale.setDefault(Locale.KOREA); }"),
                "jvm-state",
                "default locale");
        fault(
                "zone",
                analysis("ChangesZone", "static { TimeZone.setDefault(TimeZone.getTimeZone(\"Asia/Tokyo\")); }"),
                "jvm-state",
                "default time zone");
        fault(
                "out",
                analysis(
                        "ChangesOut",
                        "static { System.setOut(new java.io.PrintStream(java.io.OutputStream.nullOutputStream())); }"),
                "jvm-state",
                "standard output");
        fault(
                "property",
                analysis(
                        "ChangesProperty",
                        "static { System.setProperty(\"lozenge.test.planted\", \"1\");"
                                + " System.clearProperty(\"java.io.tmpdir\"); }"),
                "jvm-state",
                "system properties (java.io.tmpdir, lozenge.test.planted)");
        fault(
                "handler",
                analysis("ChangesHandler", "static { Thread.setDefaultUncaughtExceptionHandler((thread, e) -> {}); }"),
                "jvm-state",
                "handler of uncaught exceptions");
        fault(
                "thread",
                analysis(
                        "StartsThread",
                        "static { Thread t = new Thread(() -> { try { Thread.sleep(60000); }"
                                + " catch (InterruptedException e) {} }, \"demo-poll\"); t.setDaemon(true); t.start(); }"),
                "threads-left",
                "a thread that goes on (demo-poll)");
    }

    private static void filesThatAreNoJars() throws IOException {
        Files.writeString(folder.resolve("text.jar"), "not a jar");
        expect("text", "bad-jar", "text.jar is not a jar that can be read");
        Files.createFile(folder.resolve("empty.jar"));
        expect("empty", "bad-jar", "empty.jar is not a jar that can be read");
        byte[] whole = Files.readAllBytes(folder.resolve("good.jar"));
        Files.write(folder.resolve("cut.jar"), Arrays.copyOf(whole, whole.length / 2));
        expect("cut", "bad-jar", "it may have been cut off on its way");
        byte[] damaged = whole.clone();
        Arrays.fill(damaged, 30, whole.length / 2, (byte) 7);
        Files.write(folder.resolve("damaged.jar"), damaged);
        expect("damaged", "bad-", "damaged.jar");
        Files.createDirectories(folder.resolve("empty-folder"));
        expect("empty-folder", "no-analyses", "holds no jar");
        Files.createDirectories(folder.resolve("good"));
        Files.write(folder.resolve("good/good.jar"), whole);
        expect("good", "duplicate-plugin", "is a plugin of the same name");
        Files.createSymbolicLink(folder.resolve("loop"), folder);
        expect("loop", "unreadable", "leads back to it");
        Files.createSymbolicLink(folder.resolve("itself"), folder.resolve("itself"));
        expect("itself", "unreadable", "a symbolic link to nothing");
        Files.createSymbolicLink(folder.resolve("nowhere.jar"), folder.resolve("no-such-file.jar"));
        expect("nowhere", "bad-jar", "nowhere.jar");
    }

    static Stream<Arguments> faults() {
        return EXPECTED.entrySet().stream().map(fault -> Arguments.of(fault.getKey(), fault.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void isOneClearProblem(String plugin, List<String> expected) {
        List<Problem> problems = workbench.problems().stream()
                .filter(problem -> problem.plugin().equals(plugin))
                .toList();
        assertThat(problems).as(plugin).hasSize(1);
        assertThat(problems.get(0).message().code()).startsWith(expected.get(0));
        assertThat(problems.get(0).message().text())
                .contains(expected.subList(1, expected.size()))
                .doesNotContain("\n")
                .endsWith(".");
    }

    @Test
    void nothingElseIsAProblem() {
        assertThat(workbench.problems())
                .extracting(Problem::plugin)
                .containsExactlyInAnyOrderElementsOf(EXPECTED.keySet());
        assertThat(EXPECTED).hasSizeGreaterThanOrEqualTo(40);
    }

    @Test
    void thePluginsInOrderWork() {
        for (String id : List.of("good", "last", "badline", "nosuchclass", "conflict", "bundlesapi", "changeslocale")) {
            Outcome outcome = workbench.run(id, Bench.csv("x\n1\n2\n")).get();
            assertEquals(3, outcome.get().item("sum", Scalar.class).value(), id);
        }
        Outcome poison = workbench.run("poison", Bench.csv("x\n1\n")).get();
        assertEquals(0, poison.get().item("rows", Scalar.class).value());
    }

    @Test
    void whatTheyChangedIsPutBack() {
        assertEquals(LOCALE, Locale.getDefault());
        assertSame(OUT, System.out);
        assertThat(System.getProperty("lozenge.test.planted")).isNull();
        assertThat(System.getProperty("java.io.tmpdir")).isNotNull();
        assertThat(Thread.getDefaultUncaughtExceptionHandler()).isNull();
    }

    @Test
    void codeThatDoesNotEndIsGivenUp(@TempDir Path other) {
        String wait = "static void pause() { long end = System.nanoTime() + 20_000_000_000L;"
                + " while (System.nanoTime() < end) try { Thread.sleep(5); } catch (InterruptedException e) {} } ";
        PluginJar jar = new PluginJar()
                .source("demo.Hangs", PluginJar.analysisSource("Hangs", wait + "static { pause(); }", PluginJar.sum()))
                .source(
                        "demo.Waits",
                        HEAD + "final class Waits "
                                + spec("try { Thread.sleep(60000); } catch (InterruptedException e) {"
                                        + " throw new IllegalStateException(e); } return null;"))
                .source("demo.Fine", PluginJar.analysisSource("Fine", "", PluginJar.sum()))
                .lists("demo.Hangs", "demo.Waits", "demo.Fine");
        jar.write(other.resolve("slow.jar"));
        try (Workbench opened = Workbench.openLazily(PluginFolders.of(other).loadMillis(1500))) {
            assertThat(opened.problems())
                    .extracting(problem -> problem.message().text())
                    .containsExactly(
                            "demo.Hangs is refused: it did not load within 1500 ms. That is a fault of the plugin: tell its"
                                    + " author.",
                            "demo.Waits is refused: it did not load within 1500 ms. That is a fault of the plugin: tell its"
                                    + " author.");
            assertThat(opened.find("fine")).isPresent();
        }
    }

    @Test
    void aFolderThatCannotBeReadIsAProblem(@TempDir Path other) throws IOException {
        Path file = Files.writeString(other.resolve("file"), "no folder");
        try (Workbench opened = Workbench.openLazily(other.resolve("missing"), file)) {
            assertThat(opened.problems())
                    .extracting(problem ->
                            problem.message().code() + " " + problem.message().text())
                    .containsExactly(
                            "no-such-folder there is no such folder to take plugins from. Check the name, or make it.",
                            "no-such-folder a file, not a folder to take plugins from. Name the folder that holds it.");
        }
    }

    @Test
    void aFolderThatIsNamedTwiceCountsOnce(@TempDir Path other) {
        PluginJar.analysis("Once", PluginJar.sum()).write(other.resolve("once.jar"));
        try (Workbench opened = Workbench.openLazily(other, other.resolve("../" + other.getFileName()))) {
            assertThat(opened.problems()).isEmpty();
            assertThat(opened.find("once")).isPresent();
        }
    }
}
