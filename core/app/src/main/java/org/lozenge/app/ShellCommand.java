package org.lozenge.app;

import java.io.File;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code lozenge jshell}. */
final class ShellCommand implements Command {

    @Override
    public CommandSpec spec(List<String> words) {
        CommandSpec spec = Command.spec("jshell", "Start JShell with everything imported.");
        PluginOptions.addOptions(spec);
        return spec;
    }

    @Override
    public int run(ParseResult call, Console console) {
        if (call.hasMatchedOption(PluginOptions.PLUGINS)) {
            List<String> folders = call.matchedOptionValue(PluginOptions.PLUGINS, List.<String>of());
            System.setProperty(PluginOptions.PROPERTY, String.join(File.pathSeparator, folders));
        }
        return Shell.start(console);
    }
}
