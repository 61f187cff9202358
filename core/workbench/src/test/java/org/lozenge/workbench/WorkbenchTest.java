package org.lozenge.workbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.Role;
import org.lozenge.plugin.Roles;
import org.lozenge.plugin.RunContext;
import org.lozenge.plugin.Scalar;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;

class WorkbenchTest {

    private static final Role VALUE = Role.number("value", "Value").aka("yi");
    private static final Param<Double> SCALE = Param.number("scale", "Scale", 1).min(0.0);

    private static Analysis sum() {
        return Analysis.of(
                AnalysisSpec.of("sum", "Sum")
                        .roles(Roles.STUDY.optional(), VALUE)
                        .params(SCALE),
                (in, context) -> AnalysisResult.of(
                        Scalar.of("sum", "Sum", Arrays.stream(in.numbers(VALUE)).sum() * in.get(SCALE))));
    }

    @Test
    void runsAnAnalysisOnAFileAndOnATable() {
        try (Workbench workbench = Workbench.open()) {
            workbench.register(sum());
            Outcome file = workbench
                    .run("sum", Bench.csv("study,yi\nA,1\nB,2.5\n"))
                    .set("scale", 2)
                    .get();
            assertEquals(7, file.get().item("sum", Scalar.class).value());
            Outcome table = workbench
                    .run("sum", Table.create("t", DoubleColumn.create("yi", 1, 2)))
                    .get();
            assertEquals(3, table.get().item("sum", Scalar.class).value());
            assertEquals("ok", table.status());
        }
    }

    @Test
    void listsAnalysesByTheirIds() {
        try (Workbench workbench = Workbench.openLazily()) {
            workbench.register(sum());
            workbench.register(Analysis.of(AnalysisSpec.of("mean", "Mean"), (in, context) -> Bench.DONE));
            assertThat(workbench.analyses()).extracting(AnalysisSpec::id).containsExactly("mean", "sum");
            assertEquals("Sum", workbench.find("sum").orElseThrow().title());
            assertTrue(workbench.find("none").isEmpty());
            assertEquals(List.of(), workbench.problems());
        }
    }

    @Test
    void registeringAgainReplaces() {
        try (Workbench workbench = Workbench.openLazily()) {
            workbench.register(sum());
            workbench.register(Analysis.of(AnalysisSpec.of("sum", "Another"), (in, context) -> Bench.DONE));
            assertEquals("Another", workbench.find("sum").orElseThrow().title());
        }
    }

    private static final class Closeable implements Analysis, AutoCloseable {
        private final AtomicInteger closed;

        Closeable(AtomicInteger closed) {
            this.closed = closed;
        }

        @Override
        public AnalysisSpec spec() {
            return AnalysisSpec.of("closeable", "Closeable");
        }

        @Override
        public AnalysisResult run(Inputs in, RunContext context) {
            return Bench.DONE;
        }

        @Override
        public void close() {
            closed.incrementAndGet();
            throw new IllegalStateException("no");
        }
    }

    @Test
    void closesAnalysesThatCanBeClosed() {
        AtomicInteger closed = new AtomicInteger();
        Workbench workbench = Workbench.openLazily();
        workbench.register(new Closeable(closed));
        workbench.close();
        assertEquals(1, closed.get());
        assertThat(workbench.problems())
                .extracting(problem -> problem.message().text())
                .containsExactly("closeable could not be closed (java.lang.IllegalStateException: no).");
    }

    @Test
    void refusesNulls() {
        try (Workbench workbench = Workbench.openLazily()) {
            assertThatThrownBy(() -> workbench.register(null)).isInstanceOf(NullPointerException.class);
        }
    }
}
