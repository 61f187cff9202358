package org.lozenge.app;

import java.util.List;
import java.util.Optional;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.workbench.Outcome;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code lozenge run ANALYSIS DATA [options]}. */
final class RunCommand implements Command {

    private final Host host;
    private final RunOptions options = new RunOptions();
    private Optional<AnalysisSpec> analysis = Optional.empty();

    RunCommand(Host host) {
        this.host = host;
    }

    @Override
    public CommandSpec spec(List<String> words) {
        CommandSpec spec = Command.spec("run", "Run an analysis on a table.");
        spec.addPositional(Command.positional(0, true, "ANALYSIS", "Its name; 'lozenge list' shows them all."));
        spec.addPositional(Command.positional(
                1, true, "DATA", "A file (.csv, .tsv, .xlsx, .json), - for CSV from standard input, or sample:NAME."));
        RunOptions.addHostOptions(spec);
        Destination.addOptions(spec);
        PluginOptions.addOptions(spec);
        host.usePlugins(words);
        analysis = analysis(words, spec);
        spec.usageMessage().footer("", "The options of an analysis follow with its name: lozenge run ANALYSIS --help.");
        analysis.ifPresent(found -> {
            options.addParams(spec, found);
            spec.usageMessage().footer("", "lozenge describe " + found.id() + " explains the roles.");
        });
        return spec;
    }

    /**
     * The analysis decides which options there are, so it is looked for before the call is parsed: the first word that
     * names one, else the first word that could.
     */
    private Optional<AnalysisSpec> analysis(List<String> words, CommandSpec spec) {
        List<String> candidates = Calculation.positionals(words, spec);
        Optional<AnalysisSpec> known = candidates.stream()
                .flatMap(word -> host.workbench().find(word).stream())
                .findFirst();
        if (known.isPresent() || candidates.isEmpty()) {
            return known;
        }
        return Optional.of(host.analysis(candidates.get(0)));
    }

    @Override
    public List<String> prepare(List<String> words) {
        return options.joinFlags(words);
    }

    @Override
    public int run(ParseResult call, Console console) {
        AnalysisSpec chosen = analysis.orElseGet(() -> host.analysis(call.matchedPositionalValue(0, "")));
        Destination destination = Destination.of(call);
        String name = call.matchedPositionalValue(0, "");
        try (Interruption interruption = new Interruption()) {
            Outcome outcome = new Calculation(host, console, options, interruption)
                    .run(name, call.matchedPositionalValue(1, ""), call);
            return new Delivery(console, call.hasMatchedOption(RunOptions.QUIET))
                    .deliver(outcome, chosen.title(), destination);
        }
    }
}
