package org.lozenge.stats.survival;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class KaplanMeierTest {

    private static final String CURVES = "survival-ipd-kaplan-meier.csv";
    private static final String QUANTILES = "survival-ipd-quantiles.csv";

    @ParameterizedTest(name = "{0} {1}={2} {3} t={4}")
    @CsvFileSource(resources = CURVES, numLinesToSkip = 1)
    void matchesSurvfit(
            String set,
            String column,
            int code,
            String interval,
            double time,
            double atRisk,
            double events,
            double censored,
            double survival,
            Double se,
            Double lower,
            Double upper) {
        KaplanMeierCurve curve =
                estimator(interval).estimate(PatientSet.read(set).times(column, code));
        int step = curve.stepAt(time);
        assertEquals(time, curve.time().get(step));
        assertEquals(atRisk, curve.atRisk().get(step));
        assertEquals(events, curve.events().get(step));
        assertEquals(censored, curve.censored().get(step));
        assertClose(survival, curve.survival().get(step));
        assertClose(survival == 0 ? 0 : se, curve.standardError().get(step));
        // R leaves logit and arcsin limits open where nobody has had the event; here both limits are 1 on every scale.
        assertClose(survival == 1 ? Double.valueOf(1) : lower, curve.lower().get(step));
        assertClose(survival == 1 ? Double.valueOf(1) : upper, curve.upper().get(step));
    }

    @ParameterizedTest(name = "{0} {1}={2} {3} p={4}")
    @CsvFileSource(resources = QUANTILES, numLinesToSkip = 1)
    void quantilesMatchSurvfit(
            String set, String column, int code, String interval, double p, Double value, Double lower, Double upper) {
        KaplanMeierCurve curve =
                estimator(interval).estimate(PatientSet.read(set).times(column, code));
        KaplanMeierCurve.Quantile quantile = curve.quantile(p);
        assertClose(value, quantile.value());
        assertClose(lower, quantile.lower());
        assertClose(upper, quantile.upper());
    }

    @Test
    void referenceCoversEverySetAndInterval() {
        Set<String> seen = new TreeSet<>();
        PatientSet.lines(CURVES).stream()
                .skip(1)
                .forEach(line -> seen.add(line.split(",")[0] + " " + line.split(",")[3]));
        assertEquals(8 * 5, seen.size(), seen.toString());
        assertEquals(8 * 5 * 3 * 2 + 5 * 3, PatientSet.lines(QUANTILES).size() - 1);
    }

    /** By hand: times 1, 2+, 3, 4 give 3/4, 3/8 and 0. */
    @Test
    void handExample() {
        KaplanMeierCurve curve = estimator("log-log").estimate(times("1 2+ 3 4"));
        assertEquals("[0.75, 0.75, 0.375, 0.0]", curve.survival().toString());
        assertEquals(3, curve.median().value());
        assertEquals(4, curve.size());
        assertEquals(3, curve.totalEvents());
        assertEquals(1, curve.survivalAt(0.5));
        assertEquals(0, curve.survivalAt(100));
        assertEquals(2, curve.atRiskAt(2.5));
        assertEquals(3, curve.atRiskAt(2));
        assertEquals(0, curve.atRiskAt(4.1));
        assertTrue(Double.isNaN(curve.lower().get(3)));
    }

    @Test
    void aMedianOnAPlateauIsItsMiddle() {
        assertEquals(2.5, estimator("log").estimate(times("1 2 3 4")).median().value());
        assertEquals(2, estimator("log").estimate(times("1 2 3+ 4+")).median().value());
    }

    @Test
    void withoutEventsTheCurveStaysAtOne() {
        KaplanMeierCurve curve = estimator("log-log").estimate(times("1+ 2+ 5+"));
        assertEquals(1, curve.survivalAt(5));
        assertEquals(1, curve.lower().get(2));
        assertTrue(Double.isNaN(curve.survivalAt(5.1)));
        assertTrue(Double.isNaN(curve.median().value()));
    }

    @Test
    void allEventsAtOneTimeFallToZero() {
        KaplanMeierCurve curve = estimator("plain").estimate(times("0 0 0"));
        assertEquals(0, curve.survivalAt(0));
        assertEquals(0, curve.standardError().get(0));
        assertEquals(0, curve.median().value());
    }

    /** Without censoring S is the share still alive and Greenwood's variance the binomial one. */
    @RepeatedTest(20)
    void withoutCensoringItIsTheBinomialProportion(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        int n = 2 + random.nextInt(40);
        double[] time = random.doubles(n).map(x -> Math.ceil(x * 10)).toArray();
        boolean[] event = new boolean[n];
        Arrays.fill(event, true);
        KaplanMeierCurve curve = estimator("plain").estimate(SurvivalTimes.of(time, event));
        for (int i = 0; i < curve.time().size(); i++) {
            double t = curve.time().get(i);
            double s = Arrays.stream(time).filter(x -> x > t).count() / (double) n;
            assertEquals(s, curve.survival().get(i), 1e-14);
            assertEquals(Math.sqrt(s * (1 - s) / n), curve.standardError().get(i), 1e-13);
        }
    }

    @RepeatedTest(20)
    void doesNotDependOnTheOrderOfRows(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        SurvivalTimes lung = PatientSet.read("lung").times();
        int[] rows = IntStream.range(0, lung.size()).toArray();
        for (int i = rows.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swap = rows[i];
            rows[i] = rows[j];
            rows[j] = swap;
        }
        assertEquals(estimator("log").estimate(lung), estimator("log").estimate(lung.subset(rows)));
    }

    @Test
    void reversedTimesGiveFollowUp() {
        SurvivalTimes times = times("1 2+ 3 4+");
        assertEquals(times("1+ 2 3+ 4"), times.reversed());
        assertEquals(
                2,
                new KaplanMeier(CurveInterval.LOG, 0.95)
                        .estimate(times.reversed())
                        .quantile(0.2)
                        .value());
    }

    @Test
    void namesTheTimeThatIsImpossible() {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> SurvivalTimes.of(new double[] {1, -2}, new boolean[] {true, false}));
        assertEquals("Time 2 must be finite and at least 0, but is -2.0", e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> SurvivalTimes.of(new double[0], new boolean[0]));
        assertThrows(
                IllegalArgumentException.class,
                () -> SurvivalTimes.of(new double[] {Double.NaN}, new boolean[] {true}));
        assertThrows(
                IllegalArgumentException.class,
                () -> estimator("log").estimate(times("1")).quantile(1));
    }

    /** Times separated by blanks; a plus marks a censored one. */
    static SurvivalTimes times(String text) {
        String[] cells = text.split(" ");
        double[] time = new double[cells.length];
        boolean[] event = new boolean[cells.length];
        for (int i = 0; i < cells.length; i++) {
            event[i] = !cells[i].endsWith("+");
            time[i] = Double.parseDouble(cells[i].replace("+", ""));
        }
        return SurvivalTimes.of(time, event);
    }

    private static KaplanMeier estimator(String interval) {
        return new KaplanMeier(
                CurveInterval.valueOf(interval.toUpperCase(Locale.ROOT).replace('-', '_')), 0.95);
    }

    /** Relative 1e-12; a missing reference is NaN here. */
    private static void assertClose(Double expected, double actual) {
        assertEquals(
                expected == null ? Double.NaN : expected, actual, expected == null ? 0 : 1e-12 * Math.abs(expected));
    }
}
