package org.lozenge.workbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lozenge.workbench.Bench.DONE;
import static org.lozenge.workbench.Bench.assertEnds;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.ResultItem;
import org.lozenge.plugin.Role;
import org.lozenge.plugin.RunContext;
import org.lozenge.plugin.Scalar;
import org.lozenge.plugin.Section;
import org.lozenge.workbench.table.Dataset;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

class GroupsTest {

    private static final Role X = Role.number("x", "X");
    private static final AnalysisSpec SPEC =
            AnalysisSpec.of("sum", "Sum").roles(X).minRows(1);

    private static AnalysisResult sum(Inputs in, RunContext context) {
        double[] x = in.numbers(X);
        if (x[0] == -1) {
            throw new AnalysisException("negative", "row " + in.sourceRows()[0] + " is negative", in.sourceRows()[0]);
        }
        if (x[0] == -2) {
            throw new IllegalStateException("broken");
        }
        return AnalysisResult.of(
                Scalar.of("sum", "Sum", Arrays.stream(x).sum()),
                Scalar.of("random", "Random", context.random().nextDouble()));
    }

    private static Outcome run(String csv) {
        return Bench.run(SPEC, GroupsTest::sum, Bench.csv(csv)).by("g").get();
    }

    private static List<Section> sections(Outcome outcome) {
        return outcome.get().items().stream().map(Section.class::cast).toList();
    }

    @Test
    void groupsComeInOrderOfFirstAppearance() {
        Outcome outcome = run("x,g\n1,b\n2,a\n3,b\n4,\n5,NA\n");
        assertThat(sections(outcome)).extracting(Section::title).containsExactly("b", "a", "(missing)");
        assertThat(sections(outcome)).extracting(Section::id).containsExactly("b", "a", "missing");
        assertThat(sections(outcome))
                .extracting(section -> section.item("sum", Scalar.class).value())
                .containsExactly(4.0, 2.0, 9.0);
        assertEquals(5, outcome.provenance().input().used());
        assertEnds("ok", "", outcome);
    }

    @Test
    void aGroupThatFailsDoesNotStopTheOthers() {
        Outcome outcome = run("x,g\n-1,r\nbad,t\n-2,f\n,m\n1,ok\n");
        assertThat(sections(outcome))
                .extracting(Section::status)
                .containsExactly(
                        Section.Status.REJECTED,
                        Section.Status.REJECTED,
                        Section.Status.FAILED,
                        Section.Status.REJECTED,
                        Section.Status.OK);
        assertThat(sections(outcome).get(0).messages())
                .extracting(Bench::line)
                .containsExactly("ERROR negative: t.csv: row 1 is negative [1]");
        assertThat(sections(outcome).get(1).messages())
                .extracting(Message::code)
                .containsExactly("not-numeric");
        assertThat(sections(outcome).get(2).messages())
                .extracting(Message::code)
                .containsExactly("analysis-failed");
        assertThat(sections(outcome).get(3).messages())
                .extracting(Message::code)
                .containsExactly("rows-dropped", "too-few-rows");
        assertEnds(
                "ok",
                "WARNING groups-failed: 4 of 5 groups gave no result: r, t, f, m. The messages of each group say why.",
                outcome);
    }

    @Test
    void withoutAnyResultTheMessagesOfTheGroupsAreTold() {
        assertEnds(
                "rejected",
                "ERROR negative: a: t.csv: row 1 is negative [1]\nERROR negative: b: t.csv: row 2 is negative [2]",
                run("x,g\n-1,a\n-1,b\n"));
        Outcome failed = run("x,g\n-1,a\n-2,b\n");
        assertEquals("failed", failed.status());
        assertThat(((Outcome.Failed) failed).trace()).contains("IllegalStateException: broken");
    }

    @Test
    void aGroupGivesTheSameAsItsRowsAlone() {
        Run run = Bench.run(SPEC, GroupsTest::sum, Bench.csv("x,g\n1,a\n2,b\n3,a\n"));
        List<ResultItem> alone = run.where("g", "a").get().get().items();
        assertEquals(alone, sections(run.by("g").get()).get(0).items());
    }

    @Test
    void groupsHaveIdsOfTheirOwn() {
        Outcome outcome = run("x,g\n1,PFS\n1,pfs\n1,P F S\n1,Überleben (OS)\n1,2 years\n1,…\n1,!!\n1,p-f-s\n1,pfs-2\n");
        assertThat(sections(outcome))
                .extracting(Section::id)
                .containsExactly(
                        "pfs",
                        "pfs-2",
                        "p-f-s",
                        "uberleben-os",
                        "group-2-years",
                        "group",
                        "group-2",
                        "p-f-s-2",
                        "pfs-2-2");
    }

