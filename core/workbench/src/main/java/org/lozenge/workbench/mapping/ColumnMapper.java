package org.lozenge.workbench.mapping;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.Role;
import org.lozenge.workbench.table.CellText;
import org.lozenge.workbench.table.Dataset;

/**
 * Finds the columns of a data set for the roles of an analysis.
 *
 * <p>What the user mapped comes first. Any other role takes the column of its own name, else the column whose name is
 * one of its synonyms; case and punctuation do not matter. A column that another role takes by name, or that the user
 * mapped, is no candidate; where it went to a list, such as moderators, a message says so. Two candidates are an error, because nobody can know which one is meant; only an optional
 * label takes the first of its synonyms, with a warning.
 *
 * <p>Of several alternatives the one with most roles mapped by the user is taken, the first one if there is a tie. If the
 * user mapped any of its roles, what was found automatically for the other alternatives is left out.
 */
public final class ColumnMapper {

    private final AnalysisSpec spec;
    private final Dataset data;
    private final Map<Role, List<String>> columns = new LinkedHashMap<>();
    private final Set<Role> explicit = new HashSet<>();
    private final Map<Role, List<String>> ambiguous = new LinkedHashMap<>();
    private final List<Message> messages = new ArrayList<>();

    private ColumnMapper(AnalysisSpec spec, Dataset data) {
        this.spec = spec;
        this.data = data;
    }

    /**
     * Maps columns to roles.
     *
     * @param wanted what the user mapped: columns by name or synonym of a role; no columns to leave a role out
     * @param automatic whether to look for columns that the user did not map
     * @throws AnalysisException with codes {@code no-such-role}, {@code no-such-column}, {@code ambiguous-column},
     *     {@code one-column} or {@code unmapped-role}
     */
    public static ColumnMapping map(
            AnalysisSpec spec, Dataset data, Map<String, List<String>> wanted, boolean automatic) {
        ColumnMapper mapper = new ColumnMapper(spec, data);
        mapper.mapWanted(wanted);
        if (automatic) {
            mapper.mapAutomatically();
        }
        return mapper.finish();
    }

    /**
     * Returns the columns that would be found by name if nothing is mapped, by role in the order of the specification;
     * nothing for roles that would stay empty, and nothing at all if a column could be two roles.
     */
    public static Map<Role, List<String>> find(AnalysisSpec spec, Dataset data) {
        ColumnMapper mapper = new ColumnMapper(spec, data);
        try {
            mapper.mapAutomatically();
        } catch (AnalysisException e) {
            return Map.of(); // a run says which column it is
        }
        Map<Role, List<String>> ordered = new LinkedHashMap<>();
        for (Role role : spec.allRoles()) {
            Optional.ofNullable(mapper.columns.get(role)).ifPresent(names -> ordered.put(role, names));
        }
        return ordered;
    }

    // ---- what the user mapped

    private void mapWanted(Map<String, List<String>> wanted) {
        List<Message> errors = new ArrayList<>();
        wanted.forEach((name, names) -> {
            try {
                Role role = role(name);
                List<String> found = names.stream()
                        .map(column -> ColumnNames.find(data, column, "for role '" + role.name() + "'"))
                        .toList();
                checkWanted(role, found);
                explicit.add(role);
                columns.put(role, found);
            } catch (AnalysisException e) {
                errors.addAll(e.messages());
            }
        });
        if (!errors.isEmpty()) {
            throw new AnalysisException(errors);
        }
    }

    private void checkWanted(Role role, List<String> found) {
        if (found.size() > 1 && !role.isMany()) {
            throw new AnalysisException(
                    "one-column",
                    "Role '" + role.name() + "' of '" + spec.id() + "' takes one column, but was mapped to "
                            + Names.list(found) + ".");
        }
        if (explicit.contains(role)) {
            throw new AnalysisException(
                    "one-column", "Role '" + role.name() + "' is mapped under two names. Map it once.");
        }
    }

    private Role role(String name) {
        List<Role> roles = spec.allRoles();
        String key = Names.key(name);
        for (Role role : roles) {
            if (Names.key(role.name()).equals(key)) {
                return role;
            }
        }
        List<Role> synonyms = roles.stream().filter(r -> synonym(r, name) >= 0).toList();
        if (synonyms.size() != 1) {
            throw new AnalysisException(
                    "no-such-role",
                    "'" + name + "' is " + (synonyms.isEmpty() ? "not a role" : "a synonym of several roles") + " of '"
                            + spec.id() + "'."
                            + Names.hint(name, roles.stream().map(Role::name).toList(), "roles"));
        }
        return synonyms.get(0);
    }

