package org.lozenge.analyses.shared;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.Role;
import org.lozenge.plugin.RunContext;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.effect.EffectMeasure;
import org.lozenge.stats.effect.InvalidRawDataException;
import org.lozenge.stats.effect.NotEstimableException;
import org.lozenge.stats.effect.RawData;
import org.lozenge.stats.effect.ZeroCells;
import org.lozenge.stats.survival.RouteChoice;

/**
 * The studies of a table with their effects, in whatever form the table holds them: the one door through which every
 * analysis of study effects reads its table.
 *
 * <p>An analysis lists {@link #roles()}, {@link #MEASURE} and {@link #params()} in its specification and calls
 * {@link #read}. Studies keep the order of the table.
 *
 * <p>A measure that the user names is computed from raw numbers (counts, means, correlations …) where the table has them;
 * rows without may state an effect. Without a name, columns of effects come first, and raw numbers count if there are no
 * such columns.
 */
public final class StudyInput {

    /** What the effects measure: a code of {@link Measure}, or {@code auto}. */
    public static final Param<String> MEASURE = EffectRoles.MEASURE;

    /** Name of the study. */
    public static final Role STUDY = EffectRoles.STUDY;

    /** The largest upper limit of a "log ratio" that looks as if ratios had been given for logs. */
    private static final double RATIO_LIKE = 3;

    private final Measure measure;
    private final Optional<EffectMeasure<?>> computed;
    private final List<StudyEffect> studies;
    private final EffectSizes effects;
    private final List<RawStudies.Excluded> excluded;
    private final RawCells cells;
    private final RawParams.Summaries summaries;
    private final ZeroCells zeros;
    private final boolean reshaped;
    private final Map<Integer, RouteChoice> choices;

    private StudyInput(
            Inputs in,
            Measure measure,
            List<StudyEffect> studies,
            List<RawStudies.Excluded> excluded,
            Optional<StudyEffects<?>> computed,
            Map<Integer, RouteChoice> choices) {
        this.choices = Map.copyOf(choices);
        this.studies = List.copyOf(studies);
        this.effects = sizes(in, studies);
        this.measure = measure.pooling(effects.v());
        this.excluded = List.copyOf(excluded);
        this.computed = computed.map(StudyEffects::measure);
        this.cells = computed.map(StudyEffects::cells).orElseGet(() -> RawCells.read(in));
        this.summaries = in.get(RawParams.SUMMARIES);
        this.zeros = this.computed.map(m -> RawParams.zeroCells(in, m)).orElse(ZeroCells.none());
        this.reshaped = computed.filter(StudyEffects::isReshaped).isPresent();
    }

    /** Returns the roles through which a table may hold studies and effects; all may be missing. */
    public static Role[] roles() {
        return EffectRoles.roles();
    }

    /** Returns the options on how effects are read and computed, besides {@link #MEASURE}. */
    public static List<Param<?>> params() {
        List<Param<?>> params = new ArrayList<>(RawParams.all());
        ReportParams.all().stream().filter(param -> !params.contains(param)).forEach(params::add);
        return List.copyOf(params);
    }

    /**
     * Reads the studies and tells the reader what was left out or looks wrong.
     *
     * @throws AnalysisException with code {@code unmapped-role} if no column holds effects or raw numbers, {@code
     *     measure-mismatch} if they do not suit the measure, {@code no-usable-studies} if none is left, or with the errors
     *     of all rows
     */
    public static StudyInput read(Inputs in, RunContext context) {
        return warned(in, context, read(in, context, EffectRoles.hasEffects(in)));
    }

    /**
     * Reads the studies as {@link #read} does, for models that tell endpoints apart: without a warning that there are several.
     *
     * @throws AnalysisException as {@link #read} does
     */
    public static StudyInput readAllEndpoints(Inputs in, RunContext context) {
        return read(in, context, EffectRoles.hasEffects(in));
    }

    /**
     * Reads the studies as {@link #read} does, but prefers raw numbers to columns of effects even if no measure is named.
     *
     * @throws AnalysisException as {@link #read} does
     */
    public static StudyInput readRaw(Inputs in, RunContext context) {
        return warned(in, context, read(in, context, false));
    }

    private static StudyInput warned(Inputs in, RunContext context, StudyInput input) {
        warnOfMixtures(in, context);
        return input;
    }

