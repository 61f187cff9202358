package org.lozenge.plugin;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an analysis is called, needs and offers. Immutable; every method that adds something returns a new specification.
 */
public final class AnalysisSpec {

    private record Parts(
            String id,
            String title,
            String summary,
            List<Role> roles,
            List<List<Role>> alternatives,
            List<Param<?>> params,
            List<String> references,
            List<String> formerly,
            int minRows) {

        Parts {
            Ids.check(id);
            Objects.requireNonNull(title, "title");
            Objects.requireNonNull(summary, "summary");
            roles = List.copyOf(roles);
            alternatives = alternatives.stream().map(List::copyOf).toList();
            params = List.copyOf(params);
            references = List.copyOf(references);
            formerly = List.copyOf(formerly);
        }
    }

    private final Parts parts;

    private AnalysisSpec(Parts parts) {
        this.parts = parts;
        Ids.checkUnique(parts.roles.stream().map(Role::name).toList(), "roles of '" + parts.id + "'");
        Ids.checkUnique(
                parts.params.stream()
                        .flatMap(p -> Stream.concat(Stream.of(p.name()), p.formerNames().stream()))
                        .toList(),
                "present and former options of '" + parts.id + "'");
        if (parts.alternatives.stream().anyMatch(List::isEmpty)) {
            throw new IllegalArgumentException("An alternative of '" + parts.id + "' has no roles");
        }
        if (parts.minRows < 0) {
            throw new IllegalArgumentException("minRows of '" + parts.id + "' is " + parts.minRows);
        }
    }

    /**
     * Returns a specification without roles and options.
     *
     * @param id the name by which the analysis is run: lower-case letters, digits and hyphens
     * @param title what a reader calls it
     */
    public static AnalysisSpec of(String id, String title) {
        return new AnalysisSpec(new Parts(id, title, "", List.of(), List.of(), List.of(), List.of(), List.of(), 1));
    }

    /** Returns this specification with a sentence or two that say what the analysis does. */
    public AnalysisSpec summary(String summary) {
        Parts p = parts;
        return new AnalysisSpec(new Parts(
                p.id, p.title, summary, p.roles, p.alternatives, p.params, p.references, p.formerly, p.minRows));
    }

    /** Returns this specification with further roles. */
    public AnalysisSpec roles(Role... roles) {
        Parts p = parts;
        return new AnalysisSpec(new Parts(
                p.id,
                p.title,
                p.summary,
                plus(p.roles, List.of(roles)),
                p.alternatives,
                p.params,
                p.references,
                p.formerly,
                p.minRows));
    }

    /**
     * Returns this specification with groups of roles of which at least one group must be mapped whole: every role of it,
     * optional or not. Roles that only help belong in {@link #roles}.
     *
     * <p>Of the groups that are mapped whole, the one with most roles mapped by the user is used; the first one if there is
     * a tie. The roles of the others are passed on too if they are mapped, but lose their power to drop rows. If the user
     * mapped any role of the group that is used, columns that were found automatically for the others are left out, so
     * that the analysis does what the user asked for.
     *
     * @throws IllegalArgumentException if a group is empty
     */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final AnalysisSpec oneOf(List<Role>... alternatives) {
        Parts p = parts;
        return new AnalysisSpec(new Parts(
                p.id,
                p.title,
                p.summary,
                p.roles,
                plus(p.alternatives, List.of(alternatives)),
                p.params,
                p.references,
                p.formerly,
                p.minRows));
    }

    /** Returns this specification with further options. */
    public AnalysisSpec params(Param<?>... params) {
        Parts p = parts;
        return new AnalysisSpec(new Parts(
                p.id,
                p.title,
                p.summary,
                p.roles,
                p.alternatives,
                plus(p.params, List.of(params)),
                p.references,
                p.formerly,
                p.minRows));
    }

    /** Returns this specification with literature, one entry a source, with DOI where there is one. */
    public AnalysisSpec references(String... references) {
        Parts p = parts;
        return new AnalysisSpec(new Parts(
                p.id,
                p.title,
                p.summary,
                p.roles,
                p.alternatives,
                p.params,
                plus(p.references, List.of(references)),
                p.formerly,
                p.minRows));
    }

    /** Returns this specification reachable under former ids, with a warning. */
    public AnalysisSpec formerly(String... oldIds) {
        Parts p = parts;
        return new AnalysisSpec(new Parts(
                p.id, p.title, p.summary, p.roles, p.alternatives, p.params, p.references, List.of(oldIds), p.minRows));
    }

    /** Returns this specification with the smallest number of usable rows; 1 unless set. */
    public AnalysisSpec minRows(int rows) {
        Parts p = parts;
        return new AnalysisSpec(
                new Parts(p.id, p.title, p.summary, p.roles, p.alternatives, p.params, p.references, p.formerly, rows));
    }

    private static <T> List<T> plus(List<T> old, List<T> added) {
        List<T> all = new ArrayList<>(old);
        all.addAll(added);
        return all;
    }

    /** Returns the name by which the analysis is run. */
    public String id() {
        return parts.id;
    }

    /** Returns what a reader calls it. */
    public String title() {
        return parts.title;
    }

    /** Returns what the analysis does; may be empty. */
    public String summary() {
        return parts.summary;
    }

    /** Returns the roles that stand outside the alternatives. */
    public List<Role> roles() {
        return parts.roles;
    }

    /** Returns the groups of which one must be mapped whole; empty when there is no choice. */
    public List<List<Role>> alternatives() {
        return parts.alternatives;
    }

    /** Returns all roles, those of the alternatives included, each once as it was declared first, in that order. */
    public List<Role> allRoles() {
        Set<Role> all = new LinkedHashSet<>(parts.roles);
        parts.alternatives.forEach(all::addAll);
        return List.copyOf(all);
    }

    /** Returns the options. */
    public List<Param<?>> params() {
        return parts.params;
    }

    /** Returns the literature. */
    public List<String> references() {
        return parts.references;
    }

    /** Returns former ids. */
    public List<String> formerIds() {
        return parts.formerly;
    }

    /** Returns the smallest number of usable rows. */
    public int minRows() {
        return parts.minRows;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AnalysisSpec that && parts.equals(that.parts);
    }

    @Override
    public int hashCode() {
        return parts.hashCode();
    }

    @Override
    public String toString() {
        return "AnalysisSpec " + parts.id;
    }
}
