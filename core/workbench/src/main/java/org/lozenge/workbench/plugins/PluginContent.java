package org.lozenge.workbench.plugins;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipFile;

/**
 * What the jars of a plugin hold. Read once, before anything of the plugin is loaded: all classes of the jars that list
 * analyses, and of the other jars, which are libraries, those that these classes need, directly or not.
 */
final class PluginContent {

    private static final String CLASS = ".class";

    /** Where a class is. */
    private record Entry(JarFile jar, JarEntry entry, String fileName) {}

    private final Map<String, String> listed = new LinkedHashMap<>();
    private final Map<String, ClassFile> classes = new LinkedHashMap<>();
    private final Map<String, Entry> index = new LinkedHashMap<>();
    private final Map<String, Integer> bundled = new TreeMap<>();
    private final Set<String> twice = new TreeSet<>();

    private PluginContent() {}

    /**
     * Reads the jars of a plugin.
     *
     * @throws BadPluginException if one of them is not a jar that can be read, or a class is not one
     */
    static PluginContent read(Candidate candidate) throws BadPluginException {
        PluginContent content = new PluginContent();
        List<JarFile> open = new ArrayList<>();
        try {
            Set<String> listing = new TreeSet<>();
            for (Path jar : candidate.jars()) {
                content.index(jar, open, listing);
            }
            content.readClasses(listing);
        } finally {
            open.forEach(PluginContent::close);
        }
        return content;
    }

    private static void close(JarFile jar) {
        try {
            jar.close();
        } catch (IOException e) {
            throw new IllegalStateException("A file that was only read can be closed", e);
        }
    }

    /** Returns what the services files list: name of a class to its place, such as {@code line 3 of …}. */
    Map<String, String> listed() {
        return Collections.unmodifiableMap(listed);
    }

    /** Returns the classes that were read, by internal name; none of shared packages, as nobody loads those. */
    Map<String, ClassFile> classes() {
        return Collections.unmodifiableMap(classes);
    }

    /** Returns the file name of the jar from which a class is taken. */
    String jarOf(String internalName) {
        Entry entry = index.get(internalName);
        return entry == null ? "" : entry.fileName();
    }

    /** Returns the number of classes of shared packages that a jar brings, by its file name. */
    Map<String, Integer> bundled() {
        return bundled;
    }

    /** Returns the classes that more than one jar has. */
    Set<String> twice() {
        return twice;
    }

    private void index(Path path, List<JarFile> open, Set<String> listing) throws BadPluginException {
        try {
            JarFile jar = new JarFile(path.toFile(), false, ZipFile.OPEN_READ, Runtime.version());
            open.add(jar);
            String fileName = FolderScan.name(path);
            if (readServices(jar, fileName)) {
                listing.add(fileName);
            }
            for (Iterator<JarEntry> entries = entries(jar); entries.hasNext(); ) {
                index(new Entry(jar, entries.next(), fileName));
            }
        } catch (IOException | IllegalArgumentException | SecurityException e) {
            throw new BadPluginException(
                    "bad-jar",
                    path + " is not a jar that can be read (" + e.getMessage()
                            + "). Get it again: it may have been cut off on its way.");
        }
    }

    /** Of a jar for several versions of Java, only the entries for this one count. */
    private static Iterator<JarEntry> entries(JarFile jar) {
        return jar.isMultiRelease()
                ? jar.versionedStream().iterator()
                : jar.entries().asIterator();
    }

    private void index(Entry entry) {
        String file = entry.entry().getName();
        if (!file.endsWith(CLASS) || file.startsWith("META-INF/") || file.endsWith("module-info.class")) {
            return;
        }
        String name = file.substring(0, file.length() - CLASS.length());
        if (SharedPackages.containPath(name)) {
            bundled.merge(entry.fileName(), 1, Integer::sum);
            return;
        }
        Entry first = index.putIfAbsent(name, entry);
        if (first != null && !first.fileName().equals(entry.fileName()) && !file.endsWith("package-info.class")) {
            twice.add(name);
        }
    }

    private boolean readServices(JarFile jar, String fileName) throws IOException {
        JarEntry services = jar.getJarEntry(ServicesFile.NAME);
        if (services == null) {
            return false;
        }
        try (InputStream stream = jar.getInputStream(services)) {
            ServicesFile.read(stream)
                    .forEach((name, line) ->
                            listed.putIfAbsent(name, "line " + line + " of " + ServicesFile.NAME + " in " + fileName));
        }
        return true;
    }

    /** @param listing the jars that list analyses; if none does, all classes are read, to find out why */
    private void readClasses(Set<String> listing) throws BadPluginException {
        Deque<String> next = new ArrayDeque<>();
        index.forEach((name, entry) -> {
            if (listing.isEmpty() || listing.contains(entry.fileName())) {
                next.add(name);
            }
        });
        while (!next.isEmpty()) {
            String name = next.remove();
            Entry entry = index.get(name);
            if (entry != null && !classes.containsKey(name)) {
                ClassFile file = readClass(entry);
                classes.put(name, file);
                file.otherClasses().stream().filter(index::containsKey).forEach(next::add);
            }
        }
    }

    private static ClassFile readClass(Entry entry) throws BadPluginException {
        try (InputStream stream = entry.jar().getInputStream(entry.entry())) {
            return ClassFile.of(stream.readAllBytes());
        } catch (IOException | IllegalArgumentException | SecurityException e) {
            throw new BadPluginException(
                    "bad-class",
                    entry.entry().getName() + " in " + entry.fileName() + " is not a class file that can be read ("
                            + e.getMessage() + "). Get the jar again.");
        }
    }
}
