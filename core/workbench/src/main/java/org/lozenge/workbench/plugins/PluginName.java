package org.lozenge.workbench.plugins;

import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;

/**
 * What a plugin is called: {@code Implementation-Title} and {@code Implementation-Version} of its manifest, else the
 * name of its jar or folder.
 */
record PluginName(String name, String version) {

    static PluginName of(Class<?> type) {
        Package owner = type.getPackage();
        String title = owner == null ? null : owner.getImplementationTitle();
        String version = owner == null ? null : owner.getImplementationVersion();
        return new PluginName(title == null ? place(type) : title, version == null ? "" : version);
    }

    /** Returns {@code pooling} for {@code …/pooling.jar} and for {@code …/pooling/target/classes}. */
    private static String place(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            return type.getPackageName();
        }
        Optional<Path> path = file(source);
        if (path.isEmpty() || path.get().getFileName() == null) {
            return type.getPackageName();
        }
        Path file = path.get();
        Optional<Path> project = Optional.ofNullable(file.getParent())
                .filter(parent -> parent.endsWith("target"))
                .flatMap(target -> Optional.ofNullable(target.getParent()));
        Path named = project.orElse(file);
        String name = String.valueOf(named.getFileName());
        return name.endsWith(".jar") ? name.substring(0, name.length() - 4) : name;
    }

    private static Optional<Path> file(CodeSource source) {
        try {
            return Optional.of(Path.of(source.getLocation().toURI()));
        } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
            return Optional.empty(); // not a file
        }
    }
}
