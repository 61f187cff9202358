package org.lozenge.stats.multilevel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lozenge.stats.multilevel.Sets.close;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.Interval;
import org.lozenge.stats.model.DesignMatrix;
import org.lozenge.stats.model.PooledFit;
import org.lozenge.stats.model.RandomEffectsModel;
import org.lozenge.stats.multilevel.Sets.Effect;
import org.lozenge.stats.numeric.ChiSquared;
import org.lozenge.stats.robust.RobustType;

class MultilevelModelTest {

    private static final Map<String, List<Effect>> SETS = Sets.read();

    private static List<Effect> set(String name) {
        return Objects.requireNonNull(SETS.get(name));
    }

    private static MultilevelFit fit(List<Effect> rows, String levels, SamplingCovariance v) {
        return new MultilevelModel().fit(Sets.y(rows), v, Sets.design(rows, false), Sets.levels(rows, levels));
    }

    private static MultilevelFit fit(List<Effect> rows, String levels) {
        return fit(rows, levels, SamplingCovariance.independent(Sets.v(rows)));
    }

    /** Correlations too small to matter send every cluster through dense matrices instead of the walk over groups. */
    private static SamplingCovariance dense(List<Effect> rows) {
        return SamplingCovariance.constant(Sets.v(rows), Sets.clusters(rows), 1e-30);
    }

    @Test
    void bothWaysToTheSumsAgreeForThreeLevelsOfGroups() {
        List<Effect> rows = set("mccurdy2020").subList(0, 300);
        MultilevelFit walk = fit(rows, "grouprow");
        MultilevelFit matrices = fit(rows, "grouprow", dense(rows));
        double total = Arrays.stream(walk.sigma2().toArray()).sum();
        for (int l = 0; l < 3; l++) {
            close(matrices.sigma2().get(l), walk.sigma2().get(l), 1e-10, total, "sigma2");
        }
        assertEquals(matrices.logLikelihood(true), walk.logLikelihood(true), 1e-9);
        assertEquals(matrices.logLikelihood(false), walk.logLikelihood(false), 1e-9);
    }

    @Test
    void bothWaysAgreeWhereGroupsHaveSeveralRows() {
        List<Effect> rows = set("konstantopoulos2011");
        MultilevelFit walk = fit(rows, "cluster");
        MultilevelFit matrices = fit(rows, "cluster", dense(rows));
        close(
                matrices.sigma2().get(0),
                walk.sigma2().get(0),
                1e-12,
                walk.sigma2().get(0),
                "sigma2");
        List<MultilevelFit.Prediction> a = walk.trueEffects();
        List<MultilevelFit.Prediction> b = matrices.trueEffects();
        for (int i = 0; i < rows.size(); i++) {
            assertEquals(b.get(i).value(), a.get(i).value(), 1e-12);
            // A difference of variances: σ² less what the effects tell.
            assertEquals(b.get(i).standardError(), a.get(i).standardError(), 1e-9);
        }
    }

    @Test
    void fitsThousandsOfRowsInFourLevels() {
        List<Effect> rows = set("mccurdy2020");
        MultilevelFit fit = fit(rows, "grouprow");
        assertEquals(3, fit.levels().size());
        assertTrue(Arrays.stream(fit.sigma2().toArray()).allMatch(s -> s > 0));
        assertEquals(1, fit.modes().size());
    }

    @Test
    void oneLevelIsTheUsualRandomEffectsModel() {
        List<Effect> rows = set("konstantopoulos2011");
        List<String> names =
                IntStream.range(0, rows.size()).mapToObj(Integer::toString).toList();
        MultilevelFit fit = new MultilevelModel()
                .fit(
                        Sets.y(rows),
                        SamplingCovariance.independent(Sets.v(rows)),
                        Sets.design(rows, false),
                        NestedLevels.of(List.of("study"), List.of(names)));
        PooledFit pooled = new RandomEffectsModel().fit(new EffectSizes(names, Sets.y(rows), Sets.v(rows)));
        close(pooled.tau2(), fit.sigma2().get(0), 1e-10, pooled.tau2(), "tau2");
        close(pooled.estimate(), fit.coefficients().coefficients().get(0), 1e-10, pooled.estimate(), "estimate");
    }

    @Test
    void intervalsEndWhereTheLikelihoodHasFallenEnough() {
        MultilevelFit fit = fit(set("konstantopoulos2011"), "group");
        double drop = ChiSquared.upperQuantile(0.05, 1) / 2;
        for (int l = 0; l < 2; l++) {
            Interval interval = fit.sigma2Interval(l);
            DoubleSeq ends = fit.profile(l, DoubleSeq.of(interval.lower(), interval.upper()));
            assertEquals(fit.logLikelihood(true) - drop, ends.get(0), 1e-9);
            assertEquals(fit.logLikelihood(true) - drop, ends.get(1), 1e-9);
        }
    }

    /** Konstantopoulos (2011), tables 4 and 5. */
    @Test
    void agreesWithKonstantopoulos() {
        MultilevelFit fit = fit(set("konstantopoulos2011"), "group");
        assertEquals(0.1847, fit.coefficients().coefficients().get(0), 5e-5);
        assertEquals(0.0846, fit.coefficients().standardError(0), 5e-5);
        assertEquals(0.0651, fit.sigma2().get(0), 5e-5);
        assertEquals(0.0327, fit.sigma2().get(1), 5e-5);
    }

