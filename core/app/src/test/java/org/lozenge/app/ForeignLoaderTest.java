package org.lozenge.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lozenge.workbench.json.JsonDoor;

/** A host whose own libraries conflict: it loads the workbench in a loader of its own and meets none of its classes. */
class ForeignLoaderTest {

    private static URL[] classPath() throws Exception {
        List<URL> urls = new ArrayList<>();
        for (Path entry : Sources.classPath()) {
            urls.add(entry.toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }

    @Test
    @SuppressWarnings("unchecked")
    void runsBehindAForeignLoaderUnderAHostileContextLoader() throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader ours = thread.getContextClassLoader();
        // Ours has another copy of Tablesaw and of its readers: what makes Tablesaw's Table unusable, if it is asked.
        try (URLClassLoader loader = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            Class<?> door = loader.loadClass("org.lozenge.workbench.json.JsonDoor");
            assertThat(door).isNotSameAs(JsonDoor.class);
            Object opened = door.getConstructor().newInstance();

            String outcome = ((UnaryOperator<String>) opened)
                    .apply(
                            "{\"analysis\": \"pool\", \"data\": {\"csv\": \"study,effect,se\\nA,-0.4,0.2\\nB,-0.1,0.1\\n\"},"
                                    + " \"params\": {\"tau2\": \"dl\"}}");

            assertThat(outcome).contains("\"status\": \"ok\"", "\"id\": \"model\"");
            ((AutoCloseable) opened).close();
            assertThat(thread.getContextClassLoader()).isSameAs(ours);
        }
    }

    /** A host with classes of our libraries' names that are other ones, which knows types of the JDK alone. */
    private static final String CALLER = """
            package host;

            import java.lang.reflect.Method;
            import java.net.*;
            import java.util.function.BiFunction;
            import org.apache.commons.math3.util.FastMath;

            public final class Caller implements BiFunction<URL[], String, String> {
                @Override
                public String apply(URL[] jars, String request) {
                    Thread.currentThread().setContextClassLoader(Caller.class.getClassLoader());
                    try (URLClassLoader loader = new URLClassLoader(jars, ClassLoader.getPlatformClassLoader())) {
                        Class<?> door = loader.loadClass("org.lozenge.workbench.json.JsonDoor");
                        Object opened = door.getConstructor().newInstance();
                        Method runJson = door.getMethod("runJson", String.class);
                        String answer = (String) runJson.invoke(opened, request);
                        door.getMethod("close").invoke(opened);
                        return FastMath.whose() + answer;
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                }
            }
            """;

    private static final List<String> CONFLICTS = List.of(
            "org.apache.commons.math3.util.FastMath",
            "org.apache.commons.math3.linear.MatrixUtils",
            "org.apache.commons.numbers.gamma.RegularizedBeta",
            "com.google.common.collect.Lists",
            "com.google.common.base.Strings",
            "com.fasterxml.jackson.core.JsonFactory",
            "it.unimi.dsi.fastutil.ints.IntArrayList",
            "org.slf4j.LoggerFactory",
            "smile.clustering.KMeans",
            "tech.tablesaw.api.Table",
            "tech.tablesaw.io.csv.CsvReader",
            "org.lozenge.plugin.Analysis");

    @Test
    @SuppressWarnings("unchecked")
    void servesAHostWhoseLibrariesHaveTheSameNames(@TempDir Path folder) throws Exception {
        Path sources = Files.createDirectories(folder.resolve("src"));
        for (String name : CONFLICTS) {
            int dot = name.lastIndexOf('.');
            Path file = sources.resolve(name.replace('.', '/') + ".java");
            Files.createDirectories(file.getParent());
            Files.writeString(
                    file,
                    "package " + name.substring(0, dot) + "; public final class " + name.substring(dot + 1)
                            + " { public static String whose() { return \"the host's own\"; } }");
        }
        Files.writeString(Files.createDirectories(sources.resolve("host")).resolve("Caller.java"), CALLER);
        Path classes = folder.resolve("classes");
        Sources.compile(sources, classes);
        Files.createDirectories(classes.resolve("META-INF/services"));
        Files.writeString(classes.resolve("META-INF/services/org.lozenge.plugin.Analysis"), "host.Caller");
        String request =
                "{\"analysis\": \"ANALYSIS\", \"data\": {\"columns\": {\"study\": [\"A\", \"B\", \"C\"], \"effect\":"
                        + " [-0.4, -0.1, 0.2], \"se\": [0.2, 0.1, 0.3]}}}";
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        URL[] own = {classes.toUri().toURL()};
        try (URLClassLoader host = new URLClassLoader(own, ClassLoader.getPlatformClassLoader())) {
            Object caller = host.loadClass("host.Caller").getConstructor().newInstance();
            for (String analysis : List.of("pool", "gosh")) { // gosh needs Smile
                assertThat(((BiFunction<URL[], String, String>) caller)
                                .apply(classPath(), request.replace("ANALYSIS", analysis)))
                        .startsWith("the host's own{")
                        .contains("\"status\": \"ok\"");
            }
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
