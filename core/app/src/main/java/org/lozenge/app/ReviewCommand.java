package org.lozenge.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.workbench.Outcome;
import org.lozenge.workbench.report.Report;
import org.lozenge.workbench.report.ReportFolder;
import org.lozenge.workbench.report.ReportFolder.FigureFormat;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code lozenge review DATA --out DIR}: runs the analysis {@code review} and writes all it says into a folder. */
final class ReviewCommand implements Command {

    /** The one analysis that this program knows by name. */
    static final String REVIEW = "review";

    private final Host host;
    private final RunOptions options = new RunOptions();

    ReviewCommand(Host host) {
        this.host = host;
    }

    @Override
    public CommandSpec spec(List<String> words) {
        CommandSpec spec = Command.spec(
                REVIEW, "From a table of trial reports to a folder with report, results, tables and figures.");
        spec.addPositional(Command.positional(
                0, true, "DATA", "A file (.csv, .tsv, .xlsx, .json), - for CSV from standard input, or sample:NAME."));
        spec.addOption(Command.option(Destination.OUT, "DIR", "The folder to write. Required."));
        spec.addOption(Command.option(
                Destination.FIGURES, "FORMATS", "Formats of the figures: svg, png, pdf. Default: svg,png."));
        RunOptions.addHostOptions(spec);
        PluginOptions.addOptions(spec);
        host.usePlugins(words);
        options.addParams(spec, host.analysis(REVIEW));
        return spec;
    }

    @Override
    public List<String> prepare(List<String> words) {
        return options.joinFlags(words);
    }

    @Override
    public int run(ParseResult call, Console console) {
        Path folder = Destination.text(call, Destination.OUT)
                .map(name -> Destination.path(Destination.OUT, name))
                .orElseThrow(() -> CommandException.mend(
                        "missing-option", "A review needs a folder to write to: add --out DIR, such as --out review"));
        AnalysisSpec analysis = host.analysis(REVIEW);
        Set<FigureFormat> figures = Destination.figures(call);
        try (Interruption interruption = new Interruption()) {
            Outcome outcome = new Calculation(host, console, options, interruption)
                    .run(REVIEW, call.matchedPositionalValue(0, ""), call);
            return deliver(outcome, analysis, folder, figures, call, console);
        }
    }

    private static int deliver(
            Outcome outcome,
            AnalysisSpec analysis,
            Path folder,
            Set<FigureFormat> figures,
            ParseResult call,
            Console console) {
        Delivery delivery = new Delivery(console, call.hasMatchedOption(RunOptions.QUIET));
        if (outcome.available().isPresent()) {
            ReportFolder report = Report.of(outcome).titled(analysis.title()).folder();
            Delivery.write(figures.isEmpty() ? report : report.figures(figures), folder);
            console.print(
                    Summary.of(outcome.provenance(), outcome.available().get(), analysis.title(), console.setting())
                            + "\nReport: " + folder.resolve("report.html") + "\n");
        } else {
            delivery.tellWhy(outcome);
        }
        return Delivery.status(outcome);
    }
}
