package org.lozenge.workbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Scalar;
import org.lozenge.workbench.plugins.PluginFolders;
import org.lozenge.workbench.plugins.PluginJar;
import org.lozenge.workbench.table.Dataset;

/** Plugins in folders, as their authors and users expect them to work. */
class PluginFoldersTest {

    private static final Dataset DATA = Bench.csv("x\n1\n2\n");

    @TempDir
    private Path folder;

    private static List<String> ids(Workbench workbench) {
        return workbench.analyses().stream().map(AnalysisSpec::id).toList();
    }

    private static double number(Workbench workbench, String id, String item) {
        return workbench.run(id, DATA).get().get().item(item, Scalar.class).value();
    }

    /** A library of which plugins bring different versions, in a package that the host has too. */
    private static PluginJar library(PluginJar jar, int version) {
        return jar.source(
                "org.apache.commons.math3.util.FastMath",
                "package org.apache.commons.math3.util; public final class FastMath {"
                        + " public static double version() { return " + version + "; } }");
    }

    private static String version() {
        return "return AnalysisResult.of(Scalar.of(\"version\", \"Version\","
                + " org.apache.commons.math3.util.FastMath.version()));";
    }

    @Test
    void eachJarAndEachFolderWithJarsIsAPlugin() throws Exception {
        PluginJar.analysis("Zeal", PluginJar.sum()).write(folder.resolve("zeal.jar"));
        PluginJar.analysis("Acme", PluginJar.sum()).write(folder.resolve("acme/acme-1.0.JAR"));
        Files.writeString(folder.resolve("README.md"), "not a plugin");
        Files.writeString(folder.resolve(".hidden.jar"), "not a plugin either");
        Files.writeString(folder.resolve("acme/LICENSE"), "not a jar");
        try (Workbench workbench = Workbench.open(folder)) {
            assertThat(workbench.problems()).isEmpty();
            assertThat(ids(workbench)).contains("acme", "zeal");
            assertEquals(3, number(workbench, "zeal", "sum"));
            assertEquals(3, number(workbench, "acme", "sum"));
        }
    }

    @Test
    void aPluginIsCalledWhatItsManifestSaysElseLikeItsJar() {
        PluginJar.analysis("Zeal", PluginJar.sum()).write(folder.resolve("zeal-2.jar"));
        PluginJar.analysis("Acme", PluginJar.sum())
                .manifest("Implementation-Title", "Acme methods")
                .manifest("Implementation-Version", "1.4.2")
                .write(folder.resolve("acme.jar"));
        try (Workbench workbench = Workbench.openLazily(folder)) {
            Provenance zeal = workbench.run("zeal", DATA).get().provenance();
            Provenance acme = workbench.run("acme", DATA).get().provenance();
            assertEquals("zeal-2 ", zeal.plugin() + " " + zeal.version());
            assertEquals("Acme methods 1.4.2", acme.plugin() + " " + acme.version());
        }
    }

    @Test
    void everyPluginUsesTheLibraryThatItBrings() {
        library(PluginJar.analysis("One", version()), 1).write(folder.resolve("one.jar"));
        PluginJar two = library(PluginJar.analysis("Two", version()), 2);
        two.without("org.apache.commons.math3.util.FastMath").write(folder.resolve("two/two.jar"));
        library(new PluginJar(), 2).write(folder.resolve("two/library.jar"));
        try (Workbench workbench = Workbench.openLazily(folder)) {
            assertThat(workbench.problems()).isEmpty();
            assertEquals(1, number(workbench, "one", "version"));
            assertEquals(2, number(workbench, "two", "version"));
        }
    }

    @Test
    void aPluginSeesThePlatformAndTheContractButNotTheHost() {
        String body = """
                double seen = 0;
                for (String name : List.of("java.sql.Driver", "tech.tablesaw.api.Table", "org.lozenge.plugin.Role",
                        "it.unimi.dsi.fastutil.ints.IntArrayList", "org.roaringbitmap.RoaringBitmap",
                        "org.lozenge.workbench.Workbench", "org.apache.commons.math3.util.FastMath",
                        "com.google.common.collect.ImmutableList", "com.fasterxml.jackson.core.JsonFactory")) {
                    try {
                        Class.forName(name, false, Thread.currentThread().getContextClassLoader());
                        seen++;
                    } catch (ClassNotFoundException e) {
                        continue;
                    }
                }
                return AnalysisResult.of(Scalar.of("seen", "Seen", seen));
                """;
        PluginJar.analysis("Nosy", body).write(folder.resolve("nosy.jar"));
        try (Workbench workbench = Workbench.openLazily(folder)) {
            assertEquals(5, number(workbench, "nosy", "seen"));
        }
    }

    @Test
    void severalFoldersAddUpAndTheFirstOneWins() {
        PluginJar.analysis("Same", "return AnalysisResult.of(Scalar.of(\"n\", \"n\", 1));")
                .write(folder.resolve("first/same.jar"));
        PluginJar.analysis("Same", "return AnalysisResult.of(Scalar.of(\"n\", \"n\", 2));")
                .write(folder.resolve("second/same.jar"));
        PluginJar.analysis("Other", PluginJar.sum()).write(folder.resolve("second/other.jar"));
        try (Workbench workbench = Workbench.openLazily(folder.resolve("first"), folder.resolve("second"))) {
            assertThat(ids(workbench)).contains("other", "same");
            assertEquals(1, number(workbench, "same", "n"));
            assertThat(workbench.problems())
                    .extracting(problem -> problem.message().code())
                    .containsExactly("duplicate-analysis");
        }
    }

