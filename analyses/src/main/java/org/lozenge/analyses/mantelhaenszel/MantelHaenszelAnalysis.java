package org.lozenge.analyses.mantelhaenszel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.lozenge.analyses.shared.RawParams;
import org.lozenge.analyses.shared.RawRoles;
import org.lozenge.analyses.shared.StratifiedTables;
import org.lozenge.analyses.shared.StudyEffects;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.ResultItem;
import org.lozenge.plugin.Role;
import org.lozenge.plugin.RunContext;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.effect.EffectMeasure;
import org.lozenge.stats.effect.IncidenceRateDifference;
import org.lozenge.stats.effect.LogIncidenceRateRatio;
import org.lozenge.stats.effect.LogOddsRatio;
import org.lozenge.stats.effect.LogRiskRatio;
import org.lozenge.stats.effect.PersonTime;
import org.lozenge.stats.effect.RawData;
import org.lozenge.stats.effect.RiskDifference;
import org.lozenge.stats.effect.TwoByTwo;
import org.lozenge.stats.model.MantelHaenszelOddsRatio;
import org.lozenge.stats.model.MantelHaenszelRateDifference;
import org.lozenge.stats.model.MantelHaenszelRateRatio;
import org.lozenge.stats.model.MantelHaenszelRates;
import org.lozenge.stats.model.MantelHaenszelRiskDifference;
import org.lozenge.stats.model.MantelHaenszelRiskRatio;
import org.lozenge.stats.model.MantelHaenszelTables;
import org.lozenge.stats.model.MantelHaenszelTests;
import org.lozenge.stats.model.StratifiedFit;

/**
 * Pools counts by the methods of Mantel and Haenszel.
 *
 * <p>The counts themselves are pooled, without any constant; the constant for zero cells is added only where a study's own
 * effect is shown and enters Q. The result has the tables {@code model}, {@code heterogeneity}, {@code studies} and
 * {@code tests} and a forest plot.
 */
public final class MantelHaenszelAnalysis implements Analysis {

    private static final List<Role> ROLES = List.of(RawRoles.some(
            "events_t", "n_t", "events_c", "n_c", "a", "b", "c", "d", "time_t", "time_c", "events", "n", "time"));

    /** The analysis has no state. */
    public MantelHaenszelAnalysis() {}

    @Override
    public AnalysisSpec spec() {
        return AnalysisSpec.of("mantel-haenszel", "Mantel-Haenszel")
                .summary(
                        "A common odds ratio, risk ratio, risk difference, rate ratio or rate difference from counts by the"
                                + " methods of Mantel and Haenszel, with Cochran-Mantel-Haenszel, Breslow-Day and Tarone tests.")
                .roles(ROLES.toArray(Role[]::new))
                .params(MantelHaenszelOptions.MEASURE)
                .params(RawParams.counts().toArray(Param<?>[]::new))
                .params(MantelHaenszelOptions.VARIANCE, MantelHaenszelOptions.CONTINUITY, MantelHaenszelOptions.LEVEL)
                .references(
                        "Mantel N, Haenszel W. J Natl Cancer Inst 1959;22:719-748. https://doi.org/10.1093/jnci/22.4.719",
                        "Robins J, Breslow N, Greenland S. Biometrics 1986;42:311-323. https://doi.org/10.2307/2531052",
                        "Greenland S, Robins JM. Biometrics 1985;41:55-68. https://doi.org/10.2307/2530643",
                        "Sato T, Greenland S, Robins JM. Biometrics 1989;45:1323-1324. https://doi.org/10.2307/2531784",
                        "Tarone RE. Biometrika 1985;72:91-95. https://doi.org/10.1093/biomet/72.1.91");
    }

    @Override
    public AnalysisResult run(Inputs in, RunContext context) {
        return switch (in.get(MantelHaenszelOptions.MEASURE)) {
            case OR -> tables(in, context, new LogOddsRatio(), new MantelHaenszelOddsRatio()::fit);
            case RR -> tables(in, context, new LogRiskRatio(), new MantelHaenszelRiskRatio()::fit);
            case RD ->
                tables(
                        in,
                        context,
                        new RiskDifference(),
                        new MantelHaenszelRiskDifference(in.get(MantelHaenszelOptions.VARIANCE))::fit);
            case IRR -> rates(in, context, new LogIncidenceRateRatio(), new MantelHaenszelRateRatio()::fit);
            case IRD -> rates(in, context, new IncidenceRateDifference(), new MantelHaenszelRateDifference()::fit);
        };
    }

