package org.lozenge.app;

import java.util.List;
import java.util.Map;
import org.lozenge.workbench.Outcome;
import org.lozenge.workbench.Provenance;
import org.lozenge.workbench.Run;
import org.lozenge.workbench.RunHandle;
import org.lozenge.workbench.table.Dataset;
import org.lozenge.workbench.table.InputException;
import picocli.CommandLine.ParseResult;

/** From the words of a call to an outcome. */
final class Calculation {

    private final Host host;
    private final Console console;
    private final RunOptions options;
    private final Interruption interruption;

    Calculation(Host host, Console console, RunOptions options, Interruption interruption) {
        this.interruption = interruption;
        this.host = host;
        this.console = console;
        this.options = options;
    }

    /** Tells what is wrong with plugins, reads the data and runs an analysis on it; Ctrl-C cancels the run. Data that cannot be read reject it. */
    Outcome run(String analysis, String data, ParseResult call) {
        if (!call.hasMatchedOption(RunOptions.QUIET)) {
            host.tellProblems(console);
        }
        Dataset dataset;
        try {
            dataset = DataSource.read(data, console);
        } catch (InputException e) {
            Provenance.Input input = new Provenance.Input(data, "", 0, 0);
            return new Outcome.Rejected(
                    new Provenance(analysis, "", "", input, Map.of(), Map.of(), Map.of(), "", 0), e.messages());
        }
        return run(analysis, dataset, call);
    }

    private Outcome run(String analysis, Dataset dataset, ParseResult call) {
        boolean quiet = call.hasMatchedOption(RunOptions.QUIET);
        try (Progress progress = new Progress(console, quiet)) {
            Run run = options.apply(host.workbench().run(analysis, dataset), call, dataset)
                    .onProgress(progress);
            RunHandle handle = RunOptions.start(run, call);
            interruption.cancels(handle);
            return handle.get();
        }
    }

    /** The word that is not an option or the value of one of ours, at a place. */
    static List<String> positionals(List<String> words, picocli.CommandLine.Model.CommandSpec ours) {
        java.util.ArrayList<String> found = new java.util.ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (!word.startsWith("-") || word.equals("-")) {
                found.add(word);
            } else if (ours.optionsMap().containsKey(word)
                    && ours.optionsMap().get(word).arity().max() > 0) {
                i++;
            }
        }
        return found;
    }
}
