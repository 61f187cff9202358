package org.lozenge.plugin;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * An option of an analysis: name, default, range and reader in one typed key. Immutable; two options are equal when
 * their names are. Every option reads from and prints as text, so that any host can offer it. Its default must be one of
 * the values it allows, whatever the order in which default, range and conditions are given.
 *
 * @param <T> the type of its values
 */
public final class Param<T> {

    /**
     * That an option only matters while another one has a certain value.
     *
     * @param param the other option
     * @param value its value, as text
     */
    public record Condition(Param<?> param, String value) {}

    private record Rule<T>(Predicate<? super T> accepts, String message) {}

    private record Text(String name, String label, String help, boolean advanced) {}

    private final Text text;
    private final Class<T> type;
    private final T dflt;
    private final Function<String, Optional<T>> reader;
    private final Function<T, String> printer;
    private final List<T> choices;
    private final List<String> suggestions;
    private final List<String> formerly;
    private final List<Rule<T>> rules;
    private final Optional<T> min;
    private final Optional<T> max;
    private final Optional<Condition> condition;

    private Param(Builder<T> b) {
        text = b.text;
        type = b.type;
        dflt = b.dflt;
        reader = b.reader;
        printer = b.printer;
        choices = List.copyOf(b.choices);
        suggestions = List.copyOf(b.suggestions);
        formerly = List.copyOf(b.formerly);
        rules = List.copyOf(b.rules);
        min = b.min;
        max = b.max;
        condition = b.condition;
        if ((min.isPresent() || max.isPresent()) && !Number.class.isAssignableFrom(type)) {
            throw new IllegalArgumentException("Option '" + name() + "' is not a number, so it has no range");
        }
        problems(dflt).forEach(problem -> {
            throw new IllegalArgumentException("The default is not allowed: " + problem.text());
        });
    }

    /** A mutable copy for the withers. */
    private static final class Builder<T> {
        private Text text;
        private final Class<T> type;
        private final T dflt;
        private final Function<String, Optional<T>> reader;
        private final Function<T, String> printer;
        private List<T> choices = List.of();
        private List<String> suggestions = List.of();
        private List<String> formerly = List.of();
        private final List<Rule<T>> rules = new ArrayList<>();
        private Optional<T> min = Optional.empty();
        private Optional<T> max = Optional.empty();
        private Optional<Condition> condition = Optional.empty();

        Builder(
                String name,
                String label,
                Class<T> type,
                T dflt,
                Function<String, Optional<T>> reader,
                Function<T, String> printer) {
            this.text = new Text(Ids.check(name), Objects.requireNonNull(label, "label"), "", false);
            this.type = type;
            this.dflt = Objects.requireNonNull(dflt, "dflt");
            this.reader = reader;
            this.printer = printer;
        }

        Builder(Param<T> old) {
            this(old.name(), old.label(), old.type, old.dflt, old.reader, old.printer);
            text = old.text;
            choices = old.choices;
            suggestions = old.suggestions;
            formerly = old.formerly;
            rules.addAll(old.rules);
            min = old.min;
            max = old.max;
            condition = old.condition;
        }
    }

    /** Returns an option that is on or off: {@code true} or {@code false}. */
    public static Param<Boolean> flag(String name, String label, boolean dflt) {
        Function<String, Optional<Boolean>> reader = s -> switch (s.strip().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on" -> Optional.of(true);
            case "false", "no", "off" -> Optional.of(false);
            default -> Optional.empty();
        };
        Builder<Boolean> b = new Builder<>(name, label, Boolean.class, dflt, reader, String::valueOf);
        b.choices = List.of(true, false);
        return new Param<>(b);
    }

    /** Returns an option whose values are whole numbers. */
    public static Param<Integer> integer(String name, String label, int dflt) {
        Function<String, Optional<Integer>> reader =
                s -> NumberText.parse(s).filter(v -> v == v.intValue()).map(Double::intValue);
        return new Param<>(new Builder<>(name, label, Integer.class, dflt, reader, String::valueOf));
    }

    /** Returns an option whose values are finite numbers. */
    public static Param<Double> number(String name, String label, double dflt) {
        return new Param<>(new Builder<>(name, label, Double.class, dflt, NumberText::parse, NumberText::print));
    }

    /** Returns an option whose values are texts. */
    public static Param<String> text(String name, String label, String dflt) {
        return new Param<>(new Builder<>(name, label, String.class, dflt, Optional::of, s -> s));
    }

    /**
     * Returns an option with a fixed set of values. Users write a constant in lower case with hyphens:
     * {@code HKSJ_PLAIN} is {@code hksj-plain}.
     */
    public static <E extends Enum<E>> Param<E> choice(String name, String label, E dflt) {
        Class<E> type = dflt.getDeclaringClass();
        List<E> constants = List.of(type.getEnumConstants());
        Function<String, Optional<E>> reader = s -> constants.stream()
                .filter(c -> token(c).equals(s.strip().toLowerCase(Locale.ROOT)))
                .findFirst();
        Builder<E> b = new Builder<>(name, label, type, dflt, reader, Param::token);
        b.choices = constants;
        return new Param<>(b);
    }

