package org.lozenge.workbench.plugins;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Attachment;
import org.lozenge.plugin.Estimate;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.ResultItem;
import org.lozenge.plugin.Scalar;
import org.lozenge.plugin.Section;
import org.lozenge.plugin.Tabular;
import org.lozenge.plugin.Text;
import org.lozenge.plugin.XYPlot;
import org.lozenge.workbench.Outcome;
import org.lozenge.workbench.Workbench;
import org.lozenge.workbench.table.Dataset;
import org.lozenge.workbench.table.FileFormat;
import org.lozenge.workbench.testkit.PluginCheck;

/**
 * Plugins that were compiled against version 1.0 of the API and are kept as binaries, with their sources beside them. They
 * must load and give these numbers as long as the major version is 1. Never build them anew: that would prove nothing.
 */
class OldPluginsTest {

    private static final Dataset DATA = Dataset.parse(
            "d.csv",
            "study,effect,se,year,dose\nA,1,0.5,2001,10\nB,2,1,2002,\nC,4,0.5,2003,20\n".getBytes(UTF_8),
            FileFormat.CSV);

    @TempDir
    private Path folder;

    private Workbench workbench = Workbench.of();

    @BeforeEach
    void load() throws Exception {
        for (String name : List.of("trimmed-mean", "every-kind")) {
            try (InputStream jar = OldPluginsTest.class.getResourceAsStream("built-for-1.0/" + name + ".jar")) {
                Files.copy(jar, folder.resolve(name + ".jar"));
            }
        }
        workbench = Workbench.open(folder);
    }

    @AfterEach
    void close() {
        workbench.close();
    }

    @Test
    void theJarsAreThoseOfVersionOne() throws Exception {
        var sha = java.security.MessageDigest.getInstance("SHA-256");

        assertThat(HexFormat.of().formatHex(sha.digest(Files.readAllBytes(folder.resolve("trimmed-mean.jar")))))
                .isEqualTo("e5c30ed7ccb0a4ce73128b68678156e3919fa5fbd30550ba92a1f532c51f070a");
        assertThat(HexFormat.of().formatHex(sha.digest(Files.readAllBytes(folder.resolve("every-kind.jar")))))
                .isEqualTo("4018634f69393835df365e646a3834bb8263c3e29291c491909b69063aa9056c");
    }

    @Test
    void theyLoadWithoutAWord() {
        assertThat(workbench.problems()).isEmpty();
        assertThat(workbench.analyses()).extracting(AnalysisSpec::id).contains("old-trimmed-mean", "old-every-kind");
    }

    @Test
    void thePlainOneGivesItsNumbers() {
        Dataset data = Dataset.parse("t.csv", "yi\n-90\n1\n2\n3\n4\n50\n".getBytes(UTF_8), FileFormat.CSV);

        Outcome outcome =
                workbench.run("old-trimmed-mean", data).set("trim", 0.25).get();

        assertThat(outcome.get().item("mean", Scalar.class).value()).isEqualTo(2.5);
        assertThat(outcome.get().item("used", Scalar.class).value()).isEqualTo(4);
        assertThat(outcome.provenance().plugin()).isEqualTo("trimmed-mean");
        assertThat(outcome.provenance().version()).isEqualTo("1.0.0");
        assertThat(workbench
                        .run("old-trimmed-mean", data)
                        .set("trim", 0.5)
                        .get()
                        .messages())
                .extracting(Message::code)
                .containsExactly("param-range");
    }

    @Test
    void theOneThatUsesEverythingGivesEverything() {
        Outcome outcome = workbench
                .run("old-every-kind", DATA)
                .map("moderators", "year")
                .set("draws", 5)
                .set("noise", true)
                .get();

        assertThat(outcome.status()).as(outcome.messages().toString()).isEqualTo("ok");
        assertThat(outcome.messages())
                .extracting(Message::code)
                .contains("source", "printed", "set")
                .doesNotContain("analysis-failed");
        // Weights 4, 1 and 4: (4·1 + 1·2 + 4·4) / 9.
        Estimate mean = outcome.get().item("mean", Estimate.class);
        assertThat(mean.value()).isEqualTo(22.0 / 9);
        assertThat(mean.high()).isEqualTo(22.0 / 9 + 2 / 3.0);
        assertThat(outcome.get().items())
                .extracting(ResultItem::getClass)
                .map(Class::getSimpleName)
                .containsExactly("Scalar", "Estimate", "Tabular", "ForestPlot", "XYPlot", "Section", "Text");
        assertThat(outcome.get().item("studies", Tabular.class).number("dose", 1))
                .isNaN();
        assertThat(outcome.get().item("forest", ForestPlot.class).rows()).hasSize(6);
        assertThat(outcome.get().item("plot", XYPlot.class).layers()).hasSize(1);
        Section inner = outcome.get().item("inner", Section.class);
        assertThat(inner.item("noise", Scalar.class).value()).isBetween(0.0, 1.0);
        assertThat(inner.item("columns", Scalar.class).value()).isEqualTo(5);
        assertThat(inner.item("script", Attachment.class).body()).isEqualTo("year");
        assertThat(inner.item("facts", Text.class).body()).isEqualTo("{a=1}");
        assertThat(inner.messages()).hasSize(1);
    }

    @Test
    void itsFormerNamesAndItsErrorsWork() {
        Outcome renamed = workbench
                .run("older-every-kind", DATA)
                .map("moderators", "year")
                .set("weights", "equal")
                .get();
        assertThat(renamed.get().item("mean", Estimate.class).value()).isEqualTo(7.0 / 3);
        assertThat(renamed.messages()).extracting(Message::code).contains("renamed-analysis", "renamed-option");

        Dataset tiny =
                Dataset.parse("t.csv", "effect,variance,year\n1,1e-320,1\n2,1,2\n".getBytes(UTF_8), FileFormat.CSV);
        Outcome rejected =
                workbench.run("old-every-kind", tiny).map("moderators", "year").get();
        assertThat(rejected.messages())
                .extracting(Message::code)
                .as(rejected.messages().toString())
                .contains("weights");
    }

    @Test
    void theTestKitOfTodayChecksThemToo() {
        PluginCheck.of(workbench, "old-trimmed-mean").check().assertOk();
    }
}
