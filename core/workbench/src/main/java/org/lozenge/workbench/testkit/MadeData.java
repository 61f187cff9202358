package org.lozenge.workbench.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.NumberText;
import org.lozenge.plugin.Role;

/**
 * Tables made from the roles of an analysis, one for each of its alternatives: eight rows of plausible cells that keep to
 * the range of each role, with limits around what they limit and events below participants. What an analysis asks beyond
 * that cannot be known.
 */
final class MadeData {

    private static final int ROWS = 8;

    private MadeData() {}

    /**
     * A table and how to read it.
     *
     * @param grid the table
     * @param mapping columns by role
     */
    record Made(Grid grid, Map<String, List<String>> mapping) {}

    static List<Made> of(AnalysisSpec spec) {
        if (spec.alternatives().isEmpty()) {
            return List.of(of(spec, List.of()));
        }
        return spec.alternatives().stream().map(group -> of(spec, group)).toList();
    }

    private static Made of(AnalysisSpec spec, List<Role> group) {
        Map<String, Role> columns = new LinkedHashMap<>();
        Map<String, List<String>> mapping = new LinkedHashMap<>();
        for (Role role : spec.allRoles()) {
            if (spec.roles().contains(role) || group.contains(role)) {
                List<String> names =
                        role.isMany() ? List.of(role.name() + "_1", role.name() + "_2") : List.of(role.name());
                names.forEach(name -> columns.put(name, role));
                mapping.put(role.name(), names);
            }
        }
        List<List<String>> rows = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            int r = row;
            rows.add(columns.entrySet().stream()
                    .map(column -> cell(column.getValue(), column.getKey().endsWith("_2") ? 2 * r : r))
                    .toList());
        }
        return new Made(new Grid("made-" + spec.id(), List.copyOf(columns.keySet()), rows), mapping);
    }

    private static String cell(Role role, int row) {
        return switch (role.kind()) {
            case NUMBER -> NumberText.print(number(role, row));
            case CATEGORY -> row % 2 == 0 ? "a" : "b";
            case TEXT -> role.label() + " " + (row + 1);
            case DATE -> "2019-0" + (row % 8 + 1) + "-15";
            case ANY -> Integer.toString(row + 1);
        };
    }

    private static double number(Role role, int row) {
        String name = "_" + role.name() + "_";
        double value = plausible(name, row);
        if (role.isCount()) {
            value = Math.rint(name.contains("event") || name.contains("death") ? 8 + row : 40 + 3 * row);
        }
        boolean low = value < role.min() || (role.isMinExcluded() && value == role.min());
        if (!low && value <= role.max()) {
            return value;
        }
        return inside(role, row);
    }

    private static double plausible(String name, int row) {
        double centre = 0.6 + 0.05 * row;
        if (name.contains("_low") || name.contains("_lower")) {
            return round(0.7 * centre);
        }
        if (name.contains("_high") || name.contains("_upper")) {
            return round(1.4 * centre);
        }
        if (name.contains("_se_") || name.contains("_sd_") || name.contains("_variance_")) {
            return round(0.2 + 0.01 * row);
        }
        if (name.contains("_status_")) {
            return row % 3 == 0 ? 0 : 1;
        }
        return round(centre);
    }

    private static double inside(Role role, int row) {
        double low = Double.isInfinite(role.min()) ? role.max() - ROWS - 1 : role.min();
        double high = Double.isInfinite(role.max()) ? low + ROWS + 1 : role.max();
        double value = low + (high - low) * (row % ROWS + 1) / (ROWS + 1);
        return role.isCount() ? Math.rint(value) : value;
    }

    private static double round(double value) {
        return Math.rint(1000 * value) / 1000;
    }
}
