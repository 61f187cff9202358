package org.lozenge.analyses.shared;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Message;
import org.lozenge.stats.survival.Arm;
import org.lozenge.stats.survival.CurveReader;
import org.lozenge.stats.survival.CurveReader.Column;
import org.lozenge.stats.survival.CurveReader.Problem;
import org.lozenge.stats.survival.CurveReader.Reading;
import org.lozenge.stats.survival.ReportedCurve;
import org.lozenge.stats.survival.ReportedCurves;

/**
 * The survival curves of a table, put together from the rows that are their points, and what is wrong with them.
 *
 * <p>Cells that cannot be read, and arms of which nobody knows which is the control, are errors. A curve that contradicts
 * itself (it rises, or lies outside 0 to 1) is left out with a warning, and the rest of the table stands.
 */
final class ReportCurves {

    /**
     * The curves of one comparison.
     *
     * @param key study, endpoint and document
     * @param first position of the first of its rows
     * @param curves both arms
     */
    record Pair(CurvePoints.Key key, int first, ReportedCurves curves) {}

    private final String source;
    private final CurvePoints points;
    private final int[] sourceRows;
    private final CurveArms arms;
    private final List<Pair> pairs = new ArrayList<>();
    private final List<Message> errors = new ArrayList<>();
    private final List<Message> warnings = new ArrayList<>();

    private ReportCurves(Inputs in, CurvePoints points) {
        this.source = in.source();
        this.points = points;
        this.sourceRows = in.sourceRows();
        this.arms = new CurveArms(in);
    }

    static ReportCurves read(Inputs in, CurvePoints points) {
        ReportCurves table = new ReportCurves(in, points);
        Map<CurvePoints.Key, List<Integer>> groups = new LinkedHashMap<>();
        for (int i = 0; i < in.rows(); i++) {
            if (points.isPoint(i)) {
                groups.computeIfAbsent(points.key(i), key -> new ArrayList<>()).add(i);
            } else if (points.lacksArm(i)) {
                table.warnOfArm(i);
            }
        }
        groups.forEach(table::readPair);
        return table;
    }

    List<Pair> pairs() {
        return pairs;
    }

    /** Cells that cannot be read and arms that are not known. */
    List<Message> errors() {
        return errors;
    }

    /** Curves that are left out, and what was taken for granted. */
    List<Message> warnings() {
        return warnings;
    }

    private void readPair(CurvePoints.Key key, List<Integer> rows) {
        Map<String, List<Integer>> byArm =
                rows.stream().collect(Collectors.groupingBy(points::arm, LinkedHashMap::new, Collectors.toList()));
        Optional<Map<String, Arm>> known = arms.of(key.study(), List.copyOf(byArm.keySet()));
        if (known.isEmpty()) {
            errors.add(unknownArms(key, rows, byArm.keySet().stream().toList()));
            return;
        }
        Map<Arm, List<Integer>> sides = new EnumMap<>(Arm.class);
        byArm.forEach((name, at) -> sides.computeIfAbsent(known.get().get(name), arm -> new ArrayList<>())
                .addAll(at));
        Map<Arm, ReportedCurve> good = new EnumMap<>(Arm.class);
        sides.forEach((arm, at) -> {
            Reading reading = read(at);
            tell(key, reading);
            reading.curve().ifPresent(curve -> good.put(arm, curve));
        });
        if (sides.size() < byArm.size()) {
            warnings.add(leftOut(
                    key,
                    rows,
                    "arms " + quoted(List.copyOf(byArm.keySet())) + " are more than one treatment and one control; give"
                            + " each comparison an endpoint or study of its own"));
            return;
        }
        if (sides.size() < 2) {
            Arm there = sides.keySet().iterator().next();
            warnings.add(
                    leftOut(key, rows, "a curve for the " + there.label() + " arm only; add that of the other arm"));
        }
        ReportedCurve treatment = good.get(Arm.TREATMENT);
        ReportedCurve control = good.get(Arm.CONTROL);
        if (treatment != null && control != null) {
            pairs.add(new Pair(key, rows.get(0), new ReportedCurves(treatment, control)));
        }
    }

    private Reading read(List<Integer> rows) {
        CurveReader reader = new CurveReader();
        rows.forEach(i -> reader.add(sourceRows[i], points.cells(i)));
        return reader.read();
    }

    // ---- messages

    private void tell(CurvePoints.Key key, Reading reading) {
        for (Problem problem : reading.problems()) {
            if (problem.readable()) {
                warnings.add(
                        Message.warning("bad-curve", cell(key, problem) + ". The curves of both arms are left out.")
                                .at(problem.row()));
            } else {
                errors.add(Message.error("bad-cell", cell(key, problem) + ".").at(problem.row()));
            }
        }
        for (Problem remark : reading.remarks()) {
            boolean order = remark.column() == Column.TIME;
            warnings.add(Message.warning(order ? "curve-order" : "curve-percent", cell(key, remark) + ".")
                    .at(remark.row()));
        }
    }

    private String cell(CurvePoints.Key key, Problem problem) {
        return source + ", row " + problem.row() + name(key) + ", column '" + points.name(problem.column()) + "' ("
                + problem.column().label() + "): " + problem.message();
    }

    private static String name(CurvePoints.Key key) {
        String name = key.study() + (key.study().isEmpty() || key.endpoint().isEmpty() ? "" : ", ") + key.endpoint();
        return name.isEmpty() ? "" : " (" + name + ")";
    }

    private Message unknownArms(CurvePoints.Key key, List<Integer> rows, List<String> names) {
        return Message.error(
                        "unknown-arm",
                        source + ", row " + sourceRows[rows.get(0)] + name(key) + ", column '" + points.armColumn()
                                + "': which of the arms " + quoted(names)
                                + " is the control is not known. Write treatment and control, or name the control arm with"
                                + " --control-arm \"" + names.get(names.size() - 1) + "\".")
                .at(at(rows));
    }

    private Message leftOut(CurvePoints.Key key, List<Integer> rows, String what) {
        return Message.warning(
                        "curve-left-out",
                        source + ", row " + sourceRows[rows.get(0)] + name(key) + ": " + what
                                + ". The curves are left out.")
                .at(at(rows));
    }

    private void warnOfArm(int i) {
        warnings.add(Message.warning(
                        "curve-left-out",
                        source + ", row " + sourceRows[i] + name(points.key(i)) + ", column '" + points.armColumn()
                                + "': a point of a survival curve needs its arm, treatment or control. The point is left out.")
                .at(sourceRows[i]));
    }

    private int[] at(List<Integer> rows) {
        return rows.stream().mapToInt(i -> sourceRows[i]).toArray();
    }

    private static String quoted(List<String> names) {
        return IntStream.range(0, names.size())
                .mapToObj(i -> (i == 0 ? "" : i == names.size() - 1 ? " and " : ", ") + "'" + names.get(i) + "'")
                .collect(Collectors.joining());
    }
}
