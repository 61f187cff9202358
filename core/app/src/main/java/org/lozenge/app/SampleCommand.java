package org.lozenge.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.lozenge.samples.Sample;
import org.lozenge.samples.Samples;
import org.lozenge.workbench.report.OutputFile;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code lozenge sample [NAME] [--out FILE]}. */
final class SampleCommand implements Command {

    @Override
    public CommandSpec spec(List<String> words) {
        CommandSpec spec = Command.spec(
                "sample", "List the bundled data sets, or write one as CSV. Elsewhere sample:NAME stands for one.");
        spec.addPositional(Command.positional(0, false, "NAME", "The data set; without it, all are listed."));
        spec.addOption(Command.option(Destination.OUT, "FILE", "Write to a file. Default: standard output."));
        spec.addOption(Command.flag("--about", "Tell where the data come from and what their columns mean."));
        return spec;
    }

    @Override
    public int run(ParseResult call, Console console) {
        if (!call.hasMatchedPositional(0)) {
            console.print(list(console.setting().columns()));
            return ExitStatus.DONE;
        }
        String given = call.matchedPositionalValue(0, "");
        String name = given.startsWith("sample:") ? given.substring("sample:".length()) : given;
        Sample sample = Samples.find(name).orElseThrow(() -> DataSource.noSample(name));
        String text = call.hasMatchedOption("--about")
                ? about(sample, console.setting().columns())
                : sample.csv();
        Optional<Path> out =
                Destination.text(call, Destination.OUT).map(file -> Destination.path(Destination.OUT, file));
        if (out.isEmpty()) {
            console.print(text);
        } else {
            Path file = Files.isDirectory(out.get()) ? out.get().resolve(name + ".csv") : out.get();
            OutputFile.write(file, text);
            console.tell("Wrote " + file);
        }
        return ExitStatus.DONE;
    }

    private static String list(int columns) {
        Sheet sheet = new Sheet(columns);
        Samples.all().forEach(sample -> sheet.row(sample.name(), sample.title() + " (" + sample.rows() + " rows)"));
        return sheet + "\nlozenge sample NAME writes one, lozenge sample NAME --about explains it.\n";
    }

    private static String about(Sample sample, int columns) {
        Sheet sheet = new Sheet(columns);
        sheet.paragraph(sample.title());
        sheet.paragraph("");
        sheet.paragraph(sample.description());
        sheet.heading("Try");
        sheet.paragraph("  " + sample.command());
        sheet.heading("Sources");
        for (int i = 0; i < sample.sources().size(); i++) {
            sheet.paragraph((i + 1) + ". " + sample.sources().get(i));
        }
        sheet.paragraph("");
        sheet.paragraph(sample.licence());
        sheet.heading("Columns");
        for (Sample.Column column : sample.columns()) {
            String unit = column.unit().isEmpty() ? "" : " (" + column.unit() + ")";
            sheet.row(column.name(), column.meaning() + unit);
        }
        return sheet.toString();
    }
}
