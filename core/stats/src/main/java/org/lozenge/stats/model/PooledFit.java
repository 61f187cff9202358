package org.lozenge.stats.model;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.Interval;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.numeric.StudentT;
import org.lozenge.stats.tau2.DerSimonianLaird;
import org.lozenge.stats.tau2.MaximumLikelihood;
import org.lozenge.stats.tau2.Tau2Estimator;
import org.lozenge.stats.tau2.Tau2Mode;
import org.lozenge.stats.tau2.Tau2Workspace;
import org.lozenge.stats.tau2.WeightedSums;

/**
 * A fitted common-effect or random-effects model. All values are on the analysis scale.
 *
 * <p>Holds the effects it describes and the four numbers the rest follows from (τ², estimate, standard error, variance
 * multiplier); everything else is computed when asked for. Immutable.
 */
public final class PooledFit {

    /** With two studies REML makes the Hartung–Knapp multiplier 1, up to the last digits of τ². */
    private static final double ROUNDING = 1e-9;

    private final EffectSizes effects;
    private final Optional<Tau2Estimator> estimator;
    private final TestMethod requestedTest;
    private final double level;
    private final PredictionMethod prediction;
    private final double tau2;
    private final double estimate;
    private final double classicStandardError;
    private final double multiplier;
    private final Optional<MeanInference> special;

    /** The critical value at {@link #df}, or NaN until it is asked for: it takes longer than the fit of few studies. */
    private volatile double criticalValue = Double.NaN;

    private PooledFit(
            EffectSizes effects,
            Optional<Tau2Estimator> estimator,
            TestMethod requestedTest,
            double level,
            PredictionMethod prediction,
            double tau2,
            WeightedSums sums) {
        this.effects = effects;
        this.estimator = estimator;
        this.requestedTest = requestedTest;
        this.level = level;
        this.prediction = prediction;
        this.tau2 = tau2;
        this.estimate = sums.mean();
        this.classicStandardError = classicError(sums);
        this.multiplier = multiplier(sums);
        this.special = special();
    }

    private Optional<MeanInference> special() {
        return switch (testMethod()) {
            case WALD, T, HARTUNG_KNAPP, HARTUNG_KNAPP_AD_HOC, UNRESTRICTED_WEIGHTED_LEAST_SQUARES -> Optional.empty();
            case KENWARD_ROGER -> {
                KenwardRoger adjusted = KenwardRoger.of(effects.v().toArray(), tau2);
                yield Optional.of(MeanInference.symmetric(estimate, adjusted.standardError(), adjusted.df(), level));
            }
            case PROFILE_LIKELIHOOD ->
                Optional.of(ProfiledMean.of(effects, estimate, tau2, classicStandardError, level));
            case HENMI_COPAS ->
                Optional.of(HenmiCopas.of(
                        estimate, heterogeneousError(), effects.v().toArray(), tau2, level));
            case IVHET ->
                Optional.of(MeanInference.symmetric(estimate, heterogeneousError(), Double.POSITIVE_INFINITY, level));
        };
    }

    /** The standard error of a mean with common-effect weights when the studies differ by τ². */
    private double heterogeneousError() {
        double variance = classicStandardError * classicStandardError;
        double sum = 0;
        for (int i = 0; i < k(); i++) {
            double share = variance / effects.v().get(i);
            sum += share * (1 + tau2 / effects.v().get(i));
        }
        return classicStandardError * Math.sqrt(sum);
    }

    static PooledFit fit(
            EffectSizes effects,
            Optional<Tau2Estimator> estimator,
            TestMethod test,
            double level,
            PredictionMethod prediction) {
        int k = effects.k();
        requireSuitable(estimator, test);
        Tau2Workspace slice =
                new Tau2Workspace().load(effects.y().toArray(), effects.v().toArray(), 0, k);
        double tau2 =
                estimator.map(e -> k == 1 ? Double.NaN : e.estimate(slice)).orElse(0.0);
        return new PooledFit(
                effects, estimator, test, level, prediction, tau2, pool(slice, test.hasCommonWeights() ? 0 : tau2));
    }

