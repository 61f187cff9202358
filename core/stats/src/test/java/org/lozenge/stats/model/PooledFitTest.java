package org.lozenge.stats.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.Interval;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.tau2.DerSimonianLaird;
import org.lozenge.stats.tau2.FixedTau2;
import org.lozenge.stats.tau2.MaximumLikelihood;
import org.lozenge.stats.tau2.Tau2Estimators;

class PooledFitTest {

    private static final EffectSizes BCG = ReferenceData.dataSets().get("bcg");
    private static final EffectSizes AGREEING =
            EffectSizes.of(new double[] {.1, .12, .11, .09, .1}, new double[] {.04, .04, .04, .04, .04});
    private static final EffectSizes IDENTICAL =
            EffectSizes.of(new double[] {.3, .3, .3, .3}, new double[] {.04, .04, .04, .04});
    private static final EffectSizes ONE = EffectSizes.of(new double[] {-.5}, new double[] {.04});

    /** One study has nearly all weight. */
    private static final EffectSizes DOMINATED = EffectSizes.of(
            new double[] {
                0.03663637499011994,
                0.19809244192206454,
                -0.08205757731832504,
                -0.09490408958075265,
                -0.054981454468675146
            },
            new double[] {
                1.032296637881405e-05, 0.19279856999200476, 0.06920019979521166, 0.10892970196187765, 0.1094003144040547
            });

    private static EffectSizes random(long seed) {
        Random random = new Random(seed);
        int k = 3 + random.nextInt(10);
        double[] y = new double[k];
        double[] v = new double[k];
        for (int i = 0; i < k; i++) {
            v[i] = 0.02 + random.nextDouble();
            y[i] = 0.3 + Math.sqrt(v[i] + 0.5) * random.nextGaussian();
        }
        return EffectSizes.of(y, v);
    }

    private static EffectSizes transformed(EffectSizes effects, double scale, double shift) {
        double[] y = effects.y().toArray();
        double[] v = effects.v().toArray();
        for (int i = 0; i < y.length; i++) {
            y[i] = scale * y[i] + shift;
            v[i] = scale * scale * v[i];
        }
        return EffectSizes.of(y, v);
    }

    private static EffectSizes with(EffectSizes effects, double y, double v) {
        int k = effects.k();
        double[] ys = Arrays.copyOf(effects.y().toArray(), k + 1);
        double[] vs = Arrays.copyOf(effects.v().toArray(), k + 1);
        ys[k] = y;
        vs[k] = v;
        return EffectSizes.of(ys, vs);
    }

    // Reference values beyond ReferenceTest.

    @Test
    void predictionIntervalsFollowTheirDefinitions() {
        // metafor 3.8.1: mu = -0.714532259447909, tau2 = 0.313243258136481, se = 0.179781594660567; qt(.975, 11),
        // qt(.975, 12).
        RandomEffectsModel model = new RandomEffectsModel();
        PooledFit hts = model.withPrediction(PredictionMethod.HTS).fit(BCG);
        PooledFit t = model.withPrediction(PredictionMethod.T).fit(BCG);
        double spread = Math.sqrt(0.31324325813648070 + hts.classicStandardError() * hts.classicStandardError());
        assertEquals(
                hts.estimate() - 2.200985160091639 * spread,
                hts.predictionInterval().orElseThrow().lower(),
                1e-12);
        assertEquals(
                t.estimate() + 2.178812829667229 * spread,
                t.predictionInterval().orElseThrow().upper(),
                1e-12);
        assertEquals(
                Optional.empty(),
                model.withPrediction(PredictionMethod.NONE).fit(BCG).predictionInterval());
    }

    @Test
    void intervalsDoNotDependOnWhichIsAskedForFirst() {
        RandomEffectsModel model = new RandomEffectsModel();
        for (PredictionMethod prediction : List.of(PredictionMethod.AUTO, PredictionMethod.HTS, PredictionMethod.S)) {
            PooledFit first = model.withPrediction(prediction).fit(BCG);
            PooledFit second = model.withPrediction(prediction).fit(BCG);
            Interval confidence = first.confidenceInterval();
            Optional<Interval> predicted = second.predictionInterval();
            assertEquals(predicted, first.predictionInterval());
            assertEquals(confidence, second.confidenceInterval());
            assertEquals(confidence, second.confidenceInterval());
        }
    }

