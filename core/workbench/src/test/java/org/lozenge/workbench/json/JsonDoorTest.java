package org.lozenge.workbench.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.Role;
import org.lozenge.plugin.RunContext;
import org.lozenge.plugin.Scalar;
import org.lozenge.plugin.Text;
import org.lozenge.workbench.Workbench;

class JsonDoorTest {

    private static final Role X = Role.number("x", "X");
    private static final Role NAME = Role.text("name", "Name").optional();
    private static final Param<Double> ADD = Param.number("add", "Add", 0);
    private static final AnalysisSpec SUM =
            AnalysisSpec.of("sum", "Sum").summary("Adds up.").roles(X, NAME).params(ADD);

    private static final JsonDoor DOOR = door();

    private static JsonDoor door() {
        Workbench workbench = Workbench.openLazily();
        workbench.register(Analysis.of(SUM, JsonDoorTest::sum));
        workbench.register(Analysis.of(AnalysisSpec.of("eat", "Eat"), (in, context) -> {
            throw new OutOfMemoryError("eaten");
        }));
        workbench.register(Analysis.of(AnalysisSpec.of("break", "Break"), (in, context) -> {
            throw new StackOverflowError();
        }));
        return new JsonDoor(workbench);
    }

    private static AnalysisResult sum(Inputs in, RunContext context) {
        double sum = Arrays.stream(in.numbers(X)).sum() + in.get(ADD);
        String names = in.has(NAME) ? String.join(",", in.strings(NAME)) : "";
        return AnalysisResult.of(Scalar.of("sum", "Sum", sum), Text.of("names", "Names", names));
    }

    @AfterAll
    static void close() {
        DOOR.close();
    }

    @TempDir
    private Path folder;

