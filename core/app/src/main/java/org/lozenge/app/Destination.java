package org.lozenge.app;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.lozenge.workbench.report.ReportFolder.FigureFormat;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * Where a result goes and in which form.
 *
 * @param format the form
 * @param formatGiven whether the user named it
 * @param path a file or folder; empty for standard output
 * @param folder whether the path is a folder
 * @param figures formats of figures; empty if the user named none
 * @param table the table to print as CSV; empty for the first one
 */
record Destination(
        OutputFormat format,
        boolean formatGiven,
        Optional<Path> path,
        boolean folder,
        Set<FigureFormat> figures,
        Optional<String> table) {

    static final String OUT = "--out";
    static final String FIGURES = "--figures";
    private static final String FORMAT = "--format";
    private static final String TABLE = "--table";

    static void addOptions(CommandSpec spec) {
        spec.addOption(Command.option(
                FORMAT,
                "FORMAT",
                "One of " + String.join(", ", OutputFormat.tokens()) + ". Default: what --out ends in, else text."));
        spec.addOption(Command.option(
                OUT,
                "FILE|DIR",
                "Write to a file, or a folder with report, results, tables and figures: a name without suffix, one that"
                        + " ends in '/', or a folder that exists."));
        spec.addOption(
                Command.option(FIGURES, "FORMATS", "Write figures as svg, png or pdf, or several of them: svg,png."));
        spec.addOption(Command.option(TABLE, "NAME", "With --format csv: the table to print. Default: the first one."));
    }

    /**
     * Reads the options.
     *
     * @throws CommandException if they contradict each other
     */
    static Destination of(ParseResult call) {
        Optional<OutputFormat> given = text(call, FORMAT).map(OutputFormat::of);
        Optional<Path> path = text(call, OUT).map(name -> path(OUT, name));
        boolean folder = path.isPresent() && isFolder(text(call, OUT).orElse(""), path.get(), given);
        OutputFormat format = given.or(() -> path.flatMap(OutputFormat::ofName)).orElse(OutputFormat.TEXT);
        Optional<String> table = text(call, TABLE);
        if (folder && given.isPresent() && format == OutputFormat.TEXT) {
            throw CommandException.mend(
                    "option-value", "--format text goes to a file or to the terminal, not to the folder " + path.get());
        }
        if (table.isPresent() && (format != OutputFormat.CSV || folder)) {
            throw CommandException.mend("option-value", "--table chooses a table for --format csv; add that option");
        }
        return new Destination(format, given.isPresent(), path, folder, figures(call), table);
    }

    static Optional<String> text(ParseResult call, String option) {
        return call.hasMatchedOption(option) ? Optional.of(call.matchedOptionValue(option, "")) : Optional.empty();
    }

    static Path path(String option, String name) {
        if (name.isEmpty()) {
            throw CommandException.mend("option-value", option + " takes the name of a file or folder, but is empty");
        }
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw CommandException.mend("option-value", option + " cannot be '" + name + "': " + e.getReason());
        }
    }

    private static boolean isFolder(String name, Path path, Optional<OutputFormat> given) {
        if (name.endsWith("/") || name.endsWith("\\") || Files.isDirectory(path)) {
            return true;
        }
        boolean plain = !String.valueOf(path.getFileName()).contains(".");
        return plain && given.isEmpty() && !Files.exists(path);
    }

    static Set<FigureFormat> figures(ParseResult call) {
        EnumSet<FigureFormat> formats = EnumSet.noneOf(FigureFormat.class);
        for (String token :
                text(call, FIGURES).map(s -> List.of(s.split(",", -1))).orElse(List.of())) {
            formats.add(figure(token.strip()));
        }
        return formats;
    }

    private static FigureFormat figure(String token) {
        return Arrays.stream(FigureFormat.values())
                .filter(format -> format.name().equals(token.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> CommandException.mend(
                        "option-value",
                        "--figures takes svg, png, pdf or several of them, such as svg,png, but is '" + token + "'"));
    }
}