    @Test
    void i2FromQHasItsTestBasedInterval() {
        // Q = 12.00535868, I² = 58.35193151 %; the upper limit by Higgins and Thompson is 83.127 %.
        PooledFit fit = new RandomEffectsModel().fit(ReferenceData.dataSets().get("metawin"));
        Heterogeneity h = fit.heterogeneity(Tau2IntervalMethod.NONE, HeterogeneityBasis.Q);
        assertEquals(12.00535868, h.q().statistic(), 2e-8);
        assertEquals(.5835193151, h.i2(), 1e-9);
        assertEquals(0, h.i2Interval().orElseThrow().lower());
        assertEquals(.83127, h.i2Interval().orElseThrow().upper(), 5e-6);
        assertEquals(12.00535868 / 5, h.h2(), 4e-9);
        assertEquals(1, h.h2Interval().orElseThrow().lower());
        assertEquals(Optional.empty(), h.tau2Interval());
    }

    @Test
    void takesTheHigherOfTwoModes() {
        // Mean differences of metadat dat.gibson2002: the restricted likelihood has a maximum at 0 and a higher one.
        PooledFit fit = new RandomEffectsModel().fit(ReferenceData.dataSets().get("asthma"));
        assertEquals(2, fit.modes().size());
        assertEquals(0.0, fit.modes().get(0).tau2());
        assertEquals(9.6792140003037485, fit.modes().get(1).tau2(), 1e-13);
        assertTrue(fit.modes().get(1).logLikelihood() > fit.modes().get(0).logLikelihood());
        assertEquals(fit.modes().get(1).tau2(), fit.tau2(), 1e-13);
    }

    // Edges.

    @Test
    void oneStudyIsReportedAsItIs() {
        PooledFit fit = new RandomEffectsModel().fit(ONE);
        assertEquals(-.5, fit.estimate());
        assertEquals(.2, fit.standardError(), 1e-16);
        assertEquals(TestMethod.WALD, fit.testMethod());
        assertEquals(.01241933065155226, fit.test().pValue(), 1e-15);
        assertEquals(Double.POSITIVE_INFINITY, fit.test().df());
        assertTrue(Double.isNaN(fit.tau2()) && Double.isNaN(fit.tau2StandardError()));
        assertTrue(Double.isNaN(fit.hartungKnappMultiplier()));
        assertEquals(Optional.empty(), fit.predictionInterval());
        assertEquals(1, fit.weights().get(0), 1e-15);
        assertEquals(-.5, fit.blups().get(0));
        assertEquals(.2, fit.blupStandardErrors().get(0), 1e-16);
        Heterogeneity h = fit.heterogeneity();
        assertEquals(1, h.k());
        assertTrue(Double.isNaN(h.q().pValue()) && Double.isNaN(h.i2()) && Double.isNaN(h.tau()));
        assertEquals(Optional.empty(), h.tau2Interval());
        assertFalse(fit.adHocGuardActed() || fit.isDegenerate());
    }

    @Test
    void predictionNeedsThreeStudies() {
        EffectSizes two = EffectSizes.of(new double[] {.1, .9}, new double[] {.04, .09});
        for (PredictionMethod method : PredictionMethod.values()) {
            assertEquals(
                    Optional.empty(),
                    new RandomEffectsModel().withPrediction(method).fit(two).predictionInterval());
        }
        assertEquals(
                12.706204736174694,
                new RandomEffectsModel().fit(two).confidenceInterval().width()
                        / new RandomEffectsModel().fit(two).standardError()
                        / 2,
                1e-12);
    }

