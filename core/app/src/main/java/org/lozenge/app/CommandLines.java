package org.lozenge.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lozenge.workbench.report.Report;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reads command lines: finds the command, parses its words, shows help, and says what is wrong with a call. */
final class CommandLines {

    private final Map<String, Command> commands;

    /** @param commands by name, in the order of the help */
    CommandLines(Map<String, Command> commands) {
        this.commands = commands;
    }

    int run(List<String> args, Console console) {
        String first = args.isEmpty() ? "" : args.get(0);
        List<String> words = args.isEmpty() ? List.of() : args.subList(1, args.size());
        switch (first) {
            case "" -> {
                console.tell(help(console).strip());
                return ExitStatus.MEND;
            }
            case "--help", "-h" -> {
                console.print(help(console));
                return ExitStatus.DONE;
            }
            case "help" -> {
                return words.isEmpty()
                        ? run(List.of("--help"), console)
                        : run(List.of(words.get(0), "--help"), console);
            }
            case "--version", "-V" -> {
                console.print("lozenge " + Report.version() + " (Java "
                        + Runtime.version().feature() + ")\n");
                return ExitStatus.DONE;
            }
            default -> {
                return run(first, words, console);
            }
        }
    }

    private int run(String name, List<String> words, Console console) {
        Command command = Optional.ofNullable(commands.get(name)).orElseThrow(() -> unknown(name));
        CommandSpec spec = command.spec(words);
        CommandLine line = parser(spec, console);
        try {
            ParseResult call = line.parseArgs(command.prepare(words).toArray(String[]::new));
            if (call.isUsageHelpRequested()) {
                console.print(line.getUsageMessage(ansi(console)));
                return ExitStatus.DONE;
            }
            return command.run(call, console);
        } catch (ParameterException e) {
            throw explain(name, spec, e);
        }
    }

    private CommandException unknown(String name) {
        String kind = name.startsWith("-") ? "option" : "command";
        List<String> known = new ArrayList<>(commands.keySet());
        known.addAll(List.of("--help", "--version"));
        return CommandException.mend(
                "no-such-" + kind,
                "There is no " + kind + " '" + name + "'." + Suggestion.didYouMean(name, known)
                        + " 'lozenge --help' shows them all.");
    }

    private static CommandLine parser(CommandSpec spec, Console console) {
        spec.qualifiedName();
        CommandLine line = new CommandLine(spec);
        line.setExpandAtFiles(false);
        line.setOverwrittenOptionsAllowed(true);
        line.setUsageHelpWidth(Math.max(80, Math.min(console.setting().columns(), 120)));
        line.setUsageHelpAutoWidth(false);
        line.setInterpolateVariables(false);
        spec.parser().allowOptionsAsOptionParameters(false).caseInsensitiveEnumValuesAllowed(false);
        spec.usageMessage().customSynopsis(synopsis(spec));
        return line;
    }

    private static String synopsis(CommandSpec spec) {
        StringBuilder synopsis = new StringBuilder("lozenge ").append(spec.name());
        spec.positionalParameters()
                .forEach(word -> synopsis.append(' ')
                        .append(word.required() ? word.paramLabel() : "[" + word.paramLabel() + "]"));
        return synopsis.append(" [options]").toString();
    }

    private static Ansi ansi(Console console) {
        return console.setting().outIsTerminal() && console.setting().colour() ? Ansi.ON : Ansi.OFF;
    }

    private String help(Console console) {
        Sheet sheet = new Sheet(console.setting().columns());
        sheet.paragraph("Lozenge " + Report.version() + ": meta-analysis, from trial reports to a pooled effect.");
        sheet.heading("Usage");
        sheet.paragraph("  lozenge COMMAND [options]");
        sheet.heading("Commands");
        commands.forEach((name, command) -> sheet.row(name, summary(name)));
        sheet.heading("Options");
        sheet.row("-h, --help", "Show this help; lozenge COMMAND --help explains a command.");
        sheet.row("-V, --version", "Show the version.");
        sheet.heading("Try");
        sheet.paragraph("  lozenge run pool sample:lenalidomide-maintenance");
        sheet.paragraph("  lozenge review sample:lenalidomide --out review");
        sheet.heading("Exit status");
        sheet.paragraph(
                "  0 done, 1 a replay differs, 2 the input or the call must be mended, 3 an analysis failed, 74 output could not be"
                        + " written, 130 cancelled");
        return sheet.toString();
    }

    /** Fixed texts, so that help needs neither the analyses nor the parser. */
    private static String summary(String command) {
        return switch (command) {
            case "list" -> "List the analyses.";
            case "describe" -> "Explain an analysis: what it needs and what it offers.";
            case "run" -> "Run an analysis on a table.";
            case "review" -> "From a table of trial reports to a folder with report, results, tables and figures.";
            case "replay" -> "Run a saved outcome again and say whether it comes out the same.";
            case "sample" -> "List or write the bundled data sets; sample:NAME stands for one anywhere.";
            case "plugin" -> "Write the project of a plugin, or check the jar of one.";
            case "jshell" -> "Start JShell with everything imported.";
            default -> "";
        };
    }

    private static CommandException explain(String command, CommandSpec spec, ParameterException e) {
        String more = " 'lozenge " + command + " --help' shows the options.";
        if (e instanceof UnmatchedArgumentException unmatched) {
            String word = unmatched.getUnmatched().get(0);
            return word.startsWith("-") ? noOption(word, spec, more) : tooMany(word, spec, more);
        }
        if (e instanceof MissingParameterException missing) {
            return missing(missing, spec, more);
        }
        String message = String.valueOf(e.getMessage());
        return CommandException.mend("call", message + (message.endsWith(".") ? "" : ".") + more);
    }

    private static CommandException noOption(String word, CommandSpec spec, String more) {
        int equals = word.indexOf('=');
        String option = equals < 0 ? word : word.substring(0, equals);
        List<String> known = spec.options().stream()
                .filter(o -> !o.hidden())
                .map(OptionSpec::longestName)
                .toList();
        return CommandException.mend(
                "no-such-option", "There is no option '" + option + "'." + Suggestion.didYouMean(option, known) + more);
    }

    private static CommandException tooMany(String word, CommandSpec spec, String more) {
        return CommandException.mend(
                "call", "'" + word + "' is one word too many: the call is '" + synopsis(spec) + "'." + more);
    }

    private static CommandException missing(MissingParameterException e, CommandSpec spec, String more) {
        Optional<CommandLine.Model.ArgSpec> first = e.getMissing().isEmpty()
                ? Optional.empty()
                : Optional.of(e.getMissing().get(0));
        if (first.isPresent() && first.get() instanceof OptionSpec option) {
            return CommandException.mend(
                    "option-value",
                    option.longestName() + " needs a value: " + option.longestName() + " " + option.paramLabel() + "."
                            + more);
        }
        String what = first.map(CommandLine.Model.ArgSpec::paramLabel).orElse("a word");
        return CommandException.mend("call", what + " is missing: the call is '" + synopsis(spec) + "'." + more);
    }
}
