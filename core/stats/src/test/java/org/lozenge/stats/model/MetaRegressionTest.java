package org.lozenge.stats.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.tau2.DerSimonianLaird;
import org.lozenge.stats.tau2.FixedTau2;
import org.lozenge.stats.tau2.Tau2Estimator;
import org.lozenge.stats.tau2.Tau2Estimators;

class MetaRegressionTest {

    private static final Map<String, EffectSizes> DATA = ReferenceData.dataSets();

    /** metafor ends at a local maximum; ours has a higher likelihood. */
    private static final Set<String> LOWER_MAXIMA = Set.of("magnesium se ML", "unequal-variances year ML");

    private final List<String> failures = new ArrayList<>();
    private double worst;

    private static MetaRegression model(String method, String test) {
        TestMethod testMethod = switch (test) {
            case "z" -> TestMethod.WALD;
            case "t" -> TestMethod.T;
            case "knha" -> TestMethod.HARTUNG_KNAPP;
            case "adhoc" -> TestMethod.HARTUNG_KNAPP_AD_HOC;
            default -> throw new IllegalArgumentException(test);
        };
        Tau2Estimator estimator = method.equals("EE") ? new FixedTau2(0) : Tau2Estimators.of(method);
        return new MetaRegression().withEstimator(estimator).withTest(testMethod);
    }

    private static DesignMatrix design(double[] x, int k) {
        List<String> names = new ArrayList<>();
        List<DoubleSeq> columns = new ArrayList<>();
        for (int from = 0; from < x.length; from += k) {
            names.add("x" + names.size());
            columns.add(DoubleSeq.of(Arrays.copyOfRange(x, from, from + k)));
        }
        return DesignMatrix.withIntercept(names, columns, k);
    }

    private void check(String where, String quantity, double expected, double actual, double scale, double tolerance) {
        double deviation = Math.abs(actual - expected) / Math.max(Math.abs(expected), scale);
        if (Double.isNaN(expected) || (expected == actual)) {
            return;
        }
        worst = Math.max(worst, deviation);
        if (!(deviation <= tolerance)) {
            failures.add(where + " " + quantity + ": expected " + expected + " but was " + actual + ", " + deviation);
        }
    }

    private void checkAll(String where, String quantity, String expected, double[] actual, double scale, double tol) {
        double[] values = ReferenceData.numbers(expected);
        assertEquals(values.length, actual.length, where);
        for (int i = 0; i < values.length; i++) {
            check(where, quantity + i, values[i], actual[i], scale, tol);
        }
    }

    /**
     * What the README of PyMARE (github.com/neurostuff/PyMARE, MIT licence) prints of its REML example. Its search stops early: τ² and with it the
     * intercept, printed as −0.106579, agree to four digits only.
     */
    @Test
    void printsWhatPymarePrints() {
        RegressionFit fit = new MetaRegression()
                .withTest(TestMethod.WALD)
                .fit(
                        EffectSizes.of(
                                new double[] {-1, 0.5, 0.5, 0.5, 1, 1, 2, 10},
                                new double[] {1, 1, 2.4, 0.5, 1, 1, 1.2, 1.5}),
                        DesignMatrix.ofOne("my_cov", DoubleSeq.of(1, 1, 2, 2, 4, 4, 2.8, 2.8)));
        assertEquals("-0.1066", String.format(Locale.ROOT, "%.4f", fit.coefficient(0)));
        assertEquals("2.993715", String.format(Locale.ROOT, "%.6f", fit.standardError(0)));
        assertEquals(
                "0.769961 1.113344 0.691575 0.489204 -1.412153 2.952075",
                String.format(
                        Locale.ROOT,
                        "%.6f %.6f %.6f %.6f %.6f %.6f",
                        fit.coefficient(1),
                        fit.standardError(1),
                        fit.test(1).statistic(),
                        fit.test(1).pValue(),
                        fit.confidenceInterval(1).lower(),
                        fit.confidenceInterval(1).upper()));
    }