    @Test
    void adHocGuardNeverNarrows() {
        PooledFit plain =
                new RandomEffectsModel().withTest(TestMethod.HARTUNG_KNAPP).fit(AGREEING);
        PooledFit guarded = new RandomEffectsModel().fit(AGREEING);
        PooledFit common = new CommonEffectModel().fit(AGREEING);
        assertEquals(.0051, plain.standardError(), 5e-5);
        assertEquals(.0894, common.standardError(), 5e-5);
        assertEquals(common.standardError(), guarded.standardError());
        assertTrue(guarded.adHocGuardActed());
        assertFalse(plain.adHocGuardActed());
        assertEquals(-.144, guarded.confidenceInterval().lower(), 5e-4);
        assertEquals(.352, guarded.confidenceInterval().upper(), 5e-4);
        assertFalse(new RandomEffectsModel().fit(BCG).adHocGuardActed());
    }

    @Test
    void adHocGuardIsNotSaidToActOnRounding() {
        PooledFit two = new RandomEffectsModel().fit(EffectSizes.of(new double[] {.1, .9}, new double[] {.04, .09}));
        assertEquals(1, two.hartungKnappMultiplier(), 1e-12);
        assertFalse(two.adHocGuardActed());
    }

    @Test
    void identicalEffectsHaveNoPlainHartungKnappPValue() {
        PooledFit plain =
                new RandomEffectsModel().withTest(TestMethod.HARTUNG_KNAPP).fit(IDENTICAL);
        assertTrue(plain.isDegenerate());
        assertEquals(0, plain.standardError());
        assertTrue(
                Double.isNaN(plain.test().pValue()) && Double.isNaN(plain.test().statistic()));
        assertEquals(3, plain.test().df());
        assertEquals(new Interval(.3, .3, .95), plain.confidenceInterval());
        PooledFit guarded = new RandomEffectsModel().fit(IDENTICAL);
        assertFalse(guarded.isDegenerate());
        assertTrue(guarded.test().pValue() > 0);
    }

    @Test
    void commonEffectHasNoBetweenStudyVariance() {
        PooledFit fit = new CommonEffectModel().withLevel(.9).fit(BCG);
        assertFalse(fit.isRandom());
        assertEquals(0, fit.tau2());
        assertTrue(Double.isNaN(fit.tau2StandardError()));
        assertEquals(Optional.empty(), fit.predictionInterval());
        assertEquals(Optional.empty(), fit.estimator());
        assertEquals(List.of(), fit.modes());
        assertEquals(fit.estimate(), fit.blups().get(3));
        assertEquals(fit.standardError(), fit.blupStandardErrors().get(3), 1e-17);
        assertEquals(.9, fit.confidenceInterval().level());
        assertTrue(
                new CommonEffectModel().withTest(TestMethod.T).fit(BCG).test().df() == 12);
    }

    @Test
    void levelsNearOneKeepTheirDigits() {
        PooledFit fit = new RandomEffectsModel()
                .withTest(TestMethod.WALD)
                .withLevel(.999999)
                .fit(BCG);
        assertEquals(4.891638475698606, fit.confidenceInterval().width() / fit.standardError() / 2, 1e-10);
    }

    @Test
    void fixedTau2IsTaken() {
        PooledFit fit =
                new RandomEffectsModel().withEstimator(new FixedTau2(.1)).fit(BCG);
        assertEquals(.1, fit.tau2());
        assertEquals(0, fit.tau2StandardError());
        PooledFit one =
                new RandomEffectsModel().withEstimator(new FixedTau2(.1)).fit(ONE);
        assertTrue(Double.isNaN(one.tau2()));
        assertEquals(.2, one.standardError(), 1e-16);
    }

    @Test
    void effectsWithAHugeOffsetAreCentred() {
        PooledFit fit = new RandomEffectsModel()
                .withEstimator(new DerSimonianLaird())
                .fit(EffectSizes.of(new double[] {1e15 + 1, 1e15 + 2, 1e15 + 3}, new double[] {.01, .01, .01}));
        assertEquals(.99, fit.tau2(), 1e-13);
        assertEquals(1e15 + 2, fit.estimate());
    }

