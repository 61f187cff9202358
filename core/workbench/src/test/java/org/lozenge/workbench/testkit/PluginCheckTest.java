package org.lozenge.workbench.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.Role;
import org.lozenge.plugin.Roles;
import org.lozenge.plugin.RunContext;
import org.lozenge.plugin.Scalar;
import org.lozenge.plugin.Section;
import org.lozenge.plugin.Tabular;
import org.lozenge.workbench.Workbench;
import org.lozenge.workbench.table.Dataset;
import org.lozenge.workbench.table.FileFormat;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;

class PluginCheckTest {

    private enum Scale {
        PLAIN,
        LOG
    }

    private static final Role VALUE = Role.number("value", "Values").aka("yi");
    private static final Role WEIGHT =
            Role.number("weight", "Weights").positive().optional();
    private static final Param<Double> TRIM =
            Param.number("trim", "Fraction cut from each end", 0.2).min(0.0).max(0.49);
    private static final Param<Scale> SCALE = Param.choice("scale", "Scale", Scale.PLAIN);
    private static final Param<Double> SHIFT =
            Param.number("shift", "Added before taking logarithms", 1).min(0.0).enabledWhen(SCALE, Scale.LOG);
    private static final AnalysisSpec SPEC = AnalysisSpec.of("trimmed-mean", "Trimmed mean")
            .summary("The mean without the ends.")
            .roles(VALUE, WEIGHT)
            .params(TRIM, SCALE, SHIFT);

    private static final Dataset DATA = Dataset.parse(
            "d.csv", "value,weight\n3,1\n1,2\n4,1\n1.5,2\n9,1\n2.6,1\n5.3,2\n".getBytes(UTF_8), FileFormat.CSV);

    @TempDir
    private Path folder;

    private static AnalysisResult trimmedMean(Inputs in, RunContext context) {
        double[] x = in.numbers(VALUE);
        if (in.get(SCALE) == Scale.LOG) {
            double shift = in.get(SHIFT);
            x = Arrays.stream(x)
                    .map(v -> StrictMath.log(Math.max(0, v) + shift + 1e-9))
                    .toArray();
        }
        double weights = in.has(WEIGHT) ? Arrays.stream(in.numbers(WEIGHT)).sum() : 0;
        Arrays.sort(x);
        int cut = (int) (x.length * in.get(TRIM));
        double mean = Arrays.stream(x, cut, x.length - cut)
                .map(v -> v / (x0(cut, in.rows())))
                .sum();
        return AnalysisResult.of(
                Scalar.of("mean", "Trimmed mean", mean), Scalar.of("weights", "Sum of weights", weights));
    }

    private static double x0(int cut, int rows) {
        return rows - 2.0 * cut;
    }

    private static Analysis good() {
        return Analysis.of(SPEC, PluginCheckTest::trimmedMean);
    }

    private static CheckReport check(BiFunction<Inputs, RunContext, AnalysisResult> body) {
        return PluginCheck.of(Analysis.of(SPEC, body)).data(DATA).check();
    }

    private static void assertFinds(Check check, String said, CheckReport report) {
        assertThat(report.isOk()).as(report.toString()).isFalse();
        assertThat(report.findings(check)).as(report.toString()).anySatisfy(finding -> {
            assertThat(finding.level()).isEqualTo(Finding.Level.ERROR);
            assertThat(finding.text()).contains(said);
        });
    }

    @Test
    void aGoodAnalysisPassesOnGivenAndOnMadeData() {
        CheckReport given = PluginCheck.of(good()).data(DATA).check();
        given.assertOk();
        assertThat(given.findings()).isEmpty();
        assertThat(given.runs()).isGreaterThan(40);
        assertThat(given.done()).doesNotContain(Check.SNAPSHOT).hasSize(Check.values().length - 1);

        CheckReport made = PluginCheck.of(good()).check();
        made.assertOk();
        assertThat(made.findings()).isEmpty();
        assertThat(made.toString()).startsWith("trimmed-mean: ").contains("ok      dead-options");
    }

    @Test
    void takesTablesAndColumnsOfOtherNames() {
        Table table = Table.create("t", DoubleColumn.create("odd", 3, 1, Double.NaN, 4));

        CheckReport report =
                PluginCheck.of(good()).data(table).map("value", "odd").check();

        report.assertOk();
        assertThat(report.findings())
                .extracting(Finding::text)
                .containsExactly("No data had a column for role 'weight', so it was not checked.");
    }

