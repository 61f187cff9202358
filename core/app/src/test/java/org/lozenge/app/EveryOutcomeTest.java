package org.lozenge.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Param;
import org.lozenge.samples.Samples;
import org.lozenge.workbench.Outcome;
import org.lozenge.workbench.Run;
import org.lozenge.workbench.Workbench;
import org.lozenge.workbench.form.JsonSchema;
import org.lozenge.workbench.json.Differences;
import org.lozenge.workbench.json.Replay;
import org.lozenge.workbench.report.Report;
import org.lozenge.workbench.table.Dataset;
import org.lozenge.workbench.table.FileFormat;

/** Outcomes of every bundled analysis as files keep them: they fit the schema, and a replay gives the same one. */
class EveryOutcomeTest {

    private static final Workbench WORKBENCH = Workbench.open();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    /** The members of an outcome that hosts may count on. */
    private static final Set<String> MEMBERS =
            Set.of("lozenge", "status", "analysis", "input", "mapping", "params", "seed", "messages", "items");

    private static final Dataset PATIENTS = Dataset.parse(
            "patients.csv",
            ("time,status,group,age\n1,1,a,50\n2,0,a,61\n3,1,b,47\n4,1,a,52\n5,1,b,70\n6,0,b,66\n7,1,a,58\n8,1,b,43\n"
                            + "9,1,b,49\n10,0,a,55\n")
                    .getBytes(StandardCharsets.UTF_8),
            FileFormat.CSV);

    private static final Dataset OUTCOMES = Dataset.parse(
            "outcomes.csv",
            ("study,outcome,effect,variance\nA,os,0.1,0.04\nA,pfs,0.3,0.05\nB,os,0.5,0.03\nB,pfs,0.2,0.04\nC,os,-0.1,0.05\n"
                            + "C,pfs,0.2,0.06\nD,os,0.3,0.02\nE,pfs,0.4,0.03\n")
                    .getBytes(StandardCharsets.UTF_8),
            FileFormat.CSV);

    /** What an analysis runs on, if not the first sample that suits it. */
    private static final Map<String, Dataset> DATA =
            Map.of("cox", PATIENTS, "log-rank", PATIENTS, "kaplan-meier", PATIENTS, "multivariate", OUTCOMES);

    /** Columns that are not found by name, and the samples that have them. */
    private static final Map<String, Map<String, String>> MAPPINGS = Map.of(
            "cox", Map.of("covariates", "age"),
            "meta-regression", Map.of("moderators", "ablat"),
            "moderator-forest", Map.of("moderators", "ablat"),
            "subgroup", Map.of("group", "alloc"));

    @AfterAll
    static void close() {
        WORKBENCH.close();
    }

    static Stream<String> analyses() {
        return WORKBENCH.analyses().stream().map(AnalysisSpec::id);
    }

    private static Run prepare(String id, Dataset data) {
        Run run = WORKBENCH.run(id, data);
        for (Map.Entry<String, String> role :
                MAPPINGS.getOrDefault(id, Map.of()).entrySet()) {
            run = run.map(role.getKey(), role.getValue());
        }
        return run;
    }

    private static List<Dataset> data(String id) {
        return DATA.containsKey(id)
                ? List.of(DATA.get(id))
                : Stream.of("bcg", "eight-schools", "lenalidomide-maintenance", "lenalidomide-curves", "lenalidomide")
                        .map(name -> Dataset.parse(
                                "sample:" + name,
                                Samples.get(name).csv().getBytes(StandardCharsets.UTF_8),
                                FileFormat.CSV))
                        .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("analyses")
    void fitsItsSchemaAndIsReplayed(String id) throws Exception {
        for (Dataset data : data(id)) {
            Outcome outcome = prepare(id, data).get();
            if (!(outcome instanceof Outcome.Ok)) {
                continue;
            }
            String json = Report.of(outcome).json();

            JsonNode read = JSON.readTree(json);
            assertThat(read.properties()).extracting(Map.Entry::getKey).containsAll(MEMBERS);
            AnalysisSpec spec = WORKBENCH.find(id).orElseThrow();
            JsonNode schema = JSON.readTree(JsonSchema.of(spec));
            assertThat(FACTORY.getSchema(schema).validate(call(spec, read))).isEmpty();

            Replay replay = Replay.of(json);
            Differences differences = replay.compare(replay.run(WORKBENCH, data).get(), 0);
            assertThat(differences.changes()).isEmpty();
            assertThat(differences.versions()).isEmpty();
            return;
        }
        throw new AssertionError("no data suit " + id);
    }

    /** What an outcome says was run, as a form would send it: with values of their types, without what does not matter. */
    private static ObjectNode call(AnalysisSpec spec, JsonNode outcome) throws Exception {
        ObjectNode call = JSON.createObjectNode();
        call.set("mapping", outcome.get("mapping"));
        ObjectNode params = call.putObject("params");
        JsonNode used = outcome.get("params");
        for (Param<?> param : spec.params()) {
            boolean matters = param.condition()
                    .map(condition -> condition
                            .value()
                            .equals(used.path(condition.param().name()).asText()))
                    .orElse(true);
            if (matters) {
                String text = used.get(param.name()).asText();
                params.set(
                        param.name(),
                        param.type() == String.class || param.type().isEnum()
                                ? TextNode.valueOf(text)
                                : JSON.readTree(text));
            }
        }
        return call;
    }
}
