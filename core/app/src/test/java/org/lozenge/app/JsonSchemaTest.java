package org.lozenge.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.Role;
import org.lozenge.workbench.Workbench;
import org.lozenge.workbench.form.JsonSchema;

/** Asks a validator of JSON Schema what it makes of ours. */
class JsonSchemaTest {

    private enum Weights {
        EQUAL,
        FLEMING_HARRINGTON
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    private static final Role HR = Role.number("hr", "Hazard ratio").positive().aka("ratio");
    private static final Role SE = Role.number("se", "Standard error").positive();
    private static final Role STUDY = Role.text("study", "Study");
    private static final Role ARMS = Role.category("arms", "Arms").many().optional();
    private static final Role DEATHS =
            Role.number("deaths", "Deaths").between(0, 9).count().optional();
    private static final Param<Weights> WEIGHTS = Param.choice("weights", "Weights", Weights.EQUAL);
    private static final Param<Double> RHO = Param.number("rho", "Rho", 1)
            .min(0.0)
            .max(1.0)
            .enabledWhen(WEIGHTS, Weights.FLEMING_HARRINGTON)
            .help("Early or late.");
    private static final Param<Boolean> EXACT =
            Param.flag("exact", "Exact", true).formerly("precise");
    private static final Param<Integer> DRAWS = Param.integer("draws", "Draws", 100)
            .min(1)
            .enabledWhen(EXACT, true)
            .suggest("1000", "a lot")
            .advanced();
    private static final Param<Double> LEVEL =
            Param.number("level", "Level", 0.95).check(level -> level > 0 && level < 1, "must be between 0 and 1");
    private static final AnalysisSpec SPEC = AnalysisSpec.of("test", "A test")
            .summary("Tests.")
            .roles(STUDY, ARMS, DEATHS)
            .oneOf(List.of(HR), List.of(SE))
            .params(WEIGHTS, RHO, EXACT, DRAWS, LEVEL)
            .formerly("trial")
            .minRows(2);

    static Stream<AnalysisSpec> bundled() {
        return Workbench.openLazily().analyses().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bundled")
    void isValidForEveryBundledAnalysisAndTakesItsDefaults(AnalysisSpec spec) throws Exception {
        JsonNode schema = JSON.readTree(JsonSchema.of(spec));

        assertThat(metaErrors(schema)).isEmpty();

        ObjectNode defaults = JSON.createObjectNode();
        JsonNode params = schema.at("/properties/params/properties");
        spec.params().stream()
                .filter(param -> param.condition().isEmpty())
                .forEach(param -> defaults.set(param.name(), params.at("/" + param.name() + "/default")));
        assertThat(FACTORY.getSchema(schema).validate(JSON.createObjectNode().set("params", defaults)))
                .isEmpty();
        spec.params()
                .forEach(param -> assertThat(
                                params.at("/" + param.name() + "/title").asText())
                        .isEqualTo(param.label()));
    }

    private static Set<ValidationMessage> metaErrors(JsonNode schema) {
        return FACTORY.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"))
                .validate(schema);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                                             | valid",
                "{\"mapping\": {\"study\": [\"s\"], \"hr\": [\"h\"]}}           | valid",
                "{\"mapping\": {\"study\": [\"s\"], \"se\": [\"h\"], \"hr\": [\"h\"]}} | valid",
                "{\"mapping\": {\"study\": [\"s\"], \"hr\": [\"h\"], \"arms\": [\"a\", \"b\"]}} | valid",
                "{\"mapping\": {\"study\": [\"s\"]}}                            | wrong",
                "{\"mapping\": {\"hr\": [\"h\"]}}                               | wrong",
                "{\"mapping\": {\"study\": [\"s\", \"t\"], \"hr\": [\"h\"]}}    | wrong",
                "{\"mapping\": {\"study\": [\"s\"], \"hr\": [\"h\"], \"x\": [\"x\"]}} | wrong",
                "{\"params\": {\"draws\": 3}}                                   | valid",
                "{\"params\": {\"draws\": 3, \"exact\": true}}                  | valid",
                "{\"params\": {\"draws\": 3, \"exact\": false}}                 | wrong",
                "{\"params\": {\"draws\": 0}}                                   | wrong",
                "{\"params\": {\"draws\": 1.5}}                                 | wrong",
                "{\"params\": {\"draws\": \"3\"}}                               | wrong",
                "{\"params\": {\"rho\": 0.5}}                                   | wrong",
                "{\"params\": {\"rho\": 0.5, \"weights\": \"equal\"}}           | wrong",
                "{\"params\": {\"rho\": 0.5, \"weights\": \"fleming-harrington\"}} | valid",
                "{\"params\": {\"rho\": 1.5, \"weights\": \"fleming-harrington\"}} | wrong",
                "{\"params\": {\"weights\": \"logrank\"}}                       | wrong",
                "{\"params\": {\"precise\": false}}                             | valid",
                "{\"params\": {\"precisely\": false}}                           | wrong",
                "{\"other\": 1}                                                 | wrong"
            })
    void takesWhatARunTakes(String instance, String expected) throws Exception {
        JsonNode schema = JSON.readTree(JsonSchema.of(SPEC));
        assertThat(metaErrors(schema)).isEmpty();

        Set<ValidationMessage> errors = FACTORY.getSchema(schema).validate(JSON.readTree(instance));

        assertThat(errors.isEmpty() ? "valid" : "wrong").as(errors.toString()).isEqualTo(expected);
    }

    @Test
    void saysEverythingThatTheSpecificationSays() throws Exception {
        JsonNode schema = JSON.readTree(JsonSchema.of(SPEC));

        assertThat(schema.at("/$id").asText()).isEqualTo("urn:lozenge:analysis:test");
        assertThat(schema.at("/x-formerly/0").asText()).isEqualTo("trial");
        assertThat(schema.at("/x-min-rows").asInt()).isEqualTo(2);
        assertThat(schema.at("/properties/mapping/properties/hr/x-cells"))
                .isEqualTo(JSON.readTree("{\"type\": \"number\", \"exclusiveMinimum\": 0}"));
        assertThat(schema.at("/properties/mapping/properties/hr/examples/0/0").asText())
                .isEqualTo("ratio");
        assertThat(schema.at("/properties/params/properties/precise/deprecated").asBoolean())
                .isTrue();
        assertThat(schema.at("/properties/params/properties/precise/description")
                        .asText())
                .isEqualTo("Now called exact.");
        assertThat(schema.at("/properties/params/properties/draws/x-advanced").asBoolean())
                .isTrue();
        assertThat(schema.at("/properties/params/properties/draws/examples"))
                .as("a suggestion that is not allowed does no harm")
                .isEqualTo(JSON.readTree("[1000, \"a lot\"]"));
        assertThat(schema.at("/properties/params/properties/level/description").asText())
                .isEqualTo("The value must be between 0 and 1.");
        assertThat(schema.at("/properties/params/properties/rho/description").asText())
                .isEqualTo("Early or late.");
    }
}
