package org.lozenge.workbench.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.RunContext;

class ClassPathPluginsTest {

    private static final String SERVICES = "META-INF/services/org.lozenge.plugin.Analysis";

    /** A plugin in order; its subclasses are in disorder. */
    public abstract static class Base implements Analysis {
        @Override
        public AnalysisSpec spec() {
            return AnalysisSpec.of(getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT), "x");
        }

        @Override
        public AnalysisResult run(Inputs in, RunContext context) {
            return AnalysisResult.of();
        }
    }

    public static final class Good extends Base {}

    public static final class Zeal extends Base {}

    public static final class Twin extends Base {
        @Override
        public AnalysisSpec spec() {
            return AnalysisSpec.of("good", "Another with the same id");
        }
    }

    public static final class NoSpec extends Base {
        @Override
        public AnalysisSpec spec() {
            throw new IllegalStateException("no spec today");
        }
    }

    public static final class NullSpec extends Base {
        @Override
        @SuppressWarnings("NullAway")
        public AnalysisSpec spec() {
            return null;
        }
    }

    public static final class BadInit extends Base {
        static final int ZERO = Integer.parseInt("zero");
    }

    public static final class BadConstructor extends Base {
        public BadConstructor() {
            throw new IllegalStateException("not today");
        }
    }

    public static final class NeedsMore extends Base {
        public NeedsMore(String more) {}
    }

    static final class Hidden extends Base {}

    public static final class Loader extends Base {
        static ClassLoader seen = ClassLoader.getSystemClassLoader();

        @Override
        public AnalysisSpec spec() {
            seen = Thread.currentThread().getContextClassLoader();
            return super.spec();
        }
    }

    private final List<String> problems = new ArrayList<>();
    private final Registry registry =
            new Registry((plugin, message) -> problems.add(message.code() + " | " + plugin + " | " + message.text()));

    private static String name(Class<?> type) {
        return type.getName();
    }

    /** Registers what a services file with these lines names; the classes come from this test's class path. */
    private void register(Path folder, String... lines) throws IOException {
        Path services = folder.resolve(SERVICES);
        Files.createDirectories(services.getParent());
        Files.write(services, List.of(lines));
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
            ClassPathPlugins.register(loader, registry);
        }
    }

    private List<String> ids() {
        return registry.all().stream().map(one -> one.spec().id()).toList();
    }

    @Test
    void findsAnalysesInAlphabeticalOrder(@TempDir Path folder) throws IOException {
        register(
                folder,
                "# comment",
                "",
                name(Zeal.class),
                "  " + name(Good.class) + "  # the good one",
                name(Zeal.class));
        assertEquals(List.of("good", "zeal"), ids());
        assertThat(problems).isEmpty();
    }

    @Test
    void aBadLineCostsOnlyItself(@TempDir Path folder) throws IOException {
        register(folder, "not a class!", name(Good.class), "no.such.Type", "java.lang.String", name(Zeal.class));
        String place = folder.resolve(SERVICES).toUri().toURL() + ", line ";
        assertEquals(List.of("good", "zeal"), ids());
        assertThat(problems)
                .containsExactly(
                        "bad-services | " + place
                                + "4 | java.lang.String does not implement org.lozenge.plugin.Analysis",
                        "bad-services | " + place
                                + "3 | 'no.such.Type': there is no such class. The line must be the full name of a class.",
                        "bad-services | " + place
                                + "1 | 'not a class!': there is no such class. The line must be the full name of a class.");
    }

    @Test
    void aBrokenPluginDoesNotCostTheOthers(@TempDir Path folder) throws IOException {
        register(
                folder,
                name(NoSpec.class),
                name(NullSpec.class),
                name(BadInit.class),
                name(BadConstructor.class),
                name(NeedsMore.class),
                name(Hidden.class),
                name(Good.class));
        assertEquals(List.of("good"), ids());
        assertThat(problems).hasSize(6);
        assertThat(String.join("\n", problems))
                .contains("BadConstructor cannot be created (java.lang.IllegalStateException: not today)")
                .contains("BadInit cannot be created: its static initialiser failed (java.lang.NumberFormatException")
                .contains("Hidden needs to be public, with a public constructor without arguments")
                .contains("NeedsMore needs to be public, with a public constructor without arguments")
                .contains(
                        "NoSpec is refused: its specification cannot be had (java.lang.IllegalStateException: no spec today)")
                .contains(
                        "NullSpec is refused: its specification cannot be had (java.lang.NullPointerException: spec)");
    }

    @Test
    void ofTwoAnalysesWithOneIdTheSecondIsRefused(@TempDir Path folder) throws IOException {
        register(folder, name(Twin.class), name(Good.class));
        assertSame(Good.class, registry.find("good").orElseThrow().analysis().getClass());
        assertThat(problems).hasSize(1);
        assertThat(problems.get(0))
                .startsWith("duplicate-analysis | ")
                .contains(name(Twin.class) + " is refused: the analysis 'good' was already registered by "
                        + name(Good.class));
    }

    @Test
    void theContextClassLoaderIsThePluginsOwnDuringItsCode(@TempDir Path folder) throws IOException {
        ClassLoader hostile = new ClassLoader(null) {};
        Thread.currentThread().setContextClassLoader(hostile);
        try {
            register(folder, name(Loader.class));
            assertSame(hostile, Thread.currentThread().getContextClassLoader());
        } finally {
            Thread.currentThread().setContextClassLoader(getClass().getClassLoader());
        }
        assertEquals(List.of("loader"), ids());
        assertSame(Loader.class.getClassLoader(), Loader.seen);
    }

    @Test
    void aPluginIsCalledWhatItsManifestSays(@TempDir Path folder) throws IOException {
        Path jar = jar(folder.resolve("pooling-1.2.jar"), "Pooling", "1.2");
        Path nameless = jar(folder.resolve("nameless.jar"), "", "");
        assertEquals(List.of("Pooling 1.2"), pluginsIn(jar));
        assertEquals(List.of("nameless "), pluginsIn(nameless));
    }

    private static Path jar(Path jar, String title, String version) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        if (!title.isEmpty()) {
            manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_TITLE, title);
            manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
        }
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.putNextEntry(new JarEntry(SERVICES));
            out.write(name(Good.class).getBytes(java.nio.charset.StandardCharsets.UTF_8));
            for (Class<?> type : List.of(Good.class, Base.class, ClassPathPluginsTest.class)) {
                String entry = type.getName().replace('.', '/') + ".class";
                out.putNextEntry(new JarEntry(entry));
                try (InputStream bytes = type.getClassLoader().getResourceAsStream(entry)) {
                    bytes.transferTo(out);
                }
            }
        }
        return jar;
    }

    /** Loads a jar in a loader that takes the plugin's classes from it, and the contract from this test's loader. */
    private static List<String> pluginsIn(Path jar) throws IOException {
        Registry registry = new Registry((plugin, message) -> {
            throw new AssertionError(message.text());
        });
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {jar.toUri().toURL()}, Analysis.class.getClassLoader()) {
                    @Override
                    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                        boolean own = name.startsWith(ClassPathPluginsTest.class.getName());
                        Class<?> loaded = findLoadedClass(name);
                        return own ? (loaded == null ? findClass(name) : loaded) : super.loadClass(name, resolve);
                    }
                }) {
            ClassPathPlugins.register(loader, registry);
            return registry.all().stream()
                    .map(one -> one.plugin() + " " + one.version())
                    .toList();
        }
    }
}
