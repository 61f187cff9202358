package org.lozenge.stats.survival;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IpdReconstructionTest {

    private static final IpdReconstruction METHOD = new IpdReconstruction();

    /** Curves of real trials, clicked with a shaking hand, six numbers at risk: the hazard ratio comes back. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"lung,sex", "veteran,trt", "colon,node4", "rats,rx", "bladder,rx", "ovarian,rx"})
    void hazardRatioOfAPublishedFigureComesBack(String set, String column) {
        PatientSet data = PatientSet.read(set);
        int[] group = data.groups(column);
        double truth = logHazardRatio(data.times(), group);
        Random random = new Random(1);
        SurvivalTimes[] arm = new SurvivalTimes[2];
        for (int g = 0; g < 2; g++) {
            int code = Arrays.stream(data.codes(column)).sorted().distinct().toArray()[g];
            SurvivalTimes original = data.times(column, code);
            ReconstructedPatients patients = METHOD.reconstruct(
                    clicks(original, 0.002, random), risk(original, 6), OptionalInt.of(original.events()));
            assertEquals(original.size(), patients.times().size());
            assertTrue(patients.rootMeanSquareError() < 0.015, set + " rmse " + patients.rootMeanSquareError());
            arm[g] = patients.times();
        }
        double again = logHazardRatio(join(arm[0], arm[1]), groups(arm[0].size(), arm[1].size()));
        // The largest difference seen is 0.15 standard errors, in the 42 events of the rats.
        assertEquals(truth, again, 0.2 * standardError(data.times(), group), set);
    }

    @RepeatedTest(30)
    void hazardRatioOfSimulatedTrialsComesBack(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        double truth = -0.7 + 1.4 * random.nextDouble();
        SurvivalTimes control = simulate(random, 150, 0.05);
        SurvivalTimes treated = simulate(random, 150, 0.05 * Math.exp(truth));
        double original = logHazardRatio(join(control, treated), groups(150, 150));
        SurvivalTimes c = METHOD.reconstruct(clicks(control, 0.001, random), risk(control, 6), OptionalInt.empty())
                .times();
        SurvivalTimes t = METHOD.reconstruct(clicks(treated, 0.001, random), risk(treated, 6), OptionalInt.empty())
                .times();
        assertEquals(original, logHazardRatio(join(c, t), groups(150, 150)), 0.06);
    }

    /** Without noise, with the number at risk at every event, the very events come back. */
    @Test
    void anExactCurveGivesItsEvents() {
        SurvivalTimes original = KaplanMeierTest.times("1 2 2 4 5+ 6 7+ 8");
        DigitisedCurve curve =
                DigitisedCurve.of(new double[] {0, 1, 2, 4, 6, 8}, new double[] {1, 0.875, 0.625, 0.5, 0.5 * 2 / 3, 0});
        NumbersAtRisk risk = NumbersAtRisk.of(new double[] {0, 2, 4, 6, 8}, new double[] {8, 7, 5, 3, 1});
        ReconstructedPatients patients = METHOD.reconstruct(curve, risk, OptionalInt.empty());
        assertEquals(6, patients.times().events());
        assertEquals(0, patients.maximumRiskError());
        assertEquals(0, patients.maximumError(), 1e-15);
        KaplanMeier km = new KaplanMeier(CurveInterval.PLAIN, 0.95);
        assertEquals(
                km.estimate(original).survivalAt(6),
                km.estimate(patients.times()).survivalAt(6),
                1e-15);
    }

    @Test
    void totalEventsSetTheCensoringOfASingleStretch() {
        SurvivalTimes original = PatientSet.read("lung").times("sex", 1);
        NumbersAtRisk start = NumbersAtRisk.of(new double[] {0}, new double[] {original.size()});
        DigitisedCurve curve = clicks(original, 0, new Random(1));
        int without =
                METHOD.reconstruct(curve, start, OptionalInt.empty()).times().events();
        int with = METHOD.reconstruct(curve, start, OptionalInt.of(original.events()))
                .times()
                .events();
        assertEquals(original.events(), with);
        assertTrue(without > with, without + " events without, " + with + " with their total");
    }

    @RepeatedTest(20)
    void doesNotDependOnTheOrderOfClicks(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        SurvivalTimes original = PatientSet.read("veteran").times();
        DigitisedCurve curve = clicks(original, 0.004, random);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < curve.time().size(); i++) {
            order.add(i);
        }
        Collections.shuffle(order, random);
        double[] t = order.stream().mapToDouble(i -> curve.time().get(i)).toArray();
        double[] s = order.stream().mapToDouble(i -> curve.clicked().get(i)).toArray();
        DigitisedCurve shuffled = DigitisedCurve.of(t, s);
        assertEquals(curve.survival(), shuffled.survival());
        for (int i = 1; i < curve.time().size(); i++) {
            assertTrue(curve.survival().get(i) <= curve.survival().get(i - 1));
        }
    }

    @Test
    void dropsStrayClicks() {
        DigitisedCurve curve = DigitisedCurve.of(
                new double[] {6, 1, 2, 3, 4, 5, 7}, new double[] {0.7, 0.95, 0.9, 0.2, 0.85, 0.8, 0.65});
        assertEquals(List.of(3), curve.stray());
        assertEquals(0, curve.largestRise());
        assertEquals("[1.0, 0.95, 0.9, 0.85, 0.8, 0.7, 0.65]", curve.survival().toString());
    }

    @Test
    void smoothsWhatRises() {
        DigitisedCurve curve = DigitisedCurve.of(new double[] {0, 1, 2, 3}, new double[] {1, 0.9, 0.92, 0.8});
        assertEquals(0.91, curve.survival().get(1), 1e-15);
        assertEquals(0.91, curve.survival().get(2), 1e-15);
        assertEquals(0.02, curve.largestRise(), 1e-15);
    }

    @Test
    void saysWhenNumbersAtRiskContradictTheCurve() {
        DigitisedCurve curve = DigitisedCurve.of(new double[] {0, 5, 10}, new double[] {1, 0.5, 0.5});
        NumbersAtRisk risk = NumbersAtRisk.of(new double[] {0, 10}, new double[] {100, 80});
        assertEquals(30, METHOD.reconstruct(curve, risk, OptionalInt.empty()).maximumRiskError());
    }

    @Test
    void namesWhatIsImpossible() {
        assertMessage(
                "Survival 2 must lie between 0 and 1, but is 97.0",
                () -> DigitisedCurve.of(new double[] {0, 1}, new double[] {1, 97}));
        assertMessage(
                "Time 1 must be finite and at least 0, but is -1.0",
                () -> DigitisedCurve.of(new double[] {-1}, new double[] {1}));
        assertMessage(
                "Numbers at risk must begin at time 0, but their times are [1.0]",
                () -> NumbersAtRisk.of(new double[] {1}, new double[] {5}));
        assertMessage(
                "Numbers at risk cannot rise, but 6 at time 1.0 follow 5",
                () -> NumbersAtRisk.of(new double[] {0, 1}, new double[] {5, 6}));
        assertMessage(
                "The number at risk at time 1.0 must be a whole number, but is 2.5",
                () -> NumbersAtRisk.of(new double[] {0, 1}, new double[] {5, 2.5}));
        assertMessage(
                "Times of numbers at risk must rise, but 0.0 follows 0.0",
                () -> NumbersAtRisk.of(new double[] {0, 0}, new double[] {5, 5}));
        assertMessage(
                "9 events cannot come from 5 patients",
                () -> METHOD.reconstruct(
                        DigitisedCurve.of(new double[] {1}, new double[] {0.9}),
                        NumbersAtRisk.of(new double[] {0}, new double[] {5}),
                        OptionalInt.of(9)));
    }

    private static void assertMessage(String message, org.junit.jupiter.api.function.Executable body) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, body).getMessage());
    }

    /** Clicks at both ends of every step, in a shuffled order, each off by a normal error. */
    private static DigitisedCurve clicks(SurvivalTimes times, double noise, Random random) {
        KaplanMeierCurve curve = new KaplanMeier(CurveInterval.PLAIN, 0.95).estimate(times);
        List<double[]> points = new ArrayList<>();
        double before = 1;
        for (int i = 0; i < curve.time().size(); i++) {
            for (double s : new double[] {before, curve.survival().get(i)}) {
                points.add(new double[] {
                    curve.time().get(i), Math.max(0, Math.min(1, s + noise * random.nextGaussian()))
                });
            }
            before = curve.survival().get(i);
        }
        Collections.shuffle(points, random);
        return DigitisedCurve.of(
                points.stream().mapToDouble(p -> p[0]).toArray(),
                points.stream().mapToDouble(p -> p[1]).toArray());
    }

    private static NumbersAtRisk risk(SurvivalTimes times, int columns) {
        KaplanMeierCurve curve = new KaplanMeier(CurveInterval.PLAIN, 0.95).estimate(times);
        double[] t = new double[columns];
        double[] n = new double[columns];
        for (int i = 0; i < columns; i++) {
            t[i] = i * times.last() / columns;
            n[i] = curve.atRiskAt(t[i]);
        }
        return NumbersAtRisk.of(t, n);
    }

    private static SurvivalTimes simulate(Random random, int n, double hazard) {
        double[] time = new double[n];
        boolean[] event = new boolean[n];
        for (int i = 0; i < n; i++) {
            double t = -Math.log(1 - random.nextDouble()) / hazard;
            double c = 12 + 36 * random.nextDouble();
            time[i] = Math.min(t, c);
            event[i] = t <= c;
        }
        return SurvivalTimes.of(time, event);
    }

    private static SurvivalTimes join(SurvivalTimes a, SurvivalTimes b) {
        double[] time = new double[a.size() + b.size()];
        boolean[] event = new boolean[time.length];
        for (int i = 0; i < time.length; i++) {
            SurvivalTimes from = i < a.size() ? a : b;
            int j = i < a.size() ? i : i - a.size();
            time[i] = from.time(j);
            event[i] = from.event(j);
        }
        return SurvivalTimes.of(time, event);
    }

    private static int[] groups(int a, int b) {
        int[] group = new int[a + b];
        Arrays.fill(group, a, a + b, 1);
        return group;
    }

    private static double logHazardRatio(SurvivalTimes times, int[] group) {
        return fit(times, group).estimate(0);
    }

    private static double standardError(SurvivalTimes times, int[] group) {
        return fit(times, group).standardError(0);
    }

    private static CoxFit fit(SurvivalTimes times, int[] group) {
        double[] x = Arrays.stream(group).mapToDouble(g -> g).toArray();
        return new CoxModel(CoxModel.Ties.EFRON).fit(CoxData.of(times, List.of("group"), new double[][] {x}));
    }
}
