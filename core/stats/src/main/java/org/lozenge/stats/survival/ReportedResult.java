package org.lozenge.stats.survival;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What one report prints about one endpoint of one comparison, read field by field and otherwise left as it stands.
 *
 * <p>Every field is optional. {@link ReportReader} makes these values; {@link Route}s turn them into log hazard ratios
 * and {@link AuditRule}s look for contradictions. Cells that could not be read are absent and listed in
 * {@link #problems()}.
 *
 * <p>Numbers stay as printed. What depends on the direction of the ratio ({@link #contrast()}) is turned round only
 * where a formula needs it, so that messages can quote the report.
 */
public final class ReportedResult {

    private final Map<ReportField, String> texts;
    private final Map<ReportField, PrintedNumber> numbers;
    private final Map<ReportField, PrintedCount> counts;
    private final Optional<PrintedP> p;
    private final Assumed<Sides> sides;
    private final Assumed<Span> level;
    private final Contrast contrast;
    private final Optional<Arm> favours;
    private final List<FieldProblem> problems;
    private final Optional<ReportedCurves> curves;

    /** A value and whether the report states it, rather than the reader's settings. */
    record Assumed<T>(T value, boolean stated) {}

    ReportedResult(Cells cells, Assumed<Sides> sides, Assumed<Span> level, Contrast contrast, Optional<Arm> favours) {
        this.texts = copy(cells.texts);
        this.numbers = copy(cells.numbers);
        this.counts = copy(cells.counts);
        this.p = cells.p;
        this.sides = sides;
        this.level = level;
        this.contrast = contrast;
        this.favours = favours;
        this.problems = List.copyOf(cells.problems);
        this.curves = Optional.empty();
    }

    private ReportedResult(ReportedResult other, ReportedCurves curves) {
        this.texts = other.texts;
        this.numbers = other.numbers;
        this.counts = other.counts;
        this.p = other.p;
        this.sides = other.sides;
        this.level = other.level;
        this.contrast = other.contrast;
        this.favours = other.favours;
        this.problems = other.problems;
        this.curves = Optional.of(curves);
    }

    /**
     * The same result with the survival curves of both arms. Participants, events and follow-up that the curves do not
     * state are taken from this result or from the other arm.
     *
     * @param pair the curves
     * @param followUp follow-up as stated beside the printed result
     */
    public ReportedResult withCurves(ReportedCurves pair, ReportedCurve.FollowUp followUp) {
        return new ReportedResult(this, pair.completedBy(this, followUp));
    }

    private static <T> Map<ReportField, T> copy(Map<ReportField, T> cells) {
        return cells.isEmpty() ? Map.of() : new EnumMap<>(cells);
    }

    /** Whether all these fields were printed and could be read. */
    public boolean has(ReportField... fields) {
        for (ReportField field : fields) {
            if (!texts.containsKey(field)) {
                return false;
            }
        }
        return true;
    }

    /** The text of a field as printed, or the empty string if it is absent. */
    public String text(ReportField field) {
        return texts.getOrDefault(field, "");
    }

    /** The number in a field; empty if the field is absent or holds no number (such as a median not reached). */
    public Optional<PrintedNumber> number(ReportField field) {
        return Optional.ofNullable(numbers.get(field));
    }

    /** The count in a field, with the denominator and percentage printed beside it. */
    public Optional<PrintedCount> count(ReportField field) {
        return Optional.ofNullable(counts.get(field));
    }

    /** The printed P value. */
    public Optional<PrintedP> p() {
        return p;
    }

    /** The sidedness of the P value: as stated, else the reader's default. */
    public Sides sides() {
        return sides.value();
    }

    /** Whether the report states the sidedness of its P value. */
    public boolean sidesStated() {
        return sides.stated();
    }

    /** The confidence level as a fraction: as stated, else the reader's default. */
    public double level() {
        return level.value().value();
    }

    /** Whether the report states the level of its confidence interval. */
    public boolean levelStated() {
        return level.stated();
    }

    /** Which way round the ratio, its limits and O − E are printed. */
    public Contrast contrast() {
        return contrast;
    }

    /** The arm with the lower hazard, if the report or the reviewer states it. */
    public Optional<Arm> favours() {
        return favours;
    }

    /** Cells that could not be used, in the order of the fields. */
    public List<FieldProblem> problems() {
        return problems;
    }

    /** The published survival curves of both arms. */
    public Optional<ReportedCurves> curves() {
        return curves;
    }

    /** The value of a number field, if there is one. */
    OptionalDouble optional(ReportField field) {
        return has(field) && number(field).isPresent() ? OptionalDouble.of(value(field)) : OptionalDouble.empty();
    }

    /** The confidence level with its rounding; whole percentages are exact. */
    Span levelSpan() {
        return level.value();
    }

    /** The value of a number field that is present. */
    double value(ReportField field) {
        return number(field)
                .map(PrintedNumber::fraction)
                .orElseThrow(() -> new IllegalStateException("No number in field " + field.code()));
    }

    boolean inverted() {
        return contrast == Contrast.CONTROL_TREATMENT;
    }

    /** The log hazard ratio, treatment over control, with its rounding. */
    Optional<Span> logHr() {
        return logRatio(ReportField.HR, ReportField.HR);
    }

    /** The log of the lower limit of treatment over control, which is 1/U of an inverted ratio. */
    Optional<Span> logLow() {
        return logRatio(ReportField.CI_LOW, ReportField.CI_HIGH);
    }

    /** The log of the upper limit of treatment over control, which is 1/L of an inverted ratio. */
    Optional<Span> logHigh() {
        return logRatio(ReportField.CI_HIGH, ReportField.CI_LOW);
    }

    private Optional<Span> logRatio(ReportField straight, ReportField inverse) {
        return number(inverted() ? inverse : straight)
                .map(Span::of)
                .map(Span::log)
                .map(log -> inverted() ? log.negated() : log);
    }

    /** A median with its rounding; infinite if it was not reached. */
    Optional<Span> median(ReportField field) {
        if (has(field) && number(field).isEmpty()) {
            return Optional.of(new Span(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY));
        }
        return number(field).map(Span::of);
    }

    /** Events in both arms: as printed, else the sum of the arms. */
    Optional<Long> totalEvents() {
        return total(ReportField.EVENTS, ReportField.EVENTS_T, ReportField.EVENTS_C);
    }

    /** Participants in both arms: as printed, else the sum of the arms. */
    Optional<Long> totalParticipants() {
        return total(ReportField.N, ReportField.N_T, ReportField.N_C);
    }

    private Optional<Long> total(ReportField whole, ReportField treatment, ReportField control) {
        if (has(whole)) {
            return count(whole).map(PrintedCount::count);
        }
        return count(treatment).flatMap(t -> count(control).map(c -> t.count() + c.count()));
    }

    /** The cells of one row while they are being read. */
    static final class Cells {
        final Map<ReportField, String> texts = new EnumMap<>(ReportField.class);
        final Map<ReportField, PrintedNumber> numbers = new EnumMap<>(ReportField.class);
        final Map<ReportField, PrintedCount> counts = new EnumMap<>(ReportField.class);
        final List<FieldProblem> problems = new ArrayList<>();
        Optional<PrintedP> p = Optional.empty();
    }
}
