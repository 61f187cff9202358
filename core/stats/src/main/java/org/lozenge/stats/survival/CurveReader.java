package org.lozenge.stats.survival;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.survival.ReportedCurve.FollowUp;

/**
 * Reads the points of a published curve, one row each, into a {@link ReportedCurve}.
 *
 * <p>Fractions may be printed as {@code 0.91}, as {@code 91%}, or, if all of a curve are, as {@code 91}. Blank cells and
 * {@code NA} are missing: a row may hold a point, a number at risk, or both. Rows may come in any order of time.
 *
 * <p>What contradicts itself makes the curve unusable, and every fault is listed: fractions outside 0 to 1, a curve that
 * rises by more than rounding and reading error explain, numbers at risk that rise.
 */
public final class CurveReader {

    /** Half a unit of a percentage: nobody prints curves more coarsely. */
    private static final double COARSEST = 0.005;

    /** What a trembling hand or a rounded digit may raise a curve by. */
    private static final double TREMOR = 0.005;

    private static final Pattern UNIT =
            Pattern.compile("(?i)(?<number>.*?)\\s*(?:mos?|months?|y|yrs?|years?|w|wks?|weeks?|d|days?)\\.?");

    /** A column of the long table of curves. */
    public enum Column {
        /** Time of the point. */
        TIME("time", "time"),
        /** Event-free fraction at that time. */
        SURVIVAL("survival", "event-free fraction"),
        /** Participants at risk just before that time. */
        N_RISK("n_risk", "number at risk"),
        /** Participants of the arm. */
        N("n", "participants"),
        /** Events of the arm. */
        EVENTS("events", "events"),
        /** Smallest follow-up. */
        FU_MIN("fu_min", "smallest follow-up"),
        /** Largest follow-up. */
        FU_MAX("fu_max", "largest follow-up");

        private final String code;
        private final String label;

        Column(String code, String label) {
            this.code = code;
            this.label = label;
        }

        /** The column name, such as {@code n_risk}. */
        public String code() {
            return code;
        }

        /** The name in a sentence, such as {@code number at risk}. */
        public String label() {
            return label;
        }
    }

    /**
     * Something wrong with a cell.
     *
     * @param row the row that was given
     * @param column the column of the cell
     * @param message what is wrong and what to do, without a full stop
     * @param readable whether the cell can be read, and only its value is wrong
     */
    public record Problem(int row, Column column, String message, boolean readable) {

        /** Checks that nothing is missing. */
        public Problem {
            Objects.requireNonNull(column, "column");
            Objects.requireNonNull(message, "message");
        }
    }

    /**
     * What was read.
     *
     * @param curve the curve; empty if something is wrong with it
     * @param problems everything that is wrong
     * @param remarks what was taken for granted, in sentences with the rows they concern
     */
    public record Reading(Optional<ReportedCurve> curve, List<Problem> problems, List<Problem> remarks) {

        /** Copies the lists. */
        public Reading {
            Objects.requireNonNull(curve, "curve");
            problems = List.copyOf(problems);
            remarks = List.copyOf(remarks);
        }
    }

    private record Point(int row, double time, PrintedNumber number, double value) {}

    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> remarks = new ArrayList<>();
    private final List<Point> points = new ArrayList<>();
    private final TreeMap<Double, Point> risk = new TreeMap<>();
    private final TreeMap<Column, Double> totals = new TreeMap<>();

    /** A reader for the rows of one arm. */
    public CurveReader() {}

    /**
     * Adds a row.
     *
     * @param row its number, for messages
     * @param cells its cells by column; missing or blank for none
     * @return this
     */
    public CurveReader add(int row, Map<Column, String> cells) {
        Optional<Double> time = cell(Column.TIME, cells).flatMap(text -> time(row, text));
        cell(Column.SURVIVAL, cells)
                .flatMap(text -> number(row, Column.SURVIVAL, text))
                .ifPresent(number -> {
                    if (time.isPresent()) {
                        points.add(new Point(row, time.get(), number, number.fraction()));
                    } else if (cell(Column.TIME, cells).isEmpty()) {
                        fault(row, Column.TIME, "a point of the curve needs its time, but the cell is empty");
                    }
                });
        cell(Column.N_RISK, cells)
                .flatMap(text -> count(row, Column.N_RISK, text))
                .ifPresent(count -> {
                    if (time.isPresent()) {
                        atRisk(new Point(row, time.get(), count, count.value()));
                    } else if (cell(Column.TIME, cells).isEmpty()) {
                        fault(row, Column.TIME, "a number at risk needs its time, but the cell is empty");
                    }
                });
        for (Column column : List.of(Column.N, Column.EVENTS)) {
            cell(column, cells)
                    .flatMap(text -> count(row, column, text))
                    .ifPresent(count -> total(row, column, count.value(), count.text()));
        }
        for (Column column : List.of(Column.FU_MIN, Column.FU_MAX)) {
            cell(column, cells)
                    .flatMap(text -> followUp(row, column, text))
                    .ifPresent(number -> total(row, column, number.value(), number.text()));
        }
        return this;
    }

