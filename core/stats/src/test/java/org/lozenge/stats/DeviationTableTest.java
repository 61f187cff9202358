package org.lozenge.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Measures the table of log relative errors, writes it to {@code target/deviations.md} and holds the README to it. */
class DeviationTableTest {

    /** A rounding in the last place moves the fewest digits by a few tenths from one processor to another. */
    private static final double SLACK = 0.3;

    private static DeviationTable measured;

    @BeforeAll
    static void measure() {
        measured = DeviationTable.measure();
        measured.write();
    }

    @Test
    void readmeShowsEveryRowAndPromisesNoMoreThanIsMeasured() throws IOException {
        Map<String, Double> documented = documented();
        assertThat(documented.keySet()).isEqualTo(measured.fewest().keySet());
        measured.fewest()
                .forEach((row, digits) -> assertThat(digits)
                        .as("%s in validation/README.md; target/deviations.md holds the measured table", row)
                        .isGreaterThan(documented.get(row) - SLACK));
    }

    private static Map<String, Double> documented() throws IOException {
        Map<String, Double> rows = new LinkedHashMap<>();
        for (String line : Files.readAllLines(Path.of("validation", "README.md"))) {
            String[] cells = line.split(" \\| ");
            if (cells.length >= 5 && cells[2].matches("\\d+")) {
                rows.put(cells[0] + " | " + cells[1] + " |", Double.parseDouble(cells[3]));
            }
        }
        return rows;
    }

    @Test
    void comparesManyNumbers() {
        assertThat(measured.markdown()
                        .lines()
                        .skip(2)
                        .mapToInt(line -> Integer.parseInt(line.split(" \\| ")[2]))
                        .sum())
                .isGreaterThan(100_000);
    }
}
