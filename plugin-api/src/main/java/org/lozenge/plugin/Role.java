package org.lozenge.plugin;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a column means to an analysis. Immutable; two roles are equal when their names are. Every method that narrows a
 * role returns a new one.
 */
public final class Role {

    /**
     * What the cells of a role hold. In a role of any kind a cell is missing if it is empty or reads {@code NA}; every other
     * text is a value, and a fault where it is not of the role's kind.
     */
    public enum Kind {
        /** Finite numbers. */
        NUMBER,
        /** Names of groups. */
        CATEGORY,
        /** Any text. */
        TEXT,
        /** Dates in ISO form, such as 2019-06-02. */
        DATE,
        /** Anything. */
        ANY
    }

    private record Rules(
            boolean required, boolean many, boolean sparse, boolean whole, double min, double max, boolean open) {}

    private static final Rules REQUIRED =
            new Rules(true, false, false, false, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, false);

    private final String name;
    private final String label;
    private final Kind kind;
    private final List<String> synonyms;
    private final Rules rules;

    private Role(String name, String label, Kind kind, List<String> synonyms, Rules rules) {
        this.name = name;
        this.label = label;
        this.kind = kind;
        this.synonyms = List.copyOf(synonyms);
        this.rules = rules;
    }

    private static Role of(String name, String label, Kind kind) {
        return new Role(Ids.check(name), Objects.requireNonNull(label, "label"), kind, List.of(), REQUIRED);
    }

    /** Returns a required role whose cells are numbers. */
    public static Role number(String name, String label) {
        return of(name, label, Kind.NUMBER);
    }

    /** Returns a required role whose cells name groups. */
    public static Role category(String name, String label) {
        return of(name, label, Kind.CATEGORY);
    }

    /** Returns a required role whose cells are texts. */
    public static Role text(String name, String label) {
        return of(name, label, Kind.TEXT);
    }

    /** Returns a required role whose cells are dates. */
    public static Role date(String name, String label) {
        return of(name, label, Kind.DATE);
    }

    /** Returns a required role that takes any column. */
    public static Role any(String name, String label) {
        return of(name, label, Kind.ANY);
    }

    /** Returns this role as one that need not be mapped. */
    public Role optional() {
        return with(new Rules(false, rules.many, rules.sparse, rules.whole, rules.min, rules.max, rules.open));
    }

    /** Returns this role as one that takes several columns. */
    public Role many() {
        return with(new Rules(rules.required, true, rules.sparse, rules.whole, rules.min, rules.max, rules.open));
    }

    /** Returns this role as one whose missing cells do not cost the row; it need not be mapped either. */
    public Role sparse() {
        return with(new Rules(false, rules.many, true, rules.whole, rules.min, rules.max, rules.open));
    }

    /** Returns this role for numbers above 0 only. */
    public Role positive() {
        return with(new Rules(rules.required, rules.many, rules.sparse, rules.whole, 0, rules.max, true));
    }

    /** Returns this role for whole numbers from 0 only. */
    public Role count() {
        return with(new Rules(rules.required, rules.many, rules.sparse, true, 0, rules.max, false));
    }

    /**
     * Returns this role for numbers from {@code low} to {@code high}, both included.
     *
     * @throws IllegalArgumentException if {@code low} is above {@code high} or either is NaN
     */
    public Role between(double low, double high) {
        if (!(low <= high)) {
            throw new IllegalArgumentException("Role '" + name + "' cannot range from " + low + " to " + high);
        }
        return with(new Rules(rules.required, rules.many, rules.sparse, rules.whole, low, high, false));
    }

    /** Returns this role with further names under which columns are found; case and punctuation do not matter. */
    public Role aka(String... names) {
        List<String> more = new ArrayList<>(synonyms);
        more.addAll(List.of(names));
        return new Role(name, label, kind, more, rules);
    }

    /** Returns this role with another label for readers. */
    public Role labelled(String newLabel) {
        return new Role(name, Objects.requireNonNull(newLabel, "newLabel"), kind, synonyms, rules);
    }

    private Role with(Rules changed) {
        return new Role(name, label, kind, synonyms, changed);
    }

    /** Returns whether a number may stand in this role. NaN and infinite numbers never may. */
    public boolean allows(double value) {
        return Double.isFinite(value)
                && (rules.open ? value > rules.min : value >= rules.min)
                && value <= rules.max
                && (!rules.whole || value == Math.rint(value));
    }

    /** Returns in words which numbers {@link #allows} accepts, such as {@code a number above 0}. */
    public String allowed() {
        String what = rules.whole ? "a whole number" : "a finite number";
        if (rules.open) {
            return rules.max == Double.POSITIVE_INFINITY
                    ? what + " above 0"
                    : what + " above 0, up to " + NumberText.print(rules.max);
        }
        if (rules.min == Double.NEGATIVE_INFINITY && rules.max == Double.POSITIVE_INFINITY) {
            return what;
        }
        if (rules.max == Double.POSITIVE_INFINITY) {
            return what + " from " + NumberText.print(rules.min);
        }
        if (rules.min == Double.NEGATIVE_INFINITY) {
            return what + " up to " + NumberText.print(rules.max);
        }
        return what + " from " + NumberText.print(rules.min) + " to " + NumberText.print(rules.max);
    }

    /** Returns the name, in snake case, by which users map columns. */
    public String name() {
        return name;
    }

    /** Returns what a reader calls it. */
    public String label() {
        return label;
    }

    /** Returns what the cells hold. */
    public Kind kind() {
        return kind;
    }

    /** Returns whether the role must be mapped (unless a group of alternatives leaves it out). */
    public boolean isRequired() {
        return rules.required;
    }

    /** Returns whether the role takes several columns. */
    public boolean isMany() {
        return rules.many;
    }

    /** Returns whether rows without a value in this role are kept. */
    public boolean isSparse() {
        return rules.sparse;
    }

    /** Returns whether only whole numbers are allowed. */
    public boolean isCount() {
        return rules.whole;
    }

    /** Returns the smallest number; minus infinity for none. Excluded if {@link #isMinExcluded()}. */
    public double min() {
        return rules.min;
    }

    /** Returns the largest number, included; infinity for none. */
    public double max() {
        return rules.max;
    }

    /** Returns whether {@link #min()} itself is not allowed. */
    public boolean isMinExcluded() {
        return rules.open;
    }

    /** Returns further names under which columns are found. */
    public List<String> synonyms() {
        return synonyms;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Role that && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
