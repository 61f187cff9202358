package org.lozenge.analyses.shared;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.NumberText;
import org.lozenge.plugin.Role;
import org.lozenge.plugin.Roles;
import org.lozenge.plugin.RunContext;
import org.lozenge.stats.survival.AuditFinding;
import org.lozenge.stats.survival.CurveStretches;
import org.lozenge.stats.survival.FieldProblem;
import org.lozenge.stats.survival.HazardDrift;
import org.lozenge.stats.survival.ReportField;
import org.lozenge.stats.survival.RouteEstimate;
import org.lozenge.stats.survival.RouteEstimate.Precision;

/**
 * The rows of a table of reports, read with the roles of {@link ReportRoles} and the options of {@link ReportParams},
 * audited, and with every route derived. Immutable.
 */
public final class ReportRows {

    /** The endpoint role of a table of reports: rows without an endpoint stay. */
    public static final Role ENDPOINT = Roles.ENDPOINT.sparse();

    private static final Set<String> FROM_CURVES = Set.of("T17", "T18", "T24");

    private final String source;
    private final Map<ReportField, String> columns;
    private final List<Optional<ReportRow>> positions;
    private final List<ReportRow> rows;
    private final ReportCurves curves;
    private final List<Message> unattached;
    private final List<ReportedContrast> contrasts;

    private ReportRows(
            String source, Map<ReportField, String> columns, ReportTable table, List<ReportedContrast> contrasts) {
        this.source = source;
        this.columns = columns;
        this.positions = table.rows();
        this.rows = positions.stream().flatMap(Optional::stream).toList();
        this.curves = table.curves();
        this.unattached = table.warnings();
        this.contrasts = contrasts;
    }

    /**
     * Reads all rows.
     *
     * @param context asked again and again whether to go on
     * @throws AnalysisException with code {@code unmapped-role} if no column of a report is mapped, with code
     *     {@code param-value} if the option {@code precedence} names no routes
     */
    public static ReportRows read(Inputs in, RunContext context) {
        return read(in, ReportRoles::of, context);
    }

    /**
     * Reads all rows of an analysis that has roles of its own for some fields, such as {@link Roles#RATIO} for the hazard
     * ratio. Roles of any kind will do, because the text is read as printed.
     *
     * @param roles the role of each field
     * @param context asked again and again whether to go on
     */
    public static ReportRows read(Inputs in, Function<ReportField, Role> roles, RunContext context) {
        Map<ReportField, String[]> cells = new EnumMap<>(ReportField.class);
        Map<ReportField, String> columns = new EnumMap<>(ReportField.class);
        for (ReportField field : ReportField.values()) {
            Role role = roles.apply(field);
            if (in.has(role)) {
                cells.put(field, in.strings(role));
                columns.put(field, in.columns(role).get(0));
            }
        }
        if (cells.isEmpty() && !in.has(CurveRoles.SURVIVAL)) {
            throw new AnalysisException("unmapped-role", noColumns(in));
        }
        ReportTable table = ReportTable.read(in, cells, context);
        return new ReportRows(in.source(), columns, table, ReportedContrast.of(in, table.rows()));
    }

    private static String noColumns(Inputs in) {
        return in.source() + " has no column that a report could be read from. Name or map at least one of "
                + ReportRoles.all().stream().map(Role::name).collect(Collectors.joining(", "))
                + ", such as --map hr=COLUMN.";
    }

    /**
     * Returns what a row of the inputs yields.
     *
     * @param position 0-based row of the inputs
     * @return empty for a point of a survival curve, except for the first point of curves that belong to no printed result
     */
    public Optional<ReportRow> at(int position) {
        return positions.get(position);
    }

    /** Returns the rows in the order of the table. */
    public List<ReportRow> rows() {
        return rows;
    }

    /** Returns the rows from which a log hazard ratio follows. */
    public List<ReportRow> usable() {
        return rows.stream().filter(row -> row.estimate().isPresent()).toList();
    }

    /**
     * Returns what is wrong with the rows that contradict themselves or cannot be read: an error for each cell with the
     * code {@code bad-cell}, and for each impossible interval with the code {@code ci-order}.
     */
    public List<Message> errors() {
        List<Message> errors = new ArrayList<>(curves.errors());
        for (ReportRow row : rows) {
            problems(row, FieldProblem.Severity.ERROR)
                    .forEach(problem -> errors.add(
                            Message.error("bad-cell", cell(row, problem)).at(row.row())));
            if (row.isOutOfOrder() && problems(row, FieldProblem.Severity.ERROR).isEmpty()) {
                row.complaints().stream()
                        .filter(finding -> finding.rule().equals("A1"))
                        .forEach(finding -> errors.add(Message.error("ci-order", place(row) + ": " + finding.text())
                                .at(row.row())));
            }
        }
        return errors;
    }

