package org.lozenge.workbench.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins that use what a host shares, but marks as experimental or deprecated. */
class MarkedApiTest {

    /** A version of the API to come, with marks in every place, beside annotations of every kind. */
    private static final Map<String, String> FUTURE = Map.of(
            "org.lozenge.plugin.Radar",
            "package org.lozenge.plugin; @Experimental public interface Radar { int blips(); }",
            "org.lozenge.plugin.Marks",
            """
                    package org.lozenge.plugin;
                    import java.lang.annotation.*;
                    @Retention(RetentionPolicy.RUNTIME)
                    public @interface Marks {
                        int[] numbers(); Class<?> type(); ElementType place(); Deprecated inner(); String[] words(); long wide();
                    }
                    """,
            "org.lozenge.plugin.Base",
            "package org.lozenge.plugin; public class Base { @Deprecated(since = \"0.9\") public int old() { return 1; } }",
            "org.lozenge.plugin.Sonar",
            """
                    package org.lozenge.plugin;
                    import java.lang.annotation.ElementType;
                    public final class Sonar extends Base {
                        @Deprecated public static int depth = 3;
                        @Marks(numbers = {1, 2}, type = String.class, place = ElementType.FIELD, words = {"a", "b"},
                               inner = @Deprecated(since = "1", forRemoval = true), wide = 7L)
                        @Experimental public int ping() { return 1; }
                        @Marks(numbers = {}, type = int.class, place = ElementType.TYPE, words = {}, inner = @Deprecated, wide = 0)
                        public int stable() { return 2; }
                        @Experimental public Sonar(int depth) {}
                        public Sonar() {}
                    }
                    """);

    @TempDir
    private Path folder;

    /** What a plugin with this body of {@code run} makes a host of the future say: code and text by plugin. */
    private Map<String, String> problems(String body) throws Exception {
        Path future = folder.resolve("future");
        for (Map.Entry<String, byte[]> file : PluginJar.compile(FUTURE).entrySet()) {
            Path at = future.resolve(file.getKey());
            Files.createDirectories(at.getParent());
            Files.write(at, file.getValue());
        }
        PluginJar jar = PluginJar.analysis("User", body + PluginJar.sum());
        FUTURE.forEach((name, source) -> jar.source(name, source).without(name));
        jar.write(folder.resolve("plugins/user.jar"));
        Map<String, String> said = new LinkedHashMap<>();
        URL[] urls = {future.toUri().toURL()};
        try (URLClassLoader host = new URLClassLoader(urls, getClass().getClassLoader())) {
            PluginFolders folders = PluginFolders.of(folder.resolve("plugins"));
            Registry registry = new Registry(folders, (plugin, message) -> said.put(message.code(), message.text()));
            FolderPlugins.register(folders, host, registry, new JvmState());
            assertThat(registry.find("user")).isPresent();
            registry.close();
        }
        return said;
    }

    @Test
    void experimentalClassesMethodsAndConstructorsAreNamed() throws Exception {
        assertThat(problems("Radar radar = null; Object o = (Radar) (Object) radar; new Sonar(3).ping();"))
                .containsOnlyKeys("experimental-api")
                .extractingByKey("experimental-api")
                .isEqualTo(
                        "demo.User uses class org.lozenge.plugin.Radar; demo.User uses constructor"
                                + " org.lozenge.plugin.Sonar(int); demo.User uses method int org.lozenge.plugin.Sonar.ping(). That"
                                + " is experimental: a minor version of Lozenge may change it, and the plugin would be refused.");
    }

    @Test
    void deprecatedFieldsAndInheritedMethodsAreNamed() throws Exception {
        assertThat(problems("int sum = Sonar.depth + new Sonar().old();"))
                .containsOnlyKeys("deprecated-api")
                .extractingByKey("deprecated-api")
                .asString()
                .startsWith("demo.User uses field int org.lozenge.plugin.Sonar.depth; demo.User uses method int"
                        + " org.lozenge.plugin.Sonar.old(). That is deprecated");
    }

    @Test
    void whatIsNotMarkedIsNotNamed() throws Exception {
        assertThat(problems("new Sonar().stable();")).isEmpty();
    }
}
