package org.lozenge.analyses.compareconventions;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.lozenge.analyses.shared.ConventionInputs;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.analyses.shared.Pooled;
import org.lozenge.analyses.shared.Pooling;
import org.lozenge.analyses.shared.PoolingParams.Convention;
import org.lozenge.analyses.shared.StudyInput;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.RunContext;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.Interval;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.effect.TwoByTwo;
import org.lozenge.stats.model.HeterogeneityBasis;
import org.lozenge.stats.model.MantelHaenszelOddsRatio;
import org.lozenge.stats.model.MantelHaenszelRiskDifference;
import org.lozenge.stats.model.MantelHaenszelRiskRatio;
import org.lozenge.stats.model.MantelHaenszelTables;
import org.lozenge.stats.model.PooledFit;
import org.lozenge.stats.model.RandomEffectsModel;
import org.lozenge.stats.model.StratifiedFit;
import org.lozenge.stats.numeric.ChiSquared;
import org.lozenge.stats.tau2.FixedTau2;
import org.lozenge.stats.tau2.WeightedSums;

/**
 * The studies as one convention pools them.
 *
 * <p>Review Manager and meta pool counts of two groups by Mantel and Haenszel; Review Manager also takes Q about that
 * estimate, and τ² by DerSimonian and Laird from it.
 */
record Fitted(
        Convention convention,
        Measure measure,
        Pooled pooled,
        Optional<StratifiedFit> mantelHaenszel,
        PooledFit random) {

    static Fitted of(Inputs in, RunContext context, Convention convention, double level) {
        StudyInput studies = StudyInput.read(ConventionInputs.of(in, convention), context);
        Pooled pooled = Pooling.of(convention, level).pool(studies.effects());
        Optional<StratifiedFit> mantelHaenszel = convention == Convention.REVMAN5 || convention == Convention.META
                ? mantelHaenszel(studies)
                : Optional.empty();
        boolean otherQ = convention == Convention.REVMAN5 && mantelHaenszel.isPresent() && pooled.k() > 1;
        PooledFit random = otherQ
                ? new RandomEffectsModel()
                        .withEstimator(new FixedTau2(moment(studies.effects(), mantelHaenszel.get())))
                        .withTest(pooled.pooling().test())
                        .withPrediction(pooled.pooling().prediction())
                        .withLevel(level)
                        .fit(studies.effects())
                : pooled.random();
        return new Fitted(convention, studies.measure(), pooled, mantelHaenszel, random);
    }

    private static Optional<StratifiedFit> mantelHaenszel(StudyInput studies) {
        List<TwoByTwo> tables = new ArrayList<>();
        for (Optional<TwoByTwo> table : studies.counted(TwoByTwo.class)) {
            if (table.isEmpty()) {
                return Optional.empty();
            }
            tables.add(table.get());
        }
        MantelHaenszelTables all = MantelHaenszelTables.of(
                tables.stream().mapToDouble(TwoByTwo::a).toArray(),
                tables.stream().mapToDouble(TwoByTwo::b).toArray(),
                tables.stream().mapToDouble(TwoByTwo::c).toArray(),
                tables.stream().mapToDouble(TwoByTwo::d).toArray());
        return switch (studies.measure().token()) {
            case "or" -> new MantelHaenszelOddsRatio().fit(all);
            case "rr" -> new MantelHaenszelRiskRatio().fit(all);
            case "rd" -> new MantelHaenszelRiskDifference().fit(all);
            default -> Optional.empty();
        };
    }

    /** DerSimonian and Laird's equation with Q about the Mantel–Haenszel estimate. */
    private static double moment(EffectSizes effects, StratifiedFit fit) {
        WeightedSums sums = new WeightedSums(effects.y().toArray(), effects.v().toArray(), 0, effects.k());
        sums.evaluate(0);
        return Math.max(0, (fit.heterogeneity(effects).statistic() - (effects.k() - 1)) / sums.traceP());
    }

    private boolean hasOtherQ() {
        return convention == Convention.REVMAN5 && mantelHaenszel.isPresent() && pooled.k() > 1;
    }

    String name() {
        return convention.name().toLowerCase(Locale.ROOT);
    }

    int k() {
        return pooled.k();
    }

    double level() {
        return pooled.pooling().level();
    }

    double estimate(boolean isRandom) {
        return isRandom
                ? random.estimate()
                : mantelHaenszel
                        .map(StratifiedFit::estimate)
                        .orElseGet(() -> pooled.common().estimate());
    }

    double standardError(boolean isRandom) {
        return isRandom
                ? random.standardError()
                : mantelHaenszel
                        .map(StratifiedFit::standardError)
                        .orElseGet(() -> pooled.common().standardError());
    }

    Interval interval(boolean isRandom) {
        return isRandom
                ? random.confidenceInterval()
                : mantelHaenszel
                        .map(fit -> fit.confidenceInterval(level()))
                        .orElseGet(() -> pooled.common().confidenceInterval());
    }

    double pValue(boolean isRandom) {
        return isRandom
                ? random.test().pValue()
                : mantelHaenszel
                        .map(StratifiedFit::test)
                        .orElseGet(() -> pooled.common().test())
                        .pValue();
    }

    Optional<Interval> prediction() {
        return random.predictionInterval();
    }

    double tau2() {
        return k() == 1 ? Double.NaN : random.tau2();
    }

    TestResult q() {
        if (!hasOtherQ()) {
            return pooled.heterogeneity().q();
        }
        double q = mantelHaenszel.orElseThrow().heterogeneity(pooled.effects()).statistic();
        return new TestResult(q, k() - 1, ChiSquared.upperTail(q, k() - 1));
    }

    double i2() {
        if (hasOtherQ() && pooled.pooling().basis() == HeterogeneityBasis.Q) {
            double q = q().statistic();
            return q > 0 ? Math.max(0, (q - (k() - 1)) / q) : 0;
        }
        return pooled.heterogeneity().i2();
    }

    String tau2Method() {
        return pooled.pooling().estimator().token() + (hasOtherQ() ? " (Q about Mantel-Haenszel)" : "");
    }

    String commonMethod() {
        return mantelHaenszel.isPresent() ? "mantel-haenszel" : "inverse variance";
    }

    String test() {
        return random.testMethod().token();
    }

    String predictionMethod() {
        return pooled.pooling().prediction().token();
    }

    String basis() {
        return pooled.pooling().basis().token();
    }
}