    /**
     * Stops if rows are invalid, unless the option {@code invalid} says to skip them.
     *
     * @return the errors as warnings, for the rows that are skipped
     * @throws AnalysisException with all errors
     */
    public List<Message> rejectOrSkip(Inputs in) {
        List<Message> errors = errors();
        if (!errors.isEmpty() && in.get(ReportParams.INVALID) == ReportParams.Invalid.REJECT) {
            throw new AnalysisException(errors);
        }
        return errors.stream()
                .map(error -> Message.warning(error.code(), error.text() + " The row is left out.")
                        .at(error.rows().stream().mapToInt(Integer::intValue).toArray()))
                .toList();
    }

    /**
     * Returns a warning for each cell that was left out of an otherwise readable row, with the code {@code cell-ignored},
     * and for survival curves that were left out or that needed an assumption.
     */
    public List<Message> ignoredCells() {
        List<Message> warnings = new ArrayList<>(curves.warnings());
        warnings.addAll(unattached);
        for (ReportRow row : rows) {
            problems(row, FieldProblem.Severity.WARNING)
                    .forEach(problem ->
                            warnings.add(Message.warning("cell-ignored", cell(row, problem) + " The cell is not used.")
                                    .at(row.row())));
        }
        return warnings;
    }

    /** Returns a warning for each complaint of the audit, with the rule in the code: {@code audit-a3}. */
    public List<Message> complaints() {
        List<Message> warnings = new ArrayList<>();
        for (ReportRow row : rows) {
            if (!row.isInvalid()) {
                for (AuditFinding finding : row.complaints()) {
                    String code = "audit-" + finding.rule().toLowerCase(Locale.ROOT);
                    warnings.add(Message.warning(code, place(row) + ": " + finding.text())
                            .at(row.row())
                            .with("rule", finding.rule())
                            .with("observed", finding.observed())
                            .with("expected", finding.expected()));
                }
            }
        }
        return warnings;
    }

    /**
     * Returns a warning with the code {@code no-route} for the rows without a usable route, one for each thing that rows
     * lack: it names the rows, what they lack and what would make them usable.
     */
    public List<Message> withoutRoute() {
        Map<String, List<ReportRow>> byReason = new LinkedHashMap<>();
        for (ReportRow row : rows) {
            if (!row.isInvalid() && !row.isPartOfSum() && row.choice().chosen().isEmpty()) {
                byReason.computeIfAbsent(row.choice().reason(), reason -> new ArrayList<>())
                        .add(row);
            }
        }
        return byReason.entrySet().stream()
                .map(entry -> Message.warning("no-route", places(entry.getValue()) + ": " + entry.getKey())
                        .at(entry.getValue().stream().mapToInt(ReportRow::row).toArray()))
                .toList();
    }

    /**
     * Returns a warning for the rows whose effect rests on less than printed numbers: {@code bound-used} for a standard error
     * that is only a bound, {@code p-near-one} for one from a P value near 1, {@code crude-route} for a ratio guessed from
     * the curves, {@code curve-route} for one estimated from whole curves, {@code coarse-curve} where their points are too
     * few, {@code non-proportional} where survival at several times implies hazard ratios that drift, {@code shared-control}
     * for treatments of one trial that were compared with the same control arm.
     */
    public List<Message> cautions() {
        List<Message> warnings = new ArrayList<>();
        caution("bound-used", "the standard error is only the largest that the report allows", RouteEstimate::bound)
                .ifPresent(warnings::add);
        caution(
                        "p-near-one",
                        "the standard error comes from a P value near 1 and is imprecise",
                        estimate -> estimate.precision() == Precision.WEAK)
                .ifPresent(warnings::add);
        caution(
                        "crude-route",
                        "the hazard ratio is guessed from single points of the curves or under constant hazards",
                        estimate -> estimate.precision() == Precision.CRUDE)
                .ifPresent(warnings::add);
        caution(
                        "curve-route",
                        "the hazard ratio is estimated from the survival curves",
                        estimate -> FROM_CURVES.contains(estimate.route()))
                .ifPresent(warnings::add);
        for (ReportRow row : rows) {
            row.estimate()
                    .flatMap(estimate -> CurveStretches.coarse(row.result(), estimate.route()))
                    .ifPresent(text -> warnings.add(Message.warning("coarse-curve", place(row) + ": " + text)
                            .at(row.row())));
        }
        drifts().stream()
                .filter(drift -> drift.drift().isMarked())
                .map(this::nonProportional)
                .forEach(warnings::add);
        contrasts.forEach(contrast -> warnings.add(shared(contrast)));
        return warnings;
    }

