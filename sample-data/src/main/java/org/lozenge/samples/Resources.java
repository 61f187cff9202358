package org.lozenge.samples;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * The files beside these classes.
 *
 * <p>The command line reads them at every start that names a sample: plain loops, because the first
 * stream or lambda of a process costs more than the files.
 */
final class Resources {

    private Resources() {}

    static InputStream open(String file) {
        InputStream in = Resources.class.getResourceAsStream(file);
        if (in == null) {
            throw new IllegalStateException("The jar of the sample data lacks the file " + file);
        }
        return in;
    }

    /** The names in the order in which a reader should meet them. */
    static List<String> index() {
        try (InputStream in = open("index.txt")) {
            return List.of(new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the index of the sample data", e);
        }
    }

    static Sample sample(String name) {
        Properties properties = properties(name + ".properties");
        return new Sample(
                name,
                text(name, properties, "title"),
                text(name, properties, "description"),
                Integer.parseInt(text(name, properties, "rows")),
                columns(name, properties),
                sources(name, properties),
                text(name, properties, "licence"),
                roles(text(name, properties, "roles")),
                text(name, properties, "command"));
    }

    private static Properties properties(String file) {
        Properties properties = new Properties();
        try (InputStreamReader in = new InputStreamReader(open(file), StandardCharsets.UTF_8)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
        return properties;
    }

    private static List<Sample.Column> columns(String name, Properties properties) {
        List<Sample.Column> columns = new ArrayList<>();
        for (String column : text(name, properties, "columns").split(" ")) {
            columns.add(new Sample.Column(
                    column,
                    text(name, properties, "column." + column + ".meaning"),
                    properties.getProperty("column." + column + ".unit", "")));
        }
        return columns;
    }

    private static List<String> sources(String name, Properties properties) {
        List<String> sources = new ArrayList<>();
        sources.add(text(name, properties, "source.1"));
        for (int i = 2; properties.containsKey("source." + i); i++) {
            sources.add(text(name, properties, "source." + i));
        }
        return sources;
    }

    /** Reads {@code role:column role:column,column}. */
    private static Map<String, List<String>> roles(String text) {
        Map<String, List<String>> roles = new LinkedHashMap<>();
        for (String pair : text.split(" ")) {
            int colon = pair.indexOf(':');
            roles.put(
                    pair.substring(0, colon), List.of(pair.substring(colon + 1).split(",")));
        }
        return roles;
    }

    private static String text(String name, Properties properties, String key) {
        String value = properties.getProperty(key);
        if (value == null) {
            throw new IllegalStateException("Sample data set '" + name + "' lacks the property '" + key + "'");
        }
        return value;
    }
}
