package org.lozenge.app;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code lozenge jshell}. */
final class ShellCommand implements Command {

    @Override
    public CommandSpec spec(List<String> words) {
        return Command.spec("jshell", "Start JShell with everything imported.");
    }

    @Override
    public int run(ParseResult call, Console console) {
        return Shell.start(console);
    }
}
