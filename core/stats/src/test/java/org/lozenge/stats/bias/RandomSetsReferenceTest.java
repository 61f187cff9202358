package org.lozenge.stats.bias;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.model.MetaRegression;
import org.lozenge.stats.model.PooledFit;
import org.lozenge.stats.model.RandomEffectsModel;
import org.lozenge.stats.model.TestMethod;
import org.lozenge.stats.tau2.DerSimonianLaird;
import org.lozenge.stats.tau2.FixedTau2;
import org.lozenge.stats.tau2.Tau2Estimator;
import org.lozenge.stats.tau2.Tau2Estimators;

/** Methods of publication bias on random sets, some of them selected by their P values, against metafor. */
class RandomSetsReferenceTest {

    private static final Map<String, EffectSizes> SETS = sets();

    private static Map<String, EffectSizes> sets() {
        Map<String, EffectSizes> sets = new HashMap<>();
        BiasReferenceTest.rows("random-sets.csv")
                .forEach(row -> sets.put(
                        row.get("name"),
                        EffectSizes.of(
                                BiasReferenceTest.numbers(row.get("y")), BiasReferenceTest.numbers(row.get("v")))));
        return sets;
    }

    @ParameterizedTest
    @ValueSource(strings = {"egger", "rank", "trimfill", "fsn", "tes", "hc", "selection"})
    void matchesMetafor(String what) {
        int rows = 0;
        for (Map<String, String> row : BiasReferenceTest.rows("random-bias.csv")) {
            if (row.get("what").equals(what)) {
                EffectSizes effects = SETS.get(row.get("data"));
                String where = row.get("data") + " " + what + " " + row.get("setting");
                check(where, what, row.get("setting"), effects, BiasReferenceTest.numbers(row.get("values")));
                rows++;
            }
        }
        assertTrue(rows >= 20, rows + " rows of " + what);
    }

    private static void check(String where, String what, String setting, EffectSizes effects, double[] expected) {
        switch (what) {
            case "egger" -> egger(where, setting, effects, expected);
            case "rank" -> rank(where, setting, effects, expected);
            case "trimfill" -> trimAndFill(where, setting.split(" "), effects, expected);
            case "fsn" -> failSafe(where, setting, effects, expected);
            case "tes" -> excess(where, setting, effects, expected);
            case "hc" -> henmiCopas(where, effects, expected);
            case "selection" -> selection(where, setting.split(" "), effects, expected);
            default -> throw new IllegalArgumentException(what);
        }
    }

    private static void near(String where, double expected, double actual, double scale, double tolerance) {
        if (!Double.isNaN(expected)) {
            assertEquals(expected, actual, tolerance * Math.max(Math.abs(expected), scale), where);
        }
    }

    private static void egger(String where, String model, EffectSizes effects, double[] expected) {
        FunnelRegression test = model.equals("lm")
                ? FunnelRegression.egger(effects, 0.95)
                : FunnelRegression.mixed(
                        effects,
                        FunnelRegression.standardErrors(effects),
                        new MetaRegression()
                                .withEstimator(Tau2Estimators.of(model))
                                .withTest(TestMethod.WALD));
        double se = test.fit().standardError(1);
        near(where + " slope", expected[0], test.slope(), se, 1e-9);
        near(where + " se", expected[1], se, 0, 1e-9);
        near(where + " statistic", expected[2], test.test().statistic(), 1, 1e-9);
        near(where + " p", expected[3], test.test().pValue(), 0, 1e-8);
    }

    private static void rank(String where, String exact, EffectSizes effects, double[] expected) {
        BeggTest test = BeggTest.of(effects);
        near(where + " tau", expected[0], test.tau(), 1e-3, 1e-12);
        // With ties metafor falls back to the normal approximation.
        boolean counted = exact.equals("TRUE") && !test.hasTies();
        near(where + " p", expected[1], counted ? test.exactP() : test.normal().pValue(), 0, 1e-11);
    }

