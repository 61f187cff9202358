package org.lozenge.stats.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.robust.RobustType;

/** What must not depend on the order of studies or on units, for coefficients and their robust standard errors. */
class RegressionInvariantsTest {

    private static final int K = 24;

    /** Studies with two moderators and clusters. */
    private record Studies(double[] y, double[] v, double[] a, double[] b, int[] cluster) {

        static Studies random(long seed) {
            Random random = new Random(seed);
            Studies s = new Studies(new double[K], new double[K], new double[K], new double[K], new int[K]);
            for (int i = 0; i < K; i++) {
                s.v[i] = 0.02 + random.nextDouble();
                s.a[i] = random.nextGaussian();
                s.b[i] = random.nextInt(3);
                s.cluster[i] = i % 7;
                s.y[i] = 0.3 * s.a[i] + Math.sqrt(s.v[i] + 0.2) * random.nextGaussian();
            }
            return s;
        }

        /** Studies in another order, with effects and moderators in other units. */
        Studies changed(List<Integer> order, double yFactor, double yShift, double aFactor, double aShift) {
            Studies s = new Studies(new double[K], new double[K], new double[K], new double[K], new int[K]);
            for (int i = 0; i < K; i++) {
                int from = order.get(i);
                s.y[i] = yFactor * y[from] + yShift;
                s.v[i] = yFactor * yFactor * v[from];
                s.a[i] = aFactor * a[from] + aShift;
                s.b[i] = b[from];
                s.cluster[i] = cluster[from];
            }
            return s;
        }

        RegressionFit fit() {
            return new MetaRegression()
                    .withTest(TestMethod.HARTUNG_KNAPP)
                    .fit(
                            EffectSizes.of(y, v),
                            DesignMatrix.withIntercept(
                                    List.of("a", "b"), List.of(DoubleSeq.of(a), DoubleSeq.of(b)), K));
        }

        RobustCovariance robust(RobustType type) {
            return RobustCovariance.of(fit(), cluster, type);
        }
    }

    private static List<Integer> inOrder() {
        return IntStream.range(0, K).boxed().toList();
    }

    private static void assertSame(CoefficientInference expected, CoefficientInference actual, double factor) {
        for (int j = 1; j < 3; j++) {
            double[] unit = new double[3];
            unit[j] = 1;
            double scale = j == 1 ? factor : 1;
            double se = expected.standardError(unit);
            assertEquals(expected.estimate(unit), scale * actual.estimate(unit), 1e-10 * se);
            assertEquals(se, Math.abs(scale) * actual.standardError(unit), 1e-10 * se);
            assertEquals(expected.df(unit), actual.df(unit), 1e-9 * expected.df(unit));
        }
        JointTest test = expected.moderatorTest();
        assertEquals(test.statistic(), actual.moderatorTest().statistic(), 1e-9 * test.statistic());
        assertEquals(test.df2(), actual.moderatorTest().df2(), 1e-9 * test.df2());
    }

    @RepeatedTest(20)
    void doesNotDependOnTheOrderOfStudies(RepetitionInfo run) {
        Studies studies = Studies.random(run.getCurrentRepetition());
        List<Integer> order = new ArrayList<>(inOrder());
        Collections.shuffle(order, new Random(run.getCurrentRepetition()));
        Studies shuffled = studies.changed(order, 1, 0, 1, 0);
        assertSame(studies.fit().inference(), shuffled.fit().inference(), 1);
        for (RobustType type : RobustType.values()) {
            assertSame(studies.robust(type), shuffled.robust(type), 1);
        }
    }

    @RepeatedTest(20)
    void doesNotDependOnTheUnitAndZeroOfModeratorsAndTheZeroOfEffects(RepetitionInfo run) {
        Studies studies = Studies.random(run.getCurrentRepetition());
        Studies changed = studies.changed(inOrder(), 1, 5, -1e4, 2e6);
        assertSame(studies.fit().inference(), changed.fit().inference(), -1e4);
        assertSame(studies.robust(RobustType.CR2), changed.robust(RobustType.CR2), -1e4);
        assertEquals(
                studies.fit().tau2(), changed.fit().tau2(), 1e-9 * studies.fit().tau2());
    }

    /** The second moderator is the first and a little more, or that little alone in its own unit: one space, one fit. */
    @RepeatedTest(20)
    void bearsModeratorsThatAreNearlyTheSame(RepetitionInfo run) {
        Studies studies = Studies.random(run.getCurrentRepetition());
        double gap = run.getCurrentRepetition() % 2 == 0 ? 1e-5 : 1e-8;
        double[] near = new double[K];
        double[] alone = new double[K];
        for (int i = 0; i < K; i++) {
            near[i] = studies.a[i] + gap * (1 + studies.b[i]);
            alone[i] = (near[i] - studies.a[i]) / gap;
        }
        for (TestMethod test : List.of(TestMethod.WALD, TestMethod.HARTUNG_KNAPP)) {
            RegressionFit hard = withSecond(studies, near, test);
            RegressionFit easy = withSecond(studies, alone, test);
            assertSameSpace(easy.inference(), hard.inference(), gap, studies.a[0], alone[0]);
            assertSameSpace(
                    RobustCovariance.of(easy, studies.cluster, RobustType.CR2),
                    RobustCovariance.of(hard, studies.cluster, RobustType.CR2),
                    gap,
                    studies.a[0],
                    alone[0]);
            assertEquals(easy.moderatorTest().statistic(), hard.moderatorTest().statistic(), 1e-6);
            // V_jj S_jj, of which the weighted squares of the near column are those of the first.
            double inflation = hard.varianceInflation().get(2);
            double expected =
                    easy.varianceInflation().get(1) * Math.pow(hard.standardError(2) / easy.standardError(1), 2);
            assertEquals(1, inflation / expected, 10 * gap + 1e-6);
        }
    }

