package org.lozenge.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.NumberText;
import org.lozenge.workbench.Outcome;
import org.lozenge.workbench.Provenance;
import org.lozenge.workbench.Run;
import org.lozenge.workbench.RunHandle;
import org.lozenge.workbench.json.Differences;
import org.lozenge.workbench.json.Replay;
import org.lozenge.workbench.table.Dataset;
import org.lozenge.workbench.table.InputException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code lozenge replay OUTCOME [DATA]}: runs a saved outcome again and says whether it comes out the same. */
final class ReplayCommand implements Command {

    private static final String TOLERANCE = "--tolerance";
    private static final int SHOWN = 20;

    private final Host host;

    ReplayCommand(Host host) {
        this.host = host;
    }

    @Override
    public CommandSpec spec(List<String> words) {
        CommandSpec spec = Command.spec("replay", "Run a saved outcome again and say whether it comes out the same.");
        spec.addPositional(Command.positional(
                0, true, "OUTCOME", "What --format json wrote, or the folder of a report with its results.json."));
        spec.addPositional(Command.positional(
                1,
                false,
                "DATA",
                "The data. Default: the sample that it was, or the file of that name beside OUTCOME or here."));
        spec.addOption(Command.option(
                TOLERANCE, "NUMBER", "Relative difference up to which numbers count as the same. Default: 0."));
        RunOptions.addProcessOptions(spec);
        PluginOptions.addOptions(spec);
        host.usePlugins(words);
        spec.usageMessage().footer("", "The exit status is 0 if it is the same, 1 if it is not.");
        return spec;
    }

    @Override
    public int run(ParseResult call, Console console) {
        double tolerance = tolerance(call);
        Path file = file(call.matchedPositionalValue(0, ""));
        Replay replay = read(file);
        host.tellProblems(console);
        checkAnalysis(replay.provenance());
        Dataset data = data(call, replay.provenance().input().name(), file, console);
        Run run = replay.run(host.workbench(), data);
        if (call.hasMatchedOption(RunOptions.TIMEOUT)) {
            run = run.timeoutMillis(RunOptions.timeoutMillis(call));
        }
        Outcome again = outcome(run, call);
        Differences differences = replay.compare(again, tolerance);
        console.print(text(replay, data, differences));
        if (!(again instanceof Outcome.Ok)) {
            console.tell(again.messages());
        }
        return differences.isEmpty() ? ExitStatus.DONE : ExitStatus.DIFFERENT;
    }

    private void checkAnalysis(Provenance saved) {
        List<String> ids =
                host.workbench().analyses().stream().map(AnalysisSpec::id).toList();
        if (host.workbench().find(saved.analysis()).isEmpty()) {
            String plugin = (saved.plugin() + " " + saved.version()).strip();
            throw CommandException.mend(
                    "no-such-analysis",
                    "There is no analysis '" + saved.analysis() + "'." + Suggestion.didYouMean(saved.analysis(), ids)
                            + (plugin.isEmpty()
                                    ? ""
                                    : " It was one of the plugin '" + plugin
                                            + "': name the folder that holds it with --plugins."));
        }
    }

    private static Outcome outcome(Run run, ParseResult call) {
        try (Interruption interruption = new Interruption()) {
            RunHandle handle = RunOptions.start(run, call);
            interruption.cancels(handle);
            return handle.get();
        }
    }

    private static double tolerance(ParseResult call) {
        String text = Destination.text(call, TOLERANCE).orElse("0");
        return NumberText.parse(text)
                .filter(number -> number >= 0 && number < 1)
                .orElseThrow(() -> CommandException.mend(
                        "option-value", TOLERANCE + " takes a number from 0 up to below 1, but is '" + text + "'"));
    }

    private static Path file(String name) {
        Path path = Destination.path("OUTCOME", name);
        return Files.isDirectory(path) ? path.resolve("results.json") : path;
    }

    private static Replay read(Path file) {
        try {
            return Replay.of(Files.readString(file, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw CommandException.mend(
                    "not-an-outcome", file + " is not an outcome that '--format json' wrote. " + e.getMessage());
        } catch (IOException e) {
            String why =
                    Files.exists(file) ? " cannot be read as text (" + e.getMessage() + ")" : ": there is no such file";
            throw CommandException.mend("no-such-file", file + why + ". Name what '--format json' wrote.");
        }
    }

    private static Dataset data(ParseResult call, String name, Path file, Console console) {
        try {
            return DataSource.read(
                    Optional.of(call.matchedPositionalValue(1, ""))
                            .filter(word -> !word.isEmpty())
                            .orElseGet(() -> place(name, file)),
                    console);
        } catch (InputException e) {
            throw new CommandException(ExitStatus.MEND, e.messages());
        }
    }

    private static String place(String name, Path file) {
        if (name.startsWith(DataSource.SAMPLE)) {
            return name;
        }
        for (Path place : List.of(file.toAbsolutePath().resolveSibling(name), Path.of(name))) {
            if (Files.isRegularFile(place)) {
                return place.toString();
            }
        }
        throw CommandException.mend(
                "no-such-file",
                "The data '" + name + "' are neither beside " + file + " nor here. Name them: lozenge replay " + file
                        + " DATA");
    }

    private static String text(Replay replay, Dataset data, Differences differences) {
        StringBuilder text = new StringBuilder();
        String what = "the run of '" + replay.provenance().analysis() + "' on " + data.name();
        text.append(
                differences.isEmpty()
                        ? "equal: " + what + " gives the same outcome"
                        : "different: " + what + " gives another outcome");
        text.append(String.format(Locale.ROOT, " (%d numbers compared", differences.numbers()));
        if (differences.largest() > 0) {
            text.append(String.format(Locale.ROOT, ", largest relative difference %.2g", differences.largest()));
        }
        text.append(")\n");
        differences.versions().forEach(line -> text.append("  ").append(line).append('\n'));
        differences.changes().stream()
                .limit(SHOWN)
                .forEach(line -> text.append("  ").append(line).append('\n'));
        int more = differences.changes().size() - SHOWN;
        return more > 0 ? text.append("  and ").append(more).append(" more\n").toString() : text.toString();
    }
}
