package org.lozenge.stats.model;

import java.util.Optional;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.Interval;

/**
 * The common-effect (also: fixed-effect, equal-effects) model: all studies estimate one effect, which is pooled by
 * inverse variance.
 *
 * <pre>{@code μ̂ = Σ wᵢyᵢ / Σ wᵢ,   SE = 1 / √Σ wᵢ,   wᵢ = 1 / vᵢ}</pre>
 *
 * <p>Agrees with metafor 3.8.1 {@code rma(method = "EE")} to a relative 1e-12. Immutable; may be shared between threads.
 */
public final class CommonEffectModel {

    private final TestMethod test;
    private final double level;

    /** Creates the model with a Wald test and a level of 0.95. */
    public CommonEffectModel() {
        this(TestMethod.WALD, 0.95);
    }

    private CommonEffectModel(TestMethod test, double level) {
        this.test = test;
        this.level = Interval.requireLevel(level);
    }

    /**
     * Returns a model with another test.
     *
     * @param other the test; the Hartung–Knapp methods treat the spread of the effects as a common inflation of all
     *     variances
     * @return the changed copy
     */
    public CommonEffectModel withTest(TestMethod other) {
        return new CommonEffectModel(other, level);
    }

    /**
     * Returns a model with another level of confidence.
     *
     * @param other the level as a fraction between 0 and 1
     * @return the changed copy
     * @throws IllegalArgumentException if the level is outside 0 to 1
     */
    public CommonEffectModel withLevel(double other) {
        return new CommonEffectModel(test, other);
    }

    /**
     * Pools the studies.
     *
     * @param effects the studies
     * @return the fit, with τ² = 0
     */
    public PooledFit fit(EffectSizes effects) {
        return PooledFit.fit(effects, Optional.empty(), test, level, PredictionMethod.NONE);
    }
}
