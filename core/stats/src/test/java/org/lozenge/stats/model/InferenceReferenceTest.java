package org.lozenge.stats.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.Interval;
import org.lozenge.stats.tau2.GeneralisedMoments;
import org.lozenge.stats.tau2.GeneralisedQInterval;
import org.lozenge.stats.tau2.MedianGeneralisedMoments;
import org.lozenge.stats.tau2.MomentWeights;
import org.lozenge.stats.tau2.ProfileLikelihood;
import org.lozenge.stats.tau2.Tau2Estimator;
import org.lozenge.stats.tau2.Tau2Estimators;

/**
 * Moment estimators, inference on the mean and prediction intervals against 50 digits (inference.py) and metafor
 * (inference.R). The largest deviations go to {@code target/inference-deviations.txt}.
 */
class InferenceReferenceTest {

    private static final double CLOSED = 1e-12;
    private static final double ITERATIVE = 1e-8;

    /**
     * metafor stays at a local maximum, so that its interval hangs from a lower peak, as in {@link ReferenceTest}; lm()
     * reports the rounding of a perfect fit.
     */
    private static final Set<String> KNOWN_DIFFERENCES =
            Set.of("two-modes pl reml", "unequal-variances pl ml", "identical uwls se", "identical uwls p");

    private static final Map<String, EffectSizes> DATA = ReferenceData.dataSets();
    private static final Map<String, Double> WORST = new TreeMap<>();

    private final List<String> failures = new ArrayList<>();

    private void check(String method, String where, String expected, double scale, double actual, double tolerance) {
        double value = ReferenceData.number(expected);
        if (Double.isNaN(value)) {
            if (!Double.isNaN(actual)) {
                failures.add(where + " should be missing but was " + actual);
            }
            return;
        }
        double deviation = value == actual ? 0 : Math.abs(actual - value) / Math.max(Math.abs(value), scale);
        WORST.merge(method, deviation, Math::max);
        if (!(deviation <= tolerance)) {
            failures.add(where + ": expected " + expected + " but was " + actual + ", deviation " + deviation);
        }
    }

    private static MomentWeights weights(String token, int k) {
        return token.equals("given")
                ? MomentWeights.of(DoubleSeq.of(
                        IntStream.rangeClosed(1, k).asDoubleStream().toArray()))
                : MomentWeights.of(token);
    }

    private static Tau2Estimator estimator(String token, String weights, int k) {
        return switch (token) {
            case "genq" -> new GeneralisedMoments(weights(weights, k));
            case "genqm" -> new MedianGeneralisedMoments(weights(weights, k));
            default -> Tau2Estimators.of(token);
        };
    }

    private static TestMethod test(String token) {
        return List.of(TestMethod.values()).stream()
                .filter(t -> t.token().equals(token))
                .findFirst()
                .orElseThrow();
    }

    private static PooledFit fit(EffectSizes effects, String tau2, String test) {
        return new RandomEffectsModel()
                .withEstimator(Tau2Estimators.of(tau2))
                .withTest(test(test))
                .fit(effects);
    }

    @Test
    void momentsMatchFiftyDigits() {
        for (Map<String, String> row : ReferenceData.rows("exact-moments.csv")) {
            EffectSizes effects = DATA.get(row.get("data"));
            String token = row.get("estimator");
            String where = row.get("data") + " " + token + " " + row.get("weights");
            double smallest = Arrays.stream(effects.v().toArray()).min().orElseThrow() * 1e-3;
            if (token.equals("interval")) {
                Interval interval = GeneralisedQInterval.interval(
                                effects, weights(row.get("weights"), effects.k()), 0.95)
                        .interval();
                check("tau2-ci genq", where + " lower", row.get("tau2"), smallest, interval.lower(), ITERATIVE);
                check("tau2-ci genq", where + " upper", row.get("tau2_se"), smallest, interval.upper(), ITERATIVE);
                continue;
            }
            double tolerance = token.equals("genqm") ? ITERATIVE : CLOSED;
            PooledFit fit = new RandomEffectsModel()
                    .withEstimator(estimator(token, row.get("weights"), effects.k()))
                    .fit(effects);
            check(token, where, row.get("tau2"), smallest, fit.tau2(), tolerance);
            check(token + " se", where + " se", row.get("tau2_se"), 0, fit.tau2StandardError(), tolerance);
        }
        report();
    }

