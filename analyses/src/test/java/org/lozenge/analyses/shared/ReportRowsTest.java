package org.lozenge.analyses.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.Role;
import org.lozenge.plugin.Roles;
import org.lozenge.stats.survival.ReportField;
import org.lozenge.workbench.Outcome;
import org.lozenge.workbench.RunHandle;
import org.lozenge.workbench.Workbench;
import org.lozenge.workbench.table.Dataset;
import org.lozenge.workbench.table.FileFormat;

class ReportRowsTest {

    private static AnalysisSpec spec(Role hazardRatio) {
        return AnalysisSpec.of("probe", "Probe")
                .roles(Roles.STUDY.optional(), ReportRows.ENDPOINT, hazardRatio)
                .roles(ReportRoles.all().stream()
                        .filter(role -> !role.equals(ReportRoles.of(ReportField.HR)))
                        .toArray(Role[]::new))
                .params(ReportParams.all().toArray(Param<?>[]::new));
    }

    /** Reads a table in an analysis of its own and returns what it saw. */
    private static ReportRows read(String csv, Role hazardRatio) {
        List<ReportRows> seen = new ArrayList<>();
        Analysis probe = Analysis.of(spec(hazardRatio), (in, context) -> {
            ReportRows rows = ReportRows.read(
                    in, field -> field == ReportField.HR ? hazardRatio : ReportRoles.of(field), context);
            rows.rejectOrSkip(in);
            seen.add(rows);
            return AnalysisResult.of();
        });
        try (Workbench workbench = Workbench.openLazily()) {
            workbench.register(probe);
            Dataset data = Dataset.parse("trials.csv", csv.getBytes(StandardCharsets.UTF_8), FileFormat.CSV);
            Outcome outcome = workbench.run("probe", data).get();
            assertThat(outcome.status()).as(outcome.messages().toString()).isEqualTo("ok");
        }
        return seen.get(0);
    }

    @Test
    void readingEndsWhenTheRunIsCancelled() {
        CompletableFuture<RunHandle> started = new CompletableFuture<>();
        List<ReportRows> seen = new ArrayList<>();
        Analysis probe = Analysis.of(spec(ReportRoles.of(ReportField.HR)), (in, context) -> {
            started.join().cancel();
            seen.add(ReportRows.read(in, context));
            return AnalysisResult.of();
        });
        try (Workbench workbench = Workbench.openLazily()) {
            workbench.register(probe);
            byte[] csv = "study,hr,ci_low,ci_high\nA,0.6,0.4,0.9\n".getBytes(StandardCharsets.UTF_8);
            RunHandle handle = workbench
                    .run("probe", Dataset.parse("trials.csv", csv, FileFormat.CSV))
                    .start();
            started.complete(handle);
            assertThat(handle.get().status()).isEqualTo("cancelled");
        }
        assertThat(seen).isEmpty();
    }

    @Test
    void readsFieldsFromTheRolesOfAnotherAnalysis() {
        ReportRows rows = read("study,ratio,ci_low,ci_high\nA,0.50,0.40,0.62\nB,,,\n", Roles.RATIO.sparse());

        assertThat(rows.rows()).hasSize(2);
        assertThat(rows.usable()).singleElement().satisfies(row -> {
            assertThat(row.study()).isEqualTo("A");
            assertThat(row.result().text(ReportField.HR)).isEqualTo("0.50");
            assertThat(row.estimate().orElseThrow().route()).isEqualTo("T4");
        });
        assertThat(rows.errors()).isEmpty();
        assertThat(rows.withoutRoute()).extracting(Message::rows).containsExactly(List.of(2));
    }

    @Test
    void namesRowsThatLackTheSameInOneMessage() {
        ReportRows rows = read("study,ratio\nA,0.50\nB,0.60\nC,0.70\n", Roles.RATIO.sparse());

        assertThat(rows.withoutRoute())
                .singleElement()
                .satisfies(message -> assertThat(message.text()).startsWith("trials.csv, rows 1, 2 and 3: "));
    }

    @Test
    void everyFieldHasARoleOfItsName() {
        assertThat(ReportRoles.all())
                .hasSize(ReportField.values().length + CurveRoles.all().size())
                .allMatch(Role::isSparse)
                .extracting(Role::name)
                .contains("hr", "ci_low", "p_sided", "o_minus_e", "survival_t", "favours", "arm", "survival", "n_risk");
    }
}
