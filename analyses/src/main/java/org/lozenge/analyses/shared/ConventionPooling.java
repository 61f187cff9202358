package org.lozenge.analyses.shared;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.lozenge.analyses.shared.PoolingParams.Convention;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Message;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.effect.EffectMeasure;
import org.lozenge.stats.effect.LogOddsRatio;
import org.lozenge.stats.effect.LogRiskRatio;
import org.lozenge.stats.effect.PersonTime;
import org.lozenge.stats.effect.RawData;
import org.lozenge.stats.effect.RiskDifference;
import org.lozenge.stats.effect.TwoByTwo;
import org.lozenge.stats.model.Heterogeneity;
import org.lozenge.stats.model.MantelHaenszelOddsRatio;
import org.lozenge.stats.model.MantelHaenszelRateDifference;
import org.lozenge.stats.model.MantelHaenszelRateRatio;
import org.lozenge.stats.model.MantelHaenszelRates;
import org.lozenge.stats.model.MantelHaenszelRiskDifference;
import org.lozenge.stats.model.MantelHaenszelRiskRatio;
import org.lozenge.stats.model.MantelHaenszelTables;
import org.lozenge.stats.model.PooledFit;
import org.lozenge.stats.model.StratifiedFit;
import org.lozenge.stats.model.TestMethod;
import org.lozenge.stats.tau2.DerSimonianLaird;

/**
 * Pools studies as a convention does.
 *
 * <p>Review Manager 5, meta and Stata pool two-by-two counts by Mantel and Haenszel under the common-effect model, with the
 * constant for zero cells; of risk differences meta and Review Manager let it into weights and variance only, and Stata has
 * none. Review Manager also takes Q about that estimate, and τ² by DerSimonian and Laird from it; so does meta where τ² is
 * DerSimonian and Laird's. meta pools events by person-time by Mantel and Haenszel, too, without any constant.
 */
public final class ConventionPooling {

    private ConventionPooling() {}

    /**
     * Pools the studies.
     *
     * @param in the options on zero cells, as {@link ConventionInputs} gives them
     * @param studies the studies read with them
     * @throws org.lozenge.stats.ConvergenceException if τ² cannot be found
     */
    public static Pooled pool(Inputs in, StudyInput studies, Convention convention, Pooling pooling) {
        boolean stratifies = switch (convention) {
            case REVMAN5, META, STATA -> true;
            case LOZENGE, METAFOR -> false;
        };
        Optional<StratifiedFit> strata = stratifies ? mantelHaenszel(in, studies, convention) : Optional.empty();
        EffectSizes effects = studies.effects();
        Pooled usual = pooling.pool(effects);
        if (strata.isEmpty() || !hasOtherQ(convention, pooling, studies.measure()) || effects.k() == 1) {
            return usual.withStrata(strata);
        }
        double q = strata.get().heterogeneity(effects).statistic();
        boolean moments = usesMoments(pooling) && pooling.test() != TestMethod.HENMI_COPAS;
        PooledFit random = moments
                ? pooling.randomEffects()
                        .withEstimator(new MantelHaenszelMoments(q))
                        .fit(effects)
                : usual.random();
        Heterogeneity heterogeneity = random.heterogeneity(pooling.tau2Interval(), pooling.basis())
                .withQ(q, pooling.basis(), pooling.level());
        return new Pooled(usual.common(), random, heterogeneity, pooling, strata);
    }

    /** Whether a convention takes Q of two-by-two counts about the Mantel–Haenszel estimate. */
    public static boolean hasOtherQ(Convention convention, Pooling pooling, Measure measure) {
        return !isOfRates(measure)
                && (convention == Convention.REVMAN5 || (convention == Convention.META && usesMoments(pooling)));
    }

    private static boolean isOfRates(Measure measure) {
        return measure.token().equals("irr") || measure.token().equals("ird");
    }

    private static boolean usesMoments(Pooling pooling) {
        return pooling.estimator() instanceof DerSimonianLaird;
    }

