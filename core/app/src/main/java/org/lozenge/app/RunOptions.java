package org.lozenge.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.NumberText;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.Role;
import org.lozenge.workbench.Run;
import org.lozenge.workbench.RunHandle;
import org.lozenge.workbench.isolate.Isolation;
import org.lozenge.workbench.table.Dataset;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The options of {@code run} and {@code review} that say which columns, rows and settings a run gets: a fixed set of
 * ours, and one for each option of the analysis.
 */
final class RunOptions {

    static final String QUIET = "--quiet";

    private static final String MAP = "--map";
    private static final String WHERE = "--where";
    private static final String BY = "--by";
    private static final String SEED = "--seed";
    static final String TIMEOUT = "--timeout";
    private static final String ISOLATE = "--isolate";
    private static final String MEMORY = "--memory";
    private static final String STRICT = "--strict";
    private static final Set<String> BOOLEANS = Set.of("true", "false", "yes", "no", "on", "off");

    /** Names of the analysis' options by their name on the command line. */
    private final Map<String, String> params = new LinkedHashMap<>();
    /** Those of them that are on or off. */
    private final Set<String> flags = new TreeSet<>();
    /** Roles of the analysis by the name that stands for {@code --map ROLE=}. */
    private final Map<String, String> roles = new LinkedHashMap<>();

    /** Adds our options to a command. */
    static void addHostOptions(CommandSpec spec) {
        spec.addOption(Command.repeatable(
                MAP,
                "ROLE=COLUMN[,COLUMN…]",
                "Take a role from columns; the others are looked for by name. An empty COLUMN leaves the role out."
                        + " --ROLE COLUMN says the same where no option has that name."));
        spec.addOption(Command.repeatable(WHERE, "COLUMN=VALUE", "Use only the rows with this value. Repeatable."));
        spec.addOption(Command.option(BY, "COLUMN", "Run once for each value of a column."));
        spec.addOption(Command.option(SEED, "N", "Seed of random numbers. Default: 42."));
        addProcessOptions(spec);
        spec.addOption(Command.flag(STRICT, "Look for no columns: every role is given by --map."));
        spec.addOption(Command.flag(QUIET, "Tell nothing but errors."));
    }

    /** Adds the options that say how long and where a run runs. */
    static void addProcessOptions(CommandSpec spec) {
        spec.addOption(Command.option(TIMEOUT, "SECONDS", "Stop after so long; 0 for never. Default: 600."));
        spec.addOption(Command.flag(
                ISOLATE, "Run in a process of its own, which a plugin may end or fill without harm to this one."));
        spec.addOption(Command.option(MEMORY, "MB", "With --isolate: its limit of memory. Default: 1024."));
    }

    /** Adds the options of an analysis; former names work too, but help does not show them. */
    void addParams(CommandSpec spec, AnalysisSpec analysis) {
        for (Param<?> param : analysis.params()) {
            add(spec, analysis, param, param.name(), false);
        }
        for (Param<?> param : analysis.params()) {
            for (String former : param.formerNames()) {
                if (!spec.optionsMap().containsKey("--" + former)) {
                    add(spec, analysis, param, former, true);
                }
            }
        }
        for (Role role : analysis.roles()) {
            addRole(spec, role.name());
        }
    }

    private void addRole(CommandSpec spec, String role) {
        String option = "--" + role;
        if (!spec.optionsMap().containsKey(option)) {
            roles.put(option, role);
            spec.addOption(OptionSpec.builder(option)
                    .type(String.class)
                    .arity("1")
                    .paramLabel("COLUMN[,COLUMN…]")
                    .hidden(true)
                    .build());
        }
    }

    private void add(CommandSpec spec, AnalysisSpec analysis, Param<?> param, String name, boolean hidden) {
        String option = optionName(spec, analysis, name);
        params.put(option, name);
        if (param.type() == Boolean.class) {
            flags.add(option);
        }
        spec.addOption(OptionSpec.builder(option)
                .type(String.class)
                .arity("1")
                .paramLabel(label(param))
                .hidden(hidden)
                .description(Command.escaped(ParamText.describe(param)))
                .build());
    }

    /** Returns {@code --NAME}, or {@code --ANALYSIS-NAME} if an option of ours has that name. */
    static String optionName(CommandSpec spec, AnalysisSpec analysis, String name) {
        String plain = "--" + name;
        return spec.optionsMap().containsKey(plain) ? "--" + analysis.id() + "-" + name : plain;
    }

    private static String label(Param<?> param) {
        if (param.type() == Boolean.class) {
            return "true|false";
        }
        return param.type() == Integer.class ? "N" : param.type() == Double.class ? "NUMBER" : "VALUE";
    }

