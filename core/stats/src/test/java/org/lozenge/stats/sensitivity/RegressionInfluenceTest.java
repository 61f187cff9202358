package org.lozenge.stats.sensitivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.model.DesignMatrix;
import org.lozenge.stats.model.HeterogeneityBasis;
import org.lozenge.stats.model.MetaRegression;
import org.lozenge.stats.model.RandomEffectsModel;
import org.lozenge.stats.model.RegressionFit;
import org.lozenge.stats.model.TestMethod;
import org.lozenge.stats.numeric.ParallelBlocks;
import org.lozenge.stats.sensitivity.SubsetRegression.Coefficient;
import org.lozenge.stats.tau2.FixedTau2;
import org.lozenge.stats.tau2.Tau2Estimators;

/** Influence on meta-regressions, and what they are without each study, against metafor at tight control. */
class RegressionInfluenceTest {

    /** Relative to numbers of this size and above; below, differences of such numbers have an absolute part. */
    private static final double TOLERANCE = 1e-8;

    private static final double SMALL = 1e-2;

    /** The likelihood has two maxima, and metafor finds the lower one, 0. */
    private static final Set<String> LOWER_MAXIMA =
            Set.of("magnesium se ML", "magnesium year ML", "magnesium two ML", "magnesium lone ML");

    private static final Map<String, List<String>> MODERATORS = Map.of(
            "se", List.of("se"), "year", List.of("year"), "two", List.of("index", "late"), "lone", List.of("lone"));

    private static DesignMatrix design(List<String> names, double[] x) {
        int k = x.length / names.size();
        List<DoubleSeq> columns = IntStream.range(0, names.size())
                .mapToObj(j -> DoubleSeq.of(Arrays.copyOfRange(x, j * k, (j + 1) * k)))
                .toList();
        return DesignMatrix.withIntercept(names, columns, k);
    }

    private static MetaRegression model(String method, String test) {
        TestMethod testMethod = switch (test) {
            case "z" -> TestMethod.WALD;
            case "t" -> TestMethod.T;
            case "knha" -> TestMethod.HARTUNG_KNAPP;
            default -> TestMethod.HARTUNG_KNAPP_AD_HOC;
        };
        return new MetaRegression()
                .withEstimator(method.equals("EE") ? new FixedTau2(0) : Tau2Estimators.of(method))
                .withTest(testMethod);
    }

    private static ToDoubleFunction<RegressionInfluence.Study> ofStudy(String quantity) {
        return switch (quantity) {
            case "rstudent" -> RegressionInfluence.Study::rstudent;
            case "rstandard" -> RegressionInfluence.Study::rstandard;
            case "dffits" -> RegressionInfluence.Study::dffits;
            case "cook.d" -> RegressionInfluence.Study::cooksDistance;
            case "cov.r" -> RegressionInfluence.Study::covRatio;
            case "tau2.del" -> RegressionInfluence.Study::tau2Deleted;
            case "QE.del" -> RegressionInfluence.Study::qDeleted;
            case "hat" -> RegressionInfluence.Study::hat;
            case "weight" -> study -> 100 * study.weight();
            case "flagged" -> study -> study.flagged() ? 1 : 0;
            default -> {
                int term = Integer.parseInt(quantity.substring(4));
                yield study -> study.dfbetas().get(term);
            }
        };
    }

    private static ToDoubleFunction<SubsetRegression> without(String quantity) {
        return switch (quantity) {
            case "tau2" -> SubsetRegression::tau2;
            case "QE" -> fit -> fit.residual().statistic();
            case "QEp" -> fit -> fit.residual().pValue();
            case "QM" -> fit -> fit.moderators().statistic();
            case "QMp" -> fit -> fit.moderators().pValue();
            case "I2" -> fit -> 100 * fit.i2();
            case "H2" -> SubsetRegression::h2;
            default -> {
                int last = quantity.length() - 1;
                int term = Integer.parseInt(quantity.substring(last));
                ToDoubleFunction<Coefficient> of = coefficient(quantity.substring(0, last));
                yield fit -> fit.problem().isPresent()
                        ? Double.NaN
                        : of.applyAsDouble(fit.coefficients().get(term));
            }
        };
    }

