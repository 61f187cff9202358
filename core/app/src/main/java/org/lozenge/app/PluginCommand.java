package org.lozenge.app;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code lozenge plugin new NAME} and {@code lozenge plugin check JAR}: for those who write analyses. */
final class PluginCommand implements Command {

    static final String ANALYSIS = "--analysis";
    static final String DATA = "--data";
    static final String IDLE = "--idle";
    static final String MAP = "--map";
    static final String SET = "--set";
    static final String SNAPSHOT = "--snapshot";
    static final String WITHOUT = "--without";
    private static final String OUT = "--out";
    private static final String PACKAGE = "--package";
    private static final String REPOSITORY = "--repository";
    private static final List<String> ACTIONS = List.of("new", "check");

    private final Host host;

    PluginCommand(Host host) {
        this.host = host;
    }

    @Override
    public CommandSpec spec(List<String> words) {
        String action = words.stream().filter(ACTIONS::contains).findFirst().orElse("");
        CommandSpec spec = Command.spec(
                "plugin",
                action.equals("new")
                        ? "Write a Maven project with one analysis, its test and a README."
                        : action.equals("check")
                                ? "Load a plugin as a host would and try its analyses: dead options, other results when run"
                                        + " again or at once, poor data, cancellation and more."
                                : "For those who write analyses: 'plugin new NAME' writes a project, 'plugin check JAR'"
                                        + " tries what it builds.");
        spec.addPositional(Command.positional(0, true, action.isEmpty() ? "new|check" : action, "What to do."));
        if (action.equals("new")) {
            addNew(spec);
        } else if (action.equals("check")) {
            addCheck(spec);
        } else {
            spec.addPositional(Command.positional(1, false, "NAME|JAR", "The plugin."));
        }
        return spec;
    }

    private static void addNew(CommandSpec spec) {
        spec.addPositional(Command.positional(1, true, "NAME", "Its name, such as trimmed-mean."));
        spec.addOption(Command.option(OUT, "DIR", "The folder to write. Default: NAME."));
        spec.addOption(Command.option(PACKAGE, "PACKAGE", "The package of its classes. Default: plugins.NAME."));
        spec.addOption(Command.option(
                REPOSITORY, "DIR", "A Maven repository with Lozenge's artifacts. Default: that of the distribution."));
    }

    private static void addCheck(CommandSpec spec) {
        spec.addPositional(
                Command.positional(1, true, "JAR", "The jar of the plugin, or a folder with it and its libraries."));
        spec.addOption(Command.option(ANALYSIS, "ID", "Check one of its analyses. Default: all."));
        spec.addOption(Command.repeatable(
                DATA, "DATA", "A file, or sample:NAME, to run it on. Repeatable. Default: data made from its roles."));
        spec.addOption(Command.repeatable(MAP, "ROLE=COLUMN[,COLUMN…]", "Take a role from columns. Repeatable."));
        spec.addOption(Command.repeatable(SET, "OPTION=VALUE", "Set an option in all runs. Repeatable."));
        spec.addOption(Command.repeatable(
                IDLE, "NAME", "A role or an option that the data do not bring into play. Repeatable."));
        spec.addOption(Command.repeatable(WITHOUT, "CHECK", "Leave a check out, such as row-order. Repeatable."));
        spec.addOption(Command.option(
                SNAPSHOT, "FILE", "Compare the specification with a file, which is written if it is not there."));
    }

    @Override
    public int run(ParseResult call, Console console) {
        String action = call.matchedPositionalValue(0, "");
        if (!ACTIONS.contains(action) || !call.hasMatchedPositional(1)) {
            throw CommandException.mend(
                    "call",
                    "'plugin' is followed by 'new NAME' or 'check JAR', but is followed by '" + action + "'."
                            + Suggestion.didYouMean(action, ACTIONS));
        }
        String word = call.matchedPositionalValue(1, "");
        return action.equals("new")
                ? write(word, call, console)
                : new PluginJarCheck(console, call).check(Destination.path("JAR", word));
    }

    private int write(String name, ParseResult call, Console console) {
        PluginProject project = new PluginProject(name, call.matchedOptionValue(PACKAGE, ""));
        if (host.workbench().find(name).isPresent()) {
            throw CommandException.mend(
                    "plugin-name",
                    "There is an analysis '" + name + "' already, so a plugin of this name would be refused. Choose"
                            + " another name.");
        }
        Path repository = Destination.text(call, REPOSITORY)
                .map(folder -> Destination.path(REPOSITORY, folder))
                .or(PluginProject::bundledRepository)
                .orElseThrow(() -> CommandException.mend(
                        "no-repository",
                        "There is no folder 'repository' beside 'lib' of this Lozenge. Give a Maven repository with its"
                                + " artifacts by --repository."));
        Path folder = Destination.path(OUT, Destination.text(call, OUT).orElse(name));
        project.write(folder, repository);
        console.print("Wrote " + folder + ". Next:\n  cd " + folder + " && mvn verify\n  lozenge plugin check target/"
                + name + "-0.1.0.jar\n");
        return ExitStatus.DONE;
    }
}
