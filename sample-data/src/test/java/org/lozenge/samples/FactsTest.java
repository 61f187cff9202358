package org.lozenge.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every fact of the five documents (F001 to F260) and of the further published trials (P01 to P50) stands in a bundled table.
 *
 * <p>{@code facts.csv} lists the facts, one line for each figure: where it must stand (set, the cells that find its rows,
 * column) and its value. It was written from the collected facts, not from the tables.
 */
class FactsTest {

    private static final CsvTable FACTS = CsvTable.parse(text());

    private final Map<String, CsvTable> tables = new HashMap<>();

    @Test
    void everyFigureStandsInItsTable() {
        List<String> missing = new ArrayList<>();
        for (Map<String, String> fact : FACTS.rows()) {
            List<String> found = cells(fact);
            if (found.isEmpty() || !found.stream().allMatch(fact.get("value")::equals)) {
                missing.add(fact + " found " + found);
            }
        }
        assertThat(missing).isEmpty();
    }

    private List<String> cells(Map<String, String> fact) {
        CsvTable table = tables.computeIfAbsent(
                fact.get("set"), name -> CsvTable.parse(Samples.get(name).csv()));
        assertThat(table.header()).contains(fact.get("column"));
        String[] pairs = Arrays.stream(fact.get("where").split(" & "))
                .flatMap(pair -> Arrays.stream(pair.split("=", 2)))
                .toArray(String[]::new);
        return table.where(pairs).stream()
                .map(row -> row.get(fact.get("column")))
                .toList();
    }

    @Test
    void noFactIsLeftOut() {
        assertThat(FACTS.rows().stream().map(row -> row.get("fact")).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                IntStream.rangeClosed(1, 260).mapToObj(i -> "F%03d".formatted(i)),
                                IntStream.rangeClosed(1, 50).mapToObj(i -> "P%02d".formatted(i)))
                        .toList());
        assertThat(FACTS.rows()).hasSizeGreaterThan(1400);
    }

    private static String text() {
        try (InputStream in = Objects.requireNonNull(FactsTest.class.getResourceAsStream("facts.csv"), "facts.csv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