    /** The sums of a pooled effect; an unknown τ² counts as 0. */
    static WeightedSums pool(Tau2Workspace slice, double tau2) {
        return slice.pooled(Double.isNaN(tau2) ? 0 : tau2);
    }

    static double classicError(WeightedSums sums) {
        return Math.sqrt(1 / sums.weight());
    }

    static double multiplier(WeightedSums sums) {
        return sums.k() == 1 ? Double.NaN : sums.q() / (sums.k() - 1);
    }

    static TestMethod usedTest(TestMethod requested, int k) {
        return k == 1 ? TestMethod.WALD : requested;
    }

    static double standardError(TestMethod test, double classic, double multiplier) {
        return switch (test) {
            case WALD, T -> classic;
            case HARTUNG_KNAPP, UNRESTRICTED_WEIGHTED_LEAST_SQUARES -> classic * Math.sqrt(multiplier);
            case HARTUNG_KNAPP_AD_HOC -> classic * Math.sqrt(Math.max(1, multiplier));
            case KENWARD_ROGER, PROFILE_LIKELIHOOD, HENMI_COPAS, IVHET ->
                throw new IllegalArgumentException("Test '" + test.token() + "' is no multiple of the classic error");
        };
    }

    static double df(TestMethod test, int k) {
        return test == TestMethod.WALD ? Double.POSITIVE_INFINITY : k - 1;
    }

