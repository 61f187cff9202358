package org.lozenge.workbench.plugins;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.lozenge.plugin.Analysis;

/**
 * The file in which a plugin lists its analyses. It is read here and not by {@link java.util.ServiceLoader}, which gives
 * up a whole file for one line that is not a class name.
 */
final class ServicesFile {

    static final String NAME = "META-INF/services/" + Analysis.class.getName();

    private ServicesFile() {}

    /** Returns what each line names, without comments, and the 1-based number of the line; nothing twice. */
    static Map<String, Integer> read(InputStream file) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8));
        Map<String, Integer> classes = new LinkedHashMap<>();
        int number = 0;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            number++;
            String name = line.replaceFirst("#.*", "").replace("\uFEFF", "").strip();
            if (!name.isEmpty()) {
                classes.putIfAbsent(name, number);
            }
        }
        return classes;
    }
}
