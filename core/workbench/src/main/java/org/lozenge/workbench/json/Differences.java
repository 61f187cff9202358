package org.lozenge.workbench.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What differs between two outcomes. Immutable.
 *
 * @param versions the programs that made them, where they differ: that alone makes no result another one
 * @param changes everything else: data, options, columns, rows, the status, messages and the result
 * @param numbers how many numbers of the results were compared
 * @param largest the largest relative difference between two of them; 0 if there is none
 */
public record Differences(List<String> versions, List<String> changes, int numbers, double largest) {

    /** Copies the lists. */
    public Differences {
        versions = List.copyOf(versions);
        changes = List.copyOf(changes);
    }

    /** Returns whether the outcomes are the same. */
    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /**
     * Compares two outcomes.
     *
     * @param before the JSON of one
     * @param after the JSON of the other
     * @param tolerance relative difference up to which two numbers count as the same
     */
    static Differences between(String before, String after, double tolerance) {
        return new Comparison(tolerance).of(JsonTree.read(before), JsonTree.read(after));
    }

    private static final class Comparison {

        private static final Set<String> VERSIONS =
                Set.of("lozenge", "analysis.id", "analysis.plugin", "analysis.version");

        private static final Set<String> SAID_OF_ANY = Set.of("lozenge", "status", "analysis", "input");

        private final double tolerance;
        private final List<String> versions = new ArrayList<>();
        private final List<String> changes = new ArrayList<>();
        private List<String> columns = List.of();
        private int numbers;
        private double largest;

        Comparison(double tolerance) {
            this.tolerance = tolerance;
        }

        Differences of(Object before, Object after) {
            if (before instanceof Map<?, ?> old
                    && after instanceof Map<?, ?> now
                    && !Objects.equals(old.get("status"), now.get("status"))) {
                // All else differs too then, and would hide this.
                compare("", only(old), only(now));
            } else {
                compare("", before, after);
            }
            return new Differences(versions, changes, numbers, largest);
        }

        private static Map<Object, Object> only(Map<?, ?> outcome) {
            Map<Object, Object> members = new LinkedHashMap<>(outcome);
            members.keySet().retainAll(SAID_OF_ANY);
            return members;
        }

        private void compare(String path, Object before, Object after) {
            if (before instanceof Map<?, ?> old && after instanceof Map<?, ?> now) {
                members(path, old, now);
            } else if (before instanceof List<?> old && after instanceof List<?> now) {
                elements(path, old, now);
            } else if (before instanceof String old && after instanceof String now) {
                plain(path, old, now);
            } else {
                changes.add(path + " is of another kind");
            }
        }

        private void members(String path, Map<?, ?> before, Map<?, ?> after) {
            if (before.containsKey("id")) {
                columns = columnsOf(before);
            }
            Set<Object> names = new LinkedHashSet<>(before.keySet());
            names.addAll(after.keySet());
            for (Object name : names) {
                String member = path.isEmpty() ? String.valueOf(name) : path + "." + name;
                Object old = before.get(name);
                Object now = after.get(name);
                if (member.equals("given") || member.equals("input.name")) {
                    continue; // how it was asked for does not matter, what came of it does
                }
                if (old == null || now == null) {
                    changes.add(member + (old == null ? " is new" : " is gone"));
                } else {
                    compare(member, old, now);
                }
            }
        }

        private void elements(String path, List<?> allBefore, List<?> allAfter) {
            List<?> before = withoutRenamed(allBefore);
            List<?> after = withoutRenamed(allAfter);
            if (before.size() != after.size()) {
                changes.add(path + ": there were " + before.size() + ", now there are " + after.size());
            }
            for (int i = 0; i < Math.min(before.size(), after.size()); i++) {
                compare(path + " " + name(path, before.get(i), i), before.get(i), after.get(i));
            }
        }

        /** That a name is an old one is said of the call, not of the result. */
        private static List<?> withoutRenamed(List<?> elements) {
            return elements.stream()
                    .filter(element -> !(element instanceof Map<?, ?> map
                            && String.valueOf(map.get("code")).startsWith("renamed-")))
                    .toList();
        }

        /** Items go by their ids, cells of tables by the names of their columns, everything else by its place. */
        private String name(String path, Object element, int index) {
            Object id = element instanceof Map<?, ?> map ? map.get("id") : null;
            if (id instanceof String text) {
                return text;
            }
            boolean cell = !(element instanceof Map<?, ?>) && index < columns.size() && path.contains(".rows ");
            return cell ? columns.get(index) : Integer.toString(index + 1);
        }

        /** The names of the columns of a table; nothing for anything else. */
        private static List<String> columnsOf(Map<?, ?> item) {
            if (!"table".equals(item.get("type")) || !(item.get("columns") instanceof List<?> list)) {
                return List.of();
            }
            return list.stream()
                    .map(column -> column instanceof Map<?, ?> map ? String.valueOf(map.get("name")) : "")
                    .toList();
        }

        private void plain(String path, String before, String after) {
            boolean number = path.startsWith("items") && isNumber(before) && isNumber(after);
            numbers += number ? 1 : 0;
            if (before.equals(after)) {
                return;
            }
            if (VERSIONS.contains(path)) {
                versions.add(path + " was " + before + ", is " + after);
            } else if (number) {
                number(path, before, after);
            } else {
                changes.add(path + " was " + quoted(before) + ", is " + quoted(after));
            }
        }

        private void number(String path, String before, String after) {
            double old = Double.parseDouble(before);
            double now = Double.parseDouble(after);
            double difference = Math.abs(now - old) / Math.max(Math.abs(old), Math.abs(now));
            if (!(difference > 0)) {
                return;
            }
            largest = Math.max(largest, difference);
            if (difference > tolerance) {
                changes.add(path + " was " + before + ", is " + after);
            }
        }

        private static boolean isNumber(String text) {
            try {
                return !text.isEmpty() && Double.isFinite(Double.parseDouble(text));
            } catch (NumberFormatException e) {
                return false;
            }
        }

        private static String quoted(String text) {
            String line = text.replace('\n', ' ');
            return line.isEmpty() ? "missing" : "'" + (line.length() > 80 ? line.substring(0, 79) + "…" : line) + "'";
        }
    }
}
