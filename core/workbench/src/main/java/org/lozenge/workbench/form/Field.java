package org.lozenge.workbench.form;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.Role;

/**
 * One question of a {@link Form}: a role that wants columns, or an option that wants a value. All values are texts, so
 * that any toolkit can show them. Hosts read fields and never make them.
 *
 * @param key unique within the form: {@code mapping.ROLE} or {@code params.OPTION}
 * @param name name of the role or option, by which scripts know it
 * @param label what a reader sees beside it
 * @param help a sentence or two for a tooltip; may be empty
 * @param kind what widget it wants
 * @param allowed in words what it takes, such as {@code a number from 0 up to 1}
 * @param required whether a value must be given; of roles in alternatives, those of one alternative must, see
 *     {@link Form#alternatives()}
 * @param many whether it takes several values; columns only
 * @param defaults what counts if nothing is filled in: the columns that were found by name, or the option's default as its
 *     only element
 * @param choices all values that are allowed, if they are known: the columns of the data, {@code true} and {@code false},
 *     or the values of an option with a fixed set; otherwise empty
 * @param suggestions values to offer where others are allowed too
 * @param min the smallest number; empty for none
 * @param max the largest number, included; empty for none
 * @param minExcluded whether the smallest number itself is not allowed
 * @param advanced whether to show it only on demand
 * @param enabledWhen when the field matters; empty if always
 */
public record Field(
        String key,
        String name,
        String label,
        String help,
        Kind kind,
        String allowed,
        boolean required,
        boolean many,
        List<String> defaults,
        List<String> choices,
        List<String> suggestions,
        Optional<Double> min,
        Optional<Double> max,
        boolean minExcluded,
        boolean advanced,
        Optional<Condition> enabledWhen) {

    /** What widget a field wants. */
    public enum Kind {
        /** A list of columns of the data. */
        COLUMN,
        /** A box to tick: {@code true} or {@code false}. */
        FLAG,
        /** A whole number. */
        WHOLE,
        /** A number. */
        NUMBER,
        /** A text. */
        TEXT,
        /** A list of fixed values. */
        CHOICE
    }

    /**
     * That a field only matters while another one has a certain value.
     *
     * @param key key of the other field
     * @param value its value
     */
    public record Condition(String key, String value) {}

    /** Copies the lists. */
    public Field {
        Objects.requireNonNull(key, "key");
        defaults = List.copyOf(defaults);
        choices = List.copyOf(choices);
        suggestions = List.copyOf(suggestions);
    }

    static String key(Role role) {
        return "mapping." + role.name();
    }

    static String key(Param<?> param) {
        return "params." + param.name();
    }

    /** @param columns the columns of the data; empty as long as there are none */
    static Field of(Role role, boolean required, List<String> columns, List<String> found) {
        boolean number = role.kind() == Role.Kind.NUMBER;
        return new Field(
                key(role),
                role.name(),
                role.label(),
                help(role),
                Kind.COLUMN,
                cells(role),
                required,
                role.isMany(),
                found,
                columns,
                role.synonyms(),
                number ? finite(role.min()) : Optional.empty(),
                number ? finite(role.max()) : Optional.empty(),
                number && role.isMinExcluded(),
                false,
                Optional.empty());
    }

    private static Optional<Double> finite(double bound) {
        return Double.isInfinite(bound) ? Optional.empty() : Optional.of(bound);
    }

    private static String help(Role role) {
        String columns = role.isMany() ? "One or more columns with " : "A column with ";
        String found = role.synonyms().isEmpty() ? "" : ", also as " + String.join(", ", role.synonyms());
        return columns + cells(role) + (role.isSparse() ? "; cells may be missing" : "") + ". Found by the name "
                + role.name() + found + ".";
    }

    /** Says what the cells of a role hold. */
    static String cells(Role role) {
        return switch (role.kind()) {
            case NUMBER -> role.allowed();
            case CATEGORY -> "names of groups";
            case TEXT -> "text";
            case DATE -> "dates such as 2019-06-02";
            case ANY -> "anything";
        };
    }

    static <T> Field of(Param<T> param) {
        return new Field(
                key(param),
                param.name(),
                param.label(),
                param.help(),
                kind(param),
                allowed(param),
                false,
                false,
                List.of(param.format(param.dflt())),
                param.choices().stream().map(param::format).toList(),
                param.suggestions(),
                param.min().map(bound -> ((Number) bound).doubleValue()),
                param.max().map(bound -> ((Number) bound).doubleValue()),
                false,
                param.isAdvanced(),
                param.condition().map(c -> new Condition(key(c.param()), c.value())));
    }

    private static Kind kind(Param<?> param) {
        if (param.type() == Boolean.class) {
            return Kind.FLAG;
        }
        if (!param.choices().isEmpty()) {
            return Kind.CHOICE;
        }
        return param.type() == Integer.class ? Kind.WHOLE : param.type() == Double.class ? Kind.NUMBER : Kind.TEXT;
    }

    /** Says what an option takes, its further rules included. */
    static String allowed(Param<?> param) {
        StringBuilder text = new StringBuilder(param.allowed());
        param.rules().forEach(rule -> text.append("; ").append(rule));
        return text.toString();
    }
}
