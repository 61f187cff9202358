package org.lozenge.analyses.pool;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.analyses.shared.Pooled;
import org.lozenge.analyses.shared.PooledForest;
import org.lozenge.analyses.shared.PooledFunnel;
import org.lozenge.analyses.shared.PooledTables;
import org.lozenge.analyses.shared.Pooling;
import org.lozenge.analyses.shared.PoolingWarnings;
import org.lozenge.analyses.shared.ReportRows;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.RunContext;
import org.lozenge.stats.ConvergenceException;
import org.lozenge.stats.EffectSizes;

/**
 * Pools study effects under a common-effect and a random-effects model.
 *
 * <p>Each row is one study, with its effect in any of the accepted forms ({@link EffectRows}). The result has the tables
 * {@code model}, {@code heterogeneity} and {@code studies} and the figures {@code forest} and {@code funnel}.
 */
public final class PoolAnalysis implements Analysis {

    /** The largest upper limit of a "log ratio" that looks as if ratios had been given for logs. */
    private static final double RATIO_LIKE = 3;

    /** The analysis has no state. */
    public PoolAnalysis() {}

    @Override
    public AnalysisSpec spec() {
        return AnalysisSpec.of("pool", "Pooled effect")
                .summary("Common-effect and random-effects models side by side, from effects with standard errors,"
                        + " variances or intervals, ratios with intervals, or O - E with V; heterogeneity, prediction"
                        + " interval, weights, forest and funnel plot.")
                .roles(PoolOptions.roles())
                .params(PoolOptions.params())
                .references(
                        "DerSimonian R, Laird N. Control Clin Trials 1986;7:177-188."
                                + " https://doi.org/10.1016/0197-2456(86)90046-2",
                        "Viechtbauer W. J Educ Behav Stat 2005;30:261-293. https://doi.org/10.3102/10769986030003261",
                        "Knapp G, Hartung J. Stat Med 2003;22:2693-2710. https://doi.org/10.1002/sim.1482",
                        "Higgins JPT, Thompson SG. Stat Med 2002;21:1539-1558. https://doi.org/10.1002/sim.1186",
                        "Viechtbauer W. Stat Med 2007;26:37-52. https://doi.org/10.1002/sim.2514",
                        "Higgins JPT, Thompson SG, Spiegelhalter DJ. J R Stat Soc A 2009;172:137-159."
                                + " https://doi.org/10.1111/j.1467-985X.2008.00552.x");
    }

    @Override
    public AnalysisResult run(Inputs in, RunContext context) {
        Measure measure = PoolOptions.measure(in);
        Pooling pooling = Pooling.of(in);
        EffectRows table = EffectRows.read(in, measure);
        table.warnings().forEach(context::report);
        table.assumptions().forEach(text -> context.info("column-read-as", in.source() + ": " + text));
        warnOfMixtures(in, context);
        warnOfRatios(table, measure, context);
        context.checkCancelled();
        Pooled pooled = pool(pooling, effects(in, table));
        PoolingWarnings.of(pooled, measure, table.sourceRowsUsed()).forEach(context::report);
        return AnalysisResult.of(
                PooledTables.model(pooled, measure),
                PooledTables.heterogeneity(pooled.heterogeneity()),
                PooledTables.studies(pooled, measure),
                forest(in, pooled, measure),
                PooledFunnel.of(pooled, measure));
    }

    private static EffectSizes effects(Inputs in, EffectRows table) {
        try {
            return table.effects();
        } catch (IllegalArgumentException e) {
            throw new AnalysisException("out-of-range", in.source() + ": " + e.getMessage() + ".");
        }
    }

    private static Pooled pool(Pooling pooling, EffectSizes effects) {
        try {
            return pooling.pool(effects);
        } catch (ConvergenceException e) {
            throw new AnalysisException("no-convergence", e.getMessage() + ".");
        }
    }

    private static ForestPlot forest(Inputs in, Pooled pooled, Measure measure) {
        ForestPlot plot = PooledForest.of(pooled, measure);
        String low = in.get(PoolOptions.FAVOURS_LOW);
        String high = in.get(PoolOptions.FAVOURS_HIGH);
        boolean given = !low.isEmpty() || !high.isEmpty();
        return given ? plot.favours(low, high) : plot;
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
                            java.util.Locale.ROOT,
                            "All effects are above 0. As logs, the first (%s, %s) means a ratio of %.3g; if the column"
                                    + " holds ratios instead, map it with --map ratio=COLUMN and give their limits.",
                            first.study(),
                            first.y(),
                            StrictMath.exp(first.y())));
        }
    }
}
