package org.lozenge.workbench.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.NumberText;

/** Checks the names of the columns and makes up names for columns that have none. */
final class Header {

    private final String source;
    private final List<String> names;
    private final Set<Integer> unnamed = new HashSet<>();
    private final List<Message> problems = new ArrayList<>();

    Header(String source, List<String> printed) {
        this.source = source;
        this.names = new ArrayList<>(printed.stream().map(CellText::strip).toList());
        checkCount();
        checkLooksLikeHeader();
        checkDuplicates();
        nameBlanks();
        warnOfCase();
    }

    /** Returns the names; each occurs once. */
    List<String> names() {
        return names;
    }

    /** Returns whether the source gave this 0-based column no name. */
    boolean isUnnamed(int column) {
        return unnamed.contains(column);
    }

    List<Message> problems() {
        return problems;
    }

    private void checkCount() {
        if (names.size() > Limits.COLUMNS) {
            throw new InputException(
                    "too-many-columns",
                    source + ": " + names.size() + " columns, but " + Limits.COLUMNS
                            + " are the limit. Keep the columns that the analysis needs.");
        }
    }

    private void checkLooksLikeHeader() {
        if (names.stream().allMatch(String::isEmpty)) {
            throw new InputException(
                    "no-header", source + ": the first line names no column. Put the names of the columns there.");
        }
        if (names.stream().allMatch(name -> NumberText.parse(name).isPresent())) {
            throw new InputException(
                    "no-header",
                    source + ": the first line holds numbers (" + CellText.quoted(names.get(0))
                            + " …) where the names of the columns belong. Put a line with the names above it.");
        }
    }

    private void checkDuplicates() {
        Map<String, Integer> first = new HashMap<>();
        List<Message> errors = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            Integer before = names.get(i).isEmpty() ? null : first.putIfAbsent(names.get(i), i);
            if (before != null) {
                errors.add(Message.error(
                        "duplicate-column",
                        source + ": columns " + (before + 1) + " and " + (i + 1) + " are both called "
                                + CellText.quoted(names.get(i)) + ". Rename one of them."));
            }
        }
        if (!errors.isEmpty()) {
            throw new InputException(errors);
        }
    }

    private void nameBlanks() {
        Set<String> taken = new HashSet<>(names);
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).isEmpty()) {
                String name = "column_" + (i + 1);
                while (!taken.add(name)) {
                    name += "_";
                }
                names.set(i, name);
                unnamed.add(i);
            }
        }
    }

    private void warnOfCase() {
        Map<String, String> seen = new HashMap<>();
        for (String name : names) {
            String other = seen.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
            if (other != null) {
                problems.add(Message.warning(
                        "similar-columns",
                        source + ": the columns " + CellText.quoted(other) + " and " + CellText.quoted(name)
                                + " differ in case only; name the one you mean exactly."));
            }
        }
    }
}
