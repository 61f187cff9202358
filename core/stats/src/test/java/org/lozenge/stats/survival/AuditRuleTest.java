package org.lozenge.stats.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lozenge.stats.survival.AuditState.ERROR;
import static org.lozenge.stats.survival.AuditState.OK;
import static org.lozenge.stats.survival.AuditState.OK_WITHIN_ROUNDING;
import static org.lozenge.stats.survival.AuditState.WARN;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditRuleTest {

    @Nested
    class Order {

        @ParameterizedTest(name = "{0}")
        @CsvSource(
                delimiter = '|',
                value = {
                    "OK | hr=0.18;ci_low=0.09;ci_high=0.32 | in order",
                    "OK | hr=0.9;ci_low=0.9;ci_high=1.1 | in order",
                    "OK_WITHIN_ROUNDING | hr=0.49;ci_low=0.494;ci_high=0.6 | in order",
                    "ERROR | hr=0.5;ci_low=0.6;ci_high=0.7 | outside its interval 0.6 to 0.7",
                    "ERROR | hr=0.4;ci_low=0.49;ci_high=0.33 | swapped",
                    "ERROR | hr=1.42;ci_low=0.55;ci_high=0.90 | Its inverse 1/1.42 = 0.7042 lies inside",
                    "ERROR | hr=0.5;ci_low=0.6 | outside its interval from 0.6",
                    "ERROR | ci_low=0.8;ci_high=0.6 | swapped",
                })
        void comparesRatioAndLimits(AuditState state, String cells, String text) {
            AuditFinding finding = Reports.finding("A1", cells);

            assertThat(finding.state()).isEqualTo(state);
            assertThat(finding.text()).contains(text);
        }

        @Test
        void reportsRatiosThatAreNotPositive() {
            AuditFinding finding = Reports.finding("A1", "hr=0.5;ci_low=0.00");

            assertThat(finding.state()).isEqualTo(ERROR);
            assertThat(finding.observed()).isEqualTo("ci_low 0.00");
        }

        @Test
        void silencesTheRulesThatBuildOnIt() {
            assertThat(AuditRule.audit(Reports.read("hr=0.5;ci_low=0.9;ci_high=0.7;p=0.01;events=90")))
                    .extracting(AuditFinding::rule)
                    .containsExactly("A1", "A11");
        }
    }

    @Nested
    class Symmetry {

        @ParameterizedTest(name = "{0}")
        @CsvSource(
                delimiter = '|',
                value = {
                    // 0.1697 (0.1636 to 0.1757) against 0.175 to 0.185
                    "OK_WITHIN_ROUNDING | hr=0.18;ci_low=0.09;ci_high=0.32 | once rounding is allowed for",
                    "OK_WITHIN_ROUNDING | hr=0.7;ci_low=0.1;ci_high=8.2 | once rounding is allowed for",
                    "OK | hr=1.78;ci_low=0.84;ci_high=3.76 | in the middle",
                    "OK | hr=0.742;ci_low=0.594;ci_high=0.928 | in the middle",
                    "WARN | hr=0.48;ci_low=0.69;ci_high=1.03 | -",
                    "WARN | hr=0.80;ci_low=0.50;ci_high=1.10 | computed without logs",
                    "WARN | hr=0.84;ci_low=0.57;ci_high=1.03 | typing error",
                    "WARN | hr=0.752;ci_low=0.601;ci_high=0.950 | profile likelihood",
                })
        void comparesRatioWithTheMiddleOfItsInterval(AuditState state, String cells, String text) {
            if (text.equals("-")) {
                assertThat(AuditRule.audit(Reports.read(cells)))
                        .extracting(AuditFinding::rule)
                        .doesNotContain("A2");
                return;
            }
            AuditFinding finding = Reports.finding("A2", cells);

            assertThat(finding.state()).isEqualTo(state);
            assertThat(finding.text()).contains(text);
        }

        @Test
        void showsTheMiddleWithItsRounding() {
            AuditFinding finding = Reports.finding("A2", "hr=0.18;ci_low=0.09;ci_high=0.32");

            assertThat(finding.expected()).isEqualTo("HR 0.1697 (0.1636 to 0.1757 within rounding)");
            assertThat(finding.observed()).isEqualTo("HR 0.18 (95% CI 0.09 to 0.32), asymmetry 4.6% of the width");
        }
    }

    @Nested
    class PValues {

        private static final String S0777 = "hr=0.742;ci_low=0.594;ci_high=0.928;p=0.003;";

        @ParameterizedTest(name = "{0} {1}")
        @CsvSource(
                delimiter = '|',
                value = {
                    "OK_WITHIN_ROUNDING | hr=0.31;ci_low=0.10;ci_high=0.91;p=0.03 | P = 0.03762",
                    "OK | hr=0.18;ci_low=0.09;ci_high=0.32;p=<0.001 | P = 1.164e-07",
                    "OK_WITHIN_ROUNDING | hr=0.82;ci_low=0.68;ci_high=1.00;ci_level=95.4;p=0.0408 | P = 0.04002",
                    "OK_WITHIN_ROUNDING | hr=0.62;ci_low=0.46;ci_high=0.82;p=<0.001 | P = 0.001",
                    "OK | hr=1.218;ci_low=0.861;ci_high=1.721;p=0.26 | P = 0.2643",
                    "OK | hr=0.8;ci_low=0.6;p=0.13 | P = 0.12",
                    "OK | ci_low=0.46;ci_high=0.83;p=0.001 | P = 0.001386",
                    "OK | hr=1.10;ci_low=0.86;ci_high=1.41;p=NS | P = 0.4",
                    "OK | hr=1.30;ci_low=0.95;ci_high=1.78;p=0.95;p_sided=1 | P = 0.949",
                    "WARN | hr=0.70;ci_low=0.60;ci_high=0.81;p=0.04 | Check the numbers",
                    "WARN | hr=0.70;ci_low=0.60;ci_high=0.81;p=NS | not the printed P not significant",
                    "WARN | hr=0.91;ci_low=0.71;ci_high=1.17;p=<0.01 | not the printed P < 0.01",
                    "WARN | hr=0.605;ci_low=0.450;ci_high=0.813;p=0.0012 | log-rank or stratified P beside a Cox",
                })
        void comparesWithTheInterval(AuditState state, String cells, String text) {
            AuditFinding finding = Reports.finding("A3", cells);

            assertThat(finding.state()).isEqualTo(state);
            assertThat(finding.text()).contains(text);
        }

        @Test
        void agreesExactlyWhenLevelAndSidesAreReadAsPrinted() {
            AuditFinding finding = Reports.finding("A3", S0777 + "ci_level=96;p_sided=1");

            assertThat(finding.state()).isEqualTo(OK);
            assertThat(finding.expected()).isEqualTo("P = 0.003005 (0.002872 to 0.003142 within rounding)");
        }

        @ParameterizedTest(name = "{0}")
        @CsvSource(
                delimiter = '|',
                value = {
                    "ci_level=96;p_sided=2 | It would fit if P were one-sided.",
                    "ci_level=95;p_sided=1 | It would fit if the interval were a 96% interval, or a 97.5% interval with two-sided P.",
                    " | It would fit if the interval were a 97.5% interval, or a 96% interval with one-sided P.",
                })
        void findsTheReadingUnderWhichThePartsAgree(String more, String reading) {
            AuditFinding finding = Reports.finding("A3", S0777 + (more == null ? "" : more));

            assertThat(finding.state()).isEqualTo(WARN);
            assertThat(finding.text()).endsWith(reading);
        }

        @Test
        void showsRoundingRangeOfTheExpectedP() {
            AuditFinding finding = Reports.finding("A3", "hr=0.31;ci_low=0.10;ci_high=0.91;p=0.03;p_sided=2");

            assertThat(finding.observed()).isEqualTo("P = 0.03 (two-sided)");
            assertThat(finding.expected()).isEqualTo("P = 0.03762 (0.0307 to 0.04559 within rounding)");
        }

        @ParameterizedTest(name = "{0}")
        @CsvSource({"OK, 4.71, 0.03", "OK, 11.2, <0.001", "WARN, 4.71, 0.015", "WARN, 2.1, <0.05"})
        void comparesWithAChiSquare(AuditState state, String chi2, String p) {
            assertThat(Reports.finding("A3", "logrank_chi2=" + chi2 + ";p=" + p).state())
                    .isEqualTo(state);
        }
    }

    @Nested
    class Significance {

        @ParameterizedTest(name = "{0} {1}")
        @CsvSource(
                delimiter = '|',
                value = {
                    "OK_WITHIN_ROUNDING | ci_low=0.68;ci_high=1.00;ci_level=95.4;p=0.0408",
                    "OK_WITHIN_ROUNDING | ci_low=0.68;ci_high=1.00;p=0.04",
                    "OK | ci_low=0.68;ci_high=1.00;p=0.06",
                    "OK | ci_low=0.10;ci_high=0.91;p=0.03",
                    "OK | ci_low=0.10;ci_high=0.91;p=<0.05",
                    "OK | ci_low=0.60;ci_high=1.10;p=>0.05",
                    "OK | ci_low=0.60;ci_high=1.10;p=NS",
                    "OK | ci_low=0.60;ci_high=0.98;p=0.02;p_sided=1",
                    "OK | ci_low=1.05;ci_high=1.90;p=0.99;p_sided=1",
                    "OK | ci_low=0.68;ci_high=0.99;ci_level=90;p=0.06",
                    "WARN | ci_low=0.68;ci_high=0.98;p=0.06",
                    "WARN | ci_low=0.68;ci_high=0.98;p=>0.05",
                    "WARN | ci_low=0.68;ci_high=0.98;p=NS",
                    "WARN | ci_low=0.68;ci_high=1.20;p=<0.05",
                    "WARN | ci_low=0.68;ci_high=1.20;p=0.03",
                    "WARN | ci_low=0.68;ci_high=0.98;p=0.04;p_sided=1",
                })
        void intervalAndPMustAgree(AuditState state, String cells) {
            assertThat(Reports.finding("A4", cells).state()).isEqualTo(state);
        }

        @Test
        void saysWhatWasExpected() {
            AuditFinding finding = Reports.finding("A4", "ci_low=0.68;ci_high=0.98;p=0.06");

            assertThat(finding.text())
                    .isEqualTo("The 95% interval 0.68 to 0.98 excludes 1, so P below 0.05 is expected, but the report "
                            + "prints P = 0.06 (two-sided).");
        }
    }

    @Nested
    class Events {

        @ParameterizedTest(name = "{0} {1}")
        @CsvSource(
                delimiter = '|',
                value = {
                    // 4/SE² = 428.3 against 427 planned deaths: the difference is rounding
                    "OK_WITHIN_ROUNDING | hr=0.82;ci_low=0.68;ci_high=1.00;ci_level=95.4;events=427",
                    "OK | hr=0.53;ci_low=0.44;ci_high=0.64;events_t=191;events_c=248",
                    "OK | hr=0.46;ci_low=0.08;ci_high=2.53;events_t=2;events_c=4;n_t=92;n_c=90",
                    "OK | hr=0.50;p=<0.001;events_t=104;events_c=160",
                    "OK | hr=1.06;p=0.70;events_t=79;events_c=73",
                    "OK | hr=0.30;ci_low=0.21;ci_high=0.44;events_t=40;events_c=160;n_t=200;n_c=100",
                    "WARN | hr=0.53;ci_low=0.44;ci_high=0.64;events=260",
                    "WARN | hr=0.80;ci_low=0.64;ci_high=1.00;events_t=26;events_c=24",
                    "WARN | hr=0.80;ci_low=0.40;ci_high=1.60;events=439",
                    "WARN | hr=0.50;p=<0.001;events=60",
                    "WARN | hr=1.00;p=0.03;events=1500",
                })
        void comparesPrecisionWithEvents(AuditState state, String cells) {
            assertThat(Reports.finding("A5", cells).state()).isEqualTo(state);
        }

        @Test
        void namesTheEventsThatThePrecisionNeeds() {
            AuditFinding finding = Reports.finding("A5", "hr=0.53;ci_low=0.44;ci_high=0.64;events=260");

            assertThat(finding.observed()).isEqualTo("4/SE² = 438, 260 events");
            assertThat(finding.text()).contains("needs at least 396 events, but 260 are reported");
        }
    }

    @Nested
    class Counts {

        @ParameterizedTest(name = "{0} {1}")
        @CsvSource(
                delimiter = '|',
                value = {
                    "ERROR | events_t=104;n_t=90 | 104 events with treatment cannot be among 90 people",
                    "ERROR | events_c=12;n_c=10 | cannot be among 10 people",
                    "ERROR | events=300;n_t=100;n_c=102 | cannot be among 202 people",
                    "ERROR | events_t=30/20 | cannot be among 20 people",
                    "WARN | events_t=30;events_c=40;events=80 | have 70 events together, but the total says 80",
                    "WARN | hr=0.46;events_t=0;events_c=40 | no finite hazard ratio",
                    "WARN | v=30;events=80 | cannot exceed a quarter of the 80 events",
                    "ERROR | o_minus_e=12.1;events_t=10;events=50 | means -2.1 expected ones",
                    "OK | events_t=104;n_t=307 | The counts fit each other",
                    "OK | v=20.0;events=80 | The counts fit each other",
                    "OK | o_minus_e=-7.4;events_t=20;events=80 | The counts fit each other",
                })
        void refusesCountsThatCannotBe(AuditState state, String cells, String text) {
            List<AuditFinding> findings = AuditRule.audit(Reports.read(cells)).stream()
                    .filter(finding ->
                            finding.rule().equals("A6") && finding.text().contains(text))
                    .toList();

            assertThat(findings).singleElement().extracting(AuditFinding::state).isEqualTo(state);
        }
    }

    @Nested
    class DirectionOfTheEffect {

        @ParameterizedTest(name = "{0} {1}")
        @CsvSource(
                delimiter = '|',
                value = {
                    "OK | hr=0.50;median_t=41;median_c=23",
                    "OK | hr=0.18;median_t=NR;median_c=21",
                    "OK | hr=1.06;survival_t=73%;survival_c=75%",
                    "OK | hr=1.25;survival_t=0.80;survival_c=0.84",
                    "OK | hr=0.95;survival_t=0.70;survival_c=0.80",
                    "OK | hr=0.60;ci_low=0.30;ci_high=1.20;median_t=20;median_c=30",
                    "OK | hr=0.50;events_t=104;events_c=160;n_t=307;n_c=307",
                    "OK | hr=0.62;favours=treatment",
                    "OK | hr=1.42;direction=control/treatment;survival_t=50%;survival_c=37.5%",
                    "OK | hr=0.62;o_minus_e=-9.3",
                    "WARN | hr=1.42;survival_t=50%;survival_c=37.5%",
                    "WARN | hr=2.00;median_t=41;median_c=23",
                    "WARN | hr=1.60;median_t=NR;median_c=23",
                    "WARN | hr=0.50;survival_t=35%;survival_c=59%",
                    "WARN | hr=2.00;events_t=104;events_c=160;n_t=307;n_c=307",
                    "WARN | hr=0.62;favours=control",
                    "WARN | hr=0.62;o_minus_e=9.3",
                })
        void warnsOnlyOfClearContradictions(AuditState state, String cells) {
            assertThat(AuditRule.audit(Reports.read(cells)))
                    .filteredOn(finding -> finding.rule().equals("A7"))
                    .singleElement()
                    .extracting(AuditFinding::state)
                    .isEqualTo(state);
        }

        @Test
        void showsTheInverse() {
            AuditFinding finding = Reports.finding("A7", "hr=1.42;survival_t=50%;survival_c=37.5%");

            assertThat(finding.expected()).isEqualTo("event-free fractions 50% and 37.5%: HR 0.71");
            assertThat(finding.text()).contains("Its inverse is 0.704: check the direction");
        }
    }

    @Nested
    class Percentages {

        @ParameterizedTest(name = "{0} {1}")
        @CsvSource(
                delimiter = '|',
                value = {
                    "OK | events_t=79 (26%);n_t=307 | is 25.73%, as printed",
                    "OK | events_t=79/307 (25.7%) | as printed",
                    "WARN | events_t=25 (28%);n_t=92 | A denominator of 88 to 90 would fit",
                    "WARN | events_c=68 (23);n_c=307 | A denominator of 290 to 302 would fit",
                })
        void mustFitTheirCounts(AuditState state, String cells, String text) {
            AuditFinding finding = Reports.finding("A10", cells);

            assertThat(finding.state()).isEqualTo(state);
            assertThat(finding.text()).contains(text);
        }
    }

    @Nested
    class Stated {

        @Test
        void warnsOnlyIfTheStandardErrorHangsOnAnUnstatedSidedness() {
            assertThat(Reports.finding("A11", "hr=0.28;p=0.0005").state()).isEqualTo(WARN);
            assertThat(Reports.finding("A11", "hr=1.25;p=0.29").state()).isEqualTo(OK);
            assertThat(Reports.finding("A11", "hr=0.28;p=0.0005;p_sided=2").state())
                    .isEqualTo(OK);
            assertThat(Reports.finding("A11", "hr=0.50;p=0.0005;events_t=104;events_c=160")
                            .state())
                    .isEqualTo(OK);
            assertThat(Reports.worst("hr=0.18;ci_low=0.09;ci_high=0.32;p=<0.001"))
                    .isEqualTo(OK_WITHIN_ROUNDING);
        }
    }

    /** Reports of real trials, as retrieved from their sources; none of them contradicts itself beyond rounding. */
    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "published-trials.csv", numLinesToSkip = 1)
    void doesNotCryWolfAtPublishedReports(String report, AuditState worst, String cells) {
        ReportedResult read = Reports.read(cells);

        assertThat(read.problems()).isEmpty();
        assertThat(Reports.worst(cells)).as(report).isEqualTo(worst);
    }

    @ParameterizedTest(name = "''{0}''")
    @ValueSource(strings = {"", "hr=0.5", "p=NS", "ci_level=95", "events=0", "n_t=0;n_c=0;events_t=0;events_c=0;hr=1"})
    void sparseReportsDoNotDisturbAnyRule(String cells) {
        assertThat(Reports.worst(cells)).isIn(OK, WARN);
    }

    @Test
    void codesAndTitlesAreThere() {
        assertThat(AuditRule.all())
                .extracting(AuditRule::code)
                .containsExactly("A1", "A2", "A3", "A3", "A4", "A5", "A6", "A7", "A10", "A11");
        assertThat(AuditRule.all()).allSatisfy(rule -> assertThat(rule.title()).isNotBlank());
    }
}
