package org.lozenge.analyses.shared;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lozenge.analyses.shared.EffectCells.CellException;
import org.lozenge.analyses.shared.EffectCells.Kind;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.NumberText;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.EffectSizes;

/**
 * Reads an effect and its variance from each row, in the first of these forms that the row has in full: effect and
 * standard error, effect and variance, ratio and interval, effect and interval, O − E and V; for hazard ratios any route
 * of {@link ReportRows}.
 *
 * <p>All that is wrong is collected. A row in which something contradicts itself, or in which nothing at all is given,
 * is an error; a row that lacks something is left out with a warning.
 */
final class EffectRows {

    private static final int SHOWN = 20;

    private static final List<List<Kind>> WAYS = List.of(
            List.of(Kind.EFFECT, Kind.SE),
            List.of(Kind.EFFECT, Kind.VARIANCE),
            List.of(Kind.RATIO, Kind.LOW, Kind.HIGH),
            List.of(Kind.EFFECT, Kind.LOW, Kind.HIGH),
            List.of(Kind.O_MINUS_E, Kind.V));

    private final Inputs in;
    private final EffectCells cells;
    private final String[] studies;
    private final int[] sourceRows;
    private final Map<Integer, ReportRow> reports = new LinkedHashMap<>();
    private final Set<Integer> reported = new HashSet<>();
    private final List<EffectRow> rows = new ArrayList<>();
    private final List<Message> errors = new ArrayList<>();
    private final List<Message> warnings = new ArrayList<>();
    private final Map<String, List<Integer>> dropped = new LinkedHashMap<>();

    private EffectRows(Inputs in) {
        this.in = in;
        this.cells = new EffectCells(in);
        this.studies = in.strings(EffectRoles.STUDY);
        this.sourceRows = in.sourceRows();
    }

    /**
     * Reads all rows.
     *
     * @throws AnalysisException with all errors; with code {@code no-usable-studies} if every row was left out
     */
    static EffectRows read(Inputs in, Measure measure) {
        EffectRows table = new EffectRows(in);
        ReportRows reports = null;
        if (measure == Measure.HR && EffectRoles.hasReports(in)) {
            reports = ReportRows.read(in);
            for (ReportRow row : reports.rows()) {
                table.reports.put(row.row(), row);
            }
        }
        for (int i = 0; i < in.rows(); i++) {
            if (reports == null || reports.at(i).isPresent()) {
                table.readRow(i);
            } else {
                table.reported.add(table.sourceRows[i]);
            }
        }
        if (reports != null) {
            table.addReportMessages(reports);
        }
        table.finish();
        return table;
    }

    List<EffectRow> rows() {
        return rows;
    }

    /** Warnings about rows that were read and rows that were left out. */
    List<Message> warnings() {
        return warnings;
    }

    /** What the reading took for granted. */
    List<String> assumptions() {
        return cells.assumptions(in);
    }

    EffectSizes effects() {
        return new EffectSizes(
                rows.stream().map(EffectRow::study).toList(),
                DoubleSeq.of(rows.stream().mapToDouble(EffectRow::y).toArray()),
                DoubleSeq.of(rows.stream().mapToDouble(EffectRow::v).toArray()));
    }

    // ---- one row

    private void readRow(int i) {
        try {
            Optional<List<Kind>> way =
                    WAYS.stream().filter(kinds -> cells.has(kinds, i)).findFirst();
            ReportRow report = reports.get(sourceRows[i]);
            boolean direct =
                    way.isPresent() && cells.has(Kind.EFFECT, i) && way.get().contains(Kind.EFFECT);
            if (report != null && !direct) {
                readReport(i, report);
            } else if (way.isPresent()) {
                add(i, read(i, way.get()));
            } else {
                lacking(i);
            }
        } catch (CellException e) {
            error(e.code(), i, "column '" + cells.column(e.kind()) + "': " + e.text() + ".");
        }
    }

