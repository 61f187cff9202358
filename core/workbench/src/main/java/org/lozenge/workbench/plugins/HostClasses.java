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
    private record Known(Optional<ClassFile> file, Optional<ClassFlags> flags) {}

    private static final Optional<ClassFlags.Flags> UNKNOWN = Optional.of(new ClassFlags.Flags(0));

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

    /** Returns the flags of a class; empty if they cannot be told. */
    Optional<ClassFlags.Flags> flags(String internalName) {
        return find(internalName).flatMap(Known::flags).map(ClassFlags::own);
    }

    /**
     * Returns the flags of a member of a class of the host, inherited ones included: those without any if they cannot be
     * told, empty if there is no such member that others may use.
     */
    Optional<ClassFlags.Flags> flags(ClassFile.Reference reference) {
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
                return UNKNOWN;
            }
            Optional<ClassFlags.Flags> flags =
                    type.get().flags().flatMap(all -> all.member(member)).filter(ClassFlags.Flags::isVisible);
            if (flags.isPresent()) {
                return flags;
            }
            next.addAll(type.get().file().get().parents());
        }
        return ofObject(member);
    }

    /** Interfaces have the methods of {@code Object} without naming it. */
    private Optional<ClassFlags.Flags> ofObject(String member) {
        Optional<ClassFlags> object = find("java/lang/Object").flatMap(Known::flags);
        return object.isEmpty() ? UNKNOWN : object.get().member(member);
    }

    private Optional<Known> find(String name) {
        return known.computeIfAbsent(name, this::read);
    }

    private Optional<Known> read(String name) {
        try (InputStream stream = host.getResourceAsStream(name + ".class")) {
            if (stream == null) {
                return exists(name) ? Optional.of(new Known(Optional.empty(), Optional.empty())) : Optional.empty();
            }
            ClassFile file = ClassFile.of(stream.readAllBytes());
            return Optional.of(new Known(Optional.of(file), Optional.of(file.flags())));
        } catch (IOException e) {
            return Optional.of(new Known(Optional.empty(), Optional.empty()));
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