    private static String token(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Returns this option with a smallest value, included.
     *
     * @throws IllegalArgumentException if the option is not a number, or its default is below the value
     */
    public Param<T> min(T value) {
        Builder<T> b = new Builder<>(this);
        b.min = Optional.of(value);
        return new Param<>(b);
    }

    /**
     * Returns this option with a largest value, included.
     *
     * @throws IllegalArgumentException if the option is not a number, or its default is above the value
     */
    public Param<T> max(T value) {
        Builder<T> b = new Builder<>(this);
        b.max = Optional.of(value);
        return new Param<>(b);
    }

    /** Returns this option with a sentence that explains it. */
    public Param<T> help(String help) {
        Builder<T> b = new Builder<>(this);
        b.text = new Text(name(), label(), help, isAdvanced());
        return new Param<>(b);
    }

    /** Returns this option as one that forms show only on demand. */
    public Param<T> advanced() {
        Builder<T> b = new Builder<>(this);
        b.text = new Text(name(), label(), help(), true);
        return new Param<>(b);
    }

    /** Returns this option with values that help and completion offer; other values stay allowed. */
    public Param<T> suggest(String... values) {
        Builder<T> b = new Builder<>(this);
        b.suggestions = List.of(values);
        return new Param<>(b);
    }

    /** Returns this option reachable under former names, with a warning. */
    public Param<T> formerly(String... oldNames) {
        Builder<T> b = new Builder<>(this);
        b.formerly = List.of(oldNames);
        return new Param<>(b);
    }

    /**
     * Returns this option with one more condition on its values.
     *
     * @param accepts true for values that are allowed
     * @param message what the value must be, to follow the option's label, such as {@code must be above 0}
     * @throws IllegalArgumentException if the default is not allowed
     */
    public Param<T> check(Predicate<? super T> accepts, String message) {
        Builder<T> b = new Builder<>(this);
        b.rules.add(new Rule<>(accepts, message));
        return new Param<>(b);
    }

    /** Returns this option as one that only matters while another one has the given value. */
    public <U> Param<T> enabledWhen(Param<U> other, U value) {
        Builder<T> b = new Builder<>(this);
        b.condition = Optional.of(new Condition(other, other.format(value)));
        return new Param<>(b);
    }

    /**
     * Returns the value that a text stands for.
     *
     * @throws AnalysisException with code {@code param-value} if it stands for none, {@code param-range} if the value
     *     is not allowed; the message names the option, the text and what is allowed
     */
    public T parse(String value) {
        T parsed = reader.apply(value)
                .orElseThrow(() -> new AnalysisException(
                        "param-value",
                        "Option '" + name() + "' (" + label() + ") is '" + value + "', but must be " + allowed()));
        List<Message> problems = problems(parsed);
        if (!problems.isEmpty()) {
            throw new AnalysisException(problems);
        }
        return parsed;
    }

    /** Returns a value as text that {@link #parse} reads back. */
    public String format(T value) {
        return printer.apply(value);
    }

    /** Returns what is wrong with a value; nothing if it is allowed. */
    public List<Message> problems(T value) {
        List<String> faults = new ArrayList<>();
        min.filter(low -> compare(value, low) < 0).ifPresent(low -> faults.add("must be at least " + format(low)));
        max.filter(high -> compare(value, high) > 0).ifPresent(high -> faults.add("must be at most " + format(high)));
        rules.stream().filter(rule -> !rule.accepts.test(value)).forEach(rule -> faults.add(rule.message));
        return faults.stream()
                .map(fault -> Message.error(
                        "param-range",
                        "Option '" + name() + "' (" + label() + ") is " + format(value) + ", but " + fault))
                .toList();
    }

    private int compare(T a, T b) {
        return Double.compare(((Number) a).doubleValue(), ((Number) b).doubleValue());
    }

    /** Returns in words what values are allowed, such as {@code one of z, t, hksj}. */
    public String allowed() {
        if (!choices.isEmpty()) {
            return "one of "
                    + String.join(", ", choices.stream().map(this::format).toList());
        }
        String what = type == Integer.class ? "a whole number" : type == Double.class ? "a number" : "a text";
        String from = min.map(low -> " from " + format(low)).orElse("");
        String to = max.map(high -> " up to " + format(high)).orElse("");
        String such = suggestions.isEmpty() ? "" : ", such as " + String.join(", ", suggestions);
        return what + from + to + such;
    }

    /** Returns the name by which users set the option, in kebab case. */
    public String name() {
        return text.name;
    }

    /** Returns what a reader calls it. */
    public String label() {
        return text.label;
    }

    /** Returns a sentence that explains it; may be empty. */
    public String help() {
        return text.help;
    }

    /** Returns whether forms show it only on demand. */
    public boolean isAdvanced() {
        return text.advanced;
    }

    /** Returns the type of its values. */
    public Class<T> type() {
        return type;
    }

    /** Returns the default. */
    public T dflt() {
        return dflt;
    }

    /** Returns the smallest value, included. */
    public Optional<T> min() {
        return min;
    }

    /** Returns the largest value, included. */
    public Optional<T> max() {
        return max;
    }

    /** Returns all values of an option with a fixed set; otherwise nothing. */
    public List<T> choices() {
        return choices;
    }

    /** Returns in words what else a value must be, one text for each {@link #check}, to follow the option's label. */
    public List<String> rules() {
        return rules.stream().map(Rule::message).toList();
    }

    /** Returns values to offer, as text. */
    public List<String> suggestions() {
        return suggestions;
    }

    /** Returns former names. */
    public List<String> formerNames() {
        return formerly;
    }

    /** Returns when the option matters; empty if always. */
    public Optional<Condition> condition() {
        return condition;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Param<?> that && name().equals(that.name());
    }

    @Override
    public int hashCode() {
        return name().hashCode();
    }

    @Override
    public String toString() {
        return name();
    }
}
