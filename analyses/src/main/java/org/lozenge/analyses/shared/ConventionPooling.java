package org.lozenge.analyses.shared;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.lozenge.analyses.shared.PoolingParams.Convention;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Message;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.effect.LogOddsRatio;
import org.lozenge.stats.effect.LogRiskRatio;
import org.lozenge.stats.effect.TwoByTwo;
import org.lozenge.stats.effect.ZeroCells;
import org.lozenge.stats.model.Heterogeneity;
import org.lozenge.stats.model.MantelHaenszelOddsRatio;
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
 * <p>Review Manager 5, meta and Stata pool two-by-two counts by Mantel and Haenszel under the common-effect model, odds and
 * risk ratios with the constant for zero cells. Review Manager also takes Q about that estimate, and τ² by DerSimonian and
 * Laird from it; so does meta where τ² is DerSimonian and Laird's.
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
        Optional<StratifiedFit> strata = stratifies ? mantelHaenszel(in, studies) : Optional.empty();
        EffectSizes effects = studies.effects();
        Pooled usual = pooling.pool(effects);
        if (strata.isEmpty() || !hasOtherQ(convention, pooling) || effects.k() == 1) {
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

    /** Whether a convention takes Q of counts about the Mantel–Haenszel estimate. */
    public static boolean hasOtherQ(Convention convention, Pooling pooling) {
        return convention == Convention.REVMAN5 || (convention == Convention.META && usesMoments(pooling));
    }

    private static boolean usesMoments(Pooling pooling) {
        return pooling.estimator() instanceof DerSimonianLaird;
    }

    /** Says what the convention did with counts; empty where the common effect is pooled by inverse variance. */
    public static Optional<Message> message(Pooled pooled, Convention convention) {
        if (pooled.strata().isEmpty()) {
            return Optional.empty();
        }
        String q = hasOtherQ(convention, pooled.pooling())
                ? " Q is taken about that estimate, and so is τ² by DerSimonian and Laird."
                : "";
        return Optional.of(Message.info(
                "mantel-haenszel-common",
                "As with --convention " + PoolingParams.token(convention)
                        + ", the common effect and its weights come from"
                        + " the counts by Mantel and Haenszel (ratios with the constant added to studies with a zero cell),"
                        + " not by inverse variance." + q
                        + " The analysis mantel-haenszel does the same without a constant."));
    }

    private static Optional<StratifiedFit> mantelHaenszel(Inputs in, StudyInput studies) {
        return switch (studies.measure().token()) {
            case "or" ->
                tables(studies, RawParams.zeroCells(in, new LogOddsRatio()))
                        .flatMap(new MantelHaenszelOddsRatio()::fit);
            case "rr" ->
                tables(studies, RawParams.zeroCells(in, new LogRiskRatio()))
                        .flatMap(new MantelHaenszelRiskRatio()::fit);
            case "rd" -> tables(studies, ZeroCells.none()).flatMap(new MantelHaenszelRiskDifference()::fit);
            default -> Optional.empty();
        };
    }

    /** The tables of all studies; empty where an effect was stated instead of counts. */
    private static Optional<MantelHaenszelTables> tables(StudyInput studies, ZeroCells zeros) {
        List<TwoByTwo> raws = new ArrayList<>();
        for (Optional<TwoByTwo> table : studies.counted(TwoByTwo.class)) {
            if (table.isEmpty()) {
                return Optional.empty();
            }
            raws.add(table.get());
        }
        List<TwoByTwo> treated = zeros.apply(raws).stream()
                .map(t -> TwoByTwo.class.cast(t.data()))
                .toList();
        return Optional.of(MantelHaenszelTables.of(
                cells(treated, TwoByTwo::a),
                cells(treated, TwoByTwo::b),
                cells(treated, TwoByTwo::c),
                cells(treated, TwoByTwo::d)));
    }

    private static double[] cells(List<TwoByTwo> tables, ToDoubleFunction<TwoByTwo> cell) {
        return tables.stream().mapToDouble(cell).toArray();
    }
}
