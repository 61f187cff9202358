package org.lozenge.stats.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.lozenge.stats.survival.ReportField.CI_LEVEL;
import static org.lozenge.stats.survival.ReportField.EVENTS_T;
import static org.lozenge.stats.survival.ReportField.HR;
import static org.lozenge.stats.survival.ReportField.MEDIAN_C;
import static org.lozenge.stats.survival.ReportField.MEDIAN_T;
import static org.lozenge.stats.survival.ReportField.SURVIVAL_T;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lozenge.stats.survival.FieldProblem.Severity;

class ReportReaderTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource({"95, 0.95", "95%, 0.95", "0.95, 0.95", "95.4, 0.954", "96, 0.96", "99.5 %, 0.995", "95% CI, 0.95"})
    void readsALevelAsPercentageOrFraction(String text, double level) {
        ReportedResult report = Reports.read("ci_level=" + text);

        assertThat(report.level()).isEqualTo(level);
        assertThat(report.levelStated()).isTrue();
        assertThat(report.problems()).isEmpty();
    }

    @Test
    void aWholePercentageIsExactAndADecimalOneIsRounded() {
        assertThat(Reports.read("ci_level=95").levelSpan()).isEqualTo(new Span(0.95, 0.95, 0.95));
        assertThat(Reports.read("ci_level=0.95").levelSpan()).isEqualTo(new Span(0.95, 0.95, 0.95));
        assertThat(Reports.read("ci_level=95.4").levelSpan().low()).isLessThan(0.954);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"0", "1", "5", "0.05", "100", "195", "-95", "1.5", "0.4"})
    void refusesImpossibleLevels(String text) {
        ReportedResult report = Reports.read("ci_level=" + text);

        assertThat(report.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo(CI_LEVEL);
            assertThat(problem.severity()).isEqualTo(Severity.ERROR);
            assertThat(problem.message()).contains("between 50 and 100 percent").contains("'" + text + "'");
        });
    }

    @ParameterizedTest(name = "''{0}''")
    @ValueSource(strings = {"", " ", "NA", " NA "})
    void treatsSignsForMissingAsAbsent(String text) {
        ReportedResult report = Reports.read("hr=" + text);

        assertThat(report.has(HR)).isFalse();
        assertThat(report.problems()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "hr=0, above 0, ERROR",
        "hr=-0.5, above 0, ERROR",
        "ci_low=0.00, above 0, ERROR",
        "hr=abc, not a number, ERROR",
        "hr=n/a, leave the cell empty or write NA, ERROR",
        "hr=NR, leave the cell empty or write NA, ERROR",
        "hr=-, leave the cell empty or write NA, ERROR",
        "'hr=0,50', comma, ERROR",
        "hr=50%, percentage, ERROR",
        "v=0, above 0, ERROR",
        "logrank_chi2=-1, negative, ERROR",
        "events_t=-3, negative, ERROR",
        "p=abc, not a P value, ERROR",
        "p_sided=3, write 1 or 2, ERROR",
        "favours=left, write treatment or control, ERROR",
        "direction=up, treatment/control, ERROR",
        "p=0, P cannot be 0, WARNING",
        "p=1.3, between 0 and 1, WARNING",
        "events_t=26%, percentage, WARNING",
        "survival_t=91, between 0 and 1, WARNING",
        "survival_t=101%, between 0 and 1, WARNING",
        "median_t=long, not a number, WARNING",
    })
    void collectsWhatCannotBeUsed(String cells, String reason, Severity severity) {
        ReportedResult report = Reports.read(cells);

        assertThat(report.problems()).singleElement().satisfies(problem -> {
            assertThat(cells).startsWith(problem.field().code() + "=" + problem.text());
            assertThat(problem.message()).contains(reason);
            assertThat(problem.severity()).isEqualTo(severity);
        });
    }

    @Test
    void readsTheOtherCellsOfARowWithAProblem() {
        ReportedResult report = Reports.read("hr=0.5; p=0; events_t=104; events_c=160");

        assertThat(report.has(HR, EVENTS_T)).isTrue();
        assertThat(report.p()).isEmpty();
        assertThat(report.problems()).hasSize(1);
    }

    @Test
    void readsEventFreeFractionsInEitherNotation() {
        assertThat(Reports.read("survival_t=91%").value(SURVIVAL_T)).isEqualTo(0.91);
        assertThat(Reports.read("survival_t=0.91").value(SURVIVAL_T)).isEqualTo(0.91);
    }

    @Test
    void aMedianMayBeNotReached() {
        ReportedResult report = Reports.read("median_t=NR; median_c=21 months");

        assertThat(report.has(MEDIAN_T, MEDIAN_C)).isTrue();
        assertThat(report.number(MEDIAN_T)).isEmpty();
        assertThat(report.median(MEDIAN_T).orElseThrow().value()).isInfinite();
        assertThat(report.value(MEDIAN_C)).isEqualTo(21);
    }

    @Test
    void refusesMediansInDifferentUnits() {
        ReportedResult report = Reports.read("median_t=5.7 y; median_c=23 mo");

        assertThat(report.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("different units"));
    }

    @Test
    void settingsFillWhatARowLeavesOpen() {
        ReportReader reader = new ReportReader(0.96, Sides.ONE, Contrast.CONTROL_TREATMENT);

        ReportedResult open = reader.read(Reports.cells("hr=1.42; p=0.01"));
        ReportedResult stated = reader.read(Reports.cells("hr=0.7; p=0.01; p_sided=2; ci_level=95; direction=t/c"));

        assertThat(open.level()).isEqualTo(0.96);
        assertThat(open.sides()).isEqualTo(Sides.ONE);
        assertThat(open.sidesStated()).isFalse();
        assertThat(open.contrast()).isEqualTo(Contrast.CONTROL_TREATMENT);
        assertThat(stated.level()).isEqualTo(0.95);
        assertThat(stated.sides()).isEqualTo(Sides.TWO);
        assertThat(stated.contrast()).isEqualTo(Contrast.TREATMENT_CONTROL);
    }

    @Test
    void theSidednessBesidePMustAgreeWithItsColumn() {
        ReportedResult report = Reports.read("p=0.01 (one-sided); p_sided=2");

        assertThat(report.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("make them agree"));
    }

    @Test
    void checksItsOwnSettings() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ReportReader(95, Sides.TWO, Contrast.TREATMENT_CONTROL))
                .withMessageContaining("95.0");
    }
}
