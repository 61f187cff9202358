package org.lozenge.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MainTest {

    private static final String HEADER = "trial,hr,ci_low,ci_high\n";

    @TempDir
    private Path folder;

    private record Ended(int status, String out, String err) {}

    private Ended lozenge(String input, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status =
                Main.run(List.of(args), new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), out, err);
        return new Ended(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    static Stream<Arguments> badTables() {
        return Stream.of(
                Arguments.of("an empty file", "", "empty"),
                Arguments.of("a header only", HEADER, "no row of data"),
                Arguments.of("two decimal signs", "trial;hr;n\nA;0,5;1.000\n", "'1.000' has a point"),
                Arguments.of("text for a number", HEADER + "A,about half,0.3,0.9\n", "'about half'"),
                Arguments.of("a reversed interval", HEADER + "A,0.5,0.9,0.3\n", "0.9"),
                Arguments.of("an estimate outside", HEADER + "A,0.2,0.3,0.9\n", "outside its interval"),
                Arguments.of("a ratio below 0", HEADER + "A,-0.5,0.3,0.9\n", "above 0"),
                Arguments.of("an infinite value", HEADER + "A,Infinity,0.3,0.9\n", "'Infinity'"),
                Arguments.of("a column twice", "trial,hr,hr\nA,1,1\n", "'hr'"),
                Arguments.of("nothing usable", HEADER + "A,0.5,0.3,0.9\nB,,,\n", "row 2"),
                Arguments.of("a standard error of 0", "trial,effect,se\nA,0.5,0\n", "row 1"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badTables")
    void badTableEndsWithStatusTwoAndSaysWhat(String name, String table, String said) {
        Path target = folder.resolve("out.json");

        Ended ended = lozenge(table, "run", "pool", "-", "--format", "json", "--out", target.toString());

        assertThat(ended.status).as(ended.err).isEqualTo(ExitStatus.MEND);
        assertThat(ended.err).startsWith("error: standard input").contains(said).doesNotContain("\tat ");
        assertThat(target).doesNotExist();
    }

    static Stream<Arguments> badCalls() {
        return Stream.of(
                Arguments.of(List.of("run", "poool", "-"), "Did you mean 'pool'"),
                Arguments.of(List.of("run", "pool", "no-such.csv"), "no-such.csv"),
                Arguments.of(List.of("run", "pool", "sample:bgc"), "Did you mean 'bcg'"),
                Arguments.of(List.of("run", "pool", "-", "--tua2", "dl"), "Did you mean '--tau2'"),
                Arguments.of(List.of("run", "pool", "-", "--level", "95"), "between 0 and 1"),
                Arguments.of(List.of("run", "pool", "-", "--map", "hr=hrr"), "Did you mean 'hr'"),
                Arguments.of(List.of("run", "pool", "-", "--hr", "hrr"), "Did you mean 'hr'"),
                Arguments.of(List.of("review", "-"), "--out"),
                Arguments.of(List.of("reviw"), "Did you mean 'review'"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badCalls")
    void badCallEndsWithStatusTwoAndSaysWhat(List<String> call, String said) {
        Ended ended = lozenge(HEADER + "A,0.5,0.3,0.9\n", call.toArray(String[]::new));

        assertThat(ended.status).as(ended.err).isEqualTo(ExitStatus.MEND);
        assertThat(ended.err).contains(said).doesNotContain("\tat ");
    }

    @Test
    void aRoleIsAnOptionWhereNoOptionHasItsName() {
        String[] call = {"run", "subgroup", "sample:bcg", "--measure", "rr", "--format", "json"};
        String[] mapped = Stream.concat(Stream.of(call), Stream.of("--map", "group=alloc"))
                .toArray(String[]::new);
        String[] named =
                Stream.concat(Stream.of(call), Stream.of("--group", "alloc")).toArray(String[]::new);

        Ended ended = lozenge("", named);

        assertThat(ended.status).as(ended.err).isZero();
        assertThat(ended.out).contains("\"group\": [\"alloc\"]").isEqualTo(lozenge("", mapped).out);
    }

    @Test
    void outcomeAsJsonHasTheTablesOfTheContract() {
        Ended ended = lozenge("", "run", "pool", "sample:lenalidomide-maintenance", "--format", "json");

        assertThat(ended.status).as(ended.err).isZero();
        assertThat(ended.out)
                .contains("\"status\": \"ok\"", "\"id\": \"model\"", "\"id\": \"heterogeneity\"", "\"id\": \"studies\"")
                .contains("\"type\": \"forest-plot\"", "0.47863");
    }

    @Test
    void whatAStudyIsCalledCannotRunInTheReport() throws Exception {
        String table = HEADER + "\"<script>alert(1)</script>\",0.5,0.3,0.9\n\"\"\" onload=\"\"x\",0.6,0.4,0.9\n";

        Ended ended = lozenge(table, "review", "-", "--out", folder.resolve("r").toString());

        assertThat(ended.status).as(ended.err).isZero();
        assertThat(Files.readString(folder.resolve("r/report.html")))
                .doesNotContain("<script")
                .contains("&lt;script&gt;alert(1)")
                .doesNotContainPattern("<[^>]*\\sonload=");
    }

    @Test
    void aFolderOfSomebodyElseIsLeftAlone() throws Exception {
        Files.writeString(folder.resolve("mine.txt"), "mine");

        Ended ended = lozenge("", "review", "sample:lenalidomide", "--out", folder.toString());

        assertThat(ended.status).isNotZero();
        assertThat(ended.err).contains("mine.txt");
        assertThat(folder.resolve("report.html")).doesNotExist();
        assertThat(folder.resolve("mine.txt")).hasContent("mine");
    }

    @Test
    void sampleIsExportedByteForByte() throws Exception {
        Path file = folder.resolve("bcg.csv");

        assertThat(lozenge("", "sample", "bcg", "--out", file.toString()).status)
                .isZero();
        assertThat(lozenge("", "sample", "bcg").out).isEqualTo(Files.readString(file));
    }

    @Test
    void listAndDescribeKnowTheBundledAnalyses() {
        assertThat(lozenge("", "list").out).contains("pool", "hazard-ratio", "review");
        assertThat(lozenge("", "describe", "pool").out).contains("--tau2", "ci_low");
        assertThat(lozenge("", "describe", "pool", "--json-schema").out).contains("\"tau2\"");
    }
}
