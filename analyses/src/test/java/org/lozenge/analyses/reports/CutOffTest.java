package org.lozenge.analyses.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CutOffTest {

    private static CutOff of(String cutoff) {
        return CutOff.read(cutoff, "", "", "", "");
    }

    @ParameterizedTest(name = "{0} before {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "2010-07-07 | 2011-10-01",
                "2010-07-07 | 2010-07-08",
                "2010-07 | 2010-08-01",
                "July 7, 2010 | 1 October 2011",
                "7 Jul. 2010 | Jul 2011",
                "unblinding 2010-07-07; median FU 30 mo | 2011-10-01; median FU 45 mo",
                "US label, March 2015 | September 30th, 2015",
            })
    void readsDatesOfDataCutOff(String earlier, String later) {
        assertThat(of(earlier).day().getAsDouble()).isLessThan(of(later).day().getAsDouble());
    }

    @ParameterizedTest(name = "{0}, {1} {2}: {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | 45 | '' | 45",
                "'' | 45 | months | 45",
                "'' | 3.5 | years | 42",
                "'' | 12.5 y | '' | 150",
                "'' | 45 (from randomization); 55 (from diagnosis) | months | 45",
                "2012, FU 34 mo | '' | '' | 34",
                "2022, FU 12.5 y | '' | '' | 150",
                "median follow-up 40 months | '' | '' | 40",
                "2-year follow-up | '' | '' | 24",
                "median follow-up 40 months | 41 | '' | 41",
            })
    void readsFollowUpInMonths(String cutoff, String followUp, String unit, double months) {
        assertThat(CutOff.read(cutoff, followUp, unit, "", "").months().getAsDouble())
                .isCloseTo(months, within(1e-12));
    }

    @Test
    void readsWeeksAndDays() {
        assertThat(CutOff.read("", "52.1775 weeks", "", "", "").months().getAsDouble())
                .isCloseTo(12, within(1e-12));
        assertThat(CutOff.read("", "365.2425", "d", "", "").months().getAsDouble())
                .isCloseTo(12, within(1e-12));
    }

    @Test
    void takesTheYearFromTheNearestPlaceThatHasOne() {
        assertThat(CutOff.read("2012", "", "", "2013", "Smith 2014").year()).hasValue(2013);
        assertThat(CutOff.read("2012", "", "", "", "Smith 2014").year()).hasValue(2012);
        assertThat(CutOff.read("", "", "", "", "Smith 2014").year()).hasValue(2014);
        assertThat(CutOff.read("", "", "", "", "Smith").year()).isEmpty();
    }

    @Test
    void ordersNamesOfAnalyses() {
        assertThat(java.util.stream.Stream.of(
                                "preliminary",
                                "first interim",
                                "interim",
                                "second planned interim analysis",
                                "primary",
                                "updated",
                                "long-term",
                                "final")
                        .map(name -> of(name).stage().getAsDouble()))
                .isSorted();
    }

    @Test
    void readsNothingIntoNothing() {
        CutOff nothing = of("not stated");
        assertThat(nothing.day()).isEmpty();
        assertThat(nothing.months()).isEmpty();
        assertThat(nothing.year()).isEmpty();
        assertThat(nothing.stage()).isEmpty();
        assertThat(of("2015-13-01").day()).isEmpty();
    }
}
