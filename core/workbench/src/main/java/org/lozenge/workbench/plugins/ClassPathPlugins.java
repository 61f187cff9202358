package org.lozenge.workbench.plugins;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.lozenge.plugin.Analysis;

/**
 * Finds the analyses on the class path, as {@link java.util.ServiceLoader} would, from the lines of all
 * {@code META-INF/services/org.lozenge.plugin.Analysis}.
 *
 * <p>It asks the given class loader and never that of the thread, so that a workbench works wherever it is loaded itself.
 */
public final class ClassPathPlugins {

    private final ClassLoader loader;
    private final Registry registry;

    private ClassPathPlugins(ClassLoader loader, Registry registry) {
        this.loader = loader;
        this.registry = registry;
    }

    /** Registers every analysis that the class loader finds; in alphabetical order of their classes. */
    public static void register(ClassLoader loader, Registry registry) {
        new ClassPathPlugins(loader, registry).registerAll();
    }

    private void registerAll() {
        try {
            Map<String, String> places = new TreeMap<>();
            for (URL file : Collections.list(loader.getResources(ServicesFile.NAME))) {
                readLines(file).forEach(places::putIfAbsent);
            }
            places.forEach(this::register);
        } catch (IOException e) {
            registry.problem("class path", "bad-services", ServicesFile.NAME + " cannot be looked for (" + e + ").");
        }
    }

    /** Returns the place of each class name, such as {@code plugin.jar, line 3}. */
    private Map<String, String> readLines(URL file) {
        Map<String, String> classes = new LinkedHashMap<>();
        try {
            URLConnection connection = file.openConnection();
            connection.setUseCaches(false); // a cached jar stays open
            try (InputStream stream = connection.getInputStream()) {
                ServicesFile.read(stream).forEach((name, line) -> classes.put(name, file + ", line " + line));
            }
        } catch (IOException e) {
            registry.problem(file.toString(), "bad-services", "the file cannot be read (" + e + ").");
        }
        return classes;
    }

    private void register(String className, String place) {
        try {
            Class<?> type = Class.forName(className, false, loader);
            if (!Analysis.class.isAssignableFrom(type)) {
                registry.problem(place, "bad-services", className + " does not implement " + Analysis.class.getName());
                return;
            }
            Analysis analysis = ContextLoader.call(type.getClassLoader(), () ->
                    (Analysis) type.getConstructor().newInstance());
            PluginName plugin = PluginName.of(type);
            registry.add(analysis, plugin.name(), plugin.version());
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (Throwable e) { // a plugin may throw anything, and must not cost the others
            registry.problem(place, "bad-services", Reasons.notCreated(className, e));
        }
    }
}
