package org.lozenge.app;

import java.util.List;
import org.lozenge.plugin.AnalysisSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code lozenge list [--json]}. */
final class ListCommand implements Command {

    private final Host host;

    ListCommand(Host host) {
        this.host = host;
    }

    @Override
    public CommandSpec spec(List<String> words) {
        CommandSpec spec = Command.spec("list", "List the analyses.");
        spec.addOption(Command.flag("--json", "As JSON."));
        PluginOptions.addOptions(spec);
        host.usePlugins(words);
        return spec;
    }

    @Override
    public int run(ParseResult call, Console console) {
        List<AnalysisSpec> analyses = host.workbench().analyses();
        console.print(call.hasMatchedOption("--json") ? json(analyses) : text(analyses, console));
        host.tellProblems(console);
        return ExitStatus.DONE;
    }

    private static String text(List<AnalysisSpec> analyses, Console console) {
        Sheet sheet = new Sheet(console.setting().columns());
        analyses.forEach(analysis -> sheet.row(analysis.id(), analysis.title() + summary(analysis)));
        return sheet + "\nlozenge describe ANALYSIS explains one of them.\n";
    }

    private static String summary(AnalysisSpec analysis) {
        return analysis.summary().isBlank() ? "" : ". " + analysis.summary();
    }

    private static String json(List<AnalysisSpec> analyses) {
        return Json.text(json -> {
            json.writeStartArray();
            for (AnalysisSpec analysis : analyses) {
                json.writeStartObject();
                json.writeStringField("id", analysis.id());
                json.writeStringField("title", analysis.title());
                json.writeStringField("summary", analysis.summary());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }
}
