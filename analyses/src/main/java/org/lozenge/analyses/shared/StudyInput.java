package org.lozenge.analyses.shared;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.Role;
import org.lozenge.plugin.RunContext;
import org.lozenge.stats.EffectSizes;

/**
 * The studies of a table with their effects, in whatever form the table holds them: the one door through which every
 * analysis of study effects reads its table.
 *
 * <p>An analysis lists {@link #roles()}, {@link #MEASURE} and {@link #params()} in its specification and calls
 * {@link #read}. Studies keep the order of the table.
 */
public final class StudyInput {

    /** What the effects measure. */
    public static final Param<Measure> MEASURE = EffectRoles.MEASURE;

    /** Name of the study. */
    public static final Role STUDY = EffectRoles.STUDY;

    /** The largest upper limit of a "log ratio" that looks as if ratios had been given for logs. */
    private static final double RATIO_LIKE = 3;

    private final Measure measure;
    private final EffectSizes effects;
    private final int[] indices;
    private final int[] sourceRows;

    private StudyInput(Measure measure, EffectSizes effects, List<EffectRow> rows) {
        this.measure = measure;
        this.effects = effects;
        this.indices = rows.stream().mapToInt(EffectRow::index).toArray();
        this.sourceRows = rows.stream().mapToInt(EffectRow::row).toArray();
    }

    /** Returns the roles through which a table may hold studies and effects; all may be missing. */
    public static Role[] roles() {
        return EffectRoles.roles();
    }

    /** Returns the options on how effects are read, besides {@link #MEASURE}. */
    public static List<Param<?>> params() {
        return ReportParams.all();
    }

    /**
     * Reads the studies and tells the reader what was left out or looks wrong.
     *
     * @throws AnalysisException with code {@code unmapped-role} if no column holds effects, {@code measure-mismatch} if
     *     they do not suit the measure, {@code no-usable-studies} if none is left, or with the errors of all rows
     */
    public static StudyInput read(Inputs in, RunContext context) {
        Measure measure = EffectRoles.measure(in);
        EffectRows table = EffectRows.read(in, measure);
        table.warnings().forEach(context::report);
        table.assumptions().forEach(text -> context.info("column-read-as", in.source() + ": " + text));
        warnOfMixtures(in, context);
        warnOfRatios(table, measure, context);
        return new StudyInput(measure, effects(in, table), table.rows());
    }

    /** Returns names, effects and sampling variances on the analysis scale. */
    public EffectSizes effects() {
        return effects;
    }

    /** Returns what the effects measure. */
    public Measure measure() {
        return measure;
    }

    /** Returns the 1-based row of the user's table for each study, for messages. */
    public int[] sourceRows() {
        return sourceRows.clone();
    }

    /** Returns the 0-based row among the rows of the inputs for each study, for further columns. */
    public int[] indices() {
        return indices.clone();
    }

    private static EffectSizes effects(Inputs in, EffectRows table) {
        try {
            return table.effects();
        } catch (IllegalArgumentException e) {
            throw new AnalysisException("out-of-range", in.source() + ": " + e.getMessage() + ".");
        }
    }

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