    // ---- what is found

    private void mapAutomatically() {
        Set<String> taken = new HashSet<>();
        columns.values().forEach(taken::addAll);
        Map<Role, List<String>> found = new LinkedHashMap<>();
        List<Role> open =
                spec.allRoles().stream().filter(r -> !explicit.contains(r)).toList();
        for (Role role : open) {
            byName(role, taken).ifPresent(column -> found.put(role, List.of(column)));
        }
        found.values().forEach(taken::addAll);
        for (Role role : open) {
            if (!found.containsKey(role)) {
                bySynonym(role, taken, found);
            }
        }
        rejectShared(found);
        tellWhatListsTook(open, found);
        columns.putAll(found);
    }

    /** A column in a list, such as moderators, may be meant for a role of its own as well. */
    private void tellWhatListsTook(List<Role> open, Map<Role, List<String>> found) {
        columns.forEach((list, names) -> names.forEach(name -> open.stream()
                .filter(role -> list.isMany() && !found.containsKey(role) && !ambiguous.containsKey(role))
                .filter(role -> Names.key(name).equals(Names.key(role.name())) || synonym(role, name) >= 0)
                .forEach(role -> messages.add(Message.info(
                        "column-taken",
                        data.name() + ": column " + CellText.quoted(name) + " is mapped to '" + list.name()
                                + "' and therefore not used as role '" + role.name() + "' (" + role.label()
                                + "). If it is both, add --map " + role.name() + "=" + name + ".")))));
    }

    private Optional<String> byName(Role role, Set<String> taken) {
        if (data.hasColumn(role.name()) && !taken.contains(role.name())) {
            return Optional.of(role.name());
        }
        List<String> alike = data.columns().stream()
                .filter(c -> !taken.contains(c) && Names.key(c).equals(Names.key(role.name())))
                .toList();
        if (alike.size() > 1) {
            ambiguous.put(role, alike);
        }
        return alike.size() == 1 ? Optional.of(alike.get(0)) : Optional.empty();
    }

    private void bySynonym(Role role, Set<String> taken, Map<Role, List<String>> found) {
        List<String> candidates = data.columns().stream()
                .filter(c -> !taken.contains(c) && synonym(role, c) >= 0)
                .sorted(Comparator.comparingInt(c -> synonym(role, c)))
                .toList();
        if (candidates.isEmpty() || ambiguous.containsKey(role)) {
            return;
        }
        boolean distinct =
                candidates.size() == 1 || synonym(role, candidates.get(0)) < synonym(role, candidates.get(1));
        if (role.isMany()) {
            found.put(role, candidates);
        } else if (candidates.size() == 1) {
            found.put(role, candidates);
        } else if (isLabel(role) && distinct) {
            found.put(role, candidates.subList(0, 1));
            messages.add(Message.warning(
                    "ambiguous-column",
                    data.name() + ": role '" + role.name() + "' could be any of the columns " + Names.list(candidates)
                            + "; '" + candidates.get(0) + "' was taken. Choose with --map " + role.name()
                            + "=COLUMN."));
        } else {
            ambiguous.put(role, candidates);
        }
    }

    private static boolean isLabel(Role role) {
        return role.kind() == Role.Kind.TEXT && !role.isRequired() && !role.isSparse();
    }

    private static int synonym(Role role, String name) {
        String key = Names.key(name);
        for (int i = 0; i < role.synonyms().size(); i++) {
            if (Names.key(role.synonyms().get(i)).equals(key)) {
                return i;
            }
        }
        return -1;
    }

    private void rejectShared(Map<Role, List<String>> found) {
        Map<String, Role> owners = new LinkedHashMap<>();
        found.forEach((role, names) -> names.forEach(name -> {
            Role other = owners.putIfAbsent(name, role);
            if (other != null) {
                throw new AnalysisException(
                        "ambiguous-column",
                        data.name() + ": column " + CellText.quoted(name) + " could be role '" + other.name()
                                + "' or role '" + role.name() + "'. Choose with --map " + other.name() + "=COLUMN or"
                                + " --map " + role.name() + "=COLUMN.");
            }
        }));
    }