    @Test
    void thereMustBeSuchAColumnAndRows() {
        assertEnds(
                "rejected",
                "ERROR no-such-column: t.csv has no column 'h' (to split by). There are the columns x, g.",
                Bench.run(SPEC, GroupsTest::sum, Bench.csv("x,g\n1,a\n"))
                        .by("h")
                        .get());
        Dataset none = Dataset.of(Table.create("none", IntColumn.create("x"), IntColumn.create("g")));
        assertEnds(
                "rejected",
                "ERROR too-few-rows: none: there are no rows to split. Add rows.",
                Bench.run(SPEC, GroupsTest::sum, none).by("g").get());
    }

    @Test
    void numericColumnsSplitToo() {
        Table table = Table.create("t", IntColumn.create("x", 1, 2, 3), IntColumn.create("year", 2010, 2011, 2010));
        Outcome outcome =
                Bench.run(SPEC, GroupsTest::sum, Dataset.of(table)).by("year").get();
        assertThat(sections(outcome)).extracting(Section::title).containsExactly("2010", "2011");
        assertThat(sections(outcome)).extracting(Section::id).containsExactly("group-2010", "group-2011");
    }

    @Test
    void aHundredThousandGroupsRunOnOneThread() {
        int groups = 100_000;
        StringBuilder csv = new StringBuilder("x,g\n");
        for (int i = 0; i < 2 * groups; i++) {
            csv.append(i < groups ? 1 : i).append(",group ").append(i % groups).append('\n');
        }
        AtomicInteger threads = new AtomicInteger();
        ThreadLocal<Integer> own = ThreadLocal.withInitial(threads::incrementAndGet);
        Outcome outcome = Bench.run(
                        SPEC,
                        (in, context) -> {
                            own.get();
                            return sum(in, context);
                        },
                        Bench.csv(csv.toString()))
                .by("g")
                .get();
        List<Section> sections = sections(outcome);
        assertEquals(groups, sections.size());
        assertEquals(1, threads.get());
        for (int i = 0; i < groups; i += 9_999) {
            assertEquals("group " + i, sections.get(i).title());
            assertEquals("group-" + i, sections.get(i).id());
            assertEquals(
                    1.0 + groups + i, sections.get(i).item("sum", Scalar.class).value());
        }
        assertEquals(2 * groups, outcome.provenance().input().used());
    }

    @Test
    void whatNoGroupReadIsToldOnce() {
        assertEnds(
                "ok",
                "INFO unread: Role 'x' was mapped, but the analysis did not use it this time.",
                Bench.run(SPEC, (in, context) -> DONE, Bench.csv("x,g\n1,a\n2,b\n"))
                        .map("x", "x")
                        .by("g")
                        .get());
    }

    @Test
    void cancellingStopsAllGroups() {
        AtomicInteger runs = new AtomicInteger();
        Outcome outcome = Bench.run(
                        SPEC,
                        (in, context) -> {
                            runs.incrementAndGet();
                            while (true) {
                                context.checkCancelled();
                            }
                        },
                        Bench.csv("x,g\n1,a\n2,b\n"))
                .by("g")
                .timeoutMillis(50)
                .get();
        assertEquals("cancelled", outcome.status());
        assertTrue(runs.get() <= 1, "the second group did not start");
        assertTrue(outcome.messages().get(0).text().contains("50 ms"));
        assertTrue(outcome.available().isEmpty());
    }

    @Test
    void groupsThatAreDoneWhenTheRunIsStoppedAreKept() {
        Outcome outcome = Bench.run(
                        SPEC,
                        (in, context) -> {
                            if (in.numbers(X)[0] > 1) {
                                while (true) {
                                    context.checkCancelled();
                                }
                            }
                            return DONE;
                        },
                        Bench.csv("x,g\n1,a\n2,b\n3,c\n"))
                .by("g")
                .timeoutMillis(200)
                .get();
        assertEquals("cancelled", outcome.status());
        assertThat(outcome.available().orElseThrow().items())
                .extracting(item -> ((Section) item).title())
                .containsExactly("a");
        assertThat(Bench.lines(outcome))
                .startsWith("WARNING stopped-early: Stopped after 1 of 3 groups; the others are not here.")
                .contains("ERROR timed-out");
    }
}