    private EffectRow read(int i, List<Kind> way) {
        if (way.contains(Kind.O_MINUS_E)) {
            double v = positive(Kind.V, i, "the variance of O − E", "v-not-positive");
            return row(i, cells.number(Kind.O_MINUS_E, i).value() / v, 1 / v, false);
        }
        if (way.contains(Kind.SE)) {
            double se = positive(Kind.SE, i, "a standard error", "se-not-positive");
            return row(i, cells.number(Kind.EFFECT, i).value(), se * se, true);
        }
        if (way.contains(Kind.VARIANCE)) {
            double v = positive(Kind.VARIANCE, i, "a sampling variance", "variance-not-positive");
            return row(i, cells.number(Kind.EFFECT, i).value(), v, true);
        }
        Kind estimate = way.get(0);
        PrintedInterval interval = new PrintedInterval(cells, i, estimate, in.get(ReportParams.CI_LEVEL));
        interval.asymmetry().ifPresent(text -> warn("ci-asymmetric", i, text + "."));
        interval.imprecision().ifPresent(text -> warn("se-imprecise", i, text + "."));
        double se = interval.standardError();
        return row(i, interval.y(), se * se, estimate == Kind.EFFECT);
    }

    private double positive(Kind kind, int i, String what, String code) {
        double value = cells.number(kind, i).value();
        if (!(value > 0)) {
            throw new CellException(
                    code,
                    kind,
                    what + " must be above 0, but this is " + cells.text(kind, i) + "; correct the cell, or"
                            + " remove the row");
        }
        return value;
    }

    private EffectRow row(int i, double y, double v, boolean given) {
        return new EffectRow(i, sourceRows[i], studies[i], y, v, given);
    }

    private void add(int i, EffectRow row) {
        boolean inRange = Math.abs(row.y()) <= EffectSizes.MAX_EFFECT
                && row.v() >= EffectSizes.MIN_VARIANCE
                && row.v() <= EffectSizes.MAX_VARIANCE;
        if (inRange) {
            rows.add(row);
        } else {
            error(
                    "out-of-range",
                    i,
                    "effect " + row.y() + " with variance " + row.v()
                            + " is beyond what can be computed with: effects reach to 1e150, variances from 1e-150 to 1e150."
                            + " Change the unit, or correct the row.");
        }
    }

    // ---- hazard ratios from reports

    private void readReport(int i, ReportRow report) {
        if (isBlank(i, report)) {
            nothing(i);
            return;
        }
        checkPositive(i);
        reported.add(report.row());
        if (report.isInvalid()) {
            return;
        }
        if (cells.has(List.of(Kind.RATIO, Kind.LOW, Kind.HIGH), i)) {
            new PrintedInterval(cells, i, Kind.RATIO, in.get(ReportParams.CI_LEVEL))
                    .imprecision()
                    .ifPresent(text -> warn("se-imprecise", i, text + "."));
        }
        report.estimate()
                .ifPresentOrElse(
                        estimate -> add(i, row(i, estimate.y(), estimate.variance(), false)),
                        () -> drop(i, report.choice().reason()));
    }

    /** The report's reader says so too, but not that logs may have been given. */
    private void checkPositive(int i) {
        for (Kind kind : List.of(Kind.RATIO, Kind.LOW, Kind.HIGH)) {
            Optional<Double> value = NumberText.parse(cells.text(kind, i));
            if (value.isPresent() && !(value.get() > 0)) {
                throw PrintedInterval.notPositive(kind, cells.text(kind, i));
            }
        }
    }

    private boolean isBlank(int i, ReportRow report) {
        return WAYS.stream().flatMap(List::stream).noneMatch(kind -> cells.has(kind, i))
                && PrintedReports.isBlank(report.result());
    }

    private void addReportMessages(ReportRows table) {
        List<Message> invalid = table.errors().stream().filter(this::isReported).toList();
        if (in.get(ReportParams.INVALID) == ReportParams.Invalid.SKIP) {
            invalid.forEach(
                    message -> warnings.add(Message.warning(message.code(), message.text() + " The row is left out.")
                            .at(rowsOf(message))));
        } else {
            errors.addAll(invalid);
        }
        Stream.of(table.ignoredCells(), table.cautions(), table.complaints())
                .flatMap(List::stream)
                .filter(this::isReported)
                .map(PrintedReports::renamed)
                .forEach(warnings::add);
    }

    private boolean isReported(Message message) {
        return message.rows().stream().anyMatch(reported::contains);
    }

    private static int[] rowsOf(Message message) {
        return message.rows().stream().mapToInt(Integer::intValue).toArray();
    }

    // ---- rows without an effect

