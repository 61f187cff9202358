package org.lozenge.workbench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.Role;
import org.lozenge.plugin.Roles;
import org.lozenge.plugin.Scalar;
import org.lozenge.plugin.Section;
import org.lozenge.workbench.table.Dataset;
import org.lozenge.workbench.table.FileFormat;

class WorkbenchTest {

    private static final Role VALUE = Role.number("value", "Value").aka("yi");
    private static final Param<Double> SCALE = Param.number("scale", "Scale", 1).min(0.0);

    static Analysis sum() {
        return Analysis.of(
                AnalysisSpec.of("sum", "Sum")
                        .roles(Roles.STUDY.optional(), VALUE)
                        .params(SCALE),
                (in, context) -> AnalysisResult.of(
                        Scalar.of("sum", "Sum", Arrays.stream(in.numbers(VALUE)).sum() * in.get(SCALE))));
    }

    static Dataset csv(String text) {
        return Dataset.parse("t.csv", text.getBytes(StandardCharsets.UTF_8), FileFormat.CSV);
    }

    @Test
    void runsAnAnalysis() {
        try (Workbench workbench = Workbench.openLazily()) {
            workbench.register(sum());
            Outcome outcome = workbench
                    .run("sum", csv("study,yi\nA,1\nB,2.5\n"))
                    .set("scale", 2)
                    .get();
            assertEquals(7, outcome.get().item("sum", Scalar.class).value());
            assertEquals("ok", outcome.status());
        }
    }

    @Test
    void runsOncePerGroup() {
        try (Workbench workbench = Workbench.openLazily()) {
            workbench.register(sum());
            Outcome outcome = workbench
                    .run("sum", csv("study,yi,g\nA,1,x\nB,2.5,y\nC,3,x\nD,z,w"))
                    .by("g")
                    .get();
            assertEquals(
                    4,
                    outcome.get()
                            .item("x", Section.class)
                            .item("sum", Scalar.class)
                            .value());
            assertEquals(
                    Section.Status.REJECTED,
                    outcome.get().item("w", Section.class).status());
        }
    }
}