    @Test
    void findsDeadRolesAndOptions() {
        CheckReport report =
                check((in, context) -> AnalysisResult.of(Scalar.of("n", "Rows", in.rows() + in.get(TRIM))));

        assertFinds(Check.DEAD_ROLES, "No run read the role 'value'", report);
        assertFinds(Check.DEAD_ROLES, "No run read the role 'weight'", report);
        assertFinds(Check.DEAD_OPTIONS, "No run read the option 'scale'", report);
        assertFinds(Check.DEAD_OPTIONS, "No run read the option 'shift'", report);
        assertThat(report.findings(Check.DEAD_OPTIONS)).hasSize(2);

        CheckReport known = PluginCheck.of(Analysis.of(
                        SPEC, (in, context) -> AnalysisResult.of(Scalar.of("n", "Rows", in.rows() + in.get(TRIM)))))
                .data(DATA)
                .idle("value", "weight", "scale", "shift")
                .check();
        known.assertOk();
        assertThat(known.findings()).hasSize(4).allMatch(finding -> finding.level() == Finding.Level.NOTE);
    }

    @Test
    void findsAnOptionThatIsReadOnlyBesideAnother() {
        Param<Boolean> both = Param.flag("both", "Both", false);
        Param<Integer> digits = Param.integer("digits", "Digits", 3).min(0);
        AnalysisSpec spec = AnalysisSpec.of("a", "A").summary("A.").roles(VALUE).params(both, digits);
        Analysis analysis = Analysis.of(
                spec,
                (in, context) -> AnalysisResult.of(Scalar.of(
                        "s", "S", Arrays.stream(in.numbers(VALUE)).sum() * 0 + (in.get(both) ? in.get(digits) : 0))));

        PluginCheck.of(analysis).data(DATA).check().assertOk();
    }

    @Test
    void findsRunsThatDifferAndRunsThatDisturbEachOther() {
        AtomicInteger calls = new AtomicInteger();
        assertFinds(
                Check.DETERMINISM,
                "Two runs with the same seed",
                check((in, context) ->
                        trimmedMean(in, context).with(Scalar.of("calls", "Calls", calls.incrementAndGet()))));

        AtomicInteger under = new AtomicInteger();
        CheckReport shared = check((in, context) -> {
            int beside = under.incrementAndGet();
            try {
                Thread.sleep(20);
                beside = Math.max(beside, under.get());
            } catch (InterruptedException e) {
                throw new java.util.concurrent.CancellationException();
            } finally {
                under.decrementAndGet();
            }
            return trimmedMean(in, context).with(Scalar.of("beside", "Beside", beside));
        });
        assertFinds(Check.CONCURRENCY, "runs at once", shared);
    }

    @Test
    void findsWhatPoorDataAndOptionsBreak() {
        CheckReport report = check((in, context) -> {
            double[] x = in.numbers(VALUE);
            if (x[0] == 0 || in.get(TRIM) == 0.49) {
                throw new ArithmeticException("zero");
            }
            return trimmedMean(in, context);
        });

        assertFinds(Check.DEGENERATE_DATA, "with 0 in column 'value'", report);
        assertFinds(Check.DEGENERATE_DATA, "java.lang.ArithmeticException: zero", report);
        assertFinds(Check.OPTION_VALUES, "with {trim=0.49}", report);
        assertThat(report.toString()).contains("First frame: at org.lozenge.workbench.testkit.PluginCheckTest");
    }

    @Test
    void findsARunThatDoesNotStop() {
        CheckReport report = PluginCheck.of(Analysis.of(SPEC, (in, context) -> {
                    if (in.rows() > 100) {
                        long end = System.nanoTime() + 2_500_000_000L;
                        while (System.nanoTime() < end) {
                            Thread.onSpinWait();
                        }
                    }
                    return trimmedMean(in, context);
                }))
                .data(DATA)
                .check();

        assertFinds(Check.CANCELLATION, "more than a second after it was cancelled", report);
    }

    @Test
    void findsThatTheOrderOfRowsMattersUnlessToldThatItMay() {
        BiFunction<Inputs, RunContext, AnalysisResult> first =
                (in, context) -> trimmedMean(in, context).with(Scalar.of("first", "First", in.numbers(VALUE)[0]));

        assertFinds(Check.ROW_ORDER, "'first' holds", check(first));
        CheckReport without = PluginCheck.of(Analysis.of(SPEC, first))
                .data(DATA)
                .without(Check.ROW_ORDER)
                .check();
        without.assertOk();
        assertThat(without.toString()).contains("skipped row-order");
    }