    /** Joins options that are on or off with their value; alone, such an option is on. */
    List<String> joinFlags(List<String> words) {
        List<String> joined = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (!flags.contains(word)) {
                joined.add(word);
            } else if (i + 1 < words.size()
                    && BOOLEANS.contains(words.get(i + 1).toLowerCase(Locale.ROOT))) {
                i++;
                joined.add(word + "=" + words.get(i));
            } else {
                joined.add(word + "=true");
            }
        }
        return joined;
    }

    /** Returns the run with everything that the call sets. */
    Run apply(Run run, ParseResult call, Dataset data) {
        Run result = run.strict(call.hasMatchedOption(STRICT));
        for (String mapping : call.matchedOptionValue(MAP, List.<String>of())) {
            result = map(result, mapping, data);
        }
        for (Map.Entry<String, String> role : roles.entrySet()) {
            if (call.hasMatchedOption(role.getKey())) {
                String columns = call.matchedOptionValue(role.getKey(), "");
                result = map(result, role.getValue() + "=" + columns, data);
            }
        }
        for (String condition : call.matchedOptionValue(WHERE, List.<String>of())) {
            result = where(result, condition, data);
        }
        for (Map.Entry<String, String> param : params.entrySet()) {
            if (call.hasMatchedOption(param.getKey())) {
                result = result.set(param.getValue(), call.matchedOptionValue(param.getKey(), ""));
            }
        }
        if (call.hasMatchedOption(BY)) {
            result = result.by(call.matchedOptionValue(BY, ""));
        }
        OptionalLong seed = whole(call, SEED);
        if (seed.isPresent()) {
            result = result.seed(seed.getAsLong());
        }
        return call.hasMatchedOption(TIMEOUT) ? result.timeoutMillis(timeoutMillis(call)) : result;
    }

    /** Returns the time-out that a call sets. */
    static long timeoutMillis(ParseResult call) {
        return millis(whole(call, TIMEOUT).orElse(0));
    }

    /** Starts a run, in a process of its own if the call asks for that. */
    static RunHandle start(Run run, ParseResult call) {
        if (call.hasMatchedOption(ISOLATE)) {
            Isolation process = Isolation.process();
            OptionalLong memory = memory(call);
            return (memory.isPresent() ? process.memory((int) memory.getAsLong()) : process).start(run);
        }
        if (call.hasMatchedOption(MEMORY)) {
            throw CommandException.mend(
                    "option-value", MEMORY + " limits the memory of a process of its own: add " + ISOLATE);
        }
        return run.start();
    }

    private static OptionalLong memory(ParseResult call) {
        OptionalLong memory = whole(call, MEMORY);
        memory.ifPresent(megabytes -> {
            if (megabytes < 16 || megabytes > Integer.MAX_VALUE) {
                throw CommandException.mend(
                        "option-value", MEMORY + " takes megabytes from 16 on, but is " + megabytes);
            }
        });
        return memory;
    }

    private static long millis(long seconds) {
        if (seconds < 0 || seconds > Integer.MAX_VALUE) {
            throw CommandException.mend("option-value", TIMEOUT + " takes seconds from 0 on, but is " + seconds);
        }
        return 1000 * seconds;
    }

    private static OptionalLong whole(ParseResult call, String option) {
        if (!call.hasMatchedOption(option)) {
            return OptionalLong.empty();
        }
        String text = call.matchedOptionValue(option, "");
        Optional<Double> number = NumberText.parse(text).filter(n -> n == Math.rint(n) && Math.abs(n) < 1e15);
        return OptionalLong.of(number.orElseThrow(() ->
                        CommandException.mend("option-value", option + " takes a whole number, but is '" + text + "'"))
                .longValue());
    }

    /** A column may have commas in its name: what is a column as a whole is one column. */
    private static Run map(Run run, String mapping, Dataset data) {
        int equals = mapping.indexOf('=');
        if (equals < 1) {
            throw CommandException.mend(
                    "option-value", MAP + " takes ROLE=COLUMN, such as --map study=trial, but is '" + mapping + "'");
        }
        String columns = mapping.substring(equals + 1);
        String[] names = data.hasColumn(columns) ? new String[] {columns} : columns.split(",", -1);
        for (int i = 0; i < names.length; i++) {
            names[i] = data.hasColumn(names[i]) ? names[i] : names[i].strip();
        }
        return run.map(mapping.substring(0, equals).strip(), names);
    }

    /** The name of a column may hold an equals sign: the first split that names a column counts. */
    private static Run where(Run run, String condition, Dataset data) {
        int first = condition.indexOf('=');
        if (first < 1) {
            throw CommandException.mend(
                    "option-value",
                    WHERE + " takes COLUMN=VALUE, such as --where endpoint=PFS, but is '" + condition + "'");
        }
        for (int i = first; i > 0; i = condition.indexOf('=', i + 1)) {
            if (data.hasColumn(condition.substring(0, i))) {
                return run.where(condition.substring(0, i), condition.substring(i + 1));
            }
        }
        return run.where(condition.substring(0, first), condition.substring(first + 1));
    }
}
