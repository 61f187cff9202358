package org.lozenge.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SamplesTest {

    /** Columns that hold text by design; every other cell is a number or empty. */
    private static final Set<String> TEXT = Set.of(
            "trial",
            "nct",
            "report",
            "publication",
            "place",
            "setting",
            "population",
            "subgroup",
            "endpoint",
            "cutoff",
            "treatment",
            "control",
            "unit",
            "note",
            "source",
            "design",
            "study",
            "alloc",
            "timing",
            "category",
            "event",
            "grade",
            "outcome",
            "p",
            "percent_t",
            "percent_c",
            "arm",
            "statistic",
            "bound",
            "kind",
            "counted",
            "item",
            "topic",
            "scale",
            "meta_analysis",
            "measure",
            "interval",
            "method");

    /** Text in one set, numbers in the others: doses, days and dates stand as printed. */
    private static final Set<String> AS_PRINTED = Set.of("value_t", "value_c", "value");

    static List<Sample> samples() {
        return Samples.all();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void tableIsStrictCsvWithTheDictionarysColumns(Sample sample) {
        CsvTable table = CsvTable.parse(sample.csv());
        assertThat(table.header())
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-z][a-z0-9_]*"))
                .isEqualTo(sample.columns().stream().map(Sample.Column::name).toList());
        assertThat(table.rows()).hasSize(sample.rows()).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void csvIsTheExactTextOfTheFile(Sample sample) throws IOException {
        try (InputStream in = sample.open()) {
            byte[] bytes = in.readAllBytes();
            // A strict decoder: it throws where new String() would put a replacement character.
            assertThat(StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString())
                    .isEqualTo(sample.csv());
            assertThat(sample.csv().getBytes(StandardCharsets.UTF_8)).isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void numberColumnsHoldPlainNumbers(Sample sample) {
        CsvTable table = CsvTable.parse(sample.csv());
        for (Map<String, String> row : table.rows()) {
            row.forEach((column, cell) -> assertThat(isText(sample, column) || cell.matches("(-?\\d+(\\.\\d+)?)?"))
                    .as("%s: column '%s' holds '%s'", sample.name(), column, cell)
                    .isTrue());
            assertThat(row.getOrDefault("p", "")).matches("(<?0\\.\\d+)?");
            assertThat(row.getOrDefault("unit", "months")).isEqualTo("months");
        }
    }

    private static boolean isText(Sample sample, String column) {
        return TEXT.contains(column) || (sample.name().equals("lenalidomide-conduct") && AS_PRINTED.contains(column));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void figuresAreInTheRangeOfTheirColumn(Sample sample) {
        for (Map<String, String> row : CsvTable.parse(sample.csv()).rows()) {
            assertThat(number(row, "ci_level", 0.95)).isBetween(0.9, 0.99);
            assertThat(number(row, "survival_t", 0.5)).isBetween(0.1, 0.99);
            assertThat(number(row, "survival_c", 0.5)).isBetween(0.1, 0.99);
            assertThat(number(row, "survival", 0.5)).isBetween(0.1, 1.0);
            assertThat(number(row, "p_sided", 1)).isIn(1.0, 2.0);
            if (!row.getOrDefault("ci_low", "").isEmpty()) {
                assertThat(estimate(row)).isBetween(number(row, "ci_low", 0), number(row, "ci_high", 0));
            }
            assertThat(number(row, "events_t", 0)).isLessThanOrEqualTo(number(row, "n_t", 1e9));
            assertThat(number(row, "events_c", 0)).isLessThanOrEqualTo(number(row, "n_c", 1e9));
            assertThat(number(row, "time_t", 0)).isBetween(number(row, "time_t_low", 0), number(row, "time_t_high", 0));
            assertThat(number(row, "time_c", 0)).isBetween(number(row, "time_c_low", 0), number(row, "time_c_high", 0));
            if (!row.getOrDefault("n_total", "").isEmpty() && !row.get("n_t").isEmpty()) {
                assertThat(number(row, "n_t", 0) + number(row, "n_c", 0)).isEqualTo(number(row, "n_total", 0));
            }
        }
    }

    private static double estimate(Map<String, String> row) {
        return Stream.of("hr", "estimate", "survival", "value")
                .map(column -> number(row, column, Double.NaN))
                .filter(value -> !Double.isNaN(value))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void rolesNameExistingColumns(Sample sample) {
        List<String> names = sample.columns().stream().map(Sample.Column::name).toList();
        assertThat(sample.roles()).isNotEmpty();
        sample.roles().forEach((role, columns) -> assertThat(names).as(role).containsAll(columns));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void describesItselfInFull(Sample sample) {
        assertThat(sample.name()).matches("[a-z0-9]+(-[a-z0-9]+)*");
        assertThat(sample.title()).isNotBlank().hasSizeLessThan(100);
        assertThat(sample.description()).endsWith(".");
        assertThat(sample.licence()).contains("Apache-2.0");
        assertThat(sample.sources()).isNotEmpty().allMatch(source -> source.length() > 20);
        assertThat(sample.command()).matches("lozenge .*sample[: ]" + sample.name() + "( .*)?");
        assertThat(sample.columns()).allMatch(column -> !column.meaning().isBlank());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void readmeShowsTheDictionary(Sample sample) throws IOException {
        assertThat(Files.readString(Path.of("README.md"))).contains(section(sample));
    }

    /** The part of README.md about one set; after a change of a dictionary, the failed test prints what to paste. */
    private static String section(Sample sample) {
        StringBuilder text = new StringBuilder();
        text.append("## `")
                .append(sample.name())
                .append("`\n\n")
                .append(sample.title())
                .append(" (");
        text.append(sample.rows())
                .append(" rows). ")
                .append(sample.description())
                .append("\n\n");
        for (int i = 0; i < sample.sources().size(); i++) {
            text.append(i + 1).append(". ").append(sample.sources().get(i)).append('\n');
        }
        text.append("\n").append(sample.licence()).append("\n\n");
        text.append("`").append(sample.command()).append("`\n\n");
        text.append("| Column | Meaning | Unit |\n|---|---|---|\n");
        for (Sample.Column c : sample.columns()) {
            text.append("| `")
                    .append(c.name())
                    .append("` | ")
                    .append(c.meaning())
                    .append(" | ");
            text.append(c.unit()).append(c.unit().isEmpty() ? "|\n" : " |\n");
        }
        return text.toString();
    }

    @Test
    void indexNamesEveryTable() throws IOException {
        try (var files = Files.list(Path.of("src/main/resources/org/lozenge/samples"))) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(file -> file.endsWith(".csv"))
                            .map(file -> file.substring(0, file.length() - 4)))
                    .containsExactlyInAnyOrderElementsOf(Samples.names());
        }
        assertThat(Samples.all()).extracting(Sample::name).isEqualTo(Samples.names());
    }

    @Test
    void findsByExactName() {
        assertThat(Samples.find("lenalidomide")).contains(Samples.get("lenalidomide"));
        assertThat(Samples.find("Lenalidomide")).isEmpty();
        assertThat(Samples.find("../index")).isEmpty();
        assertThat(Samples.find("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lenalidomid", "Lenalidomide", "lenaldiomide"})
    void suggestsTheClosestName(String name) {
        assertThatThrownBy(() -> Samples.get(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + name + "'")
                .hasMessageContaining("Did you mean 'lenalidomide'?")
                .hasMessageContaining("lenalidomide-maintenance");
    }

    @Test
    void suggestsNothingForAFarName() {
        assertThatThrownBy(() -> Samples.get("weather"))
                .hasMessageStartingWith("There is no sample data set 'weather'. Bundled sets: lenalidomide,");
    }

    @Test
    void valuesAreImmutable() {
        Sample sample = Samples.get("lenalidomide");
        assertThatThrownBy(() -> sample.roles().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> sample.roles().get("study").clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> sample.columns().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    private static double number(Map<String, String> row, String column, double missing) {
        String cell = row.getOrDefault(column, "");
        return cell.isEmpty() ? missing : Double.parseDouble(cell);
    }
}
