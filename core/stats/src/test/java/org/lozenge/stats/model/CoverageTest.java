package org.lozenge.stats.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.numeric.ChiSquared;
import org.lozenge.stats.tau2.DerSimonianLaird;
import org.lozenge.stats.tau2.HedgesOlkin;
import org.lozenge.stats.tau2.QProfile;
import org.lozenge.stats.tau2.RestrictedMaximumLikelihood;
import org.lozenge.stats.tau2.Tau2Estimator;
import org.lozenge.stats.tau2.WeightedSums;

/**
 * Simulated coverage against exact values. With equal sampling variances of 1 the spread of the effects is (1 + τ²)
 * χ²(k − 1)/(k − 1) and independent of their mean, so that coverage is an integral of one variable. Takes a minute:
 * {@code mvn -Pdeep -pl core/stats test}.
 */
@Tag("deep")
class CoverageTest {

    private static final int ANALYSES = 400_000;
    private static final int BLOCK = 1000;
    private static final int THREADS = 2;

    private static SplittableGenerator generator(long seed) {
        return RandomGeneratorFactory.<SplittableGenerator>of("L64X128MixRandom")
                .create(seed);
    }

    /** Analyses of k studies each, with variances of 1 and a true effect of 0. */
    private static double[] effects(int k, double tau2, SplittableGenerator random) {
        double[] y = new double[ANALYSES * k];
        double deviation = Math.sqrt(1 + tau2);
        for (int block = 0; block < ANALYSES; block += BLOCK) {
            SplittableGenerator own = random.split();
            for (int i = block * k; i < (block + BLOCK) * k; i++) {
                y[i] = deviation * own.nextGaussian();
            }
        }
        return y;
    }

    private static void assertShare(double expected, double hits, String what) {
        double error = Math.sqrt(Math.max(expected * (1 - expected), 1.0 / ANALYSES) / ANALYSES);
        assertEquals(expected, hits / ANALYSES, 4 * error, what);
    }

    private static double covered(BatchFits fits) {
        double covered = 0;
        for (int i = 0; i < fits.size(); i++) {
            covered += fits.pValue(i) >= 0.05 ? 1 : 0;
        }
        return covered;
    }

    @ParameterizedTest(name = "k = {0}, tau2 = {1}")
    @CsvSource({
        "2,  0, .950000, .961985, 1.000000, .682689, .483941, .050000",
        "2,  1, .834224, .893414, 1.000000, .520500, .358283, .165776",
        "2,  9, .464607, .755961,  .999985, .248170, .166545, .535393",
        "3,  0, .950000, .962693,  .999989, .632121, .367879, .050000",
        "3,  1, .834224, .905139,  .998947, .393469, .213061, .223607",
        "3,  9, .464607, .825225,  .970840, .095163, .048374, .741134",
        "5,  0, .950000, .962394,  .996180, .593994, .270671, .050000",
        "5,  1, .834224, .915833,  .979472, .264241, .103638, .314602",
        "5,  9, .464607, .880013,  .951948, .017523, .006038, .917462",
        "10, 0, .950000, .961033,  .982236, .562726, .184618, .050000",
        "10, 1, .834224, .927317,  .958117, .124461, .030361, .488584",
        "20, 1, .834224, .936506,  .951274, .035778, .005184, .718025",
        "50, 1, .834224, .944321,  .950020, .001325, .000090, .959429"
    })
    void coversAsOftenAsItMust(
            int k, double tau2, double common, double wald, double guarded, double zero, double bias, double power) {
        double[] y = effects(k, tau2, generator(1000L * k + (long) tau2));
        double[] v = new double[y.length];
        Arrays.fill(v, 1);
        int[] offsets = new int[ANALYSES + 1];
        for (int i = 0; i <= ANALYSES; i++) {
            offsets[i] = i * k;
        }
        assertShare(common, covered(fit(BatchPooling.commonEffect(TestMethod.WALD), offsets, y, v)), "common effect");
        for (Tau2Estimator estimator :
                new Tau2Estimator[] {new DerSimonianLaird(), new RestrictedMaximumLikelihood()}) {
            BatchFits fits = fit(BatchPooling.randomEffects(estimator, TestMethod.WALD), offsets, y, v);
            assertShare(wald, covered(fits), "Wald, " + estimator.code());
            assertShare(
                    .95,
                    covered(fit(BatchPooling.randomEffects(estimator, TestMethod.HARTUNG_KNAPP), offsets, y, v)),
                    "HKSJ, " + estimator.code());
            assertShare(
                    guarded,
                    covered(fit(BatchPooling.randomEffects(estimator, TestMethod.HARTUNG_KNAPP_AD_HOC), offsets, y, v)),
                    "HKSJ ad hoc, " + estimator.code());
            assertTau2(fits, k, tau2, zero, bias, power);
        }
    }