    @Test
    void otherTau2IntervalsFollowTheirDefinitions() {
        PooledFit fit = new RandomEffectsModel().fit(BCG);
        Interval wald = fit.heterogeneity(Tau2IntervalMethod.WALD, HeterogeneityBasis.TAU2)
                .tau2Interval()
                .orElseThrow();
        // 0.313243258136481 ± 1.95996398454005 × 0.166425752836851
        assertEquals(0, wald.lower());
        assertEquals(.6394317397969, wald.upper(), 1e-12);
        Heterogeneity profile = fit.heterogeneity(Tau2IntervalMethod.PROFILE_LIKELIHOOD, HeterogeneityBasis.TAU2);
        assertTrue(profile.tau2Interval().orElseThrow().contains(fit.tau2()));
        PooledFit ml =
                new RandomEffectsModel().withEstimator(new MaximumLikelihood()).fit(BCG);
        assertTrue(ml.heterogeneity(Tau2IntervalMethod.PROFILE_LIKELIHOOD, HeterogeneityBasis.TAU2)
                        .tau2Interval()
                        .orElseThrow()
                        .upper()
                < profile.tau2Interval().orElseThrow().upper());
        Interval common = new CommonEffectModel()
                .fit(BCG)
                .heterogeneity(Tau2IntervalMethod.Q_PROFILE, HeterogeneityBasis.Q)
                .tau2Interval()
                .orElseThrow();
        assertEquals(fit.heterogeneity().tau2Interval().orElseThrow(), common);
        assertEquals(
                Optional.empty(),
                new CommonEffectModel()
                        .fit(BCG)
                        .heterogeneity(Tau2IntervalMethod.WALD, HeterogeneityBasis.Q)
                        .tau2Interval());
    }

    @Test
    void twoAgreeingStudiesHaveNoIntervalForI2FromQ() {
        PooledFit fit = new RandomEffectsModel().fit(EffectSizes.of(new double[] {.1, .11}, new double[] {1, 1}));
        Heterogeneity h = fit.heterogeneity(Tau2IntervalMethod.Q_PROFILE, HeterogeneityBasis.Q);
        assertEquals(0, h.i2());
        assertEquals(1, h.h2());
        assertEquals(Optional.empty(), h.i2Interval());
    }

    /** meta 8.5-0 with any Q below 3 at 90 %: exp(2z √(11/48)) for H², and 0.792956725236 for I². */
    @Test
    void intervalOfI2FromQGoesOutFromTheTruncatedValue() {
        for (double spread : new double[] {0, .1, .4}) {
            PooledFit fit = new RandomEffectsModel()
                    .withLevel(.9)
                    .fit(EffectSizes.of(new double[] {spread, -spread, spread, -spread}, new double[] {1, 1, 1, 1}));
            Heterogeneity h = fit.heterogeneity(Tau2IntervalMethod.NONE, HeterogeneityBasis.Q);
            assertEquals(0, h.i2Interval().orElseThrow().lower());
            assertEquals(.792956725236, h.i2Interval().orElseThrow().upper(), 1e-12);
            double h2 = Math.exp(2 * 1.6448536269514722 * Math.sqrt(11 / 48.));
            assertEquals(h2, h.h2Interval().orElseThrow().upper(), 1e-13 * h2);
        }
    }

    // Invariants.

    @RepeatedTest(40)
    void followsShiftScaleAndSign(RepetitionInfo run) {
        EffectSizes effects = random(run.getCurrentRepetition());
        PooledFit fit = new RandomEffectsModel().fit(effects);
        double se = fit.standardError();
        for (double shift : new double[] {1e-8, 1, 1e8}) {
            PooledFit shifted = new RandomEffectsModel().fit(transformed(effects, 1, shift));
            assertEquals(fit.estimate(), shifted.estimate() - shift, (1e-13 + 1e-15 * shift) * 10);
            assertEquals(se, shifted.standardError(), (1e-13 + 1e-14 * shift) * se);
        }
        for (double scale : new double[] {1e-60, -1, 10, 1e60}) {
            PooledFit scaled = new RandomEffectsModel().fit(transformed(effects, scale, 0));
            TestResult test = scaled.test();
            assertEquals(fit.estimate() * scale, scaled.estimate(), 1e-13 * Math.abs(scale));
            assertEquals(fit.test().pValue(), test.pValue(), 1e-10 * fit.test().pValue());
            assertEquals(fit.heterogeneity().i2(), scaled.heterogeneity().i2(), 1e-12);
        }
    }

