package org.lozenge.analyses.review;

import java.util.List;
import java.util.stream.IntStream;
import org.lozenge.analyses.shared.Pooled;
import org.lozenge.analyses.shared.Pooling;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.stats.ConvergenceException;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.model.PooledFit;
import org.lozenge.stats.model.TestMethod;
import org.lozenge.stats.numeric.Normal;

/**
 * Trials pooled on the log scale.
 *
 * @param reports one report of each trial
 * @param pooled both models
 */
record Pool(List<Report> reports, Pooled pooled) {

    Pool {
        reports = List.copyOf(reports);
    }

    /**
     * Pools at least one report; each must have an estimate or a bound.
     *
     * @throws AnalysisException with code {@code out-of-range} or {@code no-convergence}
     */
    static Pool of(List<Report> reports, Pooling pooling) {
        try {
            return new Pool(reports, pooling.pool(effects(reports)));
        } catch (ConvergenceException e) {
            throw new AnalysisException("no-convergence", e.getMessage() + ".");
        } catch (IllegalArgumentException e) {
            throw new AnalysisException("out-of-range", e.getMessage() + ".");
        }
    }

    private static EffectSizes effects(List<Report> reports) {
        double[] y = reports.stream().mapToDouble(r -> r.derived().y()).toArray();
        double[] v = reports.stream()
                .mapToDouble(r -> r.derived().se() * r.derived().se())
                .toArray();
        return new EffectSizes(reports.stream().map(Report::trial).toList(), DoubleSeq.of(y), DoubleSeq.of(v));
    }

    int k() {
        return reports.size();
    }

    PooledFit common() {
        return pooled.common();
    }

    PooledFit random() {
        return pooled.random();
    }

    /** Returns the random-effects model with the Hartung-Knapp-Sidik-Jonkman interval: as chosen, else with its guard. */
    PooledFit hksj() {
        return random().testMethod().isHartungKnapp()
                ? random()
                : pooled.pooling()
                        .randomEffects()
                        .withTest(TestMethod.HARTUNG_KNAPP_AD_HOC)
                        .fit(pooled.effects());
    }

    /** Returns the random-effects model with the HKSJ interval that may be shorter than the Wald interval. */
    PooledFit plainHksj() {
        return pooled.pooling()
                .randomEffects()
                .withTest(TestMethod.HARTUNG_KNAPP)
                .fit(pooled.effects());
    }

    /** Returns whether the Wald and the HKSJ interval disagree about a hazard ratio of 1. */
    boolean intervalsDisagree() {
        return k() > 1
                && pooled.wald().confidenceInterval().contains(0)
                        != hksj().confidenceInterval().contains(0);
    }

    /** Returns the interval that says the opposite of the chosen one about 1: Wald beside HKSJ, HKSJ beside the others. */
    PooledFit otherInterval() {
        return random().testMethod().isHartungKnapp() ? pooled.wald() : hksj();
    }

    /** Returns how many trials have an interval of their own that excludes 1. */
    int excludingOne() {
        return count(1) + count(-1);
    }

    /** Returns how many trials exclude 1 on the side where most that exclude it do. */
    int excludingOneOnOneSide() {
        return Math.max(count(1), count(-1));
    }

    private int count(int side) {
        EffectSizes effects = pooled.effects();
        double z = Normal.criticalValue(pooled.pooling().level());
        return (int) IntStream.range(0, k())
                .filter(i -> side * effects.y().get(i) > z * effects.standardError(i))
                .count();
    }
}