    private static void trimAndFill(String where, String[] setting, EffectSizes effects, double[] expected) {
        Tau2Estimator tau2 = setting[0].equals("EE") ? new FixedTau2(0) : Tau2Estimators.of(setting[0]);
        Optional<TrimAndFill.Side> side = setting[2].equals("auto")
                ? Optional.empty()
                : Optional.of(TrimAndFill.Side.valueOf(setting[2].toUpperCase(Locale.ROOT)));
        TrimAndFill.Result result =
                new TrimAndFill(TrimAndFill.Estimator.valueOf(setting[1]), side, tau2).apply(effects);
        assertEquals(expected[0] == 1 ? TrimAndFill.Side.RIGHT : TrimAndFill.Side.LEFT, result.side(), where);
        assertEquals(expected[1], result.missing(), where);
        near(where + " k0_se", expected[2], result.standardError(), 0, 1e-12);
        PooledFit fit = new RandomEffectsModel()
                .withEstimator(tau2)
                .withTest(TestMethod.WALD)
                .fit(result.filled());
        near(where + " estimate", expected[3], fit.estimate(), fit.standardError(), 1e-9);
        near(where + " se", expected[4], fit.standardError(), 0, 1e-9);
    }

    private static void failSafe(String where, String method, EffectSizes effects, double[] expected) {
        FailSafeN result = switch (method) {
            case "rosenthal" -> FailSafeN.rosenthal(effects, 0.05);
            case "orwin" -> FailSafeN.orwin(effects, Double.NaN);
            default -> FailSafeN.rosenberg(effects, 0.05);
        };
        // metafor rounds up; Orwin's number of half the mean is k exactly.
        assertEquals(expected[0], Math.ceil(result.n() - 1e-9) + 0.0, where);
        near(where + " p", expected[1], result.pValue(), 0, 1e-10);
    }

    private static void excess(String where, String test, EffectSizes effects, double[] expected) {
        ExcessSignificance result = ExcessSignificance.of(effects, expected[0], 0.05);
        assertEquals(expected[1], result.observed(), where);
        near(where + " expected", expected[2], result.expected(), 0, 1e-12);
        double p = test.equals("chi2") ? result.chiSquared().pValue() : result.binomialP();
        near(where + " p", expected[3], p, 0, 1e-9);
    }

    private static void henmiCopas(String where, EffectSizes effects, double[] expected) {
        PooledFit fit = new RandomEffectsModel()
                .withEstimator(new DerSimonianLaird())
                .withTest(TestMethod.HENMI_COPAS)
                .fit(effects);
        near(where + " estimate", expected[0], fit.estimate(), expected[1], 1e-12);
        near(where + " se", expected[1], fit.standardError(), 0, 1e-12);
        // metafor's integral is good to about seven digits.
        near(where + " lower", expected[2], fit.confidenceInterval().lower(), expected[1], 1e-6);
        near(where + " upper", expected[3], fit.confidenceInterval().upper(), expected[1], 1e-6);
    }

    private static void selection(String where, String[] setting, EffectSizes effects, double[] expected) {
        SelectionModel.Alternative alternative =
                SelectionModel.Alternative.valueOf(setting[1].replace('.', '_').toUpperCase(Locale.ROOT));
        double[] steps = new double[setting.length - 2];
        for (int j = 0; j < steps.length; j++) {
            steps[j] = Double.parseDouble(setting[j + 2]);
        }
        SelectionModel model = steps.length > 0
                ? SelectionModel.stepped(steps, alternative, 0.95)
                : SelectionModel.smooth(
                        SelectionFunction.valueOf(setting[0].toUpperCase(Locale.ROOT)), alternative, 0.95);
        SelectionFit fit = model.fit(effects);
        if (where.startsWith("random-16 selection stepfun")) {
            // Of two maxima metafor finds the lower one; by 50 digits ours is at -1.3312303032238687.
            assertEquals(-1.3312303032238687, fit.logLikelihood(), 1e-12);
            assertEquals(11.070889587428073, fit.delta(0), 1e-6);
            assertEquals(2, fit.maxima());
            return;
        }
        double se = fit.standardError();
        // Its optimiser stops where the log-likelihood no longer changes, half the digits short of the maximum.
        near(where + " log-likelihood", expected[0], fit.logLikelihood(), 1, 1e-8);
        near(where + " estimate", expected[1], fit.estimate(), se, 1e-4);
        if (fit.tau2() > 0) {
            // On the bound ours takes it as known, and metafor stops a little above.
            near(where + " se", expected[2], se, 0, 1e-3);
        }
        near(where + " tau2", expected[3], fit.tau2(), se * se, 1e-4);
        for (int j = 4; j < expected.length; j++) {
            near(where + " delta " + (j - 4), expected[j], fit.delta(j - 4), 1e-3, 1e-3);
        }
    }

    @Test
    void referenceCoversEverySet() {
        Set<String> covered = BiasReferenceTest.rows("random-bias.csv").stream()
                .map(row -> row.get("data"))
                .collect(Collectors.toSet());
        assertEquals(24, covered.size());
        assertEquals(SETS.keySet(), covered);
    }
}