    private static ToDoubleFunction<Coefficient> coefficient(String quantity) {
        return switch (quantity) {
            case "beta" -> Coefficient::estimate;
            case "se" -> Coefficient::standardError;
            case "zval" -> c -> c.test().statistic();
            case "pval" -> c -> c.test().pValue();
            case "ci.lb" -> c -> c.interval().lower();
            case "ci.ub" -> c -> c.interval().upper();
            default -> throw new IllegalArgumentException(quantity);
        };
    }

    @Test
    void agreesWithMetafor() {
        Map<String, EffectSizes> sets = InfluenceReferenceTest.dataSets();
        Map<String, DesignMatrix> designs = new LinkedHashMap<>();
        Map<String, List<RegressionInfluence.Study>> influence = new LinkedHashMap<>();
        Map<String, List<SubsetRegression>> left = new LinkedHashMap<>();
        Set<String> seen = new TreeSet<>();
        List<String> failures = new ArrayList<>();
        int rows = 0;
        for (String line : InfluenceReferenceTest.lines("influence-regression.csv")) {
            String[] c = line.split(",", -1);
            EffectSizes effects = Objects.requireNonNull(sets.get(c[0]));
            double[] expected = InfluenceReferenceTest.numbers(c[5]);
            String which = c[0] + " " + c[1];
            if (c[4].equals("x")) {
                designs.put(which, design(Objects.requireNonNull(MODERATORS.get(c[1])), expected));
                continue;
            }
            DesignMatrix design = Objects.requireNonNull(designs.get(which));
            MetaRegression model = model(c[2], c[3]);
            String key = which + " " + c[2] + " " + c[3];
            if (LOWER_MAXIMA.contains(which + " " + c[2])) {
                continue;
            }
            double[] actual = c[4].startsWith("without.")
                    ? left.computeIfAbsent(key, any -> RegressionLeaveOut.studies(effects, design, model)).stream()
                            .mapToDouble(without(c[4].substring(8)))
                            .toArray()
                    : influence.computeIfAbsent(key, any -> RegressionInfluence.of(effects, design, model)).stream()
                            .mapToDouble(ofStudy(c[4]))
                            .toArray();
            assertThat(actual).hasSameSizeAs(expected);
            seen.add(c[4]);
            rows++;
            for (int i = 0; i < actual.length; i++) {
                // A study that a coefficient is made for has no residual: 0 there, none here.
                boolean alone = c[1].equals("lone") && i == 2 && c[4].equals("rstandard");
                if (!alone && !agrees(c[4], expected[i], actual[i])) {
                    failures.add(key + " " + c[4] + " study " + (i + 1) + ": " + expected[i] + " but was " + actual[i]);
                }
            }
        }
        assertThat(failures.size() + "\n" + failures.stream().limit(40).collect(Collectors.joining("\n")))
                .isEqualTo("0\n");
        assertThat(rows).isGreaterThan(1900);
        assertThat(seen).contains("rstudent", "dfbs2", "without.beta2", "without.QMp", "flagged");
    }

    private static boolean agrees(String quantity, double expected, double actual) {
        if (Double.isNaN(expected)) {
            return Double.isNaN(actual);
        }
        // H² is at least 1 here.
        double target = quantity.equals("without.H2") ? Math.max(1, expected) : expected;
        return Math.abs(actual - target) <= TOLERANCE * (SMALL + Math.abs(target));
    }

    // ---- what must hold whatever the data