    private static BatchFits fit(BatchPooling pooling, int[] offsets, double[] y, double[] v) {
        return pooling.fit(offsets, y, v, THREADS);
    }

    private static void assertTau2(BatchFits fits, int k, double tau2, double zero, double bias, double power) {
        // With variances of 1, τ² is Q/(k − 1) − 1 where that is positive.
        double critical = ChiSquared.upperQuantile(0.05, k - 1) / (k - 1) - 1;
        double zeros = 0;
        double significant = 0;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < ANALYSES; i++) {
            double error = fits.tau2(i) - tau2;
            zeros += fits.tau2(i) == 0 ? 1 : 0;
            significant += fits.tau2(i) > critical ? 1 : 0;
            sum += error;
            squares += error * error;
        }
        double mean = sum / ANALYSES;
        double deviation = Math.sqrt(squares / ANALYSES - mean * mean);
        assertShare(zero, zeros, "tau² = 0");
        assertShare(power, significant, "power of Q");
        assertEquals(bias, mean, 4 * deviation / Math.sqrt(ANALYSES), "bias of tau²");
    }

    private static double[] unequal(int k) {
        double[] v = new double[k];
        for (int i = 0; i < k; i++) {
            v[i] = 0.02 * StrictMath.pow(1.7, i);
        }
        return v;
    }

    @Test
    void qIsExactUnderHomogeneityWhateverTheVariances() {
        int k = 8;
        double[] v = unequal(k);
        double[] y = new double[k];
        SplittableGenerator random = generator(5);
        double critical = ChiSquared.upperQuantile(0.05, k - 1);
        double hits = 0;
        for (int i = 0; i < ANALYSES; i++) {
            for (int j = 0; j < k; j++) {
                y[j] = 0.3 + Math.sqrt(v[j]) * random.nextGaussian();
            }
            WeightedSums sums = new WeightedSums(y, v, 0, k);
            sums.evaluateMean(0);
            hits += sums.q() > critical ? 1 : 0;
        }
        assertShare(0.05, hits, "Q");
    }

    @Test
    void momentEstimatorsAreUnbiasedBeforeTruncation() {
        int k = 6;
        int analyses = 100_000;
        double tau2 = 0.05;
        double[] v = unequal(k);
        for (Tau2Estimator estimator : new Tau2Estimator[] {new DerSimonianLaird(), new HedgesOlkin()}) {
            SplittableGenerator random = generator(6);
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < analyses; i++) {
                double[] y = new double[k];
                for (int j = 0; j < k; j++) {
                    y[j] = Math.sqrt(v[j] + tau2) * random.nextGaussian();
                }
                double value = estimator.untruncated(EffectSizes.of(y, v)) - tau2;
                sum += value;
                squares += value * value;
            }
            double mean = sum / analyses;
            assertEquals(0, mean, 4 * Math.sqrt((squares / analyses - mean * mean) / analyses), estimator.code());
        }
    }

    @Test
    void theQProfileCoversTau2() {
        int k = 6;
        int analyses = 40_000;
        double tau2 = 0.05;
        double[] v = unequal(k);
        SplittableGenerator random = generator(7);
        double hits = 0;
        for (int i = 0; i < analyses; i++) {
            double[] y = new double[k];
            for (int j = 0; j < k; j++) {
                y[j] = Math.sqrt(v[j] + tau2) * random.nextGaussian();
            }
            QProfile.Result result = QProfile.interval(EffectSizes.of(y, v), 0.95);
            hits += !result.empty() && result.interval().contains(tau2) ? 1 : 0;
        }
        assertEquals(0.95, hits / analyses, 4 * Math.sqrt(0.95 * 0.05 / analyses));
    }
}
