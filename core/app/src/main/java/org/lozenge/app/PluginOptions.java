package org.lozenge.app;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lozenge.workbench.plugins.PluginFolders;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Where a command takes plugins from: {@code --plugins DIR}, else the environment variable {@code LOZENGE_PLUGINS}. The
 * plugins decide which analyses and options there are, so these words are read before the others.
 */
final class PluginOptions {

    private static final String PLUGINS = "--plugins";
    private static final String VARIABLE = "LOZENGE_PLUGINS";
    private static final String PROPERTY = "lozenge.plugins";

    private static final String ALLOW = "--allow-plugins";
    private static final String ALLOW_VARIABLE = "LOZENGE_ALLOW_PLUGINS";
    private static final String ALLOW_PROPERTY = "lozenge.allow-plugins";

    private PluginOptions() {}

    static void addOptions(CommandSpec spec) {
        spec.addOption(Command.repeatable(
                PLUGINS,
                "DIR",
                "Use the plugins in a folder too: each NAME.jar, and each folder NAME with jars. Repeatable. Default: what "
                        + VARIABLE + " in the environment names, folders separated by '" + File.pathSeparator + "'."));
        spec.addOption(Command.option(
                ALLOW,
                "FILE",
                "Load only the plugins that a file lists, one jar a line: its SHA-256 and its name, as sha256sum prints"
                        + " them, or its name. Default: what " + ALLOW_VARIABLE + " in the environment names."));
    }

    /**
     * Returns the folders that a call names, else those of the environment.
     *
     * @throws CommandException if one cannot be the name of a folder
     */
    static PluginFolders of(List<String> words) {
        List<String> named = values(words, PLUGINS);
        List<String> texts = named.isEmpty() ? environment() : named;
        PluginFolders folders = PluginFolders.of(texts.stream()
                .map(text -> Destination.path(named.isEmpty() ? VARIABLE : PLUGINS, text))
                .toList());
        List<String> lists = values(words, ALLOW);
        Optional<String> allowed =
                lists.isEmpty() ? setting(ALLOW_PROPERTY, ALLOW_VARIABLE) : Optional.of(lists.get(lists.size() - 1));
        return allowed.map(list -> folders.allowOnly(Destination.path(ALLOW, list)))
                .orElse(folders);
    }

    /** Hands what a call names to code of this program that has no call: the scripts of JShell. */
    static void handOn(List<String> words) {
        PluginFolders folders = of(words);
        System.setProperty(
                PROPERTY,
                String.join(
                        File.pathSeparator,
                        folders.folders().stream().map(Path::toString).toList()));
        folders.allowed().ifPresent(list -> System.setProperty(ALLOW_PROPERTY, list.toString()));
    }

    private static List<String> environment() {
        List<String> folders = new ArrayList<>();
        for (String folder : setting(PROPERTY, VARIABLE).orElse("").split(File.pathSeparator, -1)) {
            if (!folder.isBlank()) {
                folders.add(folder);
            }
        }
        return folders;
    }

    /** Returns what was handed on, else what the environment says. */
    private static Optional<String> setting(String property, String variable) {
        return Optional.ofNullable(System.getProperty(property))
                .or(() -> Optional.ofNullable(System.getenv(variable)))
                .filter(text -> !text.isBlank());
    }

    private static List<String> values(List<String> words, String option) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.startsWith(option + "=")) {
                values.add(word.substring(option.length() + 1));
            } else if (word.equals(option) && i + 1 < words.size()) {
                i++;
                values.add(words.get(i));
            }
        }
        return values;
    }
}
