package org.lozenge.analyses.convertandcompare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lozenge.analyses.shared.Runs.run;
import static org.lozenge.analyses.shared.Runs.table;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lozenge.analyses.shared.Rscript;
import org.lozenge.plugin.Attachment;
import org.lozenge.samples.Samples;
import org.lozenge.workbench.Outcome;

class ConvertAndCompareAnalysisTest {

    private static final String BCG = Samples.get("bcg").csv();

    @TempDir
    Path folder;

    private static String script(Outcome outcome) {
        return outcome.get().item("analysis", Attachment.class).body();
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource({
        "reml, hksj, lozenge",
        "dl, z, revman5",
        "pm, hksj-plain, meta",
        "sj, t, stata",
        "ml, pl, metafor",
        "reml, kr, lozenge",
        "dl, ivhet, lozenge",
        "0.2, z, lozenge"
    })
    void metaforAgreesWithEveryNumber(String tau2, String test, String convention) {
        Outcome outcome = run(
                "convert-and-compare",
                BCG,
                r -> r.set("measure", "or").set("tau2", tau2).set("test", test).set("convention", convention));
        Rscript.Run run = Rscript.run(folder, script(outcome));
        assertThat(run.status()).as(run.output()).isZero();
        assertThat(run.output()).containsPattern("[0-9]+ numbers agree with metafor");
    }

    @Test
    void stopsIfANumberDiffers() {
        Outcome outcome = run("convert-and-compare", BCG, r -> r.set("measure", "rr"));
        double estimate = table(outcome, "model").number("estimate", 1);
        String changed = script(outcome).replace(", " + estimate + ", ", ", " + (estimate + 1e-5) + ", ");
        assertThat(changed).isNotEqualTo(script(outcome));
        Rscript.Run run = Rscript.run(folder, changed);
        assertThat(run.status()).isNotZero();
        assertThat(run.output()).contains("random: estimate: Lozenge says -0.7145");
    }

    @Test
    void writesNamesThatRCanRead() {
        String csv = "study,effect,se\n\"O\"\"Brien \\ 1\",0.1,0.2\nŁódź,0.3,0.1\n";
        String script = script(run("convert-and-compare", csv));
        assertThat(script)
                .contains("\"O\\\"Brien \\\\ 1\"")
                .contains("\\U{141}")
                .isASCII();
        Rscript.Run run = Rscript.run(folder, script);
        assertThat(run.status()).as(run.output()).isZero();
    }

    @Test
    void takesASingleStudyAsItIs() {
        String script = script(run("convert-and-compare", "study,effect,se\nA,0.1,0.2\n"));
        assertThat(script).contains("common <- rma").doesNotContain("random <- rma");
    }
}
