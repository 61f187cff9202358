package org.lozenge.stats.survival;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CoxModelTest {

    private static final String REFERENCE = "survival-ipd-cox.csv";

    static Stream<String> models() {
        return PatientSet.lines("survival-ipd-cox-cases.csv").stream()
                .skip(1)
                .flatMap(line -> Stream.of(line + ",efron", line + ",breslow"));
    }

    @ParameterizedTest
    @MethodSource("models")
    void matchesCoxph(String model) {
        String[] part = model.split(",", -1);
        CoxFit fit = fit(part[1], part[2], part[3], part[4], part[5]);
        List<Executable> checks = new ArrayList<>();
        for (String line : PatientSet.lines(REFERENCE)) {
            String[] cell = line.split(",", -1);
            if (cell[0].equals(part[0]) && cell[1].equals(part[5])) {
                double expected = Double.parseDouble(cell[4]);
                double actual = quantity(fit, cell[2], cell[3]);
                checks.add(() -> assertEquals(expected, actual, 1e-8 * Math.abs(expected), line));
            }
        }
        assertTrue(checks.size() >= 16, "rows of " + model + ": " + checks.size());
        assertAll(checks);
    }

    @Test
    void referenceCoversEveryModel() {
        long models = PatientSet.lines(REFERENCE).stream()
                .skip(1)
                .map(line -> line.substring(0, line.indexOf(',', line.indexOf(',') + 1)))
                .distinct()
                .count();
        assertEquals(36, models);
        assertEquals(36, models().count());
    }

    private static double quantity(CoxFit fit, String quantity, String item) {
        int j = fit.names().indexOf(item);
        int[] columns =
                j >= 0 ? new int[] {j} : IntStream.range(0, fit.names().size()).toArray();
        return switch (quantity) {
            case "coef" -> fit.estimate(j);
            case "se" -> fit.standardError(j);
            case "robust_se" -> fit.robustStandardError(j);
            case "loglik0" -> fit.nullLogLikelihood();
            case "loglik" -> fit.logLikelihood();
            case "score" -> fit.scoreTest().statistic();
            case "wald" -> fit.waldTest(false).statistic();
            case "robust_wald" -> fit.waldTest(true).statistic();
            default ->
                fit.proportionalHazardsTest(
                                TimeTransform.valueOf(quantity.substring(4).toUpperCase(Locale.ROOT)), columns)
                        .statistic();
        };
    }

    private static CoxFit fit(String set, String covariates, String strata, String cluster, String ties) {
        PatientSet data = PatientSet.read(set);
        List<String> names = new ArrayList<>();
        List<double[]> columns = new ArrayList<>();
        String[] terms = covariates.split("[+*]");
        for (String term : terms) {
            names.add(term);
            columns.add(data.column(term));
        }
        if (covariates.contains("*")) {
            names.add(terms[0] + ":" + terms[1]);
            double[] a = data.column(terms[0]);
            double[] b = data.column(terms[1]);
            columns.add(
                    IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).toArray());
        }
        CoxData cox = CoxData.of(data.times(), names, columns.toArray(new double[0][]))
                .strata(data.codes(strata));
        if (!cluster.isEmpty()) {
            cox = cox.clusters(data.codes(cluster));
        }
        return new CoxModel(CoxModel.Ties.valueOf(ties.toUpperCase(Locale.ROOT))).fit(cox);
    }

    /** Two participants, the treated one first: the likelihood is e^β / (1 + e^β). With a third it has a maximum. */
    @Test
    void handExample() {
        // Times 1 (x = 1), 2 (x = 0), 3 (x = 1): L = e^β/(2e^β + 1) · 1/(e^β + 1), maximal at e^β = √½.
        CoxFit fit = fit("1 2 3", 1, 0, 1);
        assertEquals(-0.5 * Math.log(2), fit.estimate(0), 1e-14);
        assertEquals(-Math.log(3) - Math.log(2), fit.nullLogLikelihood(), 1e-15);
        assertEquals(3, fit.size());
        assertEquals(3, fit.events());
    }

    @Test
    void theScoreTestOfOneGroupIsTheLogRankTest() {
        PatientSet kidney = PatientSet.read("kidney");
        // Without ties, so take each time once.
        int[] rows = IntStream.range(0, kidney.times().size())
                .filter(i -> IntStream.range(0, i)
                        .noneMatch(j -> kidney.times().time(j) == kidney.times().time(i)))
                .toArray();
        SurvivalTimes times = kidney.times().subset(rows);
        double[] x =
                Arrays.stream(rows).mapToDouble(i -> kidney.column("sex")[i]).toArray();
        int[] group = Arrays.stream(x).mapToInt(v -> (int) v - 1).toArray();
        CoxFit fit = new CoxModel(CoxModel.Ties.EFRON).fit(CoxData.of(times, List.of("sex"), new double[][] {x}));
        double logRank = new LogRank().test(times, group).chiSquared().statistic();
        assertEquals(logRank, fit.scoreTest().statistic(), 1e-12 * logRank);
    }

    @RepeatedTest(20)
    void followsUnitsAndOrder(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        PatientSet data = PatientSet.read("ovarian");
        double scale = Math.pow(10, random.nextInt(25) - 12);
        double shift = 1e3 * random.nextGaussian();
        double[] age = data.column("age");
        int[] rows = new Random(run.getCurrentRepetition())
                .ints(0, age.length)
                .distinct()
                .limit(age.length)
                .toArray();
        double[] scaled =
                Arrays.stream(rows).mapToDouble(i -> scale * (age[i] + shift)).toArray();
        double[] rx = Arrays.stream(rows).mapToDouble(i -> data.column("rx")[i]).toArray();
        CoxModel model = new CoxModel(CoxModel.Ties.EFRON);
        CoxFit plain =
                model.fit(CoxData.of(data.times(), List.of("age", "rx"), new double[][] {age, data.column("rx")}));
        CoxFit other =
                model.fit(CoxData.of(data.times().subset(rows), List.of("age", "rx"), new double[][] {scaled, rx}));
        assertEquals(plain.estimate(0), scale * other.estimate(0), 1e-10 * Math.abs(plain.estimate(0)));
        assertEquals(plain.standardError(0), scale * other.standardError(0), 1e-10 * plain.standardError(0));
        assertEquals(plain.estimate(1), other.estimate(1), 1e-10 * Math.abs(plain.estimate(1)));
        assertEquals(plain.logLikelihood(), other.logLikelihood(), 1e-11 * Math.abs(plain.logLikelihood()));
    }

    @Test
    void monotoneLikelihoodGivesASignedInfinity() {
        CoxFit up = fit("1 2 3+ 4+", 1, 1, 0, 0);
        assertEquals(Double.POSITIVE_INFINITY, up.estimate(0));
        assertEquals(List.of("x"), up.infinite());
        assertTrue(Double.isNaN(up.standardError(0)));
        assertTrue(Double.isNaN(up.waldTest(false).statistic()));
        // The limit: the treated die among 2 and 1 treated, so L = 1/2, against 1/4 · 1/3.
        assertEquals(Math.log(0.5), up.logLikelihood(), 1e-8);
        assertEquals(2 * Math.log(6), up.likelihoodRatioTest().statistic(), 1e-8);
        assertEquals(Double.NEGATIVE_INFINITY, fit("1 2 3+ 4+", 0, 0, 1, 1).estimate(0));
        assertThrows(IllegalStateException.class, () -> up.proportionalHazardsTest(TimeTransform.KM, 0));
    }

    @Test
    void anInfiniteCoefficientLeavesTheOthers() {
        PatientSet data = PatientSet.read("ovarian");
        double[] age = data.column("age");
        // Everyone with an event has the marker, a few others too; those without it leave the age effect as it is among
        // marked.
        double[] marker = new double[age.length];
        for (int i = 0; i < age.length; i++) {
            marker[i] = data.column("status")[i] == 1 || i % 3 == 0 ? 1 : 0;
        }
        CoxModel model = new CoxModel(CoxModel.Ties.EFRON);
        CoxFit both = model.fit(CoxData.of(data.times(), List.of("age", "marker"), new double[][] {age, marker}));
        int[] marked =
                IntStream.range(0, age.length).filter(i -> marker[i] == 1).toArray();
        CoxFit alone = model.fit(CoxData.of(data.times().subset(marked), List.of("age"), new double[][] {
            Arrays.stream(marked).mapToDouble(i -> age[i]).toArray()
        }));
        assertEquals(List.of("marker"), both.infinite());
        assertEquals(alone.estimate(0), both.estimate(0), 1e-6 * Math.abs(alone.estimate(0)));
        assertEquals(alone.standardError(0), both.standardError(0), 1e-6 * alone.standardError(0));
    }

    /** Few participants, ties, strata and covariates of any scale: the fit ends, never below its start, or is refused. */
    @RepeatedTest(500)
    void smallDataEndInAFitOrARefusal(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        int n = 2 + random.nextInt(14);
        double[] time = random.doubles(n).map(x -> 1 + Math.floor(n * x)).toArray();
        boolean[] event = new boolean[n];
        int[] stratum = new int[n];
        double[][] x = new double[1 + random.nextInt(3)][n];
        for (int i = 0; i < n; i++) {
            event[i] = random.nextInt(3) > 0;
            stratum[i] = random.nextInt(4) == 0 ? 1 : 0;
            for (double[] column : x) {
                boolean code = random.nextBoolean();
                column[i] = code ? random.nextInt(3) : random.nextGaussian() * Math.pow(10, random.nextInt(4));
            }
        }
        CoxData data = CoxData.of(
                        SurvivalTimes.of(time, event), List.of("a", "b", "c").subList(0, x.length), x)
                .strata(stratum);
        try {
            new CoxModel(CoxModel.Ties.EFRON).check(data);
        } catch (IllegalArgumentException nothingToEstimate) {
            return;
        }
        CoxFit fit = new CoxModel(CoxModel.Ties.EFRON).fit(data);
        assertTrue(fit.logLikelihood() >= fit.nullLogLikelihood() - 1e-12);
        for (int j = 0; j < x.length; j++) {
            boolean estimated = Double.isFinite(fit.estimate(j));
            assertEquals(estimated, fit.standardError(j) > 0, fit.names().get(j));
        }
    }

    /** In units of 1000 the hazards differ by more than a double holds; late risk sets must not vanish beside early ones. */
    @Test
    void hazardsFarApartDoNotVanish() {
        CoxFit fit = fit("1 2 3 4 5", 5000, 3000, 0, 1, 0.5);
        assertTrue(Double.isFinite(fit.logLikelihood()));
    }

    @Test
    void namesRedundantCovariates() {
        PatientSet data = PatientSet.read("ovarian");
        double[] age = data.column("age");
        double[] twice = Arrays.stream(age).map(a -> 2 * a - 7).toArray();
        double[] constant = new double[age.length];
        Arrays.fill(constant, 0.1);
        CoxFit fit = new CoxModel(CoxModel.Ties.EFRON)
                .fit(CoxData.of(data.times(), List.of("constant", "age", "twice", "rx"), new double[][] {
                    constant, age, twice, data.column("rx")
                }));
        assertEquals(List.of("constant", "twice"), fit.redundant());
        assertTrue(Double.isNaN(fit.estimate(0)) && Double.isNaN(fit.standardError(2)));
        assertEquals(2, fit.likelihoodRatioTest().df());
        CoxFit without = new CoxModel(CoxModel.Ties.EFRON)
                .fit(CoxData.of(data.times(), List.of("age", "rx"), new double[][] {age, data.column("rx")}));
        assertEquals(without.estimate(1), fit.estimate(3), 1e-10 * Math.abs(without.estimate(1)));
        assertEquals(
                without.proportionalHazardsTest(TimeTransform.KM, 1).statistic(),
                fit.proportionalHazardsTest(TimeTransform.KM, 3).statistic(),
                1e-10);
    }

    /** Nearly collinear is not collinear; the sum itself loses eight digits of rx to rounding. */
    @Test
    void nearlyCollinearCovariatesKeepTheirDigits() {
        PatientSet data = PatientSet.read("ovarian");
        double[] age = data.column("age");
        double[] rx = data.column("rx");
        double[] near = IntStream.range(0, age.length)
                .mapToDouble(i -> age[i] + 1e-6 * rx[i])
                .toArray();
        CoxModel model = new CoxModel(CoxModel.Ties.EFRON);
        CoxFit plain = model.fit(CoxData.of(data.times(), List.of("age", "rx"), new double[][] {age, rx}));
        CoxFit twisted = model.fit(CoxData.of(data.times(), List.of("age", "near"), new double[][] {age, near}));
        assertEquals(1e6 * plain.estimate(1), twisted.estimate(1), 1e-6 * Math.abs(1e6 * plain.estimate(1)));
        assertEquals(plain.logLikelihood(), twisted.logLikelihood(), 1e-8);
    }

    @Test
    void ignoresWhoeverIsNeverAtRiskAtAnEvent() {
        CoxFit fit = fit("0.5+ 1 2 3", 100, 1, 0, 1);
        assertEquals(-0.5 * Math.log(2), fit.estimate(0), 1e-13);
        assertThrows(IllegalArgumentException.class, () -> fit("0.5+ 1 2 3", 1, 0, 0, 0));
    }

    @Test
    void refusesWhatCannotBeFitted() {
        assertThrows(IllegalArgumentException.class, () -> fit("1+ 2+", 0, 1));
        assertThrows(IllegalArgumentException.class, () -> fit("1 2", 1, 1));
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> fit("1 2", 1, Double.POSITIVE_INFINITY));
        assertEquals("Value 2 of covariate 'x' must be finite, but is Infinity", e.getMessage());
        SurvivalTimes times = KaplanMeierTest.times("1 2");
        assertThrows(IllegalArgumentException.class, () -> CoxData.of(times, List.of(), new double[0][]));
        assertThrows(
                IllegalArgumentException.class,
                () -> CoxData.of(times, List.of("x", "x"), new double[][] {{1, 2}, {1, 2}}));
        assertThrows(
                IllegalArgumentException.class,
                () -> CoxData.of(times, List.of("x"), new double[][] {{1, 2}}).strata(1));
        assertThrows(
                IllegalArgumentException.class,
                () -> fit("0 2 3", 1, 0, 1).proportionalHazardsTest(TimeTransform.LOG, 0));
    }

    private static CoxFit fit(String times, double... x) {
        return new CoxModel(CoxModel.Ties.EFRON)
                .fit(CoxData.of(KaplanMeierTest.times(times), List.of("x"), new double[][] {x}));
    }
}