    @Test
    void inferenceMatchesFiftyDigits() {
        for (Map<String, String> row : ReferenceData.rows("exact-inference.csv")) {
            String test = row.get("test");
            PooledFit fit = fit(DATA.get(row.get("data")), row.get("method"), test);
            String where = row.get("data") + " " + test + " " + row.get("method") + " ";
            boolean iterative = test.equals("pl") || test.equals("hc");
            double tolerance = iterative ? ITERATIVE : 1e-11;
            double scale = fit.classicStandardError();
            check(test, where + "estimate", row.get("estimate"), scale, fit.estimate(), tolerance);
            check(test, where + "se", row.get("se"), 0, fit.standardError(), tolerance);
            check(test, where + "statistic", row.get("statistic"), 1, fit.test().statistic(), tolerance);
            check(test, where + "df", row.get("df"), 0, Double.isInfinite(fit.df()) ? Double.NaN : fit.df(), tolerance);
            double z = fit.test().statistic();
            check(
                    test + " p",
                    where + "p",
                    row.get("p_value"),
                    0,
                    fit.test().pValue(),
                    tolerance * Math.max(10, z * z));
            check(
                    test,
                    where + "lower",
                    row.get("ci_lower"),
                    scale,
                    fit.confidenceInterval().lower(),
                    tolerance);
            check(
                    test,
                    where + "upper",
                    row.get("ci_upper"),
                    scale,
                    fit.confidenceInterval().upper(),
                    tolerance);
        }
        report();
    }

    @Test
    void predictionMatchesFiftyDigits() {
        for (Map<String, String> row : ReferenceData.rows("exact-prediction.csv")) {
            PredictionMethod method = List.of(PredictionMethod.values()).stream()
                    .filter(p -> p.token().equals(row.get("prediction")))
                    .findFirst()
                    .orElseThrow();
            PooledFit fit = new RandomEffectsModel()
                    .withEstimator(Tau2Estimators.of(row.get("method")))
                    .withPrediction(method)
                    .fit(DATA.get(row.get("data")));
            Interval interval = fit.predictionInterval().orElseThrow();
            String where = row.get("data") + " pi " + method.token() + " " + row.get("method");
            double scale = fit.classicStandardError();
            check("pi " + method.token(), where, row.get("pi_lower"), scale, interval.lower(), 1e-11);
            check("pi " + method.token(), where, row.get("pi_upper"), scale, interval.upper(), 1e-11);
        }
        report();
    }

    @Test
    void everythingMatchesMetafor() {
        for (Map<String, String> row : ReferenceData.rows("metafor-inference.csv")) {
            EffectSizes effects = DATA.get(row.get("data"));
            String detail = row.get("detail");
            String where = row.get("data") + " " + row.get("what") + " " + detail;
            double first;
            double second;
            double scale = 0;
            double tolerance = 1e-11;
            String what = row.get("what");
            if (what.equals("genq")) {
                Tau2Estimator estimator = estimator("genq", detail, effects.k());
                first = estimator.estimate(effects);
                second = estimator.standardError(
                        effects.y().toArray(), effects.v().toArray(), 0, effects.k(), first);
            } else if (what.equals("pl")) {
                Interval interval = ProfileLikelihood.interval(effects, detail.equals("reml"), 0.95);
                first = interval.lower();
                second = interval.upper();
                scale = Arrays.stream(effects.v().toArray()).min().orElseThrow();
                // metafor's root finder stops within an absolute tolerance.
                tolerance = ITERATIVE;
            } else {
                PooledFit fit = fit(effects, "dl", what);
                scale = fit.classicStandardError();
                boolean error = detail.equals("se");
                boolean interval = detail.equals("ci");
                first = error
                        ? fit.estimate()
                        : interval
                                ? fit.confidenceInterval().lower()
                                : fit.test().statistic();
                second = error
                        ? fit.standardError()
                        : interval
                                ? fit.confidenceInterval().upper()
                                : fit.test().pValue();
                // hc() integrates to about 1e-5: at worst 3.6e-6 here, where the 50-digit values agree to 1e-14.
                tolerance = interval ? 1e-5 : 1e-9;
            }
            if (KNOWN_DIFFERENCES.contains(where)) {
                continue;
            }
            check("metafor " + what, where + " first", row.get("first"), scale, first, tolerance);
            check("metafor " + what, where + " second", row.get("second"), scale, second, tolerance);
        }
        report();
    }

