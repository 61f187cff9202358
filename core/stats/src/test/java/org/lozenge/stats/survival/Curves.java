package org.lozenge.stats.survival;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.lozenge.stats.survival.CurveReader.Column;

/** Short notation for curves in tests: points {@code time survival n_risk} joined by {@code /}, {@code -} for none. */
final class Curves {

    private static final Column[] COLUMNS = {Column.TIME, Column.SURVIVAL, Column.N_RISK};

    private Curves() {}

    static CurveReader.Reading reading(String points) {
        CurveReader reader = new CurveReader();
        int row = 0;
        for (String point : points.split("/", -1)) {
            Map<Column, String> cells = new EnumMap<>(Column.class);
            String[] parts = point.strip().split(" ", -1);
            for (int i = 0; i < parts.length; i++) {
                cells.put(COLUMNS[i], parts[i].equals("-") ? "" : parts[i]);
            }
            reader.add(++row, cells);
        }
        return reader.read();
    }

    static ReportedCurve curve(String points) {
        CurveReader.Reading reading = reading(points);
        return reading.curve().orElseThrow(() -> new AssertionError(reading.problems()));
    }

    /** Cells as in {@link Reports}, and besides {@code fu_min} and {@code fu_max}. */
    static ReportedResult report(String cells, String treatment, String control) {
        OptionalDouble smallest = OptionalDouble.empty();
        OptionalDouble largest = OptionalDouble.empty();
        StringBuilder printed = new StringBuilder();
        for (String cell : cells == null ? new String[0] : cells.split(";", -1)) {
            if (cell.startsWith("fu_min=")) {
                smallest = OptionalDouble.of(Double.parseDouble(cell.substring(7)));
            } else if (cell.startsWith("fu_max=")) {
                largest = OptionalDouble.of(Double.parseDouble(cell.substring(7)));
            } else {
                printed.append(cell).append(';');
            }
        }
        return Reports.read(printed.toString())
                .withCurves(
                        new ReportedCurves(curve(treatment), curve(control)),
                        new ReportedCurve.FollowUp(smallest, largest));
    }

    static RouteEstimate estimate(String route, String cells, String treatment, String control) {
        RouteResult result = Route.withCode(route).orElseThrow().apply(report(cells, treatment, control));
        if (result instanceof RouteUnavailable none) {
            throw new AssertionError(route + " is not available: " + none.reason());
        }
        return (RouteEstimate) result;
    }

    static RouteUnavailable unavailable(String route, String cells, String treatment, String control) {
        return (RouteUnavailable) Route.withCode(route).orElseThrow().apply(report(cells, treatment, control));
    }
}