    @Test
    void matchesMetafor() {
        Set<String> lowerMaxima = new java.util.TreeSet<>();
        for (Map<String, String> row : ReferenceData.rows("metafor-regression.csv")) {
            EffectSizes effects = DATA.get(row.get("data"));
            String method = row.get("method");
            String where = row.get("data") + " " + row.get("design") + " " + method + " " + row.get("test");
            DesignMatrix design = design(ReferenceData.numbers(row.get("x")), effects.k());
            RegressionFit fit = model(method, row.get("test")).fit(effects, design);
            if (stoppedAtALowerMaximum(row, fit)) {
                lowerMaxima.add(row.get("data") + " " + row.get("design") + " " + method);
                continue;
            }
            // metafor's iterations approach a maximum at 0 without reaching it.
            double tau2 = ReferenceData.number(row.get("tau2"));
            if (fit.tau2() != 0 || tau2 > 1e-10) {
                check(where, "tau2", tau2, fit.tau2(), 0, 1e-8);
                check(where, "tau2_se", number(row, "tau2_se"), fit.tau2StandardError(), 0, 1e-8);
                check(where, "i2", number(row, "i2"), fit.i2(), 0, 1e-8);
            }
            int p = design.terms().size();
            double[] beta = fit.coefficients().toArray();
            double[] se = new double[p];
            double[] statistic = new double[p];
            double[] lower = new double[p];
            double[] upper = new double[p];
            for (int j = 0; j < p; j++) {
                se[j] = fit.standardError(j);
                statistic[j] = fit.test(j).statistic();
                lower[j] = fit.confidenceInterval(j).lower() / se[j];
                upper[j] = fit.confidenceInterval(j).upper() / se[j];
                lower[j] *= se[j];
                upper[j] *= se[j];
                check(
                        where,
                        "p" + j,
                        at(row, "p_value", j),
                        fit.test(j).pValue(),
                        0,
                        1e-7 * Math.max(1, statistic[j] * statistic[j]));
                check(where, "estimate" + j, at(row, "estimate", j), beta[j], se[j], 1e-8);
                check(where, "ci_lower" + j, at(row, "ci_lower", j), lower[j], se[j], 1e-8);
                check(where, "ci_upper" + j, at(row, "ci_upper", j), upper[j], se[j], 1e-8);
            }
            checkAll(where, "se", row.get("se"), se, 0, 1e-8);
            checkAll(where, "statistic", row.get("statistic"), statistic, 1, 1e-8);
            checkAll(where, "hat", row.get("hat"), fit.leverages().toArray(), 1e-3, 1e-8);
            TestResult qe = fit.residualHeterogeneity();
            check(where, "qe", number(row, "qe"), qe.statistic(), 0, 1e-9);
            check(where, "qe_p", number(row, "qe_p"), qe.pValue(), 0, 1e-7);
            TestResult qm = fit.moderatorTest();
            check(where, "qm", number(row, "qm"), qm.statistic(), 1, 1e-8);
            check(where, "qm_p", number(row, "qm_p"), qm.pValue(), 0, 1e-7 * Math.max(1, qm.statistic()));
        }
        if (!failures.isEmpty()) {
            fail(failures.size() + " deviations\n"
                    + String.join("\n", failures.subList(0, Math.min(60, failures.size()))));
        }
        assertEquals(LOWER_MAXIMA, lowerMaxima);
        assertTrue(worst > 0);
    }

    /** Tells whether metafor's τ² is another maximum, after a proof that its likelihood is lower than ours. */
    private static boolean stoppedAtALowerMaximum(Map<String, String> row, RegressionFit fit) {
        String method = row.get("method");
        double theirs = Math.max(0, number(row, "tau2"));
        if (!method.endsWith("ML") || Math.abs(theirs - fit.tau2()) <= 1e-4 * (theirs + 1e-6)) {
            return false;
        }
        boolean restricted = method.equals("REML");
        RegressionFit at =
                new MetaRegression().withEstimator(new FixedTau2(theirs)).fit(fit.effects(), fit.design());
        assertTrue(at.logLikelihood(restricted) < fit.logLikelihood(restricted));
        return true;
    }

    private static double number(Map<String, String> row, String column) {
        return ReferenceData.number(row.get(column));
    }

    private static double at(Map<String, String> row, String column, int j) {
        return ReferenceData.numbers(row.get(column))[j];
    }

    @Test
    void referenceCoversEveryMethodTestAndDesign() {
        List<Map<String, String>> rows = ReferenceData.rows("metafor-regression.csv");
        assertEquals(
                Set.of("EE", "DL", "PM", "REML", "ML", "HE", "SJ", "HS", "HSk", "EB", "PMM"),
                rows.stream().map(r -> r.get("method")).collect(Collectors.toSet()));
        assertEquals(
                Set.of("z", "t", "knha", "adhoc"),
                rows.stream().map(r -> r.get("test")).collect(Collectors.toSet()));
        assertTrue(rows.size() > 300, "rows: " + rows.size());
    }

