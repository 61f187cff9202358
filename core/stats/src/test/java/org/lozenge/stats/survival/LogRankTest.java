package org.lozenge.stats.survival;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.lozenge.stats.TestResult;

class LogRankTest {

    @ParameterizedTest(name = "{0} {1}|{2} rho={3}")
    @CsvFileSource(resources = "survival-ipd-log-rank.csv", numLinesToSkip = 1, emptyValue = "")
    void matchesSurvdiff(
            String set,
            String group,
            String strata,
            double rho,
            double gamma,
            double chisq,
            int df,
            double o1,
            double e1,
            double v11,
            double o2,
            double e2,
            double v12) {
        LogRankResult result = run(set, group, strata, rho, gamma);
        TestResult test = result.chiSquared();
        assertEquals(chisq, test.statistic(), 1e-10 * chisq);
        assertEquals(df, test.df());
        assertEquals(o1, result.observed(0), 1e-12 * o1);
        assertEquals(e1, result.expected(0), 1e-12 * e1);
        assertEquals(v11, result.variance(0), 1e-12 * v11);
        assertEquals(o2, result.observed(1), 1e-12 * o2);
        assertEquals(e2, result.expected(1), 1e-12 * e2);
        assertEquals(v12, result.covariance(0, 1), 1e-12 * Math.abs(v12));
    }

    @ParameterizedTest(name = "{0} {1}|{2} rho={3} gamma={4}")
    @CsvFileSource(resources = "survival-ipd-fleming-harrington.csv", numLinesToSkip = 1, emptyValue = "")
    void matchesWeightsFromCounts(
            String set,
            String group,
            String strata,
            double rho,
            double gamma,
            double chisq,
            double trend,
            double u1,
            double v11) {
        LogRankResult result = run(set, group, strata, rho, gamma);
        assertEquals(chisq, result.chiSquared().statistic(), 1e-10 * chisq);
        double[] scores = new double[result.groups()];
        for (int j = 0; j < scores.length; j++) {
            scores[j] = j;
        }
        assertEquals(trend, result.trend(scores).statistic(), 1e-10 * trend);
        assertEquals(u1, result.observedMinusExpected(0), 1e-10 * Math.abs(u1));
        assertEquals(v11, result.variance(0), 1e-12 * v11);
    }

    @Test
    void referenceCoversEveryCase() {
        assertEquals(14 * 3, PatientSet.lines("survival-ipd-log-rank.csv").size() - 1);
        assertEquals(
                7 * 4, PatientSet.lines("survival-ipd-fleming-harrington.csv").size() - 1);
    }

    /** By hand: group 0 has 1 and 3, group 1 has 2 and 4+. E0 = 1/2 + 1/3 + 1/2. */
    @Test
    void handExample() {
        LogRankResult result = new LogRank().test(KaplanMeierTest.times("1 3 2 4+"), new int[] {0, 0, 1, 1});
        assertEquals(4.0 / 3, result.expected(0), 1e-15);
        assertEquals(2, result.observed(0));
        assertEquals(0.25 + 2.0 / 9 + 0.25, result.variance(0), 1e-15);
        assertEquals(2, result.size(1));
    }

    @Test
    void twoGroupsGiveTheTrendTest() {
        LogRankResult result = run("lung", "sex", "", 0, 0);
        assertEquals(result.chiSquared().statistic(), result.trend(0, 1).statistic(), 1e-12);
        assertEquals(result.chiSquared().statistic(), result.trend(10, -3).statistic(), 1e-12);
    }

    @Test
    void withoutEventsThereIsNothingToCompare() {
        LogRankResult result = new LogRank().test(KaplanMeierTest.times("1+ 2+"), new int[] {0, 1});
        assertEquals(0, result.chiSquared().df());
        assertTrue(Double.isNaN(result.chiSquared().pValue()));
        assertTrue(Double.isNaN(result.trend(0, 1).pValue()));
    }

    /** Groups that share no stratum cannot be compared: the rank falls below the number of groups minus one. */
    @Test
    void countsOnlyGroupsThatAreCompared() {
        LogRankResult result = new LogRank()
                .test(KaplanMeierTest.times("1 2 3 4 1 2 3 4"), new int[] {0, 1, 0, 1, 2, 3, 2, 3}, new int[] {
                    0, 0, 0, 0, 1, 1, 1, 1
                });
        assertEquals(2, result.chiSquared().df());
    }

    @Test
    void refusesOneGroupAndNegativePowers() {
        SurvivalTimes times = KaplanMeierTest.times("1 2");
        assertThrows(IllegalArgumentException.class, () -> new LogRank().test(times, new int[] {0, 0}));
        assertThrows(IllegalArgumentException.class, () -> new LogRank().test(times, new int[] {0}));
        assertThrows(IllegalArgumentException.class, () -> new LogRank().test(times, new int[] {0, -1}));
        assertThrows(IllegalArgumentException.class, () -> new LogRank(-1, 0));
        assertThrows(
                IllegalArgumentException.class,
                () -> new LogRank().test(times, new int[] {0, 1}).trend(1, Double.NaN));
    }

    private static LogRankResult run(String set, String group, String strata, double rho, double gamma) {
        PatientSet data = PatientSet.read(set);
        return new LogRank(rho, gamma).test(data.times(), data.groups(group), data.codes(strata == null ? "" : strata));
    }
}
