package org.lozenge.app;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** One word after {@code lozenge}. */
interface Command {

    /**
     * Returns its arguments and options.
     *
     * @param words the words that follow the command, on which its options may depend
     */
    CommandSpec spec(List<String> words);

    /** Returns the words in the form in which they are parsed. */
    default List<String> prepare(List<String> words) {
        return words;
    }

    /**
     * Does the work.
     *
     * @return an {@link ExitStatus}
     * @throws CommandException if the call must be mended
     */
    int run(ParseResult call, Console console);

    /** Returns a specification with {@code --help}. */
    static CommandSpec spec(String name, String... description) {
        CommandSpec spec = CommandSpec.create().name(name);
        spec.usageMessage().description(description).abbreviateSynopsis(false).sortOptions(false);
        spec.interpolateVariables(false);
        spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .order(1000)
                .description("Show this help.")
                .build());
        return spec;
    }

    /** Returns an option with a value; the last one of several counts. */
    static OptionSpec option(String name, String label, String... description) {
        return OptionSpec.builder(name)
                .type(String.class)
                .arity("1")
                .paramLabel(label)
                .description(escaped(description))
                .build();
    }

    /** Returns an option that may be given several times. */
    static OptionSpec repeatable(String name, String label, String... description) {
        return OptionSpec.builder(name)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .paramLabel(label)
                .description(escaped(description))
                .build();
    }

    /** Returns an option without a value. */
    static OptionSpec flag(String name, String... description) {
        return OptionSpec.builder(name)
                .type(boolean.class)
                .arity("0")
                .description(escaped(description))
                .build();
    }

    static PositionalParamSpec positional(int index, boolean required, String label, String... description) {
        return PositionalParamSpec.builder()
                .index(Integer.toString(index))
                .arity(required ? "1" : "0..1")
                .required(required)
                .type(String.class)
                .paramLabel(label)
                .description(escaped(description))
                .build();
    }

    /** Picocli reads descriptions as format strings. */
    static String[] escaped(String... text) {
        String[] escaped = text.clone();
        for (int i = 0; i < escaped.length; i++) {
            escaped[i] = escaped[i].replace("%", "%%").replace("@|", "@ |");
        }
        return escaped;
    }
}
