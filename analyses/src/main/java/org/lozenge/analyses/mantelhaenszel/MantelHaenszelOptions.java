package org.lozenge.analyses.mantelhaenszel;

import java.util.List;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.Tabular;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.model.MantelHaenszelRiskDifference;

/** The options of the analysis {@code mantel-haenszel} and its table of tests. */
final class MantelHaenszelOptions {

    /** What is pooled. */
    enum Measure {
        /** Odds ratio. */
        OR,
        /** Risk ratio. */
        RR,
        /** Risk difference. */
        RD,
        /** Incidence rate ratio. */
        IRR,
        /** Incidence rate difference. */
        IRD
    }

    /** A test with its name. */
    record NamedTest(String name, TestResult test, String note) {}

    static final Param<Measure> MEASURE = Param.choice("measure", "Effect measure", Measure.OR)
            .help("or, rr, rd need events and sizes of both arms; irr, ird events and person-time.");

    static final Param<MantelHaenszelRiskDifference.Variance> VARIANCE = Param.choice(
                    "variance", "Variance of the risk difference", MantelHaenszelRiskDifference.Variance.SATO)
            .help("sato holds for few large and for many small studies; greenland-robins for large studies.")
            .enabledWhen(MEASURE, Measure.RD)
            .advanced();

    static final Param<Boolean> CONTINUITY =
            Param.flag("continuity", "Continuity correction of the Cochran-Mantel-Haenszel test", true);

    static final Param<Double> LEVEL = Param.number("level", "Confidence level", 0.95)
            .check(level -> level > 0 && level < 1, "must be between 0 and 1, both excluded; write 0.95 for 95%");

    private MantelHaenszelOptions() {}

    static NamedTest test(String name, TestResult test, String note) {
        return new NamedTest(name, test, note);
    }

    static Tabular tests(List<NamedTest> tests) {
        return Tabular.of("tests", "Tests")
                .texts("test", tests.stream().map(NamedTest::name).toArray(String[]::new))
                .numbers(
                        "statistic",
                        tests.stream().mapToDouble(t -> t.test.statistic()).toArray())
                .numbers("df", tests.stream().mapToDouble(t -> t.test.df()).toArray())
                .numbers(
                        "p_value",
                        tests.stream().mapToDouble(t -> t.test.pValue()).toArray())
                .texts("note", tests.stream().map(NamedTest::note).toArray(String[]::new));
    }
}
