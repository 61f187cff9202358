package org.lozenge.stats.model;

import java.util.Locale;
import java.util.Objects;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.Interval;
import org.lozenge.stats.tau2.DesignSums;
import org.lozenge.stats.tau2.FixedTau2;
import org.lozenge.stats.tau2.RestrictedMaximumLikelihood;
import org.lozenge.stats.tau2.Tau2Estimator;

/**
 * Meta-regression: the studies' true effects are normal about a linear function of moderators with variance τ².
 *
 * <pre>{@code β̂ = (X′WX)⁻¹X′Wy,   Var β̂ = (X′WX)⁻¹,   wᵢ = 1 / (vᵢ + τ²)}</pre>
 *
 * <p>τ² comes from any {@link Tau2Estimator}, REML and ML as the proven global maximum. {@link TestMethod} decides on
 * the standard errors: Hartung–Knapp multiplies the covariance by {@code y′Py/(k − p)} and uses t and F with k − p
 * degrees of freedom. With τ² fixed at 0 that is the ordinary weighted least squares regression with a multiplicative
 * error, as in Egger's test ({@link #weightedLeastSquares}).
 *
 * <p>Solved by a column-scaled, pivoted QR factorisation in O(k·p²), whose basis each τ² makes orthonormal again; a
 * moderator's unit and zero do not matter. Agrees with metafor 3.8.1 {@code rma(yi, vi, mods, method, test)} and {@code
 * confint()} to a relative 1e-8. Immutable; may be shared between threads.
 *
 * @see <a href="https://doi.org/10.1002/sim.1482">Knapp and Hartung (2003), Stat. Med. 22, 2693–2710</a>
 * @see <a href="https://doi.org/10.1002/1097-0258(20001230)19:24%3C3417::AID-SIM614%3E3.0.CO;2-L">Berkey et al.
 *     (1995), Stat. Med. 14, 395–411</a>
 */
public final class MetaRegression {

    private final Tau2Estimator estimator;
    private final TestMethod test;
    private final double level;

    /** Creates the model with REML, the Hartung–Knapp method with its ad hoc guard and a level of 0.95. */
    public MetaRegression() {
        this(new RestrictedMaximumLikelihood(), TestMethod.HARTUNG_KNAPP_AD_HOC, 0.95);
    }

    private MetaRegression(Tau2Estimator estimator, TestMethod test, double level) {
        this.estimator = Objects.requireNonNull(estimator, "estimator");
        this.test = Objects.requireNonNull(test, "test");
        this.level = Interval.requireLevel(level);
    }

    /**
     * Returns ordinary weighted least squares with weights 1/v: no τ², the residual variance multiplies the covariance,
     * t with k − p degrees of freedom.
     *
     * @return the model
     */
    public static MetaRegression weightedLeastSquares() {
        return new MetaRegression(new FixedTau2(0), TestMethod.HARTUNG_KNAPP, 0.95);
    }

    /**
     * Returns a model with another estimator of τ².
     *
     * @param other the estimator; {@code new FixedTau2(0)} for a model without heterogeneity
     * @return the changed copy
     */
    public MetaRegression withEstimator(Tau2Estimator other) {
        return new MetaRegression(other, test, level);
    }

    /**
     * Returns a model with another test.
     *
     * @param other the test
     * @return the changed copy
     */
    public MetaRegression withTest(TestMethod other) {
        return new MetaRegression(estimator, other, level);
    }

    /**
     * Returns a model with another level of confidence.
     *
     * @param other the level as a fraction between 0 and 1
     * @return the changed copy
     * @throws IllegalArgumentException if the level is outside 0 to 1
     */
    public MetaRegression withLevel(double other) {
        return new MetaRegression(estimator, test, other);
    }

    /**
     * Fits the model.
     *
     * @param effects the studies
     * @param design their moderators
     * @return the fit
     * @throws IllegalArgumentException if the design is of another number of studies, or if there are not more studies
     *     than terms
     * @throws org.lozenge.stats.ConvergenceException if τ² cannot be found
     */
    public RegressionFit fit(EffectSizes effects, DesignMatrix design) {
        int k = effects.k();
        int p = design.terms().size();
        if (design.k() != k) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%d studies have moderators of %d studies", k, design.k()));
        }
        if (k <= p) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "%d terms %s need more than %d studies; use fewer moderators", p, design.terms(), k));
        }
        DesignSums sums = new DesignSums(effects.y().toArray(), effects.v().toArray(), design.basis());
        double tau2 = estimator.estimate(sums);
        sums.evaluate(tau2);
        return new RegressionFit(effects, design, estimator, test, level, tau2, sums);
    }
}
