package org.lozenge.stats.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.tau2.DerSimonianLaird;
import org.lozenge.stats.tau2.RestrictedMaximumLikelihood;
import org.lozenge.stats.tau2.Tau2Estimators;
import org.lozenge.stats.tau2.Tau2Workspace;

class BatchPoolingTest {

    /** Analyses of 1 to 40 studies and one of 700, more than a block of sums holds; some agree exactly. */
    private static final class Batch {
        final int[] offsets = new int[302];
        final double[] y;
        final double[] v;

        Batch(long seed) {
            Random random = new Random(seed);
            for (int i = 0; i < offsets.length - 1; i++) {
                offsets[i + 1] = offsets[i] + (i == 17 ? 700 : 1 + random.nextInt(40));
            }
            y = new double[offsets[offsets.length - 1]];
            v = new double[y.length];
            for (int i = 0; i < offsets.length - 1; i++) {
                double tau = random.nextDouble() - 0.3;
                for (int j = offsets[i]; j < offsets[i + 1]; j++) {
                    v[j] = Math.exp(3 * random.nextGaussian() - 2);
                    y[j] = i % 50 == 9 ? 0.25 : Math.sqrt(v[j]) * random.nextGaussian() + tau * random.nextGaussian();
                }
            }
        }

        EffectSizes analysis(int i) {
            return EffectSizes.of(
                    Arrays.copyOfRange(y, offsets[i], offsets[i + 1]),
                    Arrays.copyOfRange(v, offsets[i], offsets[i + 1]));
        }
    }

    private static void assertSame(PooledFit fit, BatchFits fits, int i) {
        TestResult test = fit.test();
        assertEquals(fit.tau2(), fits.tau2(i));
        assertEquals(fit.estimate(), fits.estimate(i));
        assertEquals(fit.standardError(), fits.standardError(i));
        assertEquals(test.statistic(), fits.statistic(i));
        assertEquals(test.pValue(), fits.pValue(i));
    }

    @ParameterizedTest
    @ValueSource(strings = {"reml", "ml", "dl", "pm", "he", "hs", "hsk", "sj", "sjit", "eb", "dlit", "pmm", "0.2"})
    void givesTheBitsOfTheTypedModel(String estimator) {
        Batch batch = new Batch(1);
        for (TestMethod test : List.of(TestMethod.WALD, TestMethod.T, TestMethod.HARTUNG_KNAPP)) {
            BatchFits fits = BatchPooling.randomEffects(Tau2Estimators.of(estimator), test)
                    .fit(batch.offsets, batch.y, batch.v);
            RandomEffectsModel model = new RandomEffectsModel()
                    .withEstimator(Tau2Estimators.of(estimator))
                    .withTest(test);
            for (int i = 0; i < fits.size(); i++) {
                assertSame(model.fit(batch.analysis(i)), fits, i);
            }
            assertEquals(0, fits.failures());
        }
    }

    @Test
    void givesTheBitsOfTheCommonEffectModel() {
        Batch batch = new Batch(2);
        BatchFits fits = BatchPooling.commonEffect(TestMethod.WALD).fit(batch.offsets, batch.y, batch.v);
        for (int i = 0; i < fits.size(); i++) {
            assertSame(new CommonEffectModel().fit(batch.analysis(i)), fits, i);
        }
    }

    @Test
    void doesNotDependOnTheNumberOfThreads() {
        int analyses = 5000;
        int[] offsets = new int[analyses + 1];
        double[] y = new double[8 * analyses];
        double[] v = new double[8 * analyses];
        Random random = new Random(3);
        for (int i = 0; i < y.length; i++) {
            offsets[i / 8 + 1] = i + 1;
            v[i] = 0.1 + random.nextDouble();
            y[i] = random.nextGaussian();
        }
        BatchPooling pooling =
                BatchPooling.randomEffects(new RestrictedMaximumLikelihood(), TestMethod.HARTUNG_KNAPP_AD_HOC);
        BatchFits one = pooling.fit(offsets, y, v, 1);
        BatchFits four = pooling.fit(offsets, y, v, 4);
        for (int i = 0; i < analyses; i++) {
            assertEquals(one.tau2(i), four.tau2(i));
            assertEquals(one.estimate(i), four.estimate(i));
            assertEquals(one.pValue(i), four.pValue(i));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TestMethod.class,
            names = {"WALD", "HARTUNG_KNAPP_AD_HOC"})
    void allocatesNothingPerAnalysis(TestMethod test) {
        Batch batch = new Batch(4);
        BatchPooling reml = BatchPooling.randomEffects(new RestrictedMaximumLikelihood(), test);
        BatchPooling dl = BatchPooling.randomEffects(new DerSimonianLaird(), test);
        Tau2Workspace workspace = new Tau2Workspace();
        BatchFits fits = reml.room(batch.offsets.length - 1);
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().getId();
        // The P value of t comes from a library that makes small objects until the JIT removes them.
        long allowed = test == TestMethod.WALD ? 1000 : 600L * 2 * fits.size();
        long least = Long.MAX_VALUE;
        // On a busy machine the JIT comes late.
        for (int round = 0; round < 5000 && least >= allowed; round++) {
            long before = threads.getThreadAllocatedBytes(self);
            reml.refit(batch.offsets, batch.y, batch.v, workspace, fits);
            dl.refit(batch.offsets, batch.y, batch.v, workspace, fits);
            least = Math.min(least, threads.getThreadAllocatedBytes(self) - before);
        }
        assertTrue(least < allowed, least + " bytes for " + 2 * fits.size() + " analyses");
    }

    @Test
    void namesTheAnalysisAndTheStudyThatAreWrong() {
        BatchPooling pooling = BatchPooling.commonEffect(TestMethod.WALD);
        int[] offsets = {0, 2, 4};
        double[] y = {1, 2, 3, 4};
        Exception variance = assertThrows(
                IllegalArgumentException.class, () -> pooling.fit(offsets, y, new double[] {1, 1, 1, -0.5}));
        assertEquals(
                "Analysis 1: Sampling variance of study '2' must lie between 1.0E-150 and 1.0E150, but is -0.5",
                variance.getMessage());
        Exception far = assertThrows(
                IllegalArgumentException.class,
                () -> pooling.fit(offsets, new double[] {1, 2, 0, 1e100}, new double[] {1, 1, 1e-120, 1}));
        assertTrue(far.getMessage().startsWith("Analysis 1: Effect size of study '2' (1.0E100) is too far"));
        Exception empty = assertThrows(
                IllegalArgumentException.class, () -> pooling.fit(new int[] {0, 2, 2}, y, new double[] {1, 1, 1, 1}));
        assertEquals("Analysis 1 would hold the studies from 2 to 2 of 4: at least one is needed", empty.getMessage());
        assertThrows(IllegalArgumentException.class, () -> pooling.fit(new int[] {0, 5}, y, y));
        assertThrows(IllegalArgumentException.class, () -> pooling.fit(new int[] {}, y, y));
        assertThrows(IllegalArgumentException.class, () -> pooling.fit(offsets, y, y, 0));
        assertThrows(
                IllegalArgumentException.class,
                () -> pooling.refit(offsets, y, y, new Tau2Workspace(), pooling.room(1)));
    }

    @Test
    void pooledValuesOfNoAnalysisAreNone() {
        assertEquals(
                0,
                BatchPooling.commonEffect(TestMethod.T)
                        .fit(new int[] {0}, new double[0], new double[0])
                        .size());
    }
}
