package org.lozenge.analyses.shared;

import java.util.Objects;
import java.util.Optional;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.Interval;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.model.Heterogeneity;
import org.lozenge.stats.model.PooledFit;
import org.lozenge.stats.model.StratifiedFit;
import org.lozenge.stats.model.TestMethod;

/**
 * Studies pooled under both models.
 *
 * @param common the common-effect model
 * @param random the random-effects model
 * @param heterogeneity how much the studies differ
 * @param pooling how they were pooled
 * @param strata the common effect from counts by Mantel and Haenszel, where a convention has it instead of {@code common}
 */
public record Pooled(
        PooledFit common,
        PooledFit random,
        Heterogeneity heterogeneity,
        Pooling pooling,
        Optional<StratifiedFit> strata) {

    /** Checks that nothing is missing. */
    public Pooled {
        Objects.requireNonNull(common, "common");
        Objects.requireNonNull(random, "random");
        Objects.requireNonNull(heterogeneity, "heterogeneity");
        Objects.requireNonNull(pooling, "pooling");
        Objects.requireNonNull(strata, "strata");
    }

    /** Returns studies whose common effect is pooled by inverse variance. */
    public Pooled(PooledFit common, PooledFit random, Heterogeneity heterogeneity, Pooling pooling) {
        this(common, random, heterogeneity, pooling, Optional.empty());
    }

    /** Returns the same with another common effect. */
    Pooled withStrata(Optional<StratifiedFit> other) {
        return new Pooled(common, random, heterogeneity, pooling, other);
    }

    /** Returns the common effect on the analysis scale. */
    public double commonEstimate() {
        return strata.map(StratifiedFit::estimate).orElseGet(common::estimate);
    }

    /** Returns the standard error of the common effect. */
    public double commonStandardError() {
        return strata.map(StratifiedFit::standardError).orElseGet(common::standardError);
    }

    /** Returns the test of the common effect. */
    public TestResult commonTest() {
        return strata.map(StratifiedFit::test).orElseGet(common::test);
    }

    /** Returns the confidence interval of the common effect. */
    public Interval commonInterval() {
        return strata.map(fit -> fit.confidenceInterval(pooling.level())).orElseGet(common::confidenceInterval);
    }

    /** Returns the weights of the studies in the common effect, as fractions. */
    public DoubleSeq commonWeights() {
        return strata.map(StratifiedFit::weights).orElseGet(common::weights);
    }

    /** Returns the name of the common-effect model in figures. */
    public String commonLabel() {
        return strata.isPresent() ? "Common effect (Mantel-Haenszel)" : "Common effect";
    }

    /** Returns the studies. */
    public EffectSizes effects() {
        return common.effects();
    }

    /** Returns the number of studies. */
    public int k() {
        return effects().k();
    }

    /** Returns the name of the random-effects model in figures, such as {@code Random effects (REML, HKSJ)}. */
    public String randomLabel() {
        String test = switch (random.testMethod()) {
            case WALD -> "z";
            case T -> "t";
            case HARTUNG_KNAPP, HARTUNG_KNAPP_AD_HOC -> "HKSJ";
            case KENWARD_ROGER -> "Kenward-Roger";
            case PROFILE_LIKELIHOOD -> "profile likelihood";
            case HENMI_COPAS -> "Henmi-Copas";
            case IVHET -> "IVhet";
            case UNRESTRICTED_WEIGHTED_LEAST_SQUARES -> "UWLS";
        };
        if (random.testMethod() == TestMethod.UNRESTRICTED_WEIGHTED_LEAST_SQUARES) {
            return "Multiplicative model (UWLS)";
        }
        String tau2 = pooling.estimator().code().equals("fixed")
                ? "τ² = " + pooling.estimator().token()
                : pooling.estimator().code();
        return "Random effects (" + tau2 + ", " + test + ")";
    }

    /** Returns the same studies pooled with the Wald test, for comparison. */
    public PooledFit wald() {
        return pooling.randomEffects().withTest(TestMethod.WALD).fit(effects());
    }
}
