package org.lozenge.workbench.plugins;

import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.Message;

/**
 * Checks a plugin before any of its classes is loaded: whether this Java can run it, whether everything that it wants from
 * the host's shared packages is there, and whether it is packed as its author meant.
 *
 * <p>It cannot see what a plugin looks for by reflection.
 */
final class LinkCheck {

    private static final String ANALYSIS = Analysis.class.getName().replace('.', '/');
    private static final String CONSTRUCTOR = "<init>()V";
    private static final int SHOWN = 3;

    private final PluginContent content;
    private final HostClasses host;

    LinkCheck(PluginContent content, HostClasses host) {
        this.content = content;
        this.host = host;
    }

    /**
     * Checks what would keep the plugin from working.
     *
     * @throws BadPluginException that says why it is refused
     */
    void check() throws BadPluginException {
        checkJava();
        Set<String> missing = new LinkedHashSet<>();
        for (ClassFile file : content.classes().values()) {
            missing(file, missing);
        }
        if (!missing.isEmpty()) {
            throw new BadPluginException(
                    "api-mismatch",
                    "built for another version of the shared API than " + Analysis.apiVersion() + ": " + first(missing)
                            + ". Get the plugin for this version, or a newer Lozenge.");
        }
    }

    private static String first(Set<String> texts) {
        String more = texts.size() > SHOWN ? "; and " + (texts.size() - SHOWN) + " more" : "";
        return texts.stream().limit(SHOWN).collect(Collectors.joining("; ")) + more;
    }

    private void checkJava() throws BadPluginException {
        int here = Runtime.version().feature();
        for (ClassFile file : content.classes().values()) {
            if (file.javaVersion() > here) {
                throw new BadPluginException(
                        "java-version",
                        dots(file.name()) + " in " + content.jarOf(file.name()) + " needs Java " + file.javaVersion()
                                + ", but this is Java " + here + ". Use a newer Java, or get the plugin for this one.");
            }
        }
    }

    private void missing(ClassFile file, Set<String> missing) {
        String user = dots(file.name());
        Set<String> lost = new HashSet<>();
        for (String name : file.sharedClasses()) {
            if (!host.has(name) && lost.add(name)) {
                missing.add(user + " needs class " + dots(name));
            }
        }
        for (ClassFile.Reference reference : file.sharedMembers()) {
            if (reference.owner().startsWith("[") || lost.contains(reference.owner())) {
                continue; // an array has the methods of Object
            }
            if (host.flags(reference).isEmpty()) {
                missing.add(user + " needs " + Signatures.text(reference));
            } else if (isOfOtherKind(reference)) {
                missing.add(user + " needs " + dots(reference.owner())
                        + (reference.kind() == ClassFile.Kind.METHOD ? " as a class" : " as an interface"));
            }
        }
    }

    private boolean isOfOtherKind(ClassFile.Reference reference) {
        if (reference.kind() == ClassFile.Kind.FIELD) {
            return false;
        }
        boolean wanted = reference.kind() == ClassFile.Kind.INTERFACE_METHOD;
        return host.flags(reference.owner())
                .map(flags -> flags.isInterface() != wanted)
                .orElse(false);
    }

    /** Returns what should be mended though the plugin works. */
    List<Message> warnings() {
        List<Message> warnings = new ArrayList<>();
        content.bundled()
                .forEach((jar, count) -> warnings.add(Message.warning(
                        "bundled-api",
                        jar + " brings " + count + (count == 1 ? " class" : " classes")
                                + " of the shared API, which the host has and which are ignored. Its author should give"
                                + " lozenge-plugin-api and tablesaw-core the scope 'provided'.")));
        if (!content.twice().isEmpty()) {
            String first = content.twice().iterator().next();
            warnings.add(Message.warning(
                    "duplicate-classes",
                    content.twice().size() + (content.twice().size() == 1 ? " class is" : " classes are")
                            + " in more than one of its jars, such as " + dots(first) + ", which is taken from "
                            + content.jarOf(first) + ". Keep one version of each library."));
        }
        for (String unlisted : unlisted()) {
            warnings.add(Message.warning(
                    "not-listed",
                    unlisted + " implements Analysis, but is not listed, so it is not used. Add the line '" + unlisted
                            + "' to " + ServicesFile.NAME + "."));
        }
        Set<String> experimental = users(ClassFlags.Flags::isExperimental);
        if (!experimental.isEmpty()) {
            warnings.add(Message.warning(
                    "experimental-api",
                    first(experimental) + ". That is experimental: a minor version of Lozenge may change it, and the"
                            + " plugin would be refused."));
        }
        Set<String> deprecated = users(ClassFlags.Flags::isDeprecated);
        if (!deprecated.isEmpty()) {
            warnings.add(Message.warning(
                    "deprecated-api",
                    first(deprecated)
                            + ". That is deprecated and may go with a major version; its documentation says what to"
                            + " use in its place."));
        }
        return warnings;
    }

    /** Returns which class of the plugin uses which marked class or member. */
    private Set<String> users(Predicate<ClassFlags.Flags> mark) {
        Set<String> users = new LinkedHashSet<>();
        for (ClassFile file : content.classes().values()) {
            String user = dots(file.name()) + " uses ";
            for (String name : file.sharedClasses()) {
                if (host.flags(name).filter(mark).isPresent()) {
                    users.add(user + "class " + dots(name));
                }
            }
            for (ClassFile.Reference reference : file.sharedMembers()) {
                if (host.flags(reference).filter(mark).isPresent()) {
                    users.add(user + Signatures.text(reference));
                }
            }
        }
        return users;
    }

    /** Returns the classes that could be listed: public ones that the host can create. */
    private List<String> unlisted() {
        List<String> unlisted = new ArrayList<>();
        for (ClassFile file : content.classes().values()) {
            String name = dots(file.name());
            if (!content.listed().containsKey(name) && isAnalysis(file) && canBeCreated(file.flags())) {
                unlisted.add(name);
            }
        }
        return unlisted;
    }

    private static boolean canBeCreated(ClassFlags flags) {
        return flags.own().isPublic()
                && !flags.own().isAbstract()
                && flags.member(CONSTRUCTOR).filter(ClassFlags.Flags::isVisible).isPresent();
    }

    private boolean isAnalysis(ClassFile file) {
        Deque<ClassFile> next = new ArrayDeque<>(List.of(file));
        Set<String> seen = new HashSet<>();
        while (!next.isEmpty()) {
            ClassFile type = next.remove();
            if (!seen.add(type.name())) {
                continue;
            }
            for (String parent : type.parents()) {
                if (parent.equals(ANALYSIS)) {
                    return true;
                }
                Optional.ofNullable(content.classes().get(parent)).ifPresent(next::add);
            }
        }
        return false;
    }

    /** Returns whether the plugin uses Tablesaw by itself, not only through the host. */
    boolean usesTablesaw() {
        return content.classes().values().stream().anyMatch(file -> file.refersTo("tech/tablesaw/"));
    }

    private static String dots(String internalName) {
        return internalName.replace('/', '.');
    }

    /** Returns the methods of a listed class that it should have, but has not, by name and descriptor. */
    static List<String> notImplemented(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(method -> Modifier.isAbstract(method.getModifiers()))
                .map(method -> method.getDeclaringClass().getName() + "." + method.getName())
                .sorted()
                .toList();
    }
}