    private static RegressionFit withSecond(Studies s, double[] second, TestMethod test) {
        return new MetaRegression()
                .withTest(test)
                .fit(
                        EffectSizes.of(s.y, s.v),
                        DesignMatrix.withIntercept(
                                List.of("a", "second"), List.of(DoubleSeq.of(s.a), DoubleSeq.of(second)), K));
    }

    private static void assertSameSpace(
            CoefficientInference easy, CoefficientInference hard, double gap, double first, double alone) {
        double tolerance = 1e-13 / gap;
        JointTest expected = easy.moderatorTest();
        JointTest actual = hard.moderatorTest();
        assertEquals(2, actual.df1());
        assertEquals(1, actual.statistic() / expected.statistic(), tolerance);
        assertEquals(expected.df2(), actual.df2(), tolerance * 100);
        double se = easy.standardError(1, first, alone);
        assertEquals(1, hard.standardError(1, first, first + gap * alone) / se, tolerance);
        assertEquals(easy.estimate(1, first, alone), hard.estimate(1, first, first + gap * alone), tolerance * se);
    }

    @Test
    void countsCombinationsThatFollowFromOthersOnce() {
        Studies s = Studies.random(1);
        for (CoefficientInference inference : List.of(s.fit().inference(), s.robust(RobustType.CR2))) {
            JointTest two = inference.testAll(new double[] {0, 1, 0}, new double[] {0, 0, 1});
            JointTest four = inference.testAll(
                    new double[] {0, 1, 0}, new double[] {0, 3, -1}, new double[] {0, 0, 1e9}, new double[] {0, 1, 1});
            assertEquals(2, four.df1());
            assertEquals(1, four.statistic() / two.statistic(), 1e-10);
            assertEquals(1, four.df2() / two.df2(), 1e-10);
            JointTest all = inference.testAll(new double[] {1, 0, 0}, new double[] {0, 1, 0}, new double[] {0, 0, 1});
            assertEquals(3, all.df1());
        }
    }

    @RepeatedTest(20)
    void turnsWithTheSignOfEffects(RepetitionInfo run) {
        Studies studies = Studies.random(run.getCurrentRepetition());
        Studies changed = studies.changed(inOrder(), -1, 0, 1, 0);
        for (int j = 0; j < 3; j++) {
            assertEquals(-studies.fit().coefficient(j), changed.fit().coefficient(j), 1e-12);
            assertEquals(studies.fit().standardError(j), changed.fit().standardError(j), 1e-12);
        }
    }

    /** With equal variances and clusters of one study each, CR2 is HC2, whose expectation is the variance of the model. */
    @Test
    void isHc2ForSingleStudies() {
        Studies s = Studies.random(3);
        double[] v = Collections.nCopies(K, 0.5).stream().mapToDouble(x -> x).toArray();
        RegressionFit fit = MetaRegression.weightedLeastSquares()
                .fit(EffectSizes.of(s.y, v), DesignMatrix.ofOne("a", DoubleSeq.of(s.a)));
        RobustCovariance robust = RobustCovariance.of(fit, IntStream.range(0, K).toArray(), RobustType.CR2);
        double mean = 0;
        for (double x : s.a) {
            mean += x / K;
        }
        double squares = 0;
        double expected = 0;
        for (int i = 0; i < K; i++) {
            squares += (s.a[i] - mean) * (s.a[i] - mean);
        }
        for (int i = 0; i < K; i++) {
            double e = fit.residuals().get(i);
            double z = (s.a[i] - mean) / squares;
            expected += z * z * e * e / (1 - fit.leverages().get(i));
        }
        assertEquals(expected, robust.covariance(1, 1), 1e-12 * expected);
    }

    @Test
    void saysWhatIsWrongWithClusters() {
        Studies s = Studies.random(1);
        assertTrue(assertThrows(
                        IllegalArgumentException.class, () -> RobustCovariance.of(s.fit(), new int[K], RobustType.CR2))
                .getMessage()
                .contains("there is one"));
        assertTrue(assertThrows(
                        IllegalArgumentException.class,
                        () -> RobustCovariance.of(s.fit(), new int[] {0, 1}, RobustType.CR2))
                .getMessage()
                .contains("24 studies have 2 cluster numbers"));
        int[] two = IntStream.range(0, K).map(i -> i % 2).toArray();
        assertTrue(
                assertThrows(IllegalArgumentException.class, () -> RobustCovariance.of(s.fit(), two, RobustType.CR1P))
                        .getMessage()
                        .contains("2 and 3"));
    }
}