    private static StudyInput read(Inputs in, RunContext context, boolean statedFirst) {
        String code = in.get(MEASURE);
        if (EffectRoles.isAuto(code)) {
            Optional<String> allowed = statedFirst ? Optional.empty() : RawMeasure.automatic(in);
            allowed.ifPresent(token -> context.info(
                    "measure-chosen",
                    in.source() + ": the columns allow measure '" + token + "' ("
                            + Measure.of(token).name()
                            + "), which was taken. Choose with --measure."));
            return allowed.map(token -> computed(in, context, RawMeasure.of(in, token)))
                    .orElseGet(() -> stated(in, context));
        }
        if (Measure.of(code).equals(Measure.RATIO)) {
            return stated(in, context);
        }
        EffectMeasure<?> wanted = RawMeasure.of(in, code);
        boolean raw = RawMeasure.isAllowed(in, wanted);
        if (raw && EffectRoles.hasEffects(in)) {
            context.info(
                    "raw-numbers-used",
                    in.source() + ": measure '" + wanted.code() + "' was computed from raw numbers; the effects that"
                            + " columns state stand in only where a row lacks them. To use the stated effects, leave"
                            + " --measure out.");
        }
        boolean nothingStated = !in.has(EffectRoles.EFFECT)
                && !in.has(EffectRoles.Y)
                && !in.has(EffectRoles.HR)
                && !in.has(EffectRoles.RATIO)
                && !in.has(EffectRoles.O_MINUS_E);
        boolean ofReports = wanted.code().equals("hr") || wanted.code().equals("generic");
        return raw || (nothingStated && !ofReports) ? computed(in, context, wanted) : stated(in, context);
    }

    private static <R extends RawData> StudyInput computed(Inputs in, RunContext context, EffectMeasure<R> measure) {
        StudyEffects<R> effects = StudyEffects.of(in, measure);
        effects.messages().forEach(context::report);
        return new StudyInput(
                in, Measure.of(measure), effects.effects(), effects.excluded(), Optional.of(effects), Map.of());
    }

    private static StudyInput stated(Inputs in, RunContext context) {
        Measure measure = EffectRoles.measure(in);
        EffectRows table = EffectRows.read(in, measure, context);
        table.warnings().forEach(context::report);
        table.assumptions().forEach(text -> context.info("column-read-as", in.source() + ": " + text));
        warnOfRatios(table, measure, context);
        RawCells cells = RawCells.read(in);
        List<StudyEffect> studies = table.rows().stream()
                .map(row -> new StudyEffect(
                        row.index(),
                        row.row(),
                        row.study(),
                        row.y(),
                        row.v(),
                        participants(cells, row.index()),
                        measure.backTransform(),
                        false))
                .toList();
        StudyInput input = new StudyInput(in, measure, studies, table.excluded(), Optional.empty(), table.choices());
        if (!table.excluded().isEmpty()) {
            context.report(StudyEffects.used(in.source(), studies.size(), table.excluded()));
        }
        return input;
    }

    private static EffectSizes sizes(Inputs in, List<StudyEffect> studies) {
        try {
            return StudyEffect.sizes(studies);
        } catch (IllegalArgumentException e) {
            throw new AnalysisException("out-of-range", in.source() + ": " + e.getMessage() + ".");
        }
    }

    /** The size of a study whose effect is stated, if columns tell it. */
    private static double participants(RawCells cells, int i) {
        try {
            double both = cells.number(i, "n_t") + cells.number(i, "n_c");
            return Double.isNaN(both) ? cells.number(i, "n") : both;
        } catch (RawCells.CellException e) {
            return Double.NaN;
        }
    }

    // ---- what others ask

    /** Returns names, effects and sampling variances on the analysis scale. */
    public EffectSizes effects() {
        return effects;
    }

    /** Returns what the effects measure. */
    public Measure measure() {
        return measure;
    }

    /** Returns the measure that was computed from raw numbers; empty if effects were taken as the table states them. */
    public Optional<EffectMeasure<?>> computed() {
        return computed;
    }

    /** Returns the studies with what belongs to each. */
    public List<StudyEffect> studies() {
        return studies;
    }

    /** Returns the ways to the effects that the table allows: first the chosen one, then others that differ from it. */
    public List<EffectRoute> routes(Inputs in) {
        return computed.isPresent() ? EffectRoute.ofCounts(in, this) : EffectRoute.ofReports(this);
    }

    /** All routes of the rows whose effect was derived from a report, by row of the user's table. */
    Map<Integer, RouteChoice> choices() {
        return choices;
    }

    /** Returns the rows that were left out. */
    public List<RawStudies.Excluded> excluded() {
        return excluded;
    }

    /** Returns whether studies are comparisons that were made from a row per arm. */
    public boolean isReshaped() {
        return reshaped;
    }

    /** Returns the 1-based row of the user's table for each study, for messages. */
    public int[] sourceRows() {
        return studies.stream().mapToInt(StudyEffect::row).toArray();
    }

    /**
     * Returns the 0-based row among the rows of the inputs for each study, for further columns; of the treated arm in
     * tables with a row per arm.
     */
    public int[] indices() {
        return studies.stream().mapToInt(StudyEffect::index).toArray();
    }

