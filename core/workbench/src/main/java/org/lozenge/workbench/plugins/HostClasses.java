package org.lozenge.workbench.plugins;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The classes that the host shares, as far as plugins ask for them: read as class files, so that asking loads nothing.
 * Used by one thread.
 */
final class HostClasses {

    /** A class that is there; if its file cannot be read, all its members are believed to be there. */
    private record Known(Optional<ClassFile> file, Map<String, Integer> members) {}

    private final ClassLoader host;
    private final Map<String, Optional<Known>> known = new HashMap<>();

    /** @param host the loader of the shared packages */
    HostClasses(ClassLoader host) {
        this.host = host;
    }

    /** Returns whether the host has a class that others may use. */
    boolean has(String internalName) {
        return find(internalName).isPresent();
    }

    /** Returns whether a class is an interface; empty if that cannot be told. */
    Optional<Boolean> isInterface(String internalName) {
        return find(internalName).flatMap(Known::file).map(ClassFile::isInterface);
    }

    /** Returns whether a class of the host has a member that others may use, inherited ones included. */
    boolean has(ClassFile.Reference reference) {
        String separator = reference.kind() == ClassFile.Kind.FIELD ? ":" : "";
        String member = reference.name() + separator + reference.descriptor();
        Deque<String> next = new ArrayDeque<>(List.of(reference.owner()));
        Set<String> seen = new HashSet<>();
        while (!next.isEmpty()) {
            String name = next.remove();
            Optional<Known> type = find(name);
            if (!seen.add(name) || type.isEmpty()) {
                continue;
            }
            if (type.get().file().isEmpty()) {
                return true;
            }
            Integer access = type.get().members().get(member);
            if (access != null && ClassFile.isVisible(access)) {
                return true;
            }
            next.addAll(type.get().file().get().parents());
        }
        return isOfObject(member);
    }

    /** Interfaces have the methods of {@code Object} without naming it. */
    private boolean isOfObject(String member) {
        return find("java/lang/Object")
                .map(object -> object.members().containsKey(member))
                .orElse(true);
    }

    private Optional<Known> find(String name) {
        return known.computeIfAbsent(name, this::read);
    }

    private Optional<Known> read(String name) {
        try (InputStream stream = host.getResourceAsStream(name + ".class")) {
            if (stream == null) {
                return exists(name) ? Optional.of(new Known(Optional.empty(), Map.of())) : Optional.empty();
            }
            ClassFile file = ClassFile.of(stream.readAllBytes());
            return Optional.of(new Known(Optional.of(file), file.members()));
        } catch (IOException e) {
            return Optional.of(new Known(Optional.empty(), Map.of()));
        }
    }

    /** A host may hide its class files. */
    private boolean exists(String name) {
        try {
            Class.forName(name.replace('/', '.'), false, host);
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
