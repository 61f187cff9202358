package org.lozenge.analyses.peto;

import java.util.ArrayList;
import java.util.List;
import org.lozenge.analyses.shared.RawParams;
import org.lozenge.analyses.shared.RawRoles;
import org.lozenge.analyses.shared.StratifiedTables;
import org.lozenge.analyses.shared.StudyEffects;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.Role;
import org.lozenge.plugin.RunContext;
import org.lozenge.stats.effect.BackTransform;
import org.lozenge.stats.effect.PetoLogOddsRatio;
import org.lozenge.stats.effect.TwoByTwo;
import org.lozenge.stats.model.MantelHaenszelTables;
import org.lozenge.stats.model.PetoMethod;

/**
 * Pools odds ratios of two-by-two tables, or hazard ratios given by observed minus expected events, by Peto's method.
 *
 * <p>The result has the tables {@code model}, {@code heterogeneity} and {@code studies} and a forest plot.
 */
public final class PetoAnalysis implements Analysis {

    private static final List<Role> ROLES =
            List.of(RawRoles.some("events_t", "n_t", "events_c", "n_c", "a", "b", "c", "d", "events", "n"));

    /** Beyond an odds ratio of 3 or below a third of it, Peto's estimate is drawn visibly towards 1. */
    private static final double LARGE_EFFECT = StrictMath.log(3);

    /** Arms that differ more in size than this make the estimate depend on the size of the effect. */
    private static final double UNBALANCED = 2;

    static final Param<Double> LEVEL = Param.number("level", "Confidence level", 0.95)
            .check(level -> level > 0 && level < 1, "must be between 0 and 1, both excluded; write 0.95 for 95%");

    /** The analysis has no state. */
    public PetoAnalysis() {}

    @Override
    public AnalysisSpec spec() {
        return AnalysisSpec.of("peto", "Peto's method")
                .summary("A common odds ratio of rare events from counts, or a common hazard ratio from observed minus"
                        + " expected events and their variances, by Peto's one-step method.")
                .roles(ROLES.toArray(Role[]::new))
                .roles(LogRankRows.O_MINUS_E, LogRankRows.V)
                .params(
                        RawParams.INVALID,
                        RawParams.REFERENCE,
                        RawParams.SHARED_CONTROL,
                        RawParams.ADD,
                        RawParams.TO,
                        RawParams.ADD_BY,
                        RawParams.DROP00,
                        LEVEL)
                .references(
                        "Yusuf S and others. Prog Cardiovasc Dis 1985;27:335-371."
                                + " https://doi.org/10.1016/S0033-0620(85)80003-7",
                        "Greenland S, Salvan A. Stat Med 1990;9:247-252. https://doi.org/10.1002/sim.4780090307",
                        "Sweeting MJ, Sutton AJ, Lambert PC. Stat Med 2004;23:1351-1375."
                                + " https://doi.org/10.1002/sim.1761");
    }

    @Override
    public AnalysisResult run(Inputs in, RunContext context) {
        return LogRankRows.areMapped(in) ? fromLogRank(in, context) : fromCounts(in, context);
    }

    private static AnalysisResult fromCounts(Inputs in, RunContext context) {
        PetoLogOddsRatio measure = new PetoLogOddsRatio();
        // Peto's estimate of a single study needs no constant for single zero cells.
        StudyEffects<TwoByTwo> studies = StudyEffects.ofCounts(in, ROLES, measure, in.isSet(RawParams.ADD));
        List<TwoByTwo> raws =
                studies.counted().stream().map(StudyEffects.Counted::raw).toList();
        PetoMethod.Result result = new PetoMethod()
                .fit(MantelHaenszelTables.of(
                        raws.stream().mapToDouble(TwoByTwo::a).toArray(),
                        raws.stream().mapToDouble(TwoByTwo::b).toArray(),
                        raws.stream().mapToDouble(TwoByTwo::c).toArray(),
                        raws.stream().mapToDouble(TwoByTwo::d).toArray()))
                .orElseThrow(() -> noInformation(in));
        studies.messages().forEach(context::report);
        warnOfImbalance(in, context, studies);
        warnOfLargeEffect(in, context, result);
        return items(new StratifiedTables(
                "Peto",
                measure.effectLabel(),
                BackTransform.exp(),
                result.fit(),
                result.heterogeneity(),
                StratifiedTables.studies(studies.counted()),
                in.get(LEVEL)));
    }

    private static AnalysisResult fromLogRank(Inputs in, RunContext context) {
        LogRankRows rows = LogRankRows.read(in);
        PetoMethod.Result result = new PetoMethod()
                .fit(rows.observedMinusExpected(), rows.variances())
                .orElseThrow(() -> noInformation(in));
        rows.messages().forEach(context::report);
        return items(new StratifiedTables(
                "Peto",
                "Hazard ratio",
                BackTransform.exp(),
                result.fit(),
                result.heterogeneity(),
                rows.studies(),
                in.get(LEVEL)));
    }

    private static AnalysisResult items(StratifiedTables tables) {
        return AnalysisResult.of(
                tables.model(),
                tables.heterogeneity("Heterogeneity: around Peto's estimate"),
                tables.studyTable(),
                tables.forest());
    }

    private static AnalysisException noInformation(Inputs in) {
        return new AnalysisException(
                "no-usable-studies",
                in.source()
                        + ": no study has both events and participants without event, so there is no information about"
                        + " a ratio. A risk difference keeps such studies.");
    }

    private static void warnOfImbalance(Inputs in, RunContext context, StudyEffects<TwoByTwo> studies) {
        List<Integer> rows = new ArrayList<>();
        for (StudyEffects.Counted<TwoByTwo> study : studies.counted()) {
            double ratio = study.raw().n1() / study.raw().n2();
            if (Math.max(ratio, 1 / ratio) > UNBALANCED) {
                rows.add(study.row());
            }
        }
        if (!rows.isEmpty()) {
            context.warn(
                    "unbalanced-arms",
                    in.source() + ": in " + rows.size() + (rows.size() == 1 ? " study" : " studies")
                            + " one arm is more than twice as large as the other. Peto's method is biased then unless the"
                            + " effect is small; compare with mantel-haenszel.",
                    rows.stream().mapToInt(Integer::intValue).toArray());
        }
    }

    private static void warnOfLargeEffect(Inputs in, RunContext context, PetoMethod.Result result) {
        if (Math.abs(result.fit().estimate()) > LARGE_EFFECT) {
            context.warn(
                    "large-effect",
                    in.source()
                            + ": the pooled odds ratio is below 1/3 or above 3. Peto's method draws such effects towards"
                            + " 1 or away from it; compare with mantel-haenszel.");
        }
    }
}
