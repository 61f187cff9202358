package org.lozenge.workbench.plugins;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where plugins are looked for, besides the class path. In a folder, each {@code NAME.jar} is a plugin, and so is each
 * folder {@code NAME} with one or more jars in it. Other files, and names that begin with a dot, are left alone.
 *
 * <p>Immutable; every method that sets something returns a new value.
 */
public final class PluginFolders {

    private static final long USUAL_LOAD_MILLIS = 10_000;

    private final List<Path> folders;
    private final Optional<Path> allowed;
    private final long loadMillis;

    private PluginFolders(List<Path> folders, Optional<Path> allowed, long loadMillis) {
        this.folders = List.copyOf(folders);
        this.allowed = allowed;
        this.loadMillis = loadMillis;
    }

    /** Returns these folders, in this order; a plugin of an earlier one wins over one with the same analyses. */
    public static PluginFolders of(Path... folders) {
        return of(List.of(folders));
    }

    /**
     * Returns these folders, in this order; a plugin of an earlier one wins over one with the same analyses. A folder that
     * is named twice counts once.
     */
    public static PluginFolders of(List<Path> folders) {
        Map<Path, Path> different = new LinkedHashMap<>();
        folders.forEach(folder -> different.putIfAbsent(folder.toAbsolutePath().normalize(), folder));
        return new PluginFolders(List.copyOf(different.values()), Optional.empty(), USUAL_LOAD_MILLIS);
    }

    /**
     * Returns these folders with a list of the jars that may be loaded; all others are refused. Each line of the list holds
     * the SHA-256 of a jar and its name below its folder of plugins, as {@code sha256sum *.jar} prints them, or the name
     * alone, for a jar of any content. Empty lines, and those that begin with {@code #}, do not count. A list that cannot be
     * read allows nothing.
     */
    public PluginFolders allowOnly(Path list) {
        return new PluginFolders(folders, Optional.of(list), loadMillis);
    }

    /**
     * Returns these folders with another time that each analysis has to be created and to hand over its specification,
     * before it is given up; ten seconds unless set.
     *
     * @throws IllegalArgumentException if it is not above 0
     */
    public PluginFolders loadMillis(long millis) {
        if (millis <= 0) {
            throw new IllegalArgumentException("The time for loading must be above 0, but is " + millis + " ms");
        }
        return new PluginFolders(folders, allowed, millis);
    }

    /** Returns the folders. */
    public List<Path> folders() {
        return folders;
    }

    /** Returns the list of the jars that may be loaded; empty if all may. */
    public Optional<Path> allowed() {
        return allowed;
    }

    /** Returns the time that each analysis has to load, in milliseconds. */
    public long loadMillis() {
        return loadMillis;
    }
}