    @SuppressWarnings("unchecked")
    private static Map<String, Object> run(String request) {
        return (Map<String, Object>) JsonTree.read(DOOR.runJson(request));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> item(Map<String, Object> outcome, int at) {
        return ((List<Map<String, Object>>) outcome.get("items")).get(at);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> message(Map<String, Object> outcome) {
        return ((List<Map<String, Object>>) outcome.get("messages")).get(0);
    }

    static Stream<Arguments> data() {
        return Stream.of(
                Arguments.of("csv", "{\"csv\": \"x,name\\n1,a\\n2.50,\\\"b, c\\\"\\n\"}"),
                Arguments.of("rows", "{\"rows\": [{\"x\": 1, \"name\": \"a\"}, {\"name\": \"b, c\", \"x\": 2.50}]}"),
                Arguments.of("columns", "{\"columns\": {\"x\": [1, \"2.50\"], \"name\": [\"a\", \"b, c\"]}}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("data")
    void takesDataInSeveralForms(String form, String data) {
        Map<String, Object> outcome = run("{\"analysis\": \"sum\", \"data\": " + data + "}");

        assertThat(outcome).containsEntry("status", "ok");
        assertThat(item(outcome, 0)).containsEntry("value", "3.5");
        assertThat(item(outcome, 1)).containsEntry("body", "a,b, c");
    }

    @Test
    void readsAFile() throws Exception {
        Path file = Files.writeString(folder.resolve("t.csv"), "x\n1\n2\n");
        String name = file.toString().replace("\\", "\\\\");

        Map<String, Object> outcome = run("{\"analysis\": \"sum\", \"data\": {\"file\": \"" + name + "\"}}");

        assertThat(item(outcome, 0)).containsEntry("value", "3");
    }

    @Test
    void takesEverythingThatARunTakes() {
        Map<String, Object> outcome = run("{\"analysis\": \"sum\", \"data\": {\"name\": \"d\", \"csv\":"
                + " \"v,g,h\\n1,a,p\\n2,a,q\\n4,b,p\\n8,b,q\\n\"}, \"mapping\": {\"x\": \"v\"},"
                + " \"params\": {\"add\": 0.5}, \"where\": {\"g\": [\"b\"]}, \"by\": \"h\", \"seed\": 7,"
                + " \"timeout_millis\": 5000, \"strict\": true}");

        assertThat(outcome)
                .containsEntry("status", "ok")
                .containsEntry("by", "h")
                .containsEntry("seed", "7");
        assertThat(outcome.get("mapping")).isEqualTo(Map.of("x", List.of("v")));
        assertThat(outcome.get("params")).isEqualTo(Map.of("add", "0.5"));
        assertThat(outcome.get("where")).isEqualTo(Map.of("g", List.of("b")));
        assertThat(item(item(outcome, 0), 0)).containsEntry("value", "4.5");
        assertThat(item(item(outcome, 1), 0)).containsEntry("value", "8.5");
    }

    static Stream<Arguments> faults() {
        String data = "\"data\": {\"csv\": \"x\\n1\\n\"}";
        return Stream.of(
                Arguments.of("", "request", "The request cannot be read. The text is empty."),
                Arguments.of("{\"analysis\": \"sum\"", "request", "This is not JSON, line 1"),
                Arguments.of("[]", "request", "The request must be an object"),
                Arguments.of("{} {}", "request", "Something follows"),
                Arguments.of("{" + data + "}", "request", "names no analysis"),
                Arguments.of("{\"analysis\": [\"sum\"]}", "request", "'analysis' must be a plain value."),
                Arguments.of("{\"analysis\": \"sum\"}", "request", "holds none of them"),
                Arguments.of("{\"analysis\": \"sum\", \"analysis\": \"sum\"}", "request", "Duplicate"),
                Arguments.of(
                        "{\"analysis\": \"sum\", \"data\": {\"csv\": \"\", \"file\": \"\"}}",
                        "request",
                        "file and csv"),
                Arguments.of("{\"analysis\": \"sum\", \"dta\": {}}", "request", "Did you mean 'data'"),
                Arguments.of(
                        "{\"analysis\": \"sum\", \"data\": {\"csv\": \"x\", \"nam\": 1}}",
                        "request",
                        "Did you mean 'name'"),
                Arguments.of("{\"analysis\": \"sum\", \"data\": {\"rows\": 1}}", "request", "array of objects"),
                Arguments.of("{\"analysis\": \"sum\", \"data\": {\"rows\": [1]}}", "request", "'data.rows[0]'"),
                Arguments.of("{\"analysis\": \"sum\", \"data\": {\"rows\": [{\"x\": [1]}]}}", "request", "plain value"),
                Arguments.of(
                        "{\"analysis\": \"sum\", \"data\": {\"columns\": {\"x\": [1], \"y\": []}}}",
                        "request",
                        "x has 1, y has 0"),
                Arguments.of("{\"analysis\": \"sum\", \"data\": {\"csv\": \"x\\n\"}}", "no-rows", "row of data"),
                Arguments.of("{\"analysis\": \"sum\", \"data\": {\"file\": \"no.csv\"}}", "no-such-file", "no.csv"),
                Arguments.of("{\"analysis\": \"sum\", \"data\": {\"file\": \"a\\u0000b.csv\"}}", "request", "file"),
                Arguments.of("{\"analysis\": \"sun\", " + data + "}", "no-such-analysis", "Did you mean 'sum'"),
                Arguments.of(
                        "{\"analysis\": \"sum\", " + data + ", \"seed\": 1.5}", "request", "'seed' must be a whole"),
                Arguments.of("{\"analysis\": \"sum\", " + data + ", \"timeout_millis\": -1}", "request", "negative"),
                Arguments.of("{\"analysis\": \"sum\", " + data + ", \"strict\": \"yes\"}", "request", "true or false"),
                Arguments.of(
                        "{\"analysis\": \"sum\", " + data + ", \"params\": {\"add\": \"much\"}}",
                        "param-value",
                        "'much'"),
                Arguments.of("{\"analysis\": \"sum\", " + data + ", \"params\": 3}", "request", "'params' must be"));
    }

    @ParameterizedTest(name = "{index}: {1}, {2}")
    @MethodSource("faults")
    void aFaultIsAnsweredByAnOutcome(String request, String code, String said) {
        Map<String, Object> outcome = run(request);

        assertThat(outcome).containsEntry("status", "rejected");
        assertThat(message(outcome)).containsEntry("code", code).containsEntry("severity", "error");
        assertThat(message(outcome).get("text").toString()).contains(said);
    }

    @Test
    void whatBreaksIsAnsweredByAnOutcome() {
        String data = ", \"data\": {\"csv\": \"x\\n1\\n\"}}";

        assertThat(run("{\"analysis\": \"eat\"" + data)).containsEntry("status", "failed");
        assertThat(message(run("{\"analysis\": \"eat\"" + data))).containsEntry("code", "memory");
        assertThat(run("{\"analysis\": \"break\"" + data)).containsEntry("status", "failed");
        String deep = "[".repeat(100_000);
        assertThat(run(deep)).containsEntry("status", "rejected");
    }

    @Test
    void drawsAPageForHostsThatCannotDraw() {
        String page = DOOR.runHtml("{\"analysis\": \"sum\", \"data\": {\"csv\": \"x\\n1\\n\"}}");

        assertThat(page).startsWith("<!DOCTYPE html>").contains("<h1>Sum</h1>");
        assertThat(DOOR.runHtml("nonsense")).contains("not JSON");
    }

    @Test
    void tellsTheAnalysesAndTheirSchemas() {
        assertThat(DOOR.listJson()).contains("{\"id\":\"sum\",\"title\":\"Sum\",\"summary\":\"Adds up.\"}");
        assertThat(DOOR.schemaJson("sum")).contains("urn:lozenge:analysis:sum");
        assertThat(DOOR.schemaJson("sun")).contains("no-such-analysis", "Did you mean 'sum'");
    }

    @Test
    void isAFunction() {
        assertThat(DOOR.apply("{}")).isEqualTo(DOOR.runJson("{}"));
    }
}
