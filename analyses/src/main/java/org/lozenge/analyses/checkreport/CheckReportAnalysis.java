package org.lozenge.analyses.checkreport;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Format;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.ResultItem;
import org.lozenge.plugin.Role;
import org.lozenge.plugin.Roles;
import org.lozenge.plugin.RunContext;
import org.lozenge.plugin.Tabular;

/**
 * Recomputes what reports print beside counts: P values of two-by-two tables, of pairs and of rates, percentages, and interim
 * boundaries; and says of each whether it can be right.
 */
public final class CheckReportAnalysis implements Analysis {

    /** How many directions a boundary has. */
    enum SidesOfTest {
        /** Only one direction stops the trial. */
        ONE,
        /** Both directions stop the trial. */
        TWO
    }

    static final Role STUDY = Roles.STUDY.optional();

    static final Role ITEM =
            Role.text("item", "What was counted").sparse().aka("endpoint", "outcome", "event_type", "adverse_event");

    static final Role TEST =
            Role.text("test", "Test that the report names").sparse().aka("test_name", "method");

    static final Role EVENTS_T = count(Roles.EVENTS_T);
    static final Role N_T = count(Roles.N_T);
    static final Role PERCENT_T = text("percent_t", "Percentage, treatment arm, as printed", "pct_t");
    static final Role EVENTS_C =
            text("events_c", "Events, control arm, as printed", "event_c", "events_2", "events_ctrl", "events_control");
    static final Role N_C = count(Roles.N_C);
    static final Role PERCENT_C = text("percent_c", "Percentage, control arm, as printed", "pct_c");
    static final Role EVENTS = count(Roles.EVENTS);
    static final Role N = count(Roles.N);
    static final Role PERCENT = text("percent", "Percentage, as printed", "pct");
    static final Role TIME_T = count(Roles.TIME_T);
    static final Role TIME_C = count(Roles.TIME_C);
    static final Role B = text("discordant_t", "Pairs with the event under treatment only", "discordant_b");
    static final Role C = text("discordant_c", "Pairs with the event under control only");
    static final Role P = Roles.P.sparse().labelled("P value, as printed");
    static final Role P_SIDED = Roles.P_SIDED.sparse();

    static final Role INFORMATION = Role.number("information", "Information fraction of an interim look")
            .between(0, 1)
            .sparse()
            .aka("information_fraction");

    static final Role BOUNDARY_P =
            text("boundary_p", "Nominal P of the interim boundary, as printed", "nominal_p", "boundary");

    static final Param<Double> LEVEL = Param.number("level", "Confidence level of recomputed intervals", 0.95)
            .check(level -> level > 0 && level < 1, "must be between 0 and 1, both excluded");

    static final Param<Double> ALPHA = Param.number("alpha", "Total type I error of interim boundaries", 0.05)
            .check(alpha -> alpha > 0 && alpha < 1, "must be between 0 and 1, both excluded");

    static final Param<SidesOfTest> SIDES = Param.choice("sides", "Directions of interim boundaries", SidesOfTest.TWO);

    /** The analysis has no state. */
    public CheckReportAnalysis() {}

    private static Role text(String name, String label, String... synonyms) {
        return Role.text(name, label).sparse().aka(synonyms);
    }

    /** A role of the shared vocabulary that takes printed text such as {@code 79/307 (26%)}. */
    private static Role count(Role shared) {
        return text(
                shared.name(),
                shared.label() + ", as printed",
                shared.synonyms().toArray(String[]::new));
    }

    @Override
    public AnalysisSpec spec() {
        return AnalysisSpec.of("check-report", "Printed P values and percentages checked")
                .summary("Recomputes printed P values, percentages and interim boundaries from printed counts and says"
                        + " whether they can be right.")
                .roles(STUDY, ITEM, TEST, EVENTS_T, N_T, PERCENT_T, EVENTS_C, N_C, PERCENT_C, EVENTS, N, PERCENT)
                .roles(TIME_T, TIME_C, B, C, P, P_SIDED, INFORMATION, BOUNDARY_P)
                .params(LEVEL, ALPHA, SIDES)
                .references(
                        "Fisher RA. J R Stat Soc 1922;85:87-94. https://doi.org/10.2307/2340521",
                        "McNemar Q. Psychometrika 1947;12:153-157. https://doi.org/10.1007/BF02295996",
                        "Lan KKG, DeMets DL. Biometrika 1983;70:659-663. https://doi.org/10.1093/biomet/70.3.659");
    }