    /** Puts the rows together. */
    public Reading read() {
        points.sort(Comparator.comparingDouble(Point::time)
                .thenComparing(Comparator.comparingDouble(Point::value).reversed()));
        List<Point> fractions = fractions();
        checkFall(fractions);
        checkRisk();
        if (fractions.stream().noneMatch(point -> point.time > 0) && problems.isEmpty()) {
            int row = risk.isEmpty() ? 0 : risk.firstEntry().getValue().row;
            fault(
                    row,
                    Column.SURVIVAL,
                    "the curve has no point after time 0; add event-free fractions with their times");
        }
        if (!problems.isEmpty()) {
            return new Reading(Optional.empty(), problems, remarks);
        }
        return new Reading(Optional.of(curve(fractions)), List.of(), remarks);
    }

    // ---- cells

    private static Optional<String> cell(Column column, Map<Column, String> cells) {
        String text = cells.getOrDefault(column, "").strip();
        return text.isEmpty() || text.equals("NA") ? Optional.empty() : Optional.of(text);
    }

    private Optional<PrintedNumber> number(int row, Column column, String text) {
        try {
            return Optional.of(PrintedNumber.parse(text));
        } catch (IllegalArgumentException e) {
            problems.add(new Problem(row, column, String.valueOf(e.getMessage()), false));
            return Optional.empty();
        }
    }

    private Optional<Double> time(int row, String text) {
        return followUp(row, Column.TIME, text).map(PrintedNumber::value);
    }

    private Optional<PrintedNumber> followUp(int row, Column column, String text) {
        var m = UNIT.matcher(text);
        Optional<PrintedNumber> number = number(row, column, m.matches() ? m.group("number") : text);
        if (number.isPresent() && (number.get().value() < 0 || number.get().percent())) {
            fault(row, column, "the " + column.label() + " must be at least 0, but is '" + text + "'");
            return Optional.empty();
        }
        return number;
    }

