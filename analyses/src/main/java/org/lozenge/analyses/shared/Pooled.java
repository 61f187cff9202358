package org.lozenge.analyses.shared;

import java.util.Objects;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.model.Heterogeneity;
import org.lozenge.stats.model.PooledFit;
import org.lozenge.stats.model.TestMethod;

/**
 * Studies pooled under both models.
 *
 * @param common the common-effect model
 * @param random the random-effects model
 * @param heterogeneity how much the studies differ
 * @param pooling how they were pooled
 */
public record Pooled(PooledFit common, PooledFit random, Heterogeneity heterogeneity, Pooling pooling) {

    /** Checks that nothing is missing. */
    public Pooled {
        Objects.requireNonNull(common, "common");
        Objects.requireNonNull(random, "random");
        Objects.requireNonNull(heterogeneity, "heterogeneity");
        Objects.requireNonNull(pooling, "pooling");
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
