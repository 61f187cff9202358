package org.lozenge.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
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
}
