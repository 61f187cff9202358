package org.lozenge.app;

import java.util.List;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.workbench.form.JsonSchema;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code lozenge describe ANALYSIS [--json-schema]}. */
final class DescribeCommand implements Command {

    private final Host host;

    DescribeCommand(Host host) {
        this.host = host;
    }

    @Override
    public CommandSpec spec(List<String> words) {
        CommandSpec spec = Command.spec("describe", "Explain an analysis: what it needs and what it offers.");
        spec.addPositional(Command.positional(0, true, "ANALYSIS", "Its name; 'lozenge list' shows them all."));
        spec.addOption(Command.flag("--json-schema", "As JSON Schema of its mapping and options, for forms."));
        PluginOptions.addOptions(spec);
        host.usePlugins(words);
        return spec;
    }

    @Override
    public int run(ParseResult call, Console console) {
        AnalysisSpec analysis = host.analysis(call.matchedPositionalValue(0, ""));
        host.tellProblems(console);
        console.print(
                call.hasMatchedOption("--json-schema")
                        ? JsonSchema.of(analysis)
                        : Description.of(analysis, console.setting().columns()));
        return ExitStatus.DONE;
    }
}