    /** Returns how the hazard ratio of each trial changes over time, where curves or fractions at several times tell. */
    public List<ReportDrift> drifts() {
        return ReportDrift.of(rows);
    }

    /** Returns the pairs of comparisons that share a control arm. */
    public List<ReportedContrast> contrasts() {
        return contrasts;
    }

    /**
     * Returns what dividing a shared control arm between its comparisons adds to the variance of one of them:
     * {@code (m − 1)/d} for m comparisons and d events of the control.
     */
    public double splitVariance(ReportRow row) {
        return contrasts.stream()
                .filter(contrast ->
                        contrast.first().equals(row) || contrast.second().equals(row))
                .mapToDouble(ReportedContrast::covariance)
                .sum();
    }

    private Message shared(ReportedContrast pair) {
        String through = pair.contrast()
                .map(contrast -> String.format(
                        Locale.ROOT,
                        " Through it, %s: log hazard ratio %.4f, SE %.4f (T31).",
                        pair.words(),
                        contrast.y(),
                        contrast.standardError()))
                .orElse(" The standard errors do not fit so few events: check the events.");
        return Message.warning(
                        "shared-control",
                        source + ", rows " + pair.first().row() + " and "
                                + pair.second().row() + " (" + pair.first().study()
                                + "): both compare with the same control arm of " + pair.sharedEvents()
                                + " events, so their log hazard ratios have the covariance "
                                + NumberText.print(pair.covariance())
                                + ". Pooled as if they were independent they count the control twice: keep one, combine them,"
                                + " or split the control between them (--shared-control split in pool)." + through)
                .at(pair.first().row(), pair.second().row())
                .with("covariance", NumberText.print(pair.covariance()));
    }

    private Message nonProportional(ReportDrift found) {
        HazardDrift drift = found.drift();
        String name = found.study() + (found.endpoint().isEmpty() ? "" : ", " + found.endpoint());
        String where = found.rows().size() == 1 ? ", row " : ", rows ";
        String numbers = found.rows().stream().map(String::valueOf).collect(Collectors.joining(", "));
        return Message.warning("non-proportional", source + where + numbers + " (" + name + "): " + drift.text())
                .at(found.rows().stream().mapToInt(Integer::intValue).toArray())
                .with("q", NumberText.print(drift.test().statistic()))
                .with("df", NumberText.print(drift.test().df()))
                .with("p_value", NumberText.print(drift.test().pValue()));
    }

    private Optional<Message> caution(String code, String text, Predicate<RouteEstimate> applies) {
        List<ReportRow> concerned = rows.stream()
                .filter(row -> row.estimate().filter(applies).isPresent())
                .toList();
        if (concerned.isEmpty()) {
            return Optional.empty();
        }
        int[] numbers = concerned.stream().mapToInt(ReportRow::row).toArray();
        return Optional.of(
                Message.warning(code, places(concerned) + ": " + text + ".").at(numbers));
    }

    private static List<FieldProblem> problems(ReportRow row, FieldProblem.Severity severity) {
        return row.result().problems().stream()
                .filter(problem -> problem.severity() == severity)
                .toList();
    }

    private String cell(ReportRow row, FieldProblem problem) {
        String column = columns.getOrDefault(problem.field(), problem.field().code());
        return place(row) + ", column '" + column + "' (" + problem.field().label() + "): " + problem.message() + ".";
    }

    /** For instance {@code trials.csv, row 3 (QuiRedex, OS)}. */
    private String place(ReportRow row) {
        return source + ", row " + row.row() + name(row);
    }

    private String places(List<ReportRow> some) {
        if (some.size() == 1) {
            return place(some.get(0));
        }
        String numbers = IntStream.range(0, some.size())
                .mapToObj(i -> (i == 0 ? "" : i == some.size() - 1 ? " and " : ", ")
                        + some.get(i).row())
                .collect(Collectors.joining());
        return source + ", rows " + numbers;
    }

    private static String name(ReportRow row) {
        boolean named = !row.study().equals("row " + row.row());
        if (!named && row.endpoint().isEmpty()) {
            return "";
        }
        String between = named && !row.endpoint().isEmpty() ? ", " : "";
        return " (" + (named ? row.study() : "") + between + row.endpoint() + ")";
    }
}