    /** Returns the number of participants of each study; NaN where it is not known. */
    public double[] participants() {
        return studies.stream().mapToDouble(StudyEffect::n).toArray();
    }

    /**
     * Returns the raw numbers of each study as reported, before any constant for zero cells.
     *
     * @param type the record, such as {@link org.lozenge.stats.effect.TwoByTwo}
     * @return as many as there are studies; empty where a row does not have them in full, or not in order
     */
    public <R extends RawData> List<Optional<R>> counted(Class<R> type) {
        RawReader reader = new RawReader(cells, measure.token(), summaries);
        if (!reader.allows(type)) {
            return studies.stream().map(study -> Optional.<R>empty()).toList();
        }
        int[] at = cells.positions();
        return studies.stream()
                .map(study -> raw(reader, type, at[study.index()]))
                .toList();
    }

    /**
     * Returns the pairs of studies that are comparisons with the same control arm, with their covariance: rows of one study
     * with equal control arms, or comparisons made from a row per arm whose control was kept whole.
     */
    public List<SharedControl> sharedControls() {
        if (computed.isEmpty()) {
            return List.of();
        }
        List<? extends Optional<? extends RawData>> raws =
                counted(computed.get().description().rawType());
        int[] at = cells.positions();
        Map<String, List<Integer>> byControl = new LinkedHashMap<>();
        for (int i = 0; i < studies.size(); i++) {
            int study = i;
            cells.control(at[studies.get(i).index()])
                    .filter(control -> raws.get(study).isPresent())
                    .ifPresent(control -> byControl
                            .computeIfAbsent(control, key -> new ArrayList<>())
                            .add(study));
        }
        List<SharedControl> pairs = new ArrayList<>();
        for (List<Integer> same : byControl.values()) {
            for (int first = 0; first < same.size(); first++) {
                for (int i : same.subList(first + 1, same.size())) {
                    pairs.add(pair(same.get(first), i, raws));
                }
            }
        }
        return pairs;
    }

    private SharedControl pair(int i, int j, List<? extends Optional<? extends RawData>> raws) {
        StudyEffect one = studies.get(i);
        StudyEffect other = studies.get(j);
        double covariance = SharedControl.covariance(
                measure.token(),
                treated(one, raws.get(i).orElseThrow()),
                treated(other, raws.get(j).orElseThrow()),
                one.y(),
                other.y());
        return new SharedControl(i, j, covariance);
    }

    /** The counts with the constant that they got. */
    private RawData treated(StudyEffect study, RawData raw) {
        ZeroCells all = new ZeroCells(zeros.add(), ZeroCells.To.ALL, zeros.split(), false);
        return study.corrected() ? all.apply(List.of(raw)).get(0).data() : raw;
    }

    private static <R extends RawData> Optional<R> raw(RawReader reader, Class<R> type, int i) {
        try {
            return reader.read(type, i).map(type::cast);
        } catch (RawCells.CellException | InvalidRawDataException | NotEstimableException e) {
            return Optional.empty();
        }
    }

    // ---- what looks wrong

    private static void warnOfMixtures(Inputs in, RunContext context) {
        if (!in.has(ReportRows.ENDPOINT)) {
            return;
        }
        List<String> endpoints = Arrays.stream(in.strings(ReportRows.ENDPOINT))
                .filter(endpoint -> !endpoint.isEmpty())
                .distinct()
                .toList();
        if (endpoints.size() > 1) {
            context.warn(
                    "mixed-endpoints",
                    in.source() + ": rows of " + endpoints.size() + " endpoints are pooled together ("
                            + endpoints.stream().limit(10).collect(Collectors.joining(", ")) + "). Pool each by itself"
                            + " with --by " + in.columns(ReportRows.ENDPOINT).get(0) + ", or choose one with --where "
                            + in.columns(ReportRows.ENDPOINT).get(0) + "=" + endpoints.get(0) + ".");
        }
    }

    /** Effects of a ratio on the log scale that are all positive and small are often the ratios themselves. */
    private static void warnOfRatios(EffectRows table, Measure measure, RunContext context) {
        List<EffectRow> rows = table.rows();
        boolean suspicious = measure.isRatio()
                && rows.size() > 1
                && rows.stream()
                        .allMatch(
                                row -> row.given() && row.y() > 0 && row.y() + 1.96 * Math.sqrt(row.v()) < RATIO_LIKE);
        if (suspicious) {
            EffectRow first = rows.get(0);
            context.warn(
                    "looks-like-ratio",
                    String.format(
                            Locale.ROOT,
                            "All effects are above 0. As logs, the first (%s, %s) means a ratio of %.3g; if the column"
                                    + " holds ratios instead, map it with --map ratio=COLUMN and give their limits.",
                            first.study(),
                            first.y(),
                            StrictMath.exp(first.y())));
        }
    }
}