    @RepeatedTest(40)
    void splittingAStudyLeavesTheCommonEffect(RepetitionInfo run) {
        EffectSizes effects = random(run.getCurrentRepetition());
        double[] y = effects.y().toArray();
        double[] v = effects.v().toArray();
        v[0] *= 2;
        PooledFit whole = new CommonEffectModel().fit(effects);
        PooledFit split = new CommonEffectModel().fit(with(EffectSizes.of(y, v), y[0], v[0]));
        assertEquals(whole.estimate(), split.estimate(), 1e-14);
        assertEquals(whole.standardError(), split.standardError(), 1e-15);
    }

    @RepeatedTest(40)
    void aStudyWithoutInformationChangesNothing(RepetitionInfo run) {
        EffectSizes effects = random(run.getCurrentRepetition());
        for (var estimator : List.of("dl", "reml", "ml")) {
            RandomEffectsModel model = new RandomEffectsModel()
                    .withEstimator(Tau2Estimators.of(estimator))
                    .withTest(TestMethod.WALD);
            PooledFit without = model.fit(effects);
            PooledFit with = model.fit(with(effects, 5, 1e14));
            if (!estimator.equals("dl")) {
                assertEquals(without.tau2(), with.tau2(), 1e-9, estimator);
                assertEquals(without.estimate(), with.estimate(), 1e-9, estimator);
            }
        }
        PooledFit without = new CommonEffectModel().fit(effects);
        PooledFit with = new CommonEffectModel().fit(with(effects, 5, 1e12));
        assertEquals(without.estimate(), with.estimate(), 1e-9);
        assertEquals(without.standardError(), with.standardError(), 1e-9);
    }

    @RepeatedTest(40)
    void numbersHangTogether(RepetitionInfo run) {
        EffectSizes effects = random(run.getCurrentRepetition());
        PooledFit random = new RandomEffectsModel().withTest(TestMethod.WALD).fit(effects);
        PooledFit common = new CommonEffectModel().fit(effects);
        double[] y = effects.y().toArray();
        Arrays.sort(y);
        assertTrue(y[0] <= random.estimate() && random.estimate() <= y[y.length - 1]);
        assertEquals(1, Arrays.stream(random.weights().toArray()).sum(), 1e-14);
        assertEquals(1, Arrays.stream(common.weights().toArray()).sum(), 1e-14);
        assertTrue(common.confidenceInterval().width()
                <= random.confidenceInterval().width());
        Interval prediction = random.predictionInterval().orElseThrow();
        assertTrue(prediction.contains(random.confidenceInterval().lower()));
        assertTrue(prediction.contains(random.confidenceInterval().upper()));
        Heterogeneity h = random.heterogeneity();
        assertTrue(h.q().statistic() >= 0 && h.i2() >= 0 && h.i2() < 1);
        assertEquals(h.tau2(), h.tau() * h.tau(), 1e-15);
        assertEquals(1 - 1 / h.h2(), h.i2(), 1e-14);
        // P < 1 − level exactly when the interval excludes 0.
        assertEquals(random.test().pValue() > 0.05, random.confidenceInterval().contains(0));
    }

