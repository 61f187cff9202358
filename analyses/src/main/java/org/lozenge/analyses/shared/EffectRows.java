package org.lozenge.analyses.shared;

import java.util.ArrayList;
import java.util.HashMap;
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
import org.lozenge.plugin.RunContext;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.effect.NotEstimableException;
import org.lozenge.stats.survival.RouteChoice;

/**
 * Reads an effect and its variance from each row, in any form of {@link StatedEffects}; for hazard ratios also by any
 * route of {@link ReportRows}.
 *
 * <p>All that is wrong is collected. A row in which something contradicts itself, or in which nothing at all is given,
 * is an error; a row that lacks something is left out with a warning.
 */
final class EffectRows {

    private static final int SHOWN = 20;

    private final Inputs in;
    private final StatedEffects stated;
    private final EffectCells cells;
    private final String[] studies;
    private final int[] sourceRows;
    private final boolean splits;
    private Optional<ReportRows> reportTable = Optional.empty();
    private final Map<Integer, ReportRow> reports = new LinkedHashMap<>();
    private final Set<Integer> reported = new HashSet<>();
    private final Map<Integer, RouteChoice> choices = new HashMap<>();
    private final List<EffectRow> rows = new ArrayList<>();
    private final List<Message> errors = new ArrayList<>();
    private final List<Message> warnings = new ArrayList<>();
    private final Map<String, List<Integer>> dropped = new LinkedHashMap<>();
    private final List<RawStudies.Excluded> excluded = new ArrayList<>();
    private final Set<Integer> excludedRows = new HashSet<>();

    private EffectRows(Inputs in, Measure measure) {
        this.in = in;
        this.stated = new StatedEffects(in, measure);
        this.cells = stated.cells();
        this.studies = in.strings(EffectRoles.STUDY);
        this.sourceRows = in.sourceRows();
        this.splits = in.get(RawParams.SHARED_CONTROL) == RawParams.SharedControl.SPLIT;
    }

    /**
     * Reads all rows.
     *
     * @throws AnalysisException with all errors; with code {@code no-usable-studies} if every row was left out
     */
    static EffectRows read(Inputs in, Measure measure, RunContext context) {
        EffectRows table = new EffectRows(in, measure);
        ReportRows reports = null;
        if (measure.equals(Measure.HR) && EffectRoles.hasReports(in)) {
            reports = ReportRows.read(in, context);
            table.reportTable = Optional.of(reports);
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

    /** All routes of the rows whose effect was derived from a report, by row of the user's table. */
    Map<Integer, RouteChoice> choices() {
        return choices;
    }

    /** Warnings about rows that were read and rows that were left out. */
    List<Message> warnings() {
        return warnings;
    }

    /** What the reading took for granted. */
    List<String> assumptions() {
        return cells.assumptions(in);
    }

    /** Rows that were left out. */
    List<RawStudies.Excluded> excluded() {
        return excluded;
    }

    // ---- one row

    private void readRow(int i) {
        ReportRow report = reports.get(sourceRows[i]);
        try {
            if (report != null && !stated.isDirect(i)) {
                readReport(i, report);
            } else {
                stated.read(i).ifPresentOrElse(row -> add(i, row), () -> lacking(i));
            }
        } catch (CellException e) {
            error(e.code(), i, "column '" + cells.column(e.kind()) + "': " + e.text() + ".");
        } catch (NotEstimableException e) {
            drop(i, StudyEffects.text(e));
        }
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
        double shared =
                splits ? reportTable.map(table -> table.splitVariance(report)).orElse(0.0) : 0;
        report.estimate()
                .ifPresentOrElse(
                        estimate -> {
                            choices.put(sourceRows[i], report.choice());
                            add(
                                    i,
                                    new EffectRow(
                                            i,
                                            sourceRows[i],
                                            studies[i],
                                            estimate.y(),
                                            estimate.variance() + shared,
                                            false));
                        },
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
        return stated.isBlank(i) && PrintedReports.isBlank(report.result());
    }

    private void addReportMessages(ReportRows table) {
        table.errors().stream().filter(this::isReported).forEach(errors::add);
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
        if (stated.isBlank(i)) {
            nothing(i);
        } else {
            drop(i, stated.lacking(i));
        }
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
        return Stream.concat(stated.columns(), printed).distinct().collect(Collectors.joining(", "));
    }

    private void drop(int i, String reason) {
        dropped.computeIfAbsent(reason, key -> new ArrayList<>()).add(i);
    }

    // ---- messages

    private void finish() {
        warnings.addAll(0, stated.warnings());
        if (skips()) {
            skipErrors();
        }
        dropped.forEach((reason, at) -> at.forEach(i -> exclude(sourceRows[i], studies[i], "rows-dropped", reason)));
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

    private boolean skips() {
        return in.get(ReportParams.INVALID) == ReportParams.Invalid.SKIP;
    }

    private void skipErrors() {
        Map<Integer, String> names = new HashMap<>();
        for (int i = 0; i < sourceRows.length; i++) {
            names.put(sourceRows[i], studies[i]);
        }
        for (Message error : errors) {
            warnings.add(Message.warning(error.code(), error.text() + " The row is left out.")
                    .at(rowsOf(error)));
            error.rows().forEach(row -> exclude(row, names.getOrDefault(row, ""), error.code(), error.text()));
        }
        errors.clear();
    }

    private void exclude(int row, String study, String code, String reason) {
        if (excludedRows.add(row)) {
            excluded.add(new RawStudies.Excluded(row, study, code, reason));
        }
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