    /** Without moderators every estimator and test is that of the pooled model. */
    @Test
    void withAnInterceptOnlyItPools() {
        for (Map.Entry<String, EffectSizes> set : DATA.entrySet()) {
            EffectSizes effects = set.getValue();
            if (effects.k() < 2) {
                continue;
            }
            DesignMatrix design = DesignMatrix.withIntercept(List.of(), List.of(), effects.k());
            for (Tau2Estimator estimator : Tau2Estimators.all()) {
                if (estimator.code().startsWith("GENQ")) {
                    continue; // needs the studies themselves, which a regression does not hand on
                }
                String where = set.getKey() + " " + estimator.code();
                RegressionFit fit =
                        new MetaRegression().withEstimator(estimator).fit(effects, design);
                PooledFit pooled =
                        new RandomEffectsModel().withEstimator(estimator).fit(effects);
                double se = pooled.standardError();
                assertEquals(pooled.tau2(), fit.tau2(), 1e-9 * pooled.tau2(), where);
                assertEquals(pooled.estimate(), fit.coefficient(0), 1e-9 * se, where);
                assertEquals(se, fit.standardError(0), 1e-9 * se, where);
                assertEquals(
                        pooled.tau2StandardError(), fit.tau2StandardError(), 1e-7 * pooled.tau2StandardError(), where);
                assertEquals(pooled.heterogeneity().i2(), fit.i2(), 1e-9, where);
                assertEquals(pooled.modes().size(), fit.modes().size(), where);
            }
        }
    }

    private static EffectSizes random(Random random, int k, double[] x, double slope) {
        double[] y = new double[k];
        double[] v = new double[k];
        for (int i = 0; i < k; i++) {
            x[i] = random.nextGaussian();
            v[i] = StrictMath.exp(2 * random.nextGaussian() - 2);
            y[i] = 0.3 + slope * x[i] + random.nextGaussian() * Math.sqrt(v[i] + 0.1);
        }
        return EffectSizes.of(y, v);
    }

    /** y → y + 1e6 moves the intercept alone; x → 1e12 x − 3e12 divides the slope; order does not matter. */
    @RepeatedTest(30)
    void followsUnitZeroAndOrder(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        int k = 5 + random.nextInt(20);
        double[] x = new double[k];
        EffectSizes effects = random(random, k, x, 0.5);
        double[] moved = new double[k];
        double[] scaled = new double[k];
        double[] v = new double[k];
        for (int i = 0; i < k; i++) {
            moved[k - 1 - i] = effects.y().get(i) + 1e6;
            scaled[k - 1 - i] = 1e12 * (x[i] - 3);
            v[k - 1 - i] = effects.v().get(i);
        }
        RegressionFit fit = new MetaRegression().fit(effects, DesignMatrix.ofOne("x", DoubleSeq.of(x)));
        RegressionFit other =
                new MetaRegression().fit(EffectSizes.of(moved, v), DesignMatrix.ofOne("x", DoubleSeq.of(scaled)));
        assertEquals(fit.tau2(), other.tau2(), 1e-7 * (fit.tau2() + 0.01));
        assertEquals(fit.coefficient(1), 1e12 * other.coefficient(1), 1e-7 * fit.standardError(1));
        assertEquals(fit.standardError(1), 1e12 * other.standardError(1), 1e-8 * fit.standardError(1));
        assertEquals(fit.predict(1, 3), other.predict(1, 0) - 1e6, 1e-7 * fit.predictionError(1, 3));
        assertEquals(fit.predictionError(1, 3), other.predictionError(1, 0), 1e-8 * fit.predictionError(1, 3));
    }

    /** The restricted likelihood is nowhere higher than at the estimate. */
    @RepeatedTest(30)
    void findsTheGlobalMaximum(RepetitionInfo run) {
        Random random = new Random(100 + run.getCurrentRepetition());
        int k = 4 + random.nextInt(6);
        double[] x = new double[k];
        EffectSizes effects = random(random, k, x, 0.2);
        DesignMatrix design = DesignMatrix.ofOne("x", DoubleSeq.of(x));
        for (boolean restricted : new boolean[] {true, false}) {
            Tau2Estimator estimator = Tau2Estimators.of(restricted ? "reml" : "ml");
            double best = new MetaRegression()
                    .withEstimator(estimator)
                    .fit(effects, design)
                    .logLikelihood(restricted);
            for (double t = 1e-5; t < 1e3; t *= 1.3) {
                double value = new MetaRegression()
                        .withEstimator(new FixedTau2(t))
                        .fit(effects, design)
                        .logLikelihood(restricted);
                assertTrue(value <= best + 1e-9, () -> "restricted " + restricted);
            }
        }
    }