    private static void requireSuitable(Optional<Tau2Estimator> estimator, TestMethod test) {
        String code = estimator.map(Tau2Estimator::code).orElse("none");
        boolean suitable = switch (test) {
            case PROFILE_LIKELIHOOD ->
                estimator.filter(MaximumLikelihood.class::isInstance).isPresent();
            case HENMI_COPAS ->
                estimator.filter(DerSimonianLaird.class::isInstance).isPresent();
            case KENWARD_ROGER, IVHET -> estimator.isPresent();
            case WALD, T, HARTUNG_KNAPP, HARTUNG_KNAPP_AD_HOC, UNRESTRICTED_WEIGHTED_LEAST_SQUARES -> true;
        };
        if (!suitable) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "Test '%s' needs %s, but the estimator of tau² is %s",
                    test.token(),
                    switch (test) {
                        case PROFILE_LIKELIHOOD -> "the maximum likelihood estimator (ML)";
                        case HENMI_COPAS -> "the DerSimonian-Laird estimator (DL)";
                        default -> "a random-effects model";
                    },
                    code));
        }
    }

    /**
     * Returns the studies.
     *
     * @return the effects the model was fitted to
     */
    public EffectSizes effects() {
        return effects;
    }

    /**
     * Returns the number of studies.
     *
     * @return k, at least 1
     */
    public int k() {
        return effects.k();
    }

    /**
     * Tells which model this is.
     *
     * @return true for random effects, false for a common effect
     */
    public boolean isRandom() {
        return estimator.isPresent();
    }

    /**
     * Returns the estimator of τ².
     *
     * @return the estimator; empty for a common effect
     */
    public Optional<Tau2Estimator> estimator() {
        return estimator;
    }

    /**
     * Returns the test in use.
     *
     * @return the test asked for, except that one study is tested by {@link TestMethod#WALD}
     */
    public TestMethod testMethod() {
        return usedTest(requestedTest, k());
    }

    /**
     * Returns the level of the intervals.
     *
     * @return the level as a fraction, such as 0.95
     */
    public double level() {
        return level;
    }

    /**
     * Returns the between-study variance.
     *
     * @return τ², at least 0; 0 for a common effect; NaN for random effects of one study, which is reported as it is
     */
    public double tau2() {
        return tau2;
    }

    /**
     * Returns the standard error of τ².
     *
     * @return the standard error; NaN for a common effect and for one study
     */
    public double tau2StandardError() {
        return estimator
                .map(e -> e.standardError(effects.y().toArray(), effects.v().toArray(), 0, k(), tau2))
                .orElse(Double.NaN);
    }

    /**
     * Returns the maxima of the likelihood the estimator maximises.
     *
     * @return all maxima in ascending order of τ²; more than one is worth a warning; empty when the estimator maximises
     *     no likelihood
     */
    public List<Tau2Mode> modes() {
        return estimator.map(e -> e.modes(effects)).orElse(List.of());
    }

    /**
     * Returns the pooled effect.
     *
     * @return μ on the analysis scale
     */
    public double estimate() {
        return estimate;
    }

    /**
     * Returns the standard error of the pooled effect that belongs to the test in use.
     *
     * @return the standard error; 0 when all effects agree and the plain Hartung–Knapp method is used
     */
    public double standardError() {
        return special.isPresent()
                ? special.get().standardError()
                : standardError(testMethod(), classicStandardError, multiplier);
    }

    /**
     * Returns the standard error that ignores the spread of the effects.
     *
     * @return 1/√Σw, with w = 1/v where the test {@linkplain TestMethod#hasCommonWeights has common weights}
     */
    public double classicStandardError() {
        return classicStandardError;
    }

    /**
     * Returns the factor by which the Hartung–Knapp method multiplies the variance, before any guard.
     *
     * @return {@code Σw(y − μ)²/(k − 1)}; NaN for one study
     */
    public double hartungKnappMultiplier() {
        return multiplier;
    }

    /**
     * Tells whether the ad hoc guard raised the Hartung–Knapp multiplier to 1 by more than rounding.
     *
     * @return true if it did; false for all other tests
     */
    public boolean adHocGuardActed() {
        return testMethod() == TestMethod.HARTUNG_KNAPP_AD_HOC && multiplier < 1 - ROUNDING;
    }

    /**
     * Tells whether the standard error is 0 because all effects agree exactly; there is no P value then.
     *
     * @return true only for the plain Hartung–Knapp method and unrestricted weighted least squares
     */
    public boolean isDegenerate() {
        boolean fromSpread = testMethod() == TestMethod.HARTUNG_KNAPP
                || testMethod() == TestMethod.UNRESTRICTED_WEIGHTED_LEAST_SQUARES;
        return fromSpread && multiplier == 0;
    }

    /**
     * Returns the degrees of freedom of the test.
     *
     * @return k − 1 for t and Hartung–Knapp, Kenward and Roger's own, infinity where the test is not t
     */
    public double df() {
        return special.isPresent() ? special.get().test().df() : df(testMethod(), k());
    }

    /**
     * Returns the test of no effect.
     *
     * @return z or t (the signed root of the likelihood ratio for the profile likelihood), its degrees of freedom and the
     *     two-sided P value; statistic and P value are NaN if {@link #isDegenerate}
     */
    public TestResult test() {
        if (isDegenerate()) {
            return new TestResult(Double.NaN, df(), Double.NaN);
        }
        if (special.isPresent()) {
            return special.get().test();
        }
        double statistic = estimate / standardError();
        return new TestResult(statistic, df(), StudentT.twoSided(statistic, df()));
    }

    /**
     * Returns the confidence interval of the pooled effect.
     *
     * @return the interval at {@link #level}; of width 0 if {@link #isDegenerate}
     */
    public Interval confidenceInterval() {
        if (special.isPresent()) {
            return special.get().interval();
        }
        return around(criticalValue(df()) * standardError());
    }

    /**
     * Returns the prediction interval for the true effect of a new study.
     *
     * @return the interval at {@link #level}; empty for a common effect, for {@link PredictionMethod#NONE}, for fewer than
     *     three studies and for tests with {@linkplain TestMethod#hasCommonWeights common weights}, which do not estimate
     *     the mean of a distribution of effects; empty for {@link PredictionMethod#KR_PR} with one degree of freedom or less
     */
    public Optional<Interval> predictionInterval() {
        if (!isRandom() || k() < 3 || testMethod().hasCommonWeights()) {
            return Optional.empty();
        }
        return switch (prediction) {
            case NONE -> Optional.empty();
            case AUTO -> Optional.of(predicted(df(), standardError()));
            case HTS -> Optional.of(predicted(k() - 2, classicStandardError));
            case T -> Optional.of(predicted(k() - 1, classicStandardError));
            case S -> Optional.of(predicted(Double.POSITIVE_INFINITY, classicStandardError));
            case HK -> Optional.of(predicted(k() - 1, classicStandardError * Math.sqrt(multiplier)));
            case HK_PR -> Optional.of(predicted(k() - 2, classicStandardError * Math.sqrt(multiplier)));
            case KR -> predictedByKenwardRoger(0);
            case KR_PR -> predictedByKenwardRoger(1);
            case NNF -> Optional.of(ConfidencePrediction.interval(effects, level));
        };
    }

    private Optional<Interval> predictedByKenwardRoger(int fewer) {
        KenwardRoger adjusted = KenwardRoger.of(effects.v().toArray(), tau2);
        double df = adjusted.df() - fewer;
        return df > 0 ? Optional.of(predicted(df, adjusted.standardError())) : Optional.empty();
    }

    /**
     * Returns the weights of the studies.
     *
     * @return one fraction per study; they add to 1
     */
    public DoubleSeq weights() {
        double[] weights = new double[k()];
        double variance = classicStandardError * classicStandardError;
        double t = testMethod().hasCommonWeights() ? 0 : weightingTau2();
        for (int i = 0; i < weights.length; i++) {
            weights[i] = variance / (effects.v().get(i) + t);
        }
        return DoubleSeq.of(weights);
    }

    /**
     * Returns the best linear unbiased predictions of the studies' true effects: each effect drawn towards the pooled
     * one, {@code λy + (1 − λ)μ} with {@code λ = τ²/(τ² + v)}.
     *
     * @return one prediction per study; the pooled effect for a common effect
     */
    public DoubleSeq blups() {
        double[] blups = new double[k()];
        double t = weightingTau2();
        for (int i = 0; i < blups.length; i++) {
            double y = effects.y().get(i);
            double v = effects.v().get(i);
            blups[i] = estimate + t / (t + v) * (y - estimate);
        }
        return DoubleSeq.of(blups);
    }

    /**
     * Returns the standard errors of {@link #blups}: {@code √(λv + (1 − λ)² SE²)}.
     *
     * @return one standard error per study
     */
    public DoubleSeq blupStandardErrors() {
        double[] errors = new double[k()];
        double t = weightingTau2();
        for (int i = 0; i < errors.length; i++) {
            double v = effects.v().get(i);
            double pooled = v / (t + v) * standardError();
            errors[i] = Math.sqrt(t / (t + v) * v + pooled * pooled);
        }
        return DoubleSeq.of(errors);
    }

    /**
     * Describes the heterogeneity with Q-profile intervals and I² and H² from τ².
     *
     * @return the description
     */
    public Heterogeneity heterogeneity() {
        return heterogeneity(Tau2IntervalMethod.Q_PROFILE, HeterogeneityBasis.TAU2);
    }

    /**
     * Describes the heterogeneity.
     *
     * @param interval how the interval of τ² is formed
     * @param basis what I² and H² are computed from
     * @return the description
     */
    public Heterogeneity heterogeneity(Tau2IntervalMethod interval, HeterogeneityBasis basis) {
        return Heterogeneity.of(this, interval, basis);
    }

    private double weightingTau2() {
        return Double.isNaN(tau2) ? 0 : tau2;
    }

    private Interval predicted(double df, double standardError) {
        return around(criticalValue(df) * Math.hypot(Math.sqrt(tau2), standardError));
    }

    private double criticalValue(double df) {
        if (df != df()) {
            return StudentT.criticalValue(level, df);
        }
        if (Double.isNaN(criticalValue)) {
            criticalValue = StudentT.criticalValue(level, df);
        }
        return criticalValue;
    }

    private Interval around(double half) {
        return new Interval(estimate - half, estimate + half, level);
    }
}