    // ---- what it comes to

    private ColumnMapping finish() {
        columns.values().removeIf(List::isEmpty);
        Optional<List<Role>> chosen = chooseAlternative();
        checkAmbiguous(chosen);
        checkRequired(chosen);
        Set<Role> used = new LinkedHashSet<>(spec.roles());
        chosen.ifPresent(used::addAll);
        if (chosen.isPresent() && chosen.get().stream().anyMatch(explicit::contains)) {
            columns.keySet().removeIf(role -> !used.contains(role) && !explicit.contains(role));
        }
        Map<Role, List<String>> ordered = new LinkedHashMap<>();
        for (Role role : spec.allRoles()) {
            Optional.ofNullable(columns.get(role)).ifPresent(names -> ordered.put(role, names));
        }
        explicit.retainAll(ordered.keySet());
        return new ColumnMapping(ordered, explicit, used, messages);
    }

    private Optional<List<Role>> chooseAlternative() {
        Optional<List<Role>> best = Optional.empty();
        for (List<Role> group : spec.alternatives()) {
            boolean better = best.isEmpty() || explicitIn(group) > explicitIn(best.get());
            if (columns.keySet().containsAll(group) && better) {
                best = Optional.of(group);
            }
        }
        return best;
    }

    private long explicitIn(List<Role> group) {
        return group.stream().filter(explicit::contains).count();
    }

    private void checkAmbiguous(Optional<List<Role>> chosen) {
        List<Message> errors = new ArrayList<>();
        ambiguous.forEach((role, candidates) -> {
            String text = data.name() + ": role '" + role.name() + "' (" + role.label()
                    + ") could be any of the columns " + Names.list(candidates) + ".";
            boolean needed = spec.roles().contains(role) || chosen.isEmpty();
            if (needed) {
                String leaveOut = role.isRequired() ? "" : ", or leave the role out with --map " + role.name() + "=";
                errors.add(Message.error(
                        "ambiguous-column", text + " Choose with --map " + role.name() + "=COLUMN" + leaveOut + "."));
            } else {
                messages.add(Message.warning(
                        "ambiguous-column", text + " It was left out, because the analysis can do without it."));
            }
        });
        if (!errors.isEmpty()) {
            throw new AnalysisException(errors);
        }
    }

    private void checkRequired(Optional<List<Role>> chosen) {
        List<Message> errors = new ArrayList<>();
        spec.roles().stream()
                .filter(role -> role.isRequired() && !columns.containsKey(role))
                .forEach(role -> errors.add(Message.error(
                        "unmapped-role",
                        data.name() + " has no column for role '" + role.name() + "' (" + role.label() + ") of '"
                                + spec.id() + "'. Looked for " + lookedFor(role) + ". Map one with --map "
                                + role.name() + "=COLUMN; there are the columns " + Names.list(data.columns()) + ".")));
        if (errors.isEmpty() && chosen.isEmpty() && !spec.alternatives().isEmpty()) {
            errors.add(Message.error("unmapped-role", noAlternative()));
        }
        if (!errors.isEmpty()) {
            errors.addAll(0, messages); // which may tell why
            throw new AnalysisException(errors);
        }
    }

    private static String lookedFor(Role role) {
        List<String> names = new ArrayList<>(List.of(role.name()));
        names.addAll(role.synonyms());
        return Names.list(names);
    }

    private String noAlternative() {
        List<String> groups = spec.alternatives().stream()
                .map(group -> String.join(" + ", group.stream().map(Role::name).toList()))
                .toList();
        List<Role> nearest = spec.alternatives().stream()
                .max(Comparator.comparingLong(
                        group -> group.stream().filter(columns::containsKey).count()))
                .orElseThrow();
        List<String> missing = nearest.stream()
                .filter(role -> !columns.containsKey(role))
                .map(role -> role.name() + " (looked for " + lookedFor(role) + ")")
                .toList();
        return data.name() + ": '" + spec.id() + "' needs columns for one of: " + String.join("; ", groups)
                + ". Missing for the nearest of them: " + String.join("; ", missing)
                + ". Map them with --map ROLE=COLUMN; there are the columns " + Names.list(data.columns()) + ".";
    }
}
