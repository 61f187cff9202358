package org.lozenge.stats.bias;

import java.util.Locale;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.Interval;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.model.DesignMatrix;
import org.lozenge.stats.model.MetaRegression;
import org.lozenge.stats.model.RegressionFit;
import org.lozenge.stats.model.TestMethod;
import org.lozenge.stats.tau2.DerSimonianLaird;

/**
 * A regression of effects on a measure of study size; a slope away from 0 is funnel plot asymmetry.
 *
 * <pre>{@code yᵢ = β₀ + β₁xᵢ + error,   weights 1/vᵢ (weighted) or 1/(vᵢ + τ²) (mixed)}</pre>
 *
 * <p>With the standard error as x and a multiplicative error this is Egger's test; its "intercept of the standardised
 * effect on precision" is the slope here. The fitted value at x = 0 is the effect of an infinitely large study for
 * measures that vanish there (standard error, variance, 1/n, 1/√n).
 *
 * <p>Agrees with metafor 3.8.1 {@code regtest(model = "lm")} and {@code regtest(model = "rma")} to a relative 1e-8.
 *
 * @see <a href="https://doi.org/10.1136/bmj.315.7109.629">Egger et al. (1997), BMJ 315, 629–634</a>
 * @see <a href="https://doi.org/10.1002/(SICI)1097-0258(19991030)18:20%3C2693::AID-SIM235%3E3.0.CO;2-V">Thompson and
 *     Sharp (1999), Stat. Med. 18, 2693–2708</a>
 */
public final class FunnelRegression {

    private final RegressionFit fit;

    private FunnelRegression(RegressionFit fit) {
        this.fit = fit;
    }

    /**
     * Regresses by weighted least squares with a multiplicative error: t with k − 2 degrees of freedom.
     *
     * @param effects at least three studies
     * @param predictor a value per study
     * @param level the level of intervals as a fraction
     * @return the regression
     * @throws IllegalArgumentException for fewer than three studies or a constant predictor
     */
    public static FunnelRegression weighted(EffectSizes effects, DoubleSeq predictor, double level) {
        return fit(MetaRegression.weightedLeastSquares().withLevel(level), effects, predictor);
    }

    /**
     * Regresses by a mixed-effects model.
     *
     * @param effects at least three studies
     * @param predictor a value per study
     * @param model the meta-regression to use
     * @return the regression
     * @throws IllegalArgumentException for fewer than three studies or a constant predictor
     * @throws org.lozenge.stats.ConvergenceException if τ² cannot be found
     */
    public static FunnelRegression mixed(EffectSizes effects, DoubleSeq predictor, MetaRegression model) {
        return fit(model, effects, predictor);
    }

    /**
     * Egger's test.
     *
     * @param effects at least three studies with standard errors that differ
     * @param level the level of intervals as a fraction
     * @return the weighted regression on the standard error
     * @throws IllegalArgumentException for fewer than three studies or equal standard errors
     */
    public static FunnelRegression egger(EffectSizes effects, double level) {
        return weighted(effects, standardErrors(effects), level);
    }

    /**
     * Thompson and Sharp's test: the regression on the standard error with an additive variance between studies by the
     * moment estimator, t with k − 2 degrees of freedom.
     *
     * @param effects at least three studies with standard errors that differ
     * @param level the level of intervals as a fraction
     * @return the regression
     * @throws IllegalArgumentException for fewer than three studies or equal standard errors
     */
    public static FunnelRegression thompsonSharp(EffectSizes effects, double level) {
        MetaRegression model = new MetaRegression()
                .withEstimator(new DerSimonianLaird())
                .withTest(TestMethod.T)
                .withLevel(level);
        return mixed(effects, standardErrors(effects), model);
    }

    private static FunnelRegression fit(MetaRegression model, EffectSizes effects, DoubleSeq predictor) {
        if (effects.k() < 3) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "a regression needs at least 3 studies, but there are %d", effects.k()));
        }
        DesignMatrix design = DesignMatrix.ofOne("predictor", predictor);
        if (!design.dropped().isEmpty()) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "the predictor is the same in all studies (%.4g), so it explains nothing",
                    predictor.get(0)));
        }
        return new FunnelRegression(model.fit(effects, design));
    }

    /**
     * Returns the standard errors of studies.
     *
     * @param effects the studies
     * @return one standard error per study
     */
    public static DoubleSeq standardErrors(EffectSizes effects) {
        double[] se = new double[effects.k()];
        for (int i = 0; i < se.length; i++) {
            se[i] = effects.standardError(i);
        }
        return DoubleSeq.of(se);
    }

    /**
     * Returns the regression.
     *
     * @return the fit; term 0 is the intercept, term 1 the slope
     */
    public RegressionFit fit() {
        return fit;
    }

    /**
     * Returns the slope.
     *
     * @return β₁, effect per unit of the predictor
     */
    public double slope() {
        return fit.coefficient(1);
    }

    /**
     * Returns the interval of the slope.
     *
     * @return its confidence interval
     */
    public Interval slopeInterval() {
        return fit.confidenceInterval(1);
    }

    /**
     * Tests the slope against 0.
     *
     * @return t or z with its P value; NaN when the points lie exactly on a line
     */
    public TestResult test() {
        return fit.test(1);
    }

    /**
     * Returns the fitted effect where the predictor is 0.
     *
     * @return β₀
     */
    public double limit() {
        return fit.coefficient(0);
    }

    /**
     * Returns the interval of {@link #limit}.
     *
     * @return its confidence interval
     */
    public Interval limitInterval() {
        return fit.confidenceInterval(0);
    }

    /**
     * Tests {@link #limit} against 0.
     *
     * @return t or z with its P value; NaN when the points lie exactly on a line
     */
    public TestResult limitTest() {
        return fit.test(0);
    }
}
