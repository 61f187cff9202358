package org.lozenge.workbench.mapping;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.Param;

/** The options of one run, read and checked. Immutable. */
public final class OptionValues {

    private final AnalysisSpec spec;
    private final Map<String, Object> set = new HashMap<>();
    private final List<Message> messages = new ArrayList<>();

    private OptionValues(AnalysisSpec spec) {
        this.spec = spec;
    }

    /**
     * Reads options.
     *
     * @param texts what the user set, text by name; former names are understood with a warning
     * @throws AnalysisException that names every option that is unknown ({@code no-such-option}), set twice under two
     *     names ({@code option-set-twice}), not readable ({@code param-value}) or not allowed ({@code param-range})
     */
    public static OptionValues of(AnalysisSpec spec, Map<String, String> texts) {
        OptionValues values = new OptionValues(spec);
        List<Message> errors = new ArrayList<>();
        texts.forEach((name, text) -> {
            try {
                values.read(name, text);
            } catch (AnalysisException e) {
                errors.addAll(e.messages());
            }
        });
        if (!errors.isEmpty()) {
            throw new AnalysisException(errors);
        }
        values.warnOfOptionsWithoutEffect();
        return values;
    }

    private void read(String name, String text) {
        Param<?> param = find(name);
        if (set.put(param.name(), param.parse(text)) != null) {
            throw new AnalysisException(
                    "option-set-twice", "Option '" + param.name() + "' is set under two names. Set it once.");
        }
    }

    private Param<?> find(String name) {
        for (Param<?> param : spec.params()) {
            if (param.name().equals(name)) {
                return param;
            }
        }
        for (Param<?> param : spec.params()) {
            if (param.formerNames().contains(name)) {
                messages.add(Message.warning(
                        "renamed-option", "Option '" + name + "' is now called '" + param.name() + "'."));
                return param;
            }
        }
        List<String> names = spec.params().stream().map(Param::name).toList();
        boolean role = spec.roles().stream().anyMatch(r -> r.name().equals(name));
        throw new AnalysisException(
                "no-such-option",
                "'" + name + "' is not an option of '" + spec.id() + "'"
                        + (role
                                ? " but a role, which takes a column: map it."
                                : "." + Names.hint(name, names, "options")));
    }

    private void warnOfOptionsWithoutEffect() {
        for (Param<?> param : spec.params()) {
            Optional<Param.Condition> condition = param.condition().filter(c -> isSet(param) && !holds(c));
            condition.ifPresent(c -> messages.add(Message.warning(
                    "no-effect",
                    "Option '" + param.name() + "' has no effect unless '"
                            + c.param().name() + "' is '" + c.value() + "', but that is '" + text(c.param()) + "'.")));
        }
    }

    private boolean holds(Param.Condition condition) {
        return text(condition.param()).equals(condition.value());
    }

    /** Returns whether the user set an option. */
    public boolean isSet(Param<?> param) {
        return set.containsKey(param.name());
    }

    /**
     * Returns the value of an option.
     *
     * @throws IllegalStateException if the analysis does not declare it
     */
    public <T> T get(Param<T> param) {
        Param<?> declared = spec.params().stream()
                .filter(param::equals)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The specification of '" + spec.id()
                        + "' does not declare the option '" + param.name() + "' that its run asks for"));
        return param.type().cast(set.getOrDefault(param.name(), declared.dflt()));
    }

    private <T> String text(Param<T> param) {
        return param.format(get(param));
    }

    /** Returns the text of every option by name, defaults included, in the order of the specification. */
    public Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        spec.params().forEach(param -> texts.put(param.name(), text(param)));
        return texts;
    }

    /** Returns the names of the options that the user set and that have an effect. */
    List<String> effective() {
        return spec.params().stream()
                .filter(param ->
                        isSet(param) && param.condition().map(this::holds).orElse(true))
                .map(Param::name)
                .toList();
    }

    /** Returns warnings: renamed options, and options without effect. */
    public List<Message> messages() {
        return List.copyOf(messages);
    }
}
