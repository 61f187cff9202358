package org.lozenge.app;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code lozenge jshell}. */
final class ShellCommand implements Command {

    private List<String> call = List.of();

    @Override
    public CommandSpec spec(List<String> words) {
        CommandSpec spec = Command.spec("jshell", "Start JShell with everything imported.");
        PluginOptions.addOptions(spec);
        call = words;
        return spec;
    }

    @Override
    public int run(ParseResult parsed, Console console) {
        PluginOptions.handOn(call);
        return Shell.start(console);
    }
}
