package org.lozenge.workbench.plugins;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipFile;

/**
 * What the jars of a plugin hold.
 *
 * @param listed the lines of the services files: name of a class to its place, such as {@code line 3 of pooling.jar}
 */
record PluginContent(Map<String, String> listed) {

    /**
     * Reads the jars of a plugin.
     *
     * @throws BadPluginException if one of them is not a jar that can be read
     */
    static PluginContent read(Candidate candidate) throws BadPluginException {
        Map<String, String> listed = new LinkedHashMap<>();
        for (Path jar : candidate.jars()) {
            read(jar, listed);
        }
        return new PluginContent(listed);
    }

    private static void read(Path path, Map<String, String> listed) throws BadPluginException {
        try (JarFile jar = new JarFile(path.toFile(), false, ZipFile.OPEN_READ, Runtime.version())) {
            JarEntry services = jar.getJarEntry(ServicesFile.NAME);
            if (services != null) {
                try (InputStream stream = jar.getInputStream(services)) {
                    ServicesFile.read(stream)
                            .forEach((name, line) -> listed.putIfAbsent(
                                    name, "line " + line + " of " + ServicesFile.NAME + " in " + path.getFileName()));
                }
            }
        } catch (NoSuchFileException e) {
            throw new BadPluginException("bad-jar", path + " is a symbolic link to nothing. Mend or remove the link.");
        } catch (IOException | IllegalArgumentException | SecurityException e) {
            throw new BadPluginException(
                    "bad-jar",
                    path + " is not a jar that can be read (" + e.getMessage()
                            + "). Get it again: it may have been cut off on its way.");
        }
    }
}