    @RepeatedTest(20)
    void orderOfManyStudiesDoesNotMatter(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        int k = 20_000;
        double[] y = new double[k];
        double[] v = new double[k];
        for (int i = 0; i < k; i++) {
            v[i] = Math.exp(random.nextGaussian());
            y[i] = 10 + Math.sqrt(v[i] + 1) * random.nextGaussian();
        }
        PooledFit fit = new RandomEffectsModel().fit(EffectSizes.of(y, v));
        for (int i = 0; i < k / 2; i++) {
            int j = random.nextInt(k);
            double swap = y[i];
            y[i] = y[j];
            y[j] = swap;
            swap = v[i];
            v[i] = v[j];
            v[j] = swap;
        }
        PooledFit other = new RandomEffectsModel().fit(EffectSizes.of(y, v));
        assertEquals(fit.estimate(), other.estimate(), 1e-14 * fit.estimate());
        assertEquals(fit.standardError(), other.standardError(), 1e-13 * fit.standardError());
        assertEquals(fit.tau2(), other.tau2(), 1e-12 * fit.tau2());
    }

    // Errors and names.

    @Test
    void refusesALevelThatIsNoFraction() {
        assertThrows(IllegalArgumentException.class, () -> new RandomEffectsModel().withLevel(95));
        assertThrows(IllegalArgumentException.class, () -> new CommonEffectModel().withLevel(0));
    }

    @Test
    void everyChoiceHasATokenAndALabel() {
        assertEquals(
                List.of("z", "t", "hksj-plain", "hksj", "kr", "pl", "hc", "ivhet", "uwls"),
                Arrays.stream(TestMethod.values()).map(TestMethod::token).toList());
        assertEquals(
                List.of("auto", "hts", "t", "s", "hk", "hk-pr", "kr", "kr-pr", "nnf", "none"),
                Arrays.stream(PredictionMethod.values())
                        .map(PredictionMethod::token)
                        .toList());
        assertEquals(
                List.of("qp", "pl", "wald", "pl-ml", "pl-reml", "genq", "none"),
                Arrays.stream(Tau2IntervalMethod.values())
                        .map(Tau2IntervalMethod::token)
                        .toList());
        assertEquals(
                List.of("tau2", "q"),
                Arrays.stream(HeterogeneityBasis.values())
                        .map(HeterogeneityBasis::token)
                        .toList());
        assertTrue(TestMethod.HARTUNG_KNAPP.label().contains("HKSJ"));
        assertTrue(TestMethod.HARTUNG_KNAPP_AD_HOC.isHartungKnapp() && !TestMethod.T.isHartungKnapp());
    }

    /** 50-digit arithmetic: 6.07e226 standard errors for 0.0088 degrees of freedom; beyond 1e308 for 2.8e-7. */
    @Test
    void kenwardRogerIsBoundlessWhenOneStudyHasTheWeight() {
        EffectSizes uneven = EffectSizes.of(
                new double[] {0.10298424139298556, 0.23318422886498436, 0.23859147737835182},
                new double[] {0.008679441706162005, 0.00020391842306655193, 0.0058529361599643365});
        RandomEffectsModel model =
                new RandomEffectsModel().withTest(TestMethod.KENWARD_ROGER).withLevel(0.99);
        PooledFit fit = model.fit(uneven);
        double half = fit.confidenceInterval().width() / 2;
        assertEquals(6.0707132118810807e226, half / fit.standardError(), 1e-12 * 6e226);
        Interval boundless = model.fit(DOMINATED).confidenceInterval();
        assertEquals(Double.POSITIVE_INFINITY, boundless.upper());
        assertEquals(Double.NEGATIVE_INFINITY, boundless.lower());
    }

    /** inference.py with a tail of a half: the critical value is below a quarter there. */
    @Test
    void henmiCopasHasNarrowIntervalsAtLowLevels() {
        Interval interval = new RandomEffectsModel()
                .withEstimator(new DerSimonianLaird())
                .withTest(TestMethod.HENMI_COPAS)
                .withLevel(0.5)
                .fit(DOMINATED)
                .confidenceInterval();
        assertEquals(0.035948182647503046, interval.lower(), 1e-14);
        assertEquals(0.037264246653042149, interval.upper(), 1e-14);
    }
}
