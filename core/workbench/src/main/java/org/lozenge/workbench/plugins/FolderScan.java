package org.lozenge.workbench.plugins;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Looks for plugins in a folder, in alphabetical order and one level deep; what cannot be read is a problem. */
final class FolderScan {

    private static final String JAR = ".jar";

    private final Path folder;
    private final Registry registry;
    private final Map<String, Candidate> found = new TreeMap<>();

    private FolderScan(Path folder, Registry registry) {
        this.folder = folder;
        this.registry = registry;
    }

    static List<Candidate> of(Path folder, Registry registry) {
        FolderScan scan = new FolderScan(folder, registry);
        try {
            list(folder).forEach(scan::look);
        } catch (NoSuchFileException e) {
            registry.problem(
                    folder.toString(),
                    "no-such-folder",
                    "there is no such folder to take plugins from. Check the name, or make it.");
        } catch (NotDirectoryException e) {
            registry.problem(
                    folder.toString(),
                    "no-such-folder",
                    "a file, not a folder to take plugins from. Name the folder that holds it.");
        } catch (IOException e) {
            registry.problem(folder.toString(), "unreadable", unreadable("the folder", e));
        }
        return List.copyOf(scan.found.values());
    }

    /** Returns what a folder holds, in alphabetical order on every file system. */
    private static List<Path> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) { // what Files.list says of files differs between systems
            throw Files.exists(folder)
                    ? new NotDirectoryException(folder.toString())
                    : new NoSuchFileException(folder.toString());
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !name(file).startsWith("."))
                    .sorted(Comparator.comparing(FolderScan::name))
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause() == null ? new IOException(e) : e.getCause();
        }
    }

    private void look(Path file) {
        if (Files.isDirectory(file)) {
            lookInto(file);
        } else if (isJar(file)) {
            add(new Candidate(nameOf(file), file, List.of(file)));
        } else if (!Files.exists(file)) { // a link to nowhere, or one that runs in a circle
            registry.warning(
                    name(file), "unreadable", "a symbolic link to nothing in " + folder + ". Mend or remove the link.");
        }
    }

    private void lookInto(Path place) {
        try {
            if (folder.toRealPath().startsWith(place.toRealPath())) {
                registry.warning(
                        name(place),
                        "unreadable",
                        "a symbolic link in " + folder + " that leads back to it; it is left alone. Remove the link.");
                return;
            }
            List<Path> jars = list(place).stream().filter(FolderScan::isJar).toList();
            if (jars.isEmpty()) {
                registry.warning(
                        name(place),
                        "no-analyses",
                        "the folder " + place + " holds no jar. Put the jars of the plugin right into it.");
            } else {
                add(new Candidate(name(place), place, jars));
            }
        } catch (IOException e) {
            registry.problem(name(place), "unreadable", unreadable("the folder " + place, e));
        }
    }

    private void add(Candidate candidate) {
        Candidate other = found.putIfAbsent(candidate.name(), candidate);
        if (other != null) {
            registry.problem(
                    candidate.name(),
                    "duplicate-plugin",
                    candidate.place() + " is refused: " + other.place()
                            + " is a plugin of the same name. Remove one of them.");
        }
    }

    private static boolean isJar(Path file) {
        return name(file).toLowerCase(Locale.ROOT).endsWith(JAR) && !Files.isDirectory(file);
    }

    private static String nameOf(Path jar) {
        String name = name(jar);
        return name.substring(0, name.length() - JAR.length());
    }

    static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    /** Says why a file or folder cannot be read. */
    static String unreadable(String what, IOException e) {
        return e instanceof AccessDeniedException
                ? what + " may not be read. Check its permissions."
                : what + " cannot be read (" + e.getMessage() + ").";
    }
}