    /** metafor takes the mean from the effects first, which no column of this design takes up: its Q_E is 1.88. */
    @Test
    void leavesEffectsWhereTheyAreWithoutAConstantAmongTheColumns() {
        double[] y = {0.236, -0.278};
        double[] v = {0.028, 0.204};
        double[] x = {1, 2};
        double xx = x[0] * x[0] / v[0] + x[1] * x[1] / v[1];
        double slope = (x[0] * y[0] / v[0] + x[1] * y[1] / v[1]) / xx;
        double q = Math.pow(y[0] - slope * x[0], 2) / v[0] + Math.pow(y[1] - slope * x[1], 2) / v[1];
        double trace = 1 / v[0] + 1 / v[1] - (Math.pow(x[0] / v[0], 2) + Math.pow(x[1] / v[1], 2)) / xx;
        RegressionFit fit = new MetaRegression()
                .withEstimator(new DerSimonianLaird())
                .fit(EffectSizes.of(y, v), DesignMatrix.withoutIntercept(List.of("x"), List.of(DoubleSeq.of(x)), 2));
        assertEquals(q, fit.residualHeterogeneity().statistic(), 1e-13);
        assertEquals((q - 1) / trace, fit.tau2(), 1e-13);
        // k - p = 1: REML solves the same equation.
        RegressionFit reml = new MetaRegression()
                .fit(EffectSizes.of(y, v), DesignMatrix.withoutIntercept(List.of("x"), List.of(DoubleSeq.of(x)), 2));
        double[] w = {1 / (v[0] + reml.tau2()), 1 / (v[1] + reml.tau2())};
        double b = (w[0] * x[0] * y[0] + w[1] * x[1] * y[1]) / (w[0] + 4 * w[1]);
        assertEquals(1, w[0] * Math.pow(y[0] - b, 2) + w[1] * Math.pow(y[1] - 2 * b, 2), 1e-9);
    }

    @Test
    void leavesOutWhatIsConstantOrExplained() {
        double[] x = {1, 2, 3, 4, 5, 7};
        double[] twice = {2, 4, 6, 8, 10, 14};
        double[] constant = {0.1 + 0.2, 0.3, 0.3, 0.3, 0.3, 0.3};
        double[] almost = {1 + 1e-6, 2, 3, 4 - 1e-6, 5, 7};
        DesignMatrix design = DesignMatrix.withIntercept(
                List.of("x", "twice", "constant", "almost"),
                List.of(DoubleSeq.of(x), DoubleSeq.of(twice), DoubleSeq.of(constant), DoubleSeq.of(almost)),
                6);
        assertEquals(3, design.terms().size());
        assertTrue(design.dropped().contains("constant"));
        assertEquals(2, design.dropped().size());
    }

    @Test
    void aPerfectFitHasNoPValueWithoutAGuard() {
        double[] x = {1, 2, 3, 4};
        RegressionFit fit = MetaRegression.weightedLeastSquares()
                .fit(
                        EffectSizes.of(new double[] {1, 3, 5, 7}, new double[] {.1, .2, .1, .3}),
                        DesignMatrix.ofOne("x", DoubleSeq.of(x)));
        assertEquals(2, fit.coefficient(1), 1e-14);
        assertTrue(Double.isNaN(fit.test(1).pValue()));
    }

    @Test
    void saysWhatIsWrong() {
        EffectSizes two = EffectSizes.of(new double[] {1, 2}, new double[] {1, 1});
        Exception e = assertThrows(
                IllegalArgumentException.class,
                () -> new MetaRegression().fit(two, DesignMatrix.ofOne("dose", DoubleSeq.of(1, 2))));
        assertTrue(e.getMessage().contains("2 terms [intercept, dose] need more than 2 studies"), e.getMessage());
        e = assertThrows(IllegalArgumentException.class, () -> DesignMatrix.ofOne("dose", DoubleSeq.of(1, Double.NaN)));
        assertTrue(e.getMessage().contains("Moderator 'dose' of study 2"), e.getMessage());
        e = assertThrows(
                IllegalArgumentException.class,
                () -> new MetaRegression().fit(two, DesignMatrix.ofOne("dose", DoubleSeq.of(1, 2, 3))));
        assertTrue(e.getMessage().contains("2 studies have moderators of 3 studies"), e.getMessage());
    }
}
