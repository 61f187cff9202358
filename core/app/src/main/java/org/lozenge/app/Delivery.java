package org.lozenge.app;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lozenge.plugin.Message;
import org.lozenge.workbench.Outcome;
import org.lozenge.workbench.report.OutputFile;
import org.lozenge.workbench.report.Report;
import org.lozenge.workbench.report.ReportFolder;
import org.lozenge.workbench.report.ReportFolder.FolderInUseException;

/** Brings an outcome to its destination and to an exit status. */
final class Delivery {

    private final Console console;
    private final boolean quiet;

    /** @param quiet whether only errors are told */
    Delivery(Console console, boolean quiet) {
        this.console = console;
        this.quiet = quiet;
    }

    /**
     * Writes an outcome, that of a cancelled run too if it holds what was done. One without a result goes to standard output
     * as JSON, if that was asked for, and to no file.
     */
    int deliver(Outcome outcome, String title, Destination to) {
        Report report = Report.of(outcome).titled(title);
        if (outcome.available().isPresent()) {
            write(outcome, report, to);
        } else {
            if (to.format() == OutputFormat.JSON && to.path().isEmpty()) {
                console.print(report.json());
            }
            tellWhy(outcome);
        }
        return status(outcome);
    }

    /** Tells why there is no result. */
    void tellWhy(Outcome outcome) {
        console.tell(outcome.messages().stream()
                .filter(message -> !quiet || message.severity() == Message.Severity.ERROR)
                .toList());
        if (outcome instanceof Outcome.Failed failed) {
            console.tell(
                    console.setting().debug()
                            ? failed.trace()
                            : "LOZENGE_DEBUG=1 in the environment shows where, for a report to the plugin's author.");
        }
    }

    static int status(Outcome outcome) {
        if (outcome instanceof Outcome.Ok) {
            return ExitStatus.DONE;
        }
        if (outcome instanceof Outcome.Rejected) {
            return ExitStatus.MEND;
        }
        return outcome instanceof Outcome.Failed ? ExitStatus.FAILED : ExitStatus.CANCELLED;
    }

    private void write(Outcome outcome, Report report, Destination to) {
        if (to.path().isPresent() && to.folder()) {
            folder(report, to, to.path().get());
        } else {
            String text = text(outcome, report, to);
            if (to.path().isPresent()) {
                OutputFile.write(to.path().get(), text);
                note("Wrote " + to.path().get());
            } else {
                console.print(text);
            }
            figures(outcome, report, to);
        }
        boolean saysMessages = to.path().isEmpty() && to.format() != OutputFormat.CSV;
        if (!quiet && !saysMessages) {
            console.tell(outcome.messages());
        }
    }

    private String text(Outcome outcome, Report report, Destination to) {
        return switch (to.format()) {
            case TEXT ->
                report.text(
                        console.setting().columns(),
                        console.setting().outIsTerminal()
                                && console.setting().colour()
                                && to.path().isEmpty());
            case JSON -> report.json();
            case CSV -> csv(report, to, outcome.provenance().analysis());
            case MARKDOWN -> report.markdown();
            case HTML -> report.html();
        };
    }

    private String csv(Report report, Destination to, String analysis) {
        List<String> tables = report.tables();
        if (tables.isEmpty()) {
            throw CommandException.mend(
                    "no-table", "The result of '" + analysis + "' holds no table; use another --format");
        }
        String chosen = to.table().orElse(tables.get(0));
        if (!tables.contains(chosen)) {
            throw CommandException.mend(
                    "no-table",
                    "There is no table '" + chosen + "'." + Suggestion.didYouMean(chosen, tables) + " Tables: "
                            + String.join(", ", tables) + ".");
        }
        if (to.table().isEmpty() && tables.size() > 1) {
            List<String> others = tables.subList(1, tables.size());
            note("This is the table '" + chosen + "'; --table takes " + String.join(", ", others)
                    + " too, and --out FOLDER/ writes them all.");
        }
        return report.csv(chosen);
    }

    private void folder(Report report, Destination to, Path path) {
        ReportFolder folder = report.folder();
        if (to.formatGiven()) {
            Set<ReportFolder.Content> contents = EnumSet.noneOf(ReportFolder.Content.class);
            to.format().content().ifPresent(contents::add);
            folder = folder.contents(contents).figures(to.figures());
        } else if (!to.figures().isEmpty()) {
            folder = folder.figures(to.figures());
        }
        write(folder, path);
        note("Wrote " + path);
    }

    /** Writes a folder. */
    static void write(ReportFolder folder, Path path) {
        try {
            folder.write(path);
        } catch (FolderInUseException e) {
            throw CommandException.mend("folder-in-use", String.valueOf(e.getMessage()));
        }
    }

    /** Figures beside the file; beside standard output, in the current folder under the name of the analysis. */
    private void figures(Outcome outcome, Report report, Destination to) {
        if (to.figures().isEmpty()) {
            return;
        }
        String stem = to.path()
                .map(path -> String.valueOf(path.getFileName()).replaceFirst("\\.[^.]*$", ""))
                .orElse(outcome.provenance().analysis());
        Map<String, byte[]> files = report.folder().figures(to.figures()).figureFiles();
        for (Map.Entry<String, byte[]> figure : files.entrySet()) {
            String name = stem + "-" + figure.getKey();
            Path file = to.path().map(path -> path.resolveSibling(name)).orElse(Path.of(name));
            OutputFile.write(file, figure.getValue());
            note("Wrote " + file);
        }
        if (files.isEmpty()) {
            note("The result holds no figures.");
        }
    }

    void note(String text) {
        if (!quiet) {
            console.tell(text);
        }
    }
}