    @Override
    public AnalysisResult run(Inputs in, RunContext context) {
        Looks looks = new Looks(in, context);
        CheckTables tables = new CheckTables();
        for (int i = 0; i < in.rows(); i++) {
            context.checkCancelled();
            ReportedCounts row = new ReportedCounts(in, context, i, in.get(LEVEL));
            Map<TestName, Recomputation> tests = row.tests();
            List<Check> checks = new ArrayList<>(row.checks(tests));
            looks.check(i).ifPresent(checks::add);
            String study = in.has(STUDY) ? row.text(STUDY) : "row " + row.row();
            tables.add(study, row.text(ITEM), row.row(), List.copyOf(tests.values()), checks);
        }
        if (tables.isEmpty() && looks.table().isEmpty()) {
            throw new AnalysisException(
                    "nothing-to-check",
                    in.source()
                            + ": no row holds counts to compute from. Needed are events_t, n_t, events_c and n_c (or"
                            + " time_t and time_c), or discordant_t and discordant_c, or events, n and percent, or"
                            + " information. Map columns with --map ROLE=COLUMN.");
        }
        tables.complaints().forEach(context::report);
        List<ResultItem> items = new ArrayList<>(List.of(tables.checks(), tables.recomputed()));
        looks.table().ifPresent(items::add);
        return AnalysisResult.of(items);
    }

    /** Gathers the rows of the result. */
    private static final class CheckTables {
        private record Line(String study, String item, int row, Check check) {}

        private record Test(String study, String item, Recomputation test) {}

        private final List<Line> lines = new ArrayList<>();
        private final List<Test> tests = new ArrayList<>();

        void add(String study, String item, int row, List<Recomputation> recomputed, List<Check> checks) {
            checks.forEach(check -> lines.add(new Line(study, item, row, check)));
            recomputed.forEach(test -> tests.add(new Test(study, item, test)));
        }

        boolean isEmpty() {
            return lines.isEmpty() && tests.isEmpty();
        }

        /** A warning for each number that is or may be wrong. */
        List<Message> complaints() {
            return lines.stream()
                    .filter(line -> switch (line.check.state()) {
                        case OK, OK_WITHIN_ROUNDING -> false;
                        case WARN, ERROR -> true;
                    })
                    .map(line -> Message.warning(
                                    "check-" + line.check.state().token(),
                                    line.study + (line.item.isEmpty() ? "" : ", " + line.item) + ", row " + line.row
                                            + ", printed '" + line.check.printed() + "': " + line.check.text())
                            .at(line.row))
                    .toList();
        }

        Tabular checks() {
            return Tabular.of("checks", "Printed numbers checked")
                    .texts("study", lines.stream().map(Line::study).toArray(String[]::new))
                    .texts("item", lines.stream().map(Line::item).toArray(String[]::new))
                    .numbers("row", lines.stream().mapToDouble(Line::row).toArray())
                    .texts("check", texts(Check::check))
                    .texts("printed", texts(Check::printed))
                    .texts("test", texts(Check::test))
                    .numbers(
                            "recomputed",
                            lines.stream()
                                    .mapToDouble(l -> l.check.recomputed())
                                    .toArray())
                    .texts("state", texts(check -> check.state().token()))
                    .texts("text", texts(Check::text))
                    .format("row", Format.INTEGER);
        }

        private String[] texts(java.util.function.Function<Check, String> text) {
            return lines.stream().map(l -> text.apply(l.check)).toArray(String[]::new);
        }

        Tabular recomputed() {
            return Tabular.of("recomputed", "Tests recomputed from the counts")
                    .texts("study", tests.stream().map(Test::study).toArray(String[]::new))
                    .texts("item", tests.stream().map(Test::item).toArray(String[]::new))
                    .texts("test", tests.stream().map(t -> t.test.test()).toArray(String[]::new))
                    .numbers("statistic", numbers(Recomputation::statistic))
                    .numbers("df", numbers(Recomputation::df))
                    .numbers("p_value", numbers(Recomputation::twoSided))
                    .numbers("p_value_one_sided", numbers(Recomputation::oneSided))
                    .numbers("ratio", numbers(Recomputation::ratio))
                    .numbers("ci_lower", numbers(Recomputation::lower))
                    .numbers("ci_upper", numbers(Recomputation::upper))
                    .format("p_value_one_sided", Format.P_VALUE);
        }

        private double[] numbers(java.util.function.ToDoubleFunction<Recomputation> value) {
            return tests.stream().mapToDouble(t -> value.applyAsDouble(t.test)).toArray();
        }
    }
}