    private static EffectSizes random(int k, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] y = random.doubles(k, -1, 1).toArray();
        double[] v = random.doubles(k, 0.01, 0.4).toArray();
        return EffectSizes.of(y, v);
    }

    @RepeatedTest(20)
    void unitAndZeroOfAModeratorDoNotMatter(RepetitionInfo run) {
        int k = 9;
        EffectSizes effects = random(k, run.getCurrentRepetition());
        double[] x = new SplittableRandom(run.getCurrentRepetition() + 1000)
                .doubles(k, 0, 5)
                .toArray();
        double[] other = Arrays.stream(x).map(value -> 1e6 * value - 3e7).toArray();
        List<RegressionInfluence.Study> one =
                RegressionInfluence.of(effects, DesignMatrix.ofOne("x", DoubleSeq.of(x)), new MetaRegression());
        List<RegressionInfluence.Study> two =
                RegressionInfluence.of(effects, DesignMatrix.ofOne("x", DoubleSeq.of(other)), new MetaRegression());
        for (int i = 0; i < k; i++) {
            assertEquals(one.get(i).rstudent(), two.get(i).rstudent(), 1e-7);
            assertEquals(
                    one.get(i).cooksDistance(),
                    two.get(i).cooksDistance(),
                    1e-7 * (1 + one.get(i).cooksDistance()));
            assertEquals(
                    one.get(i).covRatio(),
                    two.get(i).covRatio(),
                    1e-7 * one.get(i).covRatio());
            assertEquals(one.get(i).dfbetas().get(1), two.get(i).dfbetas().get(1), 1e-7);
        }
    }

    @RepeatedTest(20)
    void withoutModeratorsItIsTheInfluenceOnThePooledEffect(RepetitionInfo run) {
        EffectSizes effects = random(8, run.getCurrentRepetition());
        DesignMatrix design = DesignMatrix.withIntercept(List.of(), List.of(), 8);
        MetaRegression regression = new MetaRegression().withTest(TestMethod.HARTUNG_KNAPP);
        RandomEffectsModel pooling = new RandomEffectsModel().withTest(TestMethod.HARTUNG_KNAPP);
        List<RegressionInfluence.Study> one = RegressionInfluence.of(effects, design, regression);
        List<InfluenceDiagnostics.Study> two = InfluenceDiagnostics.of(effects, pooling::fit);
        List<SubsetRegression> left = RegressionLeaveOut.studies(effects, design, regression);
        List<SubsetFit> leftPooled = LeaveOut.studies(effects, pooling::fit, HeterogeneityBasis.TAU2);
        for (int i = 0; i < 8; i++) {
            assertEquals(two.get(i).rstudent(), one.get(i).rstudent(), 1e-8);
            assertEquals(two.get(i).dffits(), one.get(i).dffits(), 1e-8);
            assertEquals(two.get(i).cooksDistance(), one.get(i).cooksDistance(), 1e-8);
            assertEquals(two.get(i).covRatio(), one.get(i).covRatio(), 1e-8);
            assertEquals(two.get(i).dfbetas(), one.get(i).dfbetas().get(0), 1e-8);
            assertEquals(two.get(i).flags(), one.get(i).flags());
            assertEquals(
                    leftPooled.get(i).estimate(),
                    left.get(i).coefficients().get(0).estimate(),
                    1e-8);
            assertEquals(leftPooled.get(i).i2(), left.get(i).i2(), 1e-8);
        }
    }

    @Test
    void aGroupIsLeftOutAsAWhole() {
        EffectSizes effects = random(9, 1);
        double[] x = {1, 2, 3, 4, 5, 6, 7, 8, 9};
        int[] group = {0, 1, 2, 0, 1, 2, 0, 1, 2};
        SubsetRegression second = RegressionLeaveOut.groups(
                        effects,
                        DesignMatrix.ofOne("x", DoubleSeq.of(x)),
                        group,
                        3,
                        new MetaRegression(),
                        ParallelBlocks.Monitor.NONE)
                .get(1);
        int[] rest = {0, 2, 3, 5, 6, 8};
        RegressionFit fit = new MetaRegression()
                .fit(
                        EffectSizes.of(pick(effects.y(), rest), pick(effects.v(), rest)),
                        DesignMatrix.ofOne("x", DoubleSeq.of(1, 3, 4, 6, 7, 9)));
        assertEquals(6, second.k());
        double slope = fit.coefficient(1);
        assertEquals(slope, second.coefficients().get(1).estimate(), 1e-13 * Math.abs(slope));
        assertEquals(fit.tau2(), second.tau2(), 1e-13 * fit.tau2());
    }

    private static double[] pick(DoubleSeq values, int[] which) {
        return Arrays.stream(which).mapToDouble(values::get).toArray();
    }

    // ---- what cannot be fitted

    @Test
    void aModeratorThatOnlyOneStudyTellsIsNamedAndTheRestGoesOn() {
        EffectSizes effects = random(6, 2);
        DesignMatrix design = DesignMatrix.ofOne("late", DoubleSeq.of(0, 0, 0, 1, 0, 0));
        List<SubsetRegression> left = RegressionLeaveOut.studies(effects, design, new MetaRegression());
        assertThat(left.get(3).problem()).contains("moderator 'late' has the same value in all studies that are left");
        assertThat(left.get(3).tau2()).isNaN();
        assertThat(left.stream().filter(fit -> fit.problem().isEmpty())).hasSize(5);
        RegressionInfluence.Study alone =
                RegressionInfluence.of(effects, design, new MetaRegression()).get(3);
        assertThat(alone.hat()).isEqualTo(1, org.assertj.core.data.Offset.offset(1e-12));
        assertThat(alone.rstandard()).isNaN();
        assertThat(alone.dfbetas().toArray()).containsOnly(Double.NaN);
        assertThat(alone.problem()).isPresent();
    }

    @Test
    void aModeratorThatFollowsFromTheOthersIsNamed() {
        EffectSizes effects = random(7, 3);
        DesignMatrix design = DesignMatrix.withIntercept(
                List.of("dose", "twice"),
                List.of(DoubleSeq.of(1, 2, 3, 4, 5, 6, 7), DoubleSeq.of(2, 4, 6, 8, 10, 12, 15)),
                7);
        List<SubsetRegression> left = RegressionLeaveOut.studies(effects, design, new MetaRegression());
        assertThat(left.get(6).problem().orElseThrow())
                .contains("follows from the others in the studies that are left");
        assertThat(left.get(0).problem()).isEmpty();
    }

    @Test
    void aMonitorStopsWithWhatIsDone() {
        EffectSizes effects = random(9, 3);
        DesignMatrix design = DesignMatrix.ofOne("x", DoubleSeq.of(1, 2, 4, 3, 6, 5, 8, 7, 9));
        MetaRegression model = new MetaRegression();
        List<RegressionInfluence.Study> one = RegressionInfluence.of(effects, design, model, (done, total) -> false);
        assertThat(one)
                .hasSize(1)
                .isEqualTo(RegressionInfluence.of(effects, design, model).subList(0, 1));
        List<SubsetRegression> some = RegressionLeaveOut.groups(
                effects, design, new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8}, 9, model, (done, total) -> done < 2);
        assertThat(some)
                .hasSizeBetween(2, 3)
                .isEqualTo(RegressionLeaveOut.studies(effects, design, model).subList(0, some.size()));
    }

    @Test
    void tooFewStudiesAreCounted() {
        EffectSizes effects = random(3, 4);
        DesignMatrix design = DesignMatrix.ofOne("x", DoubleSeq.of(1, 2, 4));
        assertThat(RegressionLeaveOut.studies(effects, design, new MetaRegression())
                        .get(0)
                        .problem())
                .contains("2 studies are too few for 2 coefficients");
        assertThatThrownBy(() -> RegressionLeaveOut.groups(
                        effects, design, new int[] {0}, 1, new MetaRegression(), ParallelBlocks.Monitor.NONE))
                .hasMessage("There are 3 studies but 1 numbers of groups and moderators of 3 studies");
    }
}