    @RepeatedTest(20)
    void doesNotDependOnOrderUnitsOrShift(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        List<Effect> rows = set("assink2016");
        MultilevelFit fit = fit(rows, "group");
        double factor = StrictMath.pow(10, random.nextInt(13) - 6);
        double shift = 1e3 * random.nextGaussian() * factor;
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, rows.size()).boxed().toList());
        Collections.shuffle(order, random);
        List<Effect> moved = order.stream()
                .map(rows::get)
                .map(e -> new Effect(
                        factor * e.y() + shift, factor * factor * e.v(), e.cluster(), e.group(), "", e.x(), e.c()))
                .toList();
        MultilevelFit other = fit(moved, "group");
        for (int l = 0; l < 2; l++) {
            close(
                    factor * factor * fit.sigma2().get(l),
                    other.sigma2().get(l),
                    1e-9,
                    other.sigma2().get(l),
                    "sigma2");
        }
        double se = other.coefficients().standardError(0);
        close(
                factor * fit.coefficients().coefficients().get(0) + shift,
                other.coefficients().coefficients().get(0),
                1e-9,
                se,
                "mean");
        close(
                factor * fit.robust(RobustType.CR2).standardError(0),
                other.robust(RobustType.CR2).standardError(0),
                1e-9,
                se,
                "robust");
    }

    @Test
    void aVarianceIsExactlyZeroWhereTheLikelihoodFalls() {
        DoubleSeq y = DoubleSeq.of(0.1, 0.9, 0.12, 0.88, 0.11, 0.91, 0.1, 0.9);
        DoubleSeq v = DoubleSeq.of(0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01);
        NestedLevels levels = NestedLevels.of(List.of("c"), List.of(List.of("a", "a", "b", "b", "c", "c", "d", "d")))
                .withRows("row");
        MultilevelFit fit = new MultilevelModel()
                .fit(y, SamplingCovariance.independent(v), DesignMatrix.withIntercept(List.of(), List.of(), 8), levels);
        assertEquals(0, fit.sigma2().get(0));
        assertTrue(Double.isNaN(fit.sigma2StandardError(0)));
        assertEquals(0, fit.sigma2Interval(0).lower());
        assertTrue(fit.sigma2Interval(0).upper() > 0);
        assertEquals(0, fit.componentTest(0).statistic(), 1e-12);
        assertEquals(1, fit.componentTest(0).pValue(), 1e-6);
        assertArrayEquals(new double[] {0, 0}, new double[] {
            fit.groupEffects(0).get(0).value(), fit.groupEffects(0).get(0).standardError()
        });
    }

    @Test
    void weightsGiveTheMean() {
        List<Effect> rows = set("assink2016");
        MultilevelFit fit = fit(rows, "group", SamplingCovariance.constant(Sets.v(rows), Sets.clusters(rows), 0.4));
        double[] w = fit.weights().orElseThrow().toArray();
        double mean = IntStream.range(0, w.length)
                .mapToDouble(i -> w[i] * rows.get(i).y())
                .sum();
        assertEquals(1, Arrays.stream(w).sum(), 1e-12);
        assertEquals(fit.coefficients().coefficients().get(0), mean, 1e-12);
    }

    // ---- errors

    @Test
    void namesTheRowsWhoseCovarianceIsNotPositiveDefinite() {
        DoubleSeq y = DoubleSeq.of(0, 1, 2, 3);
        DoubleSeq v = DoubleSeq.of(1, 1, 1, 1);
        NestedLevels levels = NestedLevels.of(List.of("c"), List.of(List.of("a", "b", "b", "b")))
                .withRows("row");
        SamplingCovariance covariance = SamplingCovariance.constant(v, new int[] {0, 1, 1, 1}, -0.6);
        NotPositiveDefiniteException e = assertThrows(
                NotPositiveDefiniteException.class,
                () -> new MultilevelModel()
                        .fit(y, covariance, DesignMatrix.withIntercept(List.of(), List.of(), 4), levels));
        assertArrayEquals(new int[] {1, 2, 3}, e.rows());
        assertEquals("The sampling covariance of effects 2, 3, 4 is not positive definite", e.getMessage());
    }

    @Test
    void refusesOneClusterAndEqualLevels() {
        DoubleSeq y = DoubleSeq.of(0, 1, 2, 3);
        SamplingCovariance v = SamplingCovariance.independent(DoubleSeq.of(1, 1, 1, 1));
        DesignMatrix design = DesignMatrix.withIntercept(List.of(), List.of(), 4);
        NestedLevels one = NestedLevels.of(List.of("c"), List.of(List.of("a", "a", "a", "a")));
        assertEquals(
                "All effects are in one group of 'c'",
                assertThrows(IllegalArgumentException.class, () -> new MultilevelModel().fit(y, v, design, one))
                        .getMessage());
        NestedLevels same = NestedLevels.of(List.of("c"), List.of(List.of("a", "b", "c", "d")))
                .withRows("row");
        assertEquals(
                "Levels 'c' and 'row' have the same groups",
                assertThrows(IllegalArgumentException.class, () -> new MultilevelModel().fit(y, v, design, same))
                        .getMessage());
    }

    @Test
    void refusesCorrelationsOutsideTheirRange() {
        DoubleSeq v = DoubleSeq.of(1, 4);
        assertEquals(
                "A correlation must lie between -1 and 1, but is 1.5",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> SamplingCovariance.constant(v, new int[] {0, 0}, 1.5))
                        .getMessage());
        assertEquals(
                "Covariance 3.0 of effects 1 and 2 is outside ±2.0, which their variances allow",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> SamplingCovariance.of(v, List.of(new SamplingCovariance.Pair(0, 1, 3))))
                        .getMessage());
    }
}