    private static AnalysisResult tables(
            Inputs in,
            RunContext context,
            EffectMeasure<TwoByTwo> measure,
            Function<MantelHaenszelTables, Optional<StratifiedFit>> method) {
        StudyEffects<TwoByTwo> studies = StudyEffects.ofCounts(in, ROLES, measure);
        List<TwoByTwo> raws =
                studies.counted().stream().map(StudyEffects.Counted::raw).toList();
        MantelHaenszelTables tables = MantelHaenszelTables.of(
                column(raws, TwoByTwo::a),
                column(raws, TwoByTwo::b),
                column(raws, TwoByTwo::c),
                column(raws, TwoByTwo::d));
        StratifiedFit fit = method.apply(tables).orElseThrow(() -> notEstimable(in, studies));
        boolean correct = in.get(MantelHaenszelOptions.CONTINUITY);
        List<MantelHaenszelOptions.NamedTest> tests = new ArrayList<>();
        MantelHaenszelTests.cochranMantelHaenszel(tables, correct)
                .ifPresent(test -> tests.add(MantelHaenszelOptions.test(
                        "cochran-mantel-haenszel", test, correct ? "with continuity correction" : "")));
        if (measure instanceof LogOddsRatio) {
            MantelHaenszelTests.breslowDay(tables, fit.estimate())
                    .ifPresent(test -> tests.add(MantelHaenszelOptions.test("breslow-day", test, "equal odds ratios")));
            MantelHaenszelTests.tarone(tables, fit.estimate())
                    .ifPresent(test -> tests.add(MantelHaenszelOptions.test("tarone", test, "equal odds ratios")));
        }
        return result(in, context, studies, fit, tests);
    }

    private static AnalysisResult rates(
            Inputs in,
            RunContext context,
            EffectMeasure<PersonTime> measure,
            Function<MantelHaenszelRates, Optional<StratifiedFit>> method) {
        StudyEffects<PersonTime> studies = StudyEffects.ofCounts(in, ROLES, measure);
        List<PersonTime> raws =
                studies.counted().stream().map(StudyEffects.Counted::raw).toList();
        MantelHaenszelRates rates = MantelHaenszelRates.of(
                column(raws, PersonTime::events1),
                column(raws, PersonTime::time1),
                column(raws, PersonTime::events2),
                column(raws, PersonTime::time2));
        StratifiedFit fit = method.apply(rates).orElseThrow(() -> notEstimable(in, studies));
        boolean correct = in.get(MantelHaenszelOptions.CONTINUITY);
        List<MantelHaenszelOptions.NamedTest> tests = new ArrayList<>();
        MantelHaenszelTests.personTime(rates, correct)
                .ifPresent(test -> tests.add(MantelHaenszelOptions.test(
                        "mantel-haenszel", test, correct ? "with continuity correction" : "")));
        return result(in, context, studies, fit, tests);
    }

    private static <R> double[] column(List<R> raws, java.util.function.ToDoubleFunction<R> cell) {
        return raws.stream().mapToDouble(cell).toArray();
    }

    private static AnalysisException notEstimable(Inputs in, StudyEffects<?> studies) {
        List<Message> all = new ArrayList<>(List.of(Message.error(
                "not-estimable",
                in.source() + ": the Mantel-Haenszel "
                        + studies.measure().effectLabel().toLowerCase(Locale.ROOT)
                        + " cannot be estimated: " + reason(studies))));
        all.addAll(studies.messages());
        return new AnalysisException(all);
    }

    private static String reason(StudyEffects<?> studies) {
        double first = 0;
        double second = 0;
        for (StudyEffects.Counted<?> study : studies.counted()) {
            if (study.raw() instanceof TwoByTwo t) {
                first += t.a();
                second += t.c();
            } else if (study.raw() instanceof PersonTime t) {
                first += t.events1();
                second += t.events2();
            }
        }
        if (first == 0 && second == 0) {
            return "no study has an event, so there is no information.";
        }
        return switch (studies.measure().code()) {
            case "rd" -> "every group has no event, or events only, so that its variance would be 0.";
            case "or" ->
                absence(first, second)
                        + " Peto's odds ratio (analysis 'peto') and the risk difference exist all the same.";
            case "rr" -> absence(first, second) + " The risk difference (--measure rd) exists all the same.";
            default -> absence(first, second) + " The rate difference (--measure ird) exists all the same.";
        };
    }

    private static String absence(double first, double second) {
        if (first == 0) {
            return "no study has an event in the treatment arm, so that it would be 0.";
        }
        return second == 0
                ? "no study has an event in the control arm, so that it would be infinite."
                : "an arm has events only in every study, so that it would be 0 or infinite.";
    }

    private static <R extends RawData> AnalysisResult result(
            Inputs in,
            RunContext context,
            StudyEffects<R> studies,
            StratifiedFit fit,
            List<MantelHaenszelOptions.NamedTest> tests) {
        studies.messages().forEach(context::report);
        TestResult none = new TestResult(Double.NaN, 0, Double.NaN);
        TestResult q = studies.effects().isEmpty() ? none : fit.heterogeneity(studies.sizes());
        EffectMeasure<R> measure = studies.measure();
        StratifiedTables tables = new StratifiedTables(
                "Mantel-Haenszel",
                measure.effectLabel(),
                measure.description().backTransform(),
                fit,
                q,
                StratifiedTables.studies(studies.counted()),
                in.get(MantelHaenszelOptions.LEVEL));
        List<ResultItem> items = new ArrayList<>(List.of(
                tables.model(),
                tables.heterogeneity("Heterogeneity: studies' own effects around the Mantel-Haenszel estimate"),
                tables.studyTable()));
        if (!tests.isEmpty()) {
            items.add(MantelHaenszelOptions.tests(tests));
        }
        items.add(tables.forest());
        return AnalysisResult.of(items);
    }
}