    private void lacking(int i) {
        List<Kind> nearest = WAYS.get(0);
        for (List<Kind> way : WAYS) {
            nearest = score(way, i) > score(nearest, i) ? way : nearest;
        }
        if (WAYS.stream().flatMap(List::stream).noneMatch(kind -> cells.has(kind, i))) {
            nothing(i);
            return;
        }
        String missing = nearest.stream()
                .filter(kind -> !cells.has(kind, i))
                .map(kind -> cells.isMapped(kind)
                        ? "column '" + cells.column(kind) + "' is empty"
                        : "there is no column for " + cells.column(kind))
                .collect(Collectors.joining(" and "));
        drop(i, missing + ".");
    }

    /** How near a row is to a way: cells it has, then columns the table has. */
    private double score(List<Kind> way, int i) {
        double present = way.stream().filter(kind -> cells.has(kind, i)).count();
        double mapped = way.stream().filter(cells::isMapped).count();
        return present / way.size() + mapped / way.size() / 1000;
    }

    private void nothing(int i) {
        error(
                "nothing-usable",
                i,
                "nothing usable: every cell that could hold an effect is empty. Fill in an effect with its standard"
                        + " error, variance or interval (columns " + columns() + "), or remove the row.");
    }

    private String columns() {
        Stream<String> printed = reports.isEmpty() ? Stream.empty() : PrintedReports.columns(in);
        return Stream.concat(cells.columns(), printed).distinct().collect(Collectors.joining(", "));
    }

    private void drop(int i, String reason) {
        dropped.computeIfAbsent(reason, key -> new ArrayList<>()).add(i);
    }

    // ---- messages

    private void finish() {
        dropped.forEach((reason, at) -> warnings.add(Message.warning(
                        "rows-dropped", in.source() + ", " + places(at) + ": left out, because " + lowerFirst(reason))
                .at(at.stream().mapToInt(i -> sourceRows[i]).toArray())));
        if (!errors.isEmpty()) {
            List<Message> all = new ArrayList<>(errors);
            all.addAll(warnings);
            throw new AnalysisException(all);
        }
        if (rows.isEmpty()) {
            List<Message> all = new ArrayList<>(List.of(Message.error(
                    "no-usable-studies",
                    in.source() + ": no study can be used, because all " + in.rows()
                            + (in.rows() == 1 ? " row was" : " rows were")
                            + " left out; the warnings say what each lacks.")));
            all.addAll(warnings);
            throw new AnalysisException(all);
        }
        shorten();
    }

    /** Of very many warnings of one code, the first ones and how many there are. */
    private void shorten() {
        Map<String, List<Message>> byCode = warnings.stream()
                .collect(Collectors.groupingBy(Message::code, LinkedHashMap::new, Collectors.toList()));
        warnings.clear();
        byCode.forEach((code, messages) -> {
            warnings.addAll(messages.subList(0, Math.min(SHOWN, messages.size())));
            if (messages.size() > SHOWN) {
                List<Message> rest = messages.subList(SHOWN, messages.size());
                warnings.add(Message.warning(code, "The same goes for " + rest.size() + " more rows.")
                        .at(rest.stream()
                                .flatMapToInt(message -> java.util.Arrays.stream(rowsOf(message)))
                                .toArray()));
            }
        });
    }

    private void error(String code, int i, String text) {
        errors.add(Message.error(code, place(i) + ": " + text).at(sourceRows[i]));
    }

    private void warn(String code, int i, String text) {
        warnings.add(Message.warning(code, place(i) + ": " + text).at(sourceRows[i]));
    }

    /** For instance {@code trials.csv, row 3 (QuiRedex)}. */
    private String place(int i) {
        return in.source() + ", " + places(List.of(i));
    }

    private String places(List<Integer> at) {
        String listed = at.stream()
                .limit(SHOWN)
                .map(i -> sourceRows[i] + (studies[i].equals("row " + sourceRows[i]) ? "" : " (" + studies[i] + ")"))
                .collect(Collectors.joining(", "));
        String more = at.size() > SHOWN ? " and " + (at.size() - SHOWN) + " more" : "";
        return (at.size() == 1 ? "row " : "rows ") + listed + more;
    }

    private static String lowerFirst(String sentence) {
        return sentence.isEmpty() ? sentence : Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1);
    }
}