    private Optional<PrintedNumber> count(int row, Column column, String text) {
        try {
            return Optional.of(PrintedCount.parse(text).number());
        } catch (ImpossibleValueException e) {
            fault(row, column, String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            problems.add(new Problem(row, column, String.valueOf(e.getMessage()), false));
        }
        return Optional.empty();
    }

    private void fault(int row, Column column, String message) {
        problems.add(new Problem(row, column, message, true));
    }

    private void total(int row, Column column, double value, String text) {
        Double before = totals.putIfAbsent(column, value);
        if (before != null && before != value) {
            fault(
                    row,
                    column,
                    "the " + column.label() + " of the arm is " + text + ", but " + Digits.plain(before)
                            + " in an earlier row; it is one number for the arm");
        }
    }

    private void atRisk(Point count) {
        Point before = risk.putIfAbsent(count.time, count);
        if (before != null && before.value != count.value) {
            fault(
                    count.row,
                    Column.N_RISK,
                    "the number at risk at time " + Digits.plain(count.time) + " is " + count.number.text() + ", but "
                            + before.number.text() + " in row " + before.row + "; leave one of them empty");
        }
    }

    // ---- checks

    /** The points with their fractions; a curve of bare numbers above 1 is taken for percentages. */
    private List<Point> fractions() {
        boolean bare = points.stream().noneMatch(point -> point.number.percent());
        boolean above = bare && points.stream().anyMatch(point -> point.value > 1);
        boolean percentages = above
                && points.stream().allMatch(point -> point.value <= 100 && (point.value > 1 || point.value == 0))
                && points.stream().filter(point -> point.value > 1).count() > 1;
        if (percentages) {
            remarks.add(new Problem(
                    points.get(0).row,
                    Column.SURVIVAL,
                    "the curve is read as percentages, because all its values lie above 1",
                    true));
            return points.stream()
                    .map(point -> new Point(
                            point.row,
                            point.time,
                            point.number,
                            PrintedNumber.parse(point.number.text() + "%").fraction()))
                    .toList();
        }
        for (Point point : points) {
            if (!(point.value >= 0 && point.value <= 1)) {
                fault(
                        point.row,
                        Column.SURVIVAL,
                        "the event-free fraction must lie between 0 and 1, but is " + point.number.text()
                                + "; write a percentage with its sign, as in 91%");
            }
        }
        return points;
    }

    private void checkFall(List<Point> fractions) {
        double tolerance = Math.max(2 * halfUnit(fractions), TREMOR) * (1 + 1e-9);
        Point lowest = null;
        int last = Integer.MIN_VALUE;
        double lastTime = 0;
        boolean sorted = true;
        for (Point point : fractions) {
            if (point.value > 1 || point.value < 0) {
                return;
            }
            if (point.time == 0 && point.value < 1 - TREMOR) {
                fault(
                        point.row,
                        Column.SURVIVAL,
                        "the event-free fraction at time 0 is 1, but this is " + point.number.text()
                                + "; check time and fraction");
            }
            if (lowest != null && point.value > lowest.value + tolerance) {
                fault(
                        point.row,
                        Column.SURVIVAL,
                        "the curve rises from " + lowest.number.text() + " at time " + Digits.plain(lowest.time)
                                + " (row " + lowest.row + ") to " + point.number.text() + " at time "
                                + Digits.plain(point.time) + "; an event-free fraction cannot rise: check both rows");
            }
            if (lowest == null || point.value <= lowest.value) {
                lowest = point;
            }
            sorted &= point.row > last || point.time == lastTime;
            last = Math.max(last, point.row);
            lastTime = point.time;
        }
        if (!sorted) {
            remarkOrder(fractions);
        }
    }

    /** Names the first row whose time is before that of the row above it. */
    private void remarkOrder(List<Point> fractions) {
        List<Point> byRow =
                fractions.stream().sorted(Comparator.comparingInt(Point::row)).toList();
        for (int i = 1; i < byRow.size(); i++) {
            if (byRow.get(i).time < byRow.get(i - 1).time) {
                remarks.add(new Problem(
                        byRow.get(i).row,
                        Column.TIME,
                        "time " + Digits.plain(byRow.get(i).time) + " comes after "
                                + Digits.plain(byRow.get(i - 1).time)
                                + "; the points are sorted by time, but check that none is mistyped",
                        true));
                return;
            }
        }
    }

    /**
     * Half a unit in the last place of the most precise point: spreadsheets drop trailing zeros, so 0.8 among hundredths
     * is 0.80.
     */
    private static double halfUnit(List<Point> fractions) {
        double smallest = COARSEST;
        for (Point point : fractions) {
            boolean percent = point.number.percent() || point.number.value() > 1;
            smallest = Math.min(smallest, percent ? point.number.halfUnit() / 100 : point.number.halfUnit());
        }
        return smallest;
    }

    private void checkRisk() {
        Point before = null;
        for (Point count : risk.values()) {
            if (before != null && count.value > before.value) {
                fault(
                        count.row,
                        Column.N_RISK,
                        "the number at risk rises from " + before.number.text() + " at time "
                                + Digits.plain(before.time) + " (row " + before.row + ") to " + count.number.text()
                                + " at time " + Digits.plain(count.time) + "; check both rows");
            }
            before = count;
        }
        Double n = totals.get(Column.N);
        if (n != null && before != null && risk.firstEntry().getValue().value > n) {
            Point first = risk.firstEntry().getValue();
            fault(
                    first.row,
                    Column.N_RISK,
                    "the number at risk, " + first.number.text() + ", is above the participants of the arm, "
                            + Digits.plain(n));
        }
    }

    private ReportedCurve curve(List<Point> fractions) {
        List<Double> time = new ArrayList<>(List.of(0.0));
        List<Double> survival = new ArrayList<>(List.of(1.0));
        for (Point point : fractions) {
            double value = Math.min(point.value, survival.get(survival.size() - 1));
            if (point.time == 0) {
                continue;
            }
            // Two points at one time are the top and the foot of a step: the foot comes last.
            if (point.time == time.get(time.size() - 1)) {
                survival.set(survival.size() - 1, value);
            } else {
                time.add(point.time);
                survival.add(value);
            }
        }
        return new ReportedCurve(
                seq(time),
                seq(survival),
                halfUnit(fractions),
                seq(risk.keySet()),
                seq(risk.values().stream().map(Point::value).toList()),
                total(Column.N),
                total(Column.EVENTS),
                new FollowUp(total(Column.FU_MIN), total(Column.FU_MAX)));
    }

    private OptionalDouble total(Column column) {
        Double value = totals.get(column);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    private static DoubleSeq seq(Collection<Double> values) {
        return DoubleSeq.of(values.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