    @Test
    void afterCloseThereAreNoAnalyses() {
        PluginJar.analysis("Zeal", PluginJar.sum()).write(folder.resolve("zeal.jar"));
        Workbench workbench = Workbench.openLazily(folder);
        workbench.close();
        assertThat(workbench.analyses()).isEmpty();
        assertEquals("rejected", workbench.run("zeal", DATA).get().status());
        workbench.close();
    }

    private static String sha256(Path file) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        return HexFormat.of().formatHex(hash);
    }

    private List<String> allowing(String list) throws Exception {
        Path plugins = folder.resolve("plugins");
        Path file = Files.writeString(folder.resolve("allowed.txt"), list);
        try (Workbench workbench =
                Workbench.openLazily(PluginFolders.of(plugins).allowOnly(file))) {
            List<String> said = new ArrayList<>(workbench.problems().stream()
                    .map(problem -> problem.plugin() + ": " + problem.message().code() + ": "
                            + problem.message()
                                    .text()
                                    .replace(folder.toString(), "")
                                    .replace('\\', '/'))
                    .toList());
            ids(workbench).stream().filter(List.of("acme", "zeal")::contains).forEach(said::add);
            return said;
        }
    }

    @Test
    void aListOfAllowedJarsKeepsOthersOut() throws Exception {
        Path zeal = PluginJar.analysis("Zeal", PluginJar.sum()).write(folder.resolve("plugins/zeal.jar"));
        Path acme = PluginJar.analysis("Acme", PluginJar.sum()).write(folder.resolve("plugins/acme/acme-1.jar"));
        String pins = sha256(zeal) + "  zeal.jar\n" + sha256(acme).toUpperCase(Locale.ROOT) + " *acme/acme-1.jar\n";

        assertThat(allowing("# as sha256sum prints\n\n" + pins)).containsExactly("acme", "zeal");
        assertThat(allowing("./zeal.jar\nacme/acme-1.jar\n")).containsExactly("acme", "zeal");
        assertThat(allowing("zeal.jar"))
                .containsExactly(
                        "acme: not-allowed: /plugins/acme/acme-1.jar is refused: it is not on the list /allowed.txt. If"
                                + " you trust it, add the line '" + sha256(acme) + "  acme/acme-1.jar'.",
                        "zeal");
        assertThat(allowing(pins.replace(sha256(zeal), "0".repeat(64))))
                .containsExactly(
                        "zeal: not-allowed: /plugins/zeal.jar is refused: its SHA-256 is " + sha256(zeal)
                                + ", but /allowed.txt says " + "0".repeat(64)
                                + ". If you exchanged the jar yourself, mend that line; if not, somebody else did.",
                        "acme");
    }

    @Test
    void aListThatCannotBeReadAllowsNothing() throws Exception {
        PluginJar.analysis("Zeal", PluginJar.sum()).write(folder.resolve("plugins/zeal.jar"));
        for (String bad :
                List.of("abcdef0123456789abcdef zeal.jar", "zeal", "zeal.jar\n" + "0".repeat(64) + " zeal.jar")) {
            List<String> said = allowing(bad);
            assertThat(said).hasSize(1);
            assertThat(said.get(0)).startsWith("plugins: bad-allow-list: /allowed.txt, line ");
        }
        try (Workbench workbench = Workbench.openLazily(
                PluginFolders.of(folder.resolve("plugins")).allowOnly(folder.resolve("missing.txt")))) {
            assertThat(workbench.find("zeal")).isEmpty();
            assertThat(workbench.problems()).hasSize(1);
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void aWorkbenchInALoaderOfItsOwnLoadsPluginsUnderAHostileContextLoader() throws Exception {
        Path plugins = folder.resolve("plugins");
        PluginJar.analysis("Pooled", PluginJar.sum()).write(plugins.resolve("pooled.jar"));
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<URL> urls = new ArrayList<>();
        for (String entry : path.split(File.pathSeparator)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader(); // knows other copies of all the classes
        try (URLClassLoader loader =
                new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Class<?> type = loader.loadClass(Workbench.class.getName());
            Object opened = type.getMethod("open", Path[].class).invoke(null, (Object) new Path[] {plugins});
            Object door = loader.loadClass("org.lozenge.workbench.json.JsonDoor")
                    .getConstructor(type)
                    .newInstance(opened);
            String outcome = ((UnaryOperator<String>) door)
                    .apply("{\"analysis\": \"pooled\", \"data\": {\"columns\": {\"x\": [1, 2]}}}");
            assertThat(outcome).contains("\"status\": \"ok\"", "\"plugin\": \"pooled\"", "\"value\": 3");
            ((AutoCloseable) door).close();
            assertEquals(before, thread.getContextClassLoader());
        }
    }
}
