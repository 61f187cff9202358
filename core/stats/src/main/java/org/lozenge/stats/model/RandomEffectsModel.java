package org.lozenge.stats.model;

import java.util.Objects;
import java.util.Optional;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.Interval;
import org.lozenge.stats.tau2.RestrictedMaximumLikelihood;
import org.lozenge.stats.tau2.Tau2Estimator;

/**
 * The random-effects model: the studies' true effects are normal about μ with variance τ².
 *
 * <pre>{@code μ̂ = Σ wᵢyᵢ / Σ wᵢ,   SE = 1 / √Σ wᵢ,   wᵢ = 1 / (vᵢ + τ²)}</pre>
 *
 * <p>τ² comes from a {@link Tau2Estimator}; {@link TestMethod} and {@link PredictionMethod} decide on the intervals.
 * The default is REML with the Hartung–Knapp–Sidik–Jonkman method and its ad hoc guard at a level of 0.95. One study is
 * reported as it is, with a Wald test, since τ² cannot be estimated from it.
 *
 * <p>Agrees with metafor 3.8.1 {@code rma(test = "z"/"t"/"knha"/"adhoc")}: a relative 1e-12 given τ². Immutable; may be
 * shared between threads.
 *
 * @see <a href="https://doi.org/10.1002/sim.1482">Knapp and Hartung (2003), Stat. Med. 22, 2693–2710</a>
 * @see <a href="https://doi.org/10.1002/sim.791">Hartung and Knapp (2001), Stat. Med. 20, 1771–1782</a>
 * @see <a href="https://doi.org/10.1111/j.1467-985X.2008.00552.x">Higgins, Thompson and Spiegelhalter (2009), J. R.
 *     Stat. Soc. A 172, 137–159</a>
 */
public final class RandomEffectsModel {

    private final Tau2Estimator estimator;
    private final TestMethod test;
    private final double level;
    private final PredictionMethod prediction;

    /** Creates the model with REML, HKSJ with the ad hoc guard, a level of 0.95 and a matching prediction interval. */
    public RandomEffectsModel() {
        this(new RestrictedMaximumLikelihood(), TestMethod.HARTUNG_KNAPP_AD_HOC, 0.95, PredictionMethod.AUTO);
    }

    private RandomEffectsModel(Tau2Estimator estimator, TestMethod test, double level, PredictionMethod prediction) {
        this.estimator = Objects.requireNonNull(estimator, "estimator");
        this.test = Objects.requireNonNull(test, "test");
        this.level = Interval.requireLevel(level);
        this.prediction = Objects.requireNonNull(prediction, "prediction");
    }

    /**
     * Returns a model with another estimator of τ².
     *
     * @param other the estimator
     * @return the changed copy
     */
    public RandomEffectsModel withEstimator(Tau2Estimator other) {
        return new RandomEffectsModel(other, test, level, prediction);
    }

    /**
     * Returns a model with another test.
     *
     * @param other the test
     * @return the changed copy
     */
    public RandomEffectsModel withTest(TestMethod other) {
        return new RandomEffectsModel(estimator, other, level, prediction);
    }

    /**
     * Returns a model with another level of confidence and prediction.
     *
     * @param other the level as a fraction between 0 and 1
     * @return the changed copy
     * @throws IllegalArgumentException if the level is outside 0 to 1
     */
    public RandomEffectsModel withLevel(double other) {
        return new RandomEffectsModel(estimator, test, other, prediction);
    }

    /**
     * Returns a model with another prediction interval.
     *
     * @param other the method
     * @return the changed copy
     */
    public RandomEffectsModel withPrediction(PredictionMethod other) {
        return new RandomEffectsModel(estimator, test, level, other);
    }

    /**
     * Fits the model.
     *
     * @param effects the studies
     * @return the fit
     * @throws org.lozenge.stats.ConvergenceException if τ² cannot be found
     */
    public PooledFit fit(EffectSizes effects) {
        return PooledFit.fit(effects, Optional.of(estimator), test, level, prediction);
    }
}
