package org.lozenge.stats.bias;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.model.PooledFit;
import org.lozenge.stats.model.RandomEffectsModel;
import org.lozenge.stats.model.TestMethod;
import org.lozenge.stats.tau2.MaximumLikelihood;

/** Against optima with 40 digits; see core/stats/validation/copas.py. */
class CopasModelTest {

    private static final Map<String, EffectSizes> DATA = BiasReferenceTest.dataSets();

    private static void near(String where, double expected, double actual, double scale, double tolerance) {
        assertEquals(expected, actual, tolerance * Math.max(Math.abs(expected), scale), where);
    }

    @Test
    void matchesOptimaWithManyDigits() {
        int rows = 0;
        for (Map<String, String> row : BiasReferenceTest.rows("copas.csv")) {
            CopasModel model = new CopasModel(DATA.get(row.get("data")), 0.95);
            CopasFit fit = model.fit(number(row, "gamma0"), number(row, "gamma1"));
            String where = row.get("data") + " " + row.get("gamma0") + " " + row.get("gamma1");
            double se = number(row, "se");
            near(where + " log-likelihood", number(row, "log_likelihood"), fit.logLikelihood(), 1, 1e-12);
            near(where + " estimate", number(row, "estimate"), fit.estimate(), se, 1e-9);
            near(where + " se", se, fit.standardError(), 0, 1e-8);
            near(where + " tau2", number(row, "tau2"), fit.tau2(), se * se, 1e-8);
            near(where + " rho", number(row, "rho"), fit.rho(), 1, 1e-8);
            near(where + " gain", number(row, "gain"), fit.residualTest().statistic(), 1, 1e-10);
            near(where + " unpublished", number(row, "unpublished"), fit.unpublished(), 0, 1e-12);
            rows++;
        }
        assertEquals(15, rows);
    }

    private static double number(Map<String, String> row, String column) {
        return BiasReferenceTest.number(row.get(column));
    }

    @Test
    void withoutSelectionIsThePooledEffectByMaximumLikelihood() {
        EffectSizes effects = DATA.get("bcg");
        CopasFit fit = new CopasModel(effects, 0.95).fit(40, 0);
        PooledFit plain = new RandomEffectsModel()
                .withEstimator(new MaximumLikelihood())
                .withTest(TestMethod.WALD)
                .fit(effects);
        assertEquals(plain.estimate(), fit.estimate(), 1e-10);
        assertEquals(plain.tau2(), fit.tau2(), 1e-10);
        assertEquals(0, fit.rho());
        assertEquals(1, fit.chanceOfSmallest());
        assertEquals(0, fit.unpublished(), 1e-300);
    }

    @Test
    void derivativesMatchDifferences() {
        double[] y = {0.3, -0.8, 1.9, 0.1};
        double[] s = {0.5, 1, 2, 0.7};
        double[] u = {0.4, -0.6, -1.2, 0.1};
        CopasLikelihood likelihood = new CopasLikelihood(y, s, u, true);
        double[] x = {0.2, 0.4, 0.6, -0.3};
        double[] gradient = new double[4];
        double[][] hessian = new double[4][4];
        likelihood.at(x, gradient, hessian);
        for (int a = 0; a < 4; a++) {
            double[][] sides = new double[2][4];
            double[] values = new double[2];
            for (int side = 0; side < 2; side++) {
                double[] moved = x.clone();
                moved[a] += side == 0 ? -1e-5 : 1e-5;
                values[side] = likelihood.at(moved, sides[side], new double[4][4]);
            }
            assertEquals((values[1] - values[0]) / 2e-5, gradient[a], 1e-8, "slope " + a);
            for (int b = 0; b < 4; b++) {
                assertEquals((sides[1][b] - sides[0][b]) / 2e-5, hessian[a][b], 1e-7, "curve " + a + b);
            }
        }
    }

    @RepeatedTest(20)
    void turnsScalesAndReordersWithTheEffects(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        int k = 4 + random.nextInt(20);
        double[][] y = new double[2][k];
        double[][] v = new double[2][k];
        for (int i = 0; i < k; i++) {
            double se = 0.1 + random.nextDouble();
            y[0][i] = random.nextGaussian() * (se + 0.2) + 0.4 * se;
            v[0][i] = se * se;
            y[1][k - 1 - i] = -1000 * y[0][i];
            v[1][k - 1 - i] = 1e6 * v[0][i];
        }
        CopasFit one = new CopasModel(EffectSizes.of(y[0], v[0]), 0.95).fit(-1, 0.2);
        CopasFit other = new CopasModel(EffectSizes.of(y[1], v[1]), 0.95).fit(-1, 200);
        assertEquals(-1000 * one.estimate(), other.estimate(), 1e-5 * 1000 * one.standardError());
        assertEquals(-one.rho(), other.rho(), 1e-5);
        assertEquals(one.logLikelihood() - k * Math.log(1000), other.logLikelihood(), 1e-8);
        assertEquals(one.residualTest().statistic(), other.residualTest().statistic(), 1e-8);
        assertTrue(one.residualTest().statistic() >= 0);
    }

