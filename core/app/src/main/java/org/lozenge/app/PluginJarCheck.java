package org.lozenge.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.workbench.Problem;
import org.lozenge.workbench.Workbench;
import org.lozenge.workbench.table.Dataset;
import org.lozenge.workbench.table.InputException;
import org.lozenge.workbench.testkit.Check;
import org.lozenge.workbench.testkit.CheckReport;
import org.lozenge.workbench.testkit.PluginCheck;
import picocli.CommandLine.ParseResult;

/** Loads one plugin, a jar or a folder of jars, as a host would, and checks the analyses that it brings. */
final class PluginJarCheck {

    private static final String JAR = ".jar";

    private final Console console;
    private final ParseResult call;

    PluginJarCheck(Console console, ParseResult call) {
        this.console = console;
        this.call = call;
    }

    /**
     * Checks a plugin.
     *
     * @param jar a jar, or a folder with a jar and the libraries that it needs
     * @return {@link ExitStatus#DONE} if all checks pass, {@link ExitStatus#FAILED} if not
     * @throws CommandException if there is no such jar, or the call does not fit it
     */
    int check(Path jar) {
        checkName(jar);
        Path folder = copyAlone(jar);
        try (Workbench without = Workbench.openLazily();
                Workbench workbench = Workbench.open(folder)) {
            Set<String> bundled = new HashSet<>();
            without.analyses().forEach(spec -> bundled.add(spec.id()));
            List<AnalysisSpec> brought = workbench.analyses().stream()
                    .filter(spec -> !bundled.contains(spec.id()))
                    .toList();
            boolean sound = loaded(workbench, without, jar, folder, brought);
            for (AnalysisSpec spec : chosen(brought, jar)) {
                CheckReport report = prepare(workbench, spec, brought.size()).check();
                console.print(report.toString());
                sound &= report.isOk();
            }
            return sound ? ExitStatus.DONE : ExitStatus.FAILED;
        } finally {
            delete(folder);
        }
    }

    /** Says what was wrong with loading; of the problems, those of the class path are none of this jar's. */
    private boolean loaded(Workbench workbench, Workbench without, Path jar, Path copy, List<AnalysisSpec> brought) {
        List<Problem> problems = workbench.problems().stream()
                .filter(problem -> !without.problems().contains(problem))
                .toList();
        if (problems.isEmpty() && !brought.isEmpty()) {
            return true;
        }
        StringBuilder text = new StringBuilder(name(jar) + ": loading\n");
        problems.forEach(problem -> text.append("      ")
                .append(problem.message().severity().name().toLowerCase(Locale.ROOT))
                .append(": ")
                .append(Console.clean(
                        problem.message().text().replace(copy.resolve(name(jar)).toString(), jar.toString())))
                .append(" [")
                .append(problem.message().code())
                .append("]\n"));
        if (brought.isEmpty()) {
            text.append("      error: It brings no analysis.\n");
        }
        console.print(text.toString());
        return !brought.isEmpty()
                && problems.stream()
                        .noneMatch(
                                problem -> problem.message().severity() == org.lozenge.plugin.Message.Severity.ERROR);
    }

    private List<AnalysisSpec> chosen(List<AnalysisSpec> brought, Path jar) {
        if (!call.hasMatchedOption(PluginCommand.ANALYSIS)) {
            return brought;
        }
        String id = call.matchedOptionValue(PluginCommand.ANALYSIS, "");
        List<String> ids = brought.stream().map(AnalysisSpec::id).toList();
        if (!ids.contains(id)) {
            throw CommandException.mend(
                    "no-such-analysis",
                    name(jar) + " brings no analysis '" + id + "'." + Suggestion.didYouMean(id, ids) + " It brings "
                            + (ids.isEmpty() ? "none" : String.join(", ", ids)) + ".");
        }
        return brought.stream().filter(spec -> spec.id().equals(id)).toList();
    }

    private PluginCheck prepare(Workbench workbench, AnalysisSpec spec, int analyses) {
        PluginCheck check = PluginCheck.of(workbench, spec.id());
        boolean one = analyses == 1 || call.hasMatchedOption(PluginCommand.ANALYSIS);
        for (String name : values(PluginCommand.DATA)) {
            check = check.data(data(name));
        }
        for (String mapping : values(PluginCommand.MAP)) {
            String[] parts = pair(PluginCommand.MAP, mapping, one);
            check = check.map(parts[0], parts[1].split(",", -1));
        }
        for (String setting : values(PluginCommand.SET)) {
            String[] parts = pair(PluginCommand.SET, setting, one);
            check = check.set(parts[0], parts[1]);
        }
        check = check.idle(values(PluginCommand.IDLE).toArray(String[]::new));
        for (String name : values(PluginCommand.WITHOUT)) {
            check = check.without(checkOf(name));
        }
        if (call.hasMatchedOption(PluginCommand.SNAPSHOT)) {
            check = check.snapshot(
                    Destination.path(PluginCommand.SNAPSHOT, call.matchedOptionValue(PluginCommand.SNAPSHOT, "")));
        }
        return check;
    }

    private List<String> values(String option) {
        return call.matchedOptionValue(option, List.<String>of());
    }

    private Dataset data(String name) {
        try {
            return DataSource.read(name, console);
        } catch (InputException e) {
            throw new CommandException(ExitStatus.MEND, e.messages());
        }
    }

    private static String[] pair(String option, String text, boolean one) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw CommandException.mend("option-value", option + " takes NAME=VALUE, but is '" + text + "'");
        }
        if (!one) {
            throw CommandException.mend(
                    "option-value",
                    option + " is for one analysis, but the jar brings several. Choose one with "
                            + PluginCommand.ANALYSIS + ".");
        }
        return new String[] {text.substring(0, equals), text.substring(equals + 1)};
    }

    private static Check checkOf(String name) {
        List<String> names = new ArrayList<>();
        for (Check check : Check.values()) {
            if (check.token().equals(name)) {
                return check;
            }
            names.add(check.token());
        }
        throw CommandException.mend(
                "option-value",
                "There is no check '" + name + "'." + Suggestion.didYouMean(name, names) + " Checks: "
                        + String.join(", ", names) + ".");
    }

    /** Hosts take jars and folders of jars for plugins, and nothing else. */
    private static void checkName(Path jar) {
        if (Files.notExists(jar)) {
            throw CommandException.mend("no-such-file", "There is no jar '" + jar + "'.");
        }
        if (name(jar).startsWith(".") || !(Files.isDirectory(jar) || name(jar).endsWith(JAR))) {
            throw CommandException.mend(
                    "not-a-plugin",
                    "'" + jar + "' is not named as a plugin: that is NAME.jar, or a folder NAME with jars in it. Rename"
                            + " it.");
        }
    }

    private static String name(Path jar) {
        return String.valueOf(jar.toAbsolutePath().normalize().getFileName());
    }

    /** A folder of its own, so that nothing beside the plugin is loaded with it. */
    private static Path copyAlone(Path jar) {
        try {
            Path folder = Files.createTempDirectory("lozenge-check");
            Path copy = folder.resolve(name(jar));
            Files.copy(jar, copy); // of a folder, itself alone
            if (Files.isDirectory(jar)) {
                for (Path file : list(jar)) {
                    if (name(file).endsWith(JAR)) {
                        Files.copy(file, copy.resolve(name(file)));
                    }
                }
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot copy " + jar + ": " + e.getMessage(), e);
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private static void delete(Path folder) {
        try {
            for (Path file : list(folder)) {
                if (Files.isDirectory(file)) {
                    delete(file);
                }
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + folder + ": " + e.getMessage(), e);
        }
    }
}
