package org.lozenge.workbench.plugins;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.lozenge.plugin.Analysis;

/**
 * Finds the analyses on the class path, as {@link java.util.ServiceLoader} would, from the lines of all
 * {@code META-INF/services/org.lozenge.plugin.Analysis}. It reads these files itself, because {@code ServiceLoader} gives
 * up a whole file for one line that is not a class name.
 *
 * <p>It asks the given class loader and never that of the thread, so that a workbench works wherever it is loaded itself.
 */
public final class ClassPathPlugins {

    private static final String SERVICES = "META-INF/services/" + Analysis.class.getName();

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
            for (URL file : Collections.list(loader.getResources(SERVICES))) {
                readLines(file).forEach(places::putIfAbsent);
            }
            places.forEach(this::register);
        } catch (IOException e) {
            registry.problem("class path", "bad-services", SERVICES + " cannot be looked for (" + e + ").");
        }
    }

    /** Returns the place of each class name, such as {@code plugin.jar, line 3}. */
    private Map<String, String> readLines(URL file) {
        Map<String, String> classes = new LinkedHashMap<>();
        try {
            int number = 0;
            for (String line : lines(file)) {
                number++;
                String name = line.replaceFirst("#.*", "").strip();
                if (!name.isEmpty()) {
                    classes.put(name, file + ", line " + number);
                }
            }
        } catch (IOException e) {
            registry.problem(file.toString(), "bad-services", "the file cannot be read (" + e + ").");
        }
        return classes;
    }

    private static List<String> lines(URL file) throws IOException {
        URLConnection connection = file.openConnection();
        connection.setUseCaches(false); // a cached jar stays open
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
            List<String> lines = new ArrayList<>();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
            return lines;
        }
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
            registry.problem(place, "bad-services", explain(className, e));
        }
    }

    private static String explain(String className, Throwable e) {
        if (e instanceof ClassNotFoundException) {
            return "'" + className + "': there is no such class. The line must be the full name of a class.";
        }
        if (e instanceof NoSuchMethodException || e instanceof IllegalAccessException) {
            return className + " needs to be public, with a public constructor without arguments.";
        }
        Throwable cause = e instanceof InvocationTargetException && e.getCause() != null ? e.getCause() : e;
        return className + " cannot be created (" + cause + ").";
    }
}