    @Test
    void referenceCoversAtLeastTwelveSets() {
        for (String file : List.of("exact-moments.csv", "exact-inference.csv", "exact-prediction.csv")) {
            assertTrue(
                    ReferenceData.rows(file).stream()
                                    .map(r -> r.get("data"))
                                    .collect(Collectors.toSet())
                                    .size()
                            >= 12,
                    file);
        }
    }

    /** Order, shift, sign and unit change results only as they must. */
    @RepeatedTest(8)
    void followsOrderShiftSignAndUnit(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        int k = 3 + random.nextInt(6);
        double[] v = random.doubles(k, .02, .5).toArray();
        double[] y = random.doubles(k, -1, 1).toArray();
        double[] turned = new double[k];
        double[] other = new double[k];
        double[] moved = new double[k];
        double[] big = new double[k];
        double[] bigV = new double[k];
        for (int i = 0; i < k; i++) {
            turned[i] = -y[k - 1 - i];
            other[i] = v[k - 1 - i];
            moved[i] = y[i] + 2;
            big[i] = 1000 * y[i];
            bigV[i] = 1e6 * v[i];
        }
        for (String[] method : new String[][] {
            {"reml", "kr"},
            {"ml", "pl"},
            {"dl", "hc"},
            {"dl", "ivhet"},
            {"dl", "uwls"},
            {"dl2", "z"},
            {"he2", "z"},
            {"genq", "z"},
            {"genqm", "z"}
        }) {
            PooledFit fit = fit(EffectSizes.of(y, v), method[0], method[1]);
            Interval ci = fit.confidenceInterval();
            double close = 1e-8 * (1 + ci.width());
            Interval reversed =
                    fit(EffectSizes.of(turned, other), method[0], method[1]).confidenceInterval();
            assertEquals(-ci.upper(), reversed.lower(), close, method[1]);
            assertEquals(-ci.lower(), reversed.upper(), close, method[1]);
            Interval shifted =
                    fit(EffectSizes.of(moved, v), method[0], method[1]).confidenceInterval();
            assertEquals(ci.lower() + 2, shifted.lower(), close, method[1]);
            Interval scaled =
                    fit(EffectSizes.of(big, bigV), method[0], method[1]).confidenceInterval();
            assertEquals(1000 * ci.upper(), scaled.upper(), 1000 * close, method[1]);
        }
    }

    @ParameterizedTest
    @EnumSource(TestMethod.class)
    void oneStudyIsTestedByZ(TestMethod test) {
        String tau2 = switch (test) {
            case PROFILE_LIKELIHOOD -> "ml";
            case HENMI_COPAS -> "dl";
            default -> "reml";
        };
        PooledFit fit = fit(EffectSizes.of(new double[] {.5}, new double[] {.04}), tau2, test.token());
        assertEquals(TestMethod.WALD, fit.testMethod());
        assertEquals(.2, fit.standardError(), 1e-15);
        assertTrue(fit.predictionInterval().isEmpty());
    }

    @Test
    void namesTheEstimatorThatATestNeeds() {
        EffectSizes effects = DATA.get("bcg");
        String profile = assertThrows(IllegalArgumentException.class, () -> fit(effects, "reml", "pl"))
                .getMessage();
        assertEquals(
                "Test 'pl' needs the maximum likelihood estimator (ML), but the estimator of tau² is REML", profile);
        String pivot = assertThrows(IllegalArgumentException.class, () -> fit(effects, "reml", "hc"))
                .getMessage();
        assertEquals("Test 'hc' needs the DerSimonian-Laird estimator (DL), but the estimator of tau² is REML", pivot);
    }

    @AfterAll
    static void writeDeviations() throws IOException {
        StringBuilder text = new StringBuilder();
        WORST.forEach((key, value) -> text.append(String.format(Locale.ROOT, "%-24s %8.1e%n", key, value)));
        Files.writeString(Path.of("target", "inference-deviations.txt"), text);
    }

    private void report() {
        assertTrue(failures.isEmpty(), failures.size() + " deviations\n" + String.join("\n", failures));
    }
}
