package org.lozenge.workbench.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lozenge.plugin.NumberText;
import org.lozenge.workbench.json.JsonTree;

/** Compares two specifications, each as its JSON Schema: what worked with the old one shall work with the new one. */
final class Snapshot {

    private final Node before;
    private final Node after;
    private final List<String> breaks = new ArrayList<>();

    private Snapshot(Node before, Node after) {
        this.before = before;
        this.after = after;
    }

    /** A value of a tree; empty where there is none. */
    private record Node(Optional<Object> value) {

        Node at(String key) {
            return new Node(value.filter(Map.class::isInstance)
                    .flatMap(map -> Optional.ofNullable(((Map<?, ?>) map).get(key))));
        }

        String text() {
            return value.map(Object::toString).orElse("");
        }

        Optional<Double> number() {
            return value.map(Object::toString).flatMap(NumberText::parse);
        }

        List<String> texts() {
            return value.filter(List.class::isInstance)
                    .map(list -> ((List<?>) list).stream().map(String::valueOf).toList())
                    .orElse(List.of());
        }

        List<Node> nodes() {
            return value.filter(List.class::isInstance)
                    .map(list -> ((List<?>) list)
                            .stream()
                                    .map(one -> new Node(Optional.<Object>of(one)))
                                    .toList())
                    .orElse(List.of());
        }

        Map<String, Node> members() {
            Map<String, Node> members = new LinkedHashMap<>();
            value.filter(Map.class::isInstance)
                    .ifPresent(map -> ((Map<?, ?>) map)
                            .forEach((key, member) -> members.put(String.valueOf(key), new Node(Optional.of(member)))));
            return members;
        }
    }

    /**
     * Returns in words what no longer works.
     *
     * @throws IllegalArgumentException if either is not JSON
     */
    static List<String> breaks(String before, String after) {
        Snapshot snapshot =
                new Snapshot(new Node(Optional.of(JsonTree.read(before))), new Node(Optional.of(JsonTree.read(after))));
        snapshot.compare();
        return snapshot.breaks;
    }

    private void compare() {
        String prefix = "urn:lozenge:analysis:";
        String oldId = before.at("$id").text().replace(prefix, "");
        if (!before.at("$id").text().equals(after.at("$id").text())
                && !after.at("x-formerly").texts().contains(oldId)) {
            breaks.add("the analysis was called '" + oldId + "'; add formerly(\"" + oldId + "\")");
        }
        for (String former : before.at("x-formerly").texts()) {
            if (!after.at("x-formerly").texts().contains(former)
                    && !after.at("$id").text().equals(prefix + former)) {
                breaks.add("the former id '" + former + "' is gone; keep it in formerly()");
            }
        }
        raised("it needs more rows", before.at("x-min-rows"), after.at("x-min-rows"));
        roles(before.at("properties").at("mapping"), after.at("properties").at("mapping"));
        params(before.at("properties").at("params"), after.at("properties").at("params"));
    }

    private void roles(Node old, Node now) {
        Map<String, Node> roles = now.at("properties").members();
        old.at("properties").members().forEach((name, role) -> {
            Node changed = roles.get(name);
            if (changed == null) {
                breaks.add("the role '" + name + "' is gone");
                return;
            }
            String what = "the role '" + name + "'";
            if (role.at("maxItems").value().isEmpty()
                    && changed.at("maxItems").value().isPresent()) {
                breaks.add(what + " no longer takes several columns");
            }
            range(what, role.at("x-cells"), changed.at("x-cells"));
            type(what, role.at("x-cells"), changed.at("x-cells"));
        });
        for (String required : now.at("required").texts()) {
            if (!old.at("required").texts().contains(required)) {
                breaks.add("the role '" + required + "' is now required");
            }
        }
        for (Node group : old.at("anyOf").nodes()) {
            List<String> names = group.at("required").texts();
            boolean served = now.at("anyOf").nodes().isEmpty()
                    || now.at("anyOf").nodes().stream()
                            .anyMatch(
                                    one -> names.containsAll(one.at("required").texts()));
            if (!served) {
                breaks.add("the columns " + String.join(" + ", names) + " are no longer enough");
            }
        }
        if (old.at("anyOf").nodes().isEmpty() && !now.at("anyOf").nodes().isEmpty()) {
            breaks.add("it now needs one of several groups of columns");
        }
    }

    private void params(Node old, Node now) {
        Map<String, Node> params = now.at("properties").members();
        old.at("properties").members().forEach((name, param) -> {
            String what = "the option '" + name + "'";
            Node changed = params.get(name);
            if (changed == null) {
                breaks.add(what + " is gone; if it was renamed, add formerly(\"" + name + "\") to the new one");
                return;
            }
            type(what, param, changed);
            range(what, param, changed);
            if (!param.at("default").text().equals(changed.at("default").text())) {
                breaks.add(what + " is no longer "
                        + param.at("default").text() + " by default, but "
                        + changed.at("default").text());
            }
            List<String> choices = changed.at("enum").texts();
            for (String choice : param.at("enum").texts()) {
                if (!choices.isEmpty() && !choices.contains(choice)) {
                    breaks.add(what + " can no longer be '" + choice + "'");
                }
            }
        });
    }

    private void type(String what, Node old, Node now) {
        String was = old.at("type").text();
        String is = now.at("type").text();
        boolean wider = is.isEmpty() || (was.equals("integer") && is.equals("number"));
        if (!was.equals(is) && !wider) {
            breaks.add(what + " was of type " + (was.isEmpty() ? "any" : was) + " and is of type " + is);
        }
    }

    private void range(String what, Node old, Node now) {
        for (String low : List.of("minimum", "exclusiveMinimum")) {
            Optional<Double> bound = now.at(low).number();
            double was = old.at("minimum")
                    .number()
                    .or(() -> old.at("exclusiveMinimum").number())
                    .orElse(Double.NEGATIVE_INFINITY);
            boolean included = old.at("minimum").number().isPresent() && low.equals("exclusiveMinimum");
            if (bound.isPresent() && (bound.get() > was || (bound.get() == was && included))) {
                breaks.add(what + " no longer takes numbers as small as before");
            }
        }
        Optional<Double> bound = now.at("maximum").number();
        double was = old.at("maximum").number().orElse(Double.POSITIVE_INFINITY);
        if (bound.isPresent() && bound.get() < was) {
            breaks.add(what + " no longer takes numbers as large as before");
        }
    }

    private void raised(String what, Node old, Node now) {
        if (now.number().orElse(0.0) > old.number().orElse(0.0)) {
            breaks.add(what + ": " + now.text() + ", before " + old.text());
        }
    }
}