    @Test
    void tablesInAnotherOrderAreTheSame() {
        check((in, context) -> trimmedMean(in, context)
                        .with(Tabular.of("values", "Values")
                                .texts("study", in.strings(Roles.STUDY))
                                .numbers("value", in.numbers(VALUE))
                                .numbers(
                                        "row",
                                        Arrays.stream(in.sourceRows())
                                                .asDoubleStream()
                                                .toArray())))
                .assertOk();
    }

    @Test
    void findsNumbersThatJsonCannotHold() {
        assertFinds(
                Check.JSON,
                "bound is Infinity, in JSON null",
                check((in, context) ->
                        trimmedMean(in, context).with(Scalar.of("bound", "Bound", Double.POSITIVE_INFINITY))));
    }

    @Test
    void findsTablesOfOneNameWithOtherColumns() {
        assertFinds(
                Check.IDS,
                "differ in their columns: [x] and [y]",
                check((in, context) -> trimmedMean(in, context)
                        .with(Section.of("a", "A", Tabular.of("t", "T").numbers("x", 1)))
                        .with(Section.of("b", "B", Tabular.of("t", "T").numbers("y", 1)))));
    }

    @Test
    void findsAChangedLocale() {
        Locale before = Locale.getDefault();
        try {
            assertFinds(Check.JVM_STATE, "default locale", check((in, context) -> {
                Locale.setDefault(Locale.GERMANY);
                return trimmedMean(in, context);
            }));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void findsAnAnalysisThatNeverRuns() {
        CheckReport report = check((in, context) -> {
            throw new org.lozenge.plugin.AnalysisException("never", "Never on Sundays.");
        });
        assertFinds(Check.RUN, "Never on Sundays.", report);

        CheckReport made = PluginCheck.of(Analysis.of(SPEC, (in, context) -> {
                    throw new org.lozenge.plugin.AnalysisException("never", "Never on Sundays.");
                }))
                .check();
        assertFinds(Check.RUN, "Data that were made from its roles do not suit it", made);
    }

    @Test
    void findsFaultsOfTheSpecification() {
        Param<Integer> digits =
                Param.integer("digits", "", 3).min(0).max(9).suggest("12").enabledWhen(SCALE, Scale.LOG);
        AtomicInteger calls = new AtomicInteger();
        Analysis analysis = new Analysis() {
            @Override
            public AnalysisSpec spec() {
                return AnalysisSpec.of("odd", " ")
                        .roles(Role.number("value", ""))
                        .params(digits)
                        .minRows(calls.incrementAndGet());
            }

            @Override
            public AnalysisResult run(Inputs in, RunContext context) {
                return AnalysisResult.of(Scalar.of("n", "N", in.rows()));
            }
        };

        CheckReport report = PluginCheck.of(analysis).data(DATA).check();

        assertFinds(Check.SPECIFICATION, "not return the same specification", report);
        assertFinds(Check.SPECIFICATION, "no title", report);
        assertFinds(Check.SPECIFICATION, "Role 'value' has no label", report);
        assertFinds(Check.SPECIFICATION, "Option 'digits' has no label", report);
        assertFinds(Check.SPECIFICATION, "suggests '12'", report);
        assertFinds(Check.SPECIFICATION, "depends on 'scale', which is not an option", report);
        assertThat(report.findings())
                .contains(new Finding(Check.SPECIFICATION, Finding.Level.WARNING, "The analysis has no summary()."));
    }

    // ---- snapshots

    private CheckReport against(Path file, AnalysisSpec spec) {
        return PluginCheck.of(Analysis.of(spec, PluginCheckTest::trimmedMean))
                .data(DATA)
                .snapshot(file)
                .without(Check.DEAD_OPTIONS, Check.DEAD_ROLES, Check.RUN)
                .check();
    }

    @Test
    void aSnapshotIsWrittenOnceAndThenHolds() throws Exception {
        Path file = folder.resolve("new/spec.json");

        CheckReport first = against(file, SPEC);
        assertThat(first.findings(Check.SNAPSHOT))
                .singleElement()
                .satisfies(finding -> assertThat(finding.text()).contains("it was written"));
        assertThat(file).content().contains("urn:lozenge:analysis:trimmed-mean");
        assertThat(against(file, SPEC).findings(Check.SNAPSHOT)).isEmpty();

        Files.writeString(file, "no JSON");
        assertFinds(Check.SNAPSHOT, "cannot be used", against(file, SPEC));
    }

    @Test
    void aSnapshotNamesWhatNoLongerWorks() {
        Path file = folder.resolve("spec.json");
        AnalysisSpec before = AnalysisSpec.of("trimmed-mean", "Trimmed mean")
                .summary("S.")
                .roles(VALUE, WEIGHT, Role.number("more", "More").many().optional())
                .params(TRIM, SCALE, SHIFT, Param.integer("draws", "Draws", 5).max(9));
        against(file, before).assertOk();

        Param<Double> cut = Param.number("cut", "Cut", 0.2).min(0.0).max(0.49);
        AnalysisSpec after = AnalysisSpec.of("tmean", "Trimmed mean")
                .roles(
                        VALUE.between(0, 100),
                        Role.number("weight", "W").positive(),
                        Role.number("more", "M").optional())
                .params(
                        cut,
                        Param.text("scale", "Scale", "log"),
                        SHIFT.min(0.5),
                        Param.integer("draws", "D", 5).max(8))
                .minRows(3);
        CheckReport broken = against(file, after);

        assertThat(broken.findings(Check.SNAPSHOT).stream().map(f -> f.text().replaceFirst("^Against .*json: ", "")))
                .containsExactly(
                        "the analysis was called 'trimmed-mean'; add formerly(\"trimmed-mean\").",
                        "it needs more rows: 3, before 1.",
                        "the role 'value' no longer takes numbers as small as before.",
                        "the role 'value' no longer takes numbers as large as before.",
                        "the role 'more' no longer takes several columns.",
                        "the role 'weight' is now required.",
                        "the option 'trim' is gone; if it was renamed, add formerly(\"trim\") to the new one.",
                        "the option 'scale' is no longer plain by default, but log.",
                        "the option 'shift' no longer takes numbers as small as before.",
                        "the option 'draws' no longer takes numbers as large as before.");
    }

    @Test
    void aSnapshotTakesWhatIsAddedAndWhatIsRenamedWithItsFormerName() {
        Path file = folder.resolve("spec.json");
        against(file, SPEC).assertOk();

        AnalysisSpec after = AnalysisSpec.of("tmean", "Trimmed mean")
                .summary("S.")
                .formerly("trimmed-mean")
                .roles(VALUE, WEIGHT, Role.category("group", "Group").optional())
                .params(
                        Param.number("cut", "Cut", 0.2).min(0.0).max(0.49).formerly("trim"),
                        SCALE,
                        SHIFT,
                        Param.flag("fast", "Fast", false));
        CheckReport report = against(file, after);

        assertThat(report.findings(Check.SNAPSHOT))
                .singleElement()
                .satisfies(finding -> assertThat(finding.level()).isEqualTo(Finding.Level.WARNING));
    }

    // ---- the rest

    @Test
    void checksWhatAWorkbenchKnows() {
        try (Workbench workbench = Workbench.of(good())) {
            PluginCheck.of(workbench, "trimmed-mean").data(DATA).check().assertOk();
            assertThatThrownBy(() -> PluginCheck.of(workbench, "median")).hasMessageContaining("'median'");
        }
    }

    @Test
    void makesDataForEveryAlternativeWithinTheRangesOfTheRoles() {
        AnalysisSpec spec = AnalysisSpec.of("all", "All")
                .summary("All.")
                .roles(
                        Roles.STUDY,
                        Roles.GROUP,
                        Role.date("day", "Day"),
                        Role.any("any", "Any"),
                        Role.number("share", "Share").between(0, 1),
                        Role.number("far", "Far").between(100, 200),
                        Role.number("many", "Many").many())
                .oneOf(
                        List.of(Roles.RATIO, Roles.CI_LOW, Roles.CI_HIGH),
                        List.of(Roles.EVENTS_T, Roles.N_T, Roles.EVENTS_C, Roles.N_C),
                        List.of(Roles.EFFECT, Roles.SE));
        Analysis analysis = Analysis.of(spec, (in, context) -> {
            spec.allRoles().stream()
                    .filter(in::has)
                    .forEach(role -> in.columns(role).forEach(column -> in.strings(role, column)));
            return AnalysisResult.of(Scalar.of("rows", "Rows", in.rows()));
        });

        CheckReport report = PluginCheck.of(analysis).check();

        report.assertOk();
        assertThat(report.findings()).isEmpty();
    }

    @Test
    void saysWhatThereWasNoTimeFor() {
        CheckReport report = PluginCheck.of(good()).data(DATA).timeMillis(0).check();

        report.assertOk();
        assertThat(report.findings(Check.DEGENERATE_DATA))
                .extracting(Finding::text)
                .containsOnly("There was no time for all kinds of poor data; give more with timeMillis().");
    }

    @Test
    void aFailedCheckThrowsItsReport() {
        CheckReport report = check((in, context) -> AnalysisResult.of());

        assertThatThrownBy(report::assertOk)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("FAILED  dead-roles")
                .hasMessageContaining("error: No run read the role 'value'");
    }
}