    /** Where τ² is 0 and hardly anything is selected, both signs of the correlation fit equally well. */
    @RepeatedTest(6)
    void equallyHighMaximaDoNotDependOnTheOrder(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        double[] y = {-0.5108, -0.2231, -0.3567, 0.1823};
        double[] se = {0.2069, 0.1476, 0.1717, 0.2265};
        if (run.getCurrentRepetition() > 3) {
            int k = 4 + random.nextInt(5);
            y = new double[k];
            se = new double[k];
            for (int i = 0; i < k; i++) {
                se[i] = 0.1 + 0.2 * random.nextDouble();
                y[i] = -0.25 + 1.3 * se[i] * random.nextGaussian();
            }
        }
        Integer[] order = IntStream.range(0, y.length).boxed().toArray(Integer[]::new);
        CopasModel one = new CopasModel(reordered(y, se, order, 1), 0.95);
        Collections.shuffle(Arrays.asList(order), random);
        CopasModel other = new CopasModel(reordered(y, se, order, 1), 0.95);
        CopasModel mirrored = new CopasModel(reordered(y, se, order, -1), 0.95);
        for (double[] strength : new double[][] {
            {0.3, 0.45}, {0.3, 0.55}, {0.85, 0.45}, {1.4, 0.2}, {1.4, 0.4}, {1.4, 0.5}, {2, 0}, {2, 0.1}, {2, 0.3}
        }) {
            CopasFit fit = one.fit(strength[0], strength[1]);
            CopasFit again = other.fit(strength[0], strength[1]);
            assertEquals(fit.rho(), again.rho(), 1e-8);
            assertEquals(fit.estimate(), again.estimate(), 1e-8 * fit.standardError());
            assertEquals(-fit.rho(), mirrored.fit(strength[0], strength[1]).rho(), 1e-8);
        }
    }

    private static EffectSizes reordered(double[] y, double[] se, Integer[] order, int sign) {
        return EffectSizes.of(
                Arrays.stream(order).mapToDouble(i -> sign * y[i]).toArray(),
                Arrays.stream(order).mapToDouble(i -> se[i] * se[i]).toArray());
    }

    @Test
    void ofAMirroredPairOfMaximaThatOfAPositiveCorrelationCounts() {
        // Turning the signs gives the same studies, so that (μ, ρ) and (−μ, −ρ) are equally likely.
        double[] y = {0.4, -0.9, 0.9, -0.4, 0.1, -0.1};
        double[] v = {0.04, 0.3, 0.3, 0.04, 0.1, 0.1};
        CopasFit fit = new CopasModel(EffectSizes.of(y, v), 0.95).fit(1, 0.1);
        double[] turned = {-0.1, 0.4, 0.9, 0.1, -0.4, -0.9};
        double[] likewise = {0.1, 0.04, 0.3, 0.1, 0.04, 0.3};
        CopasFit other = new CopasModel(EffectSizes.of(turned, likewise), 0.95).fit(1, 0.1);
        assertEquals(CopasModel.BOUND, fit.rho());
        assertTrue(fit.estimate() < 0);
        assertEquals(fit.rho(), other.rho(), 1e-8);
        assertEquals(fit.estimate(), other.estimate(), 1e-8);
    }

    @Test
    void refusesWhatItCannotUse() {
        double[] y = {0.1, 0.2, 0.5};
        IllegalArgumentException two = assertThrows(
                IllegalArgumentException.class,
                () -> new CopasModel(EffectSizes.of(new double[] {0, 1}, new double[] {1, 2}), 0.95));
        assertEquals("the Copas model needs at least 3 studies, but there are 2", two.getMessage());
        IllegalArgumentException equal = assertThrows(
                IllegalArgumentException.class,
                () -> new CopasModel(EffectSizes.of(y, new double[] {0.25, 0.25, 0.25}), 0.95));
        assertTrue(equal.getMessage().startsWith("all standard errors are 0.5,"));
        CopasModel model = new CopasModel(EffectSizes.of(y, new double[] {0.1, 0.2, 0.3}), 0.95);
        assertThrows(IllegalArgumentException.class, () -> model.fit(Double.NaN, 1));
        assertThrows(IllegalArgumentException.class, () -> model.fit(0, -1));
    }

    @Test
    void aHeartbeatEndsAFit() {
        EffectSizes effects = EffectSizes.of(new double[] {0.1, 0.4, 0.2, 0.9}, new double[] {0.01, 0.1, 0.02, 0.3});
        CopasModel copas = new CopasModel(effects, 0.95, () -> {
            throw new CancellationException("stop");
        });
        assertThatThrownBy(() -> copas.fit(-1, 0.2)).hasMessage("stop");
        SelectionModel selection = SelectionModel.smooth(
                        SelectionFunction.LOGISTIC, SelectionModel.Alternative.GREATER, 0.95)
                .withHeartbeat(() -> {
                    throw new CancellationException("stop");
                });
        assertThatThrownBy(() -> selection.fit(effects)).hasMessage("stop");
    }
}