    /** Says what the convention did with counts; empty where the common effect is pooled by inverse variance. */
    public static Optional<Message> message(Pooled pooled, Convention convention, Measure measure) {
        if (pooled.strata().isEmpty()) {
            return Optional.empty();
        }
        boolean corrects = !isOfRates(measure) && (measure.isRatio() || ConventionInputs.keepsDifferences(convention));
        String q = hasOtherQ(convention, pooled.pooling(), measure)
                ? " Q is taken about that estimate, and so is τ² by DerSimonian and Laird."
                : "";
        return Optional.of(Message.info(
                "mantel-haenszel-common",
                "As with --convention " + PoolingParams.token(convention)
                        + ", the common effect and its weights come from the counts by Mantel and Haenszel"
                        + (corrects ? " (with the constant added to studies with a zero cell)" : "")
                        + ", not by inverse variance." + q
                        + (corrects ? " The analysis mantel-haenszel does the same without a constant." : "")));
    }

    private static Optional<StratifiedFit> mantelHaenszel(Inputs in, StudyInput studies, Convention convention) {
        return switch (studies.measure().token()) {
            case "or" -> tables(in, studies, new LogOddsRatio()).flatMap(new MantelHaenszelOddsRatio()::fit);
            case "rr" -> tables(in, studies, new LogRiskRatio()).flatMap(new MantelHaenszelRiskRatio()::fit);
            case "rd" -> riskDifference(in, studies, convention);
            case "irr" -> rates(studies, convention).flatMap(new MantelHaenszelRateRatio()::fit);
            case "ird" -> rates(studies, convention).flatMap(new MantelHaenszelRateDifference()::fit);
            default -> Optional.empty();
        };
    }

    private static Optional<StratifiedFit> riskDifference(Inputs in, StudyInput studies, Convention convention) {
        MantelHaenszelRiskDifference method =
                new MantelHaenszelRiskDifference(MantelHaenszelRiskDifference.Variance.GREENLAND_ROBINS);
        Optional<MantelHaenszelTables> observed = all(studies, TwoByTwo.class).map(ConventionPooling::tables);
        return ConventionInputs.keepsDifferences(convention)
                ? observed.flatMap(tables ->
                        tables(in, studies, new RiskDifference()).flatMap(weighing -> method.fit(tables, weighing)))
                : observed.flatMap(method::fit);
    }

    /** The tables of all studies with the constant for zero cells; empty where an effect was stated instead of counts. */
    private static Optional<MantelHaenszelTables> tables(
            Inputs in, StudyInput studies, EffectMeasure<TwoByTwo> measure) {
        return all(studies, TwoByTwo.class)
                .map(raws -> tables(RawParams.zeroCells(in, measure).apply(raws).stream()
                        .map(t -> TwoByTwo.class.cast(t.data()))
                        .toList()));
    }

    private static MantelHaenszelTables tables(List<TwoByTwo> raws) {
        return MantelHaenszelTables.of(
                cells(raws, TwoByTwo::a), cells(raws, TwoByTwo::b), cells(raws, TwoByTwo::c), cells(raws, TwoByTwo::d));
    }

    /** Events and person-time of all studies, where the convention pools them by Mantel and Haenszel. */
    private static Optional<MantelHaenszelRates> rates(StudyInput studies, Convention convention) {
        return convention != Convention.META
                ? Optional.empty()
                : all(studies, PersonTime.class)
                        .map(raws -> MantelHaenszelRates.of(
                                cells(raws, PersonTime::events1),
                                cells(raws, PersonTime::time1),
                                cells(raws, PersonTime::events2),
                                cells(raws, PersonTime::time2)));
    }

    /** The counts of all studies; empty where an effect was stated instead of counts. */
    private static <R extends RawData> Optional<List<R>> all(StudyInput studies, Class<R> type) {
        List<Optional<R>> raws = studies.counted(type);
        return raws.stream().allMatch(Optional::isPresent)
                ? Optional.of(raws.stream().map(Optional::orElseThrow).toList())
                : Optional.empty();
    }

    private static <R> double[] cells(List<R> raws, ToDoubleFunction<R> cell) {
        return raws.stream().mapToDouble(cell).toArray();
    }
}
