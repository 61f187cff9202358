package org.lozenge.analyses.compareconventions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.lozenge.analyses.shared.Runs;
import org.lozenge.plugin.Tabular;
import org.lozenge.workbench.Outcome;

/** What meta, metafor and Stata printed in public texts: {@code programs.csv} on the data of {@code programs-data.txt}. */
class ProgramsTest {

    private static final Map<String, String> DATA = lines("programs-data.txt").stream()
            .skip(1)
            .map(line -> line.split("\\|"))
            .collect(Collectors.toMap(cells -> cells[0], ProgramsTest::csv));

    private static final List<String[]> VALUES =
            lines("programs.csv").stream().skip(1).map(line -> line.split(",")).toList();

    @Test
    void agreesToThePrintedDigit() {
        Map<String, Outcome> outcomes = new HashMap<>();
        for (String[] value : VALUES) {
            Outcome outcome =
                    outcomes.computeIfAbsent(value[2] + "|" + value[3], key -> run(DATA.get(value[2]), value[3]));
            Tabular table = Runs.table(outcome, value[4]);
            double actual = shown(table.number(value[6], Integer.parseInt(value[5])), value[7]);
            BigDecimal printed = new BigDecimal(value[8]);
            assertThat(rounded(actual, printed))
                    .as(String.join(" ", value) + ", exactly " + actual)
                    .isEqualByComparingTo(printed);
        }
    }

    @Test
    void coversEveryProgramAndDataSet() {
        assertThat(VALUES).hasSizeGreaterThanOrEqualTo(450);
        assertThat(VALUES.stream().map(value -> value[2]).distinct())
                .containsExactlyInAnyOrderElementsOf(DATA.keySet());
        assertThat(VALUES.stream().map(value -> value[0]).distinct())
                .contains("meta 8.5-0", "meta 4.11-0", "meta 3.5-1", "metafor 4.4-0", "Stata 16", "Stata 17");
    }

    /** To as many decimals as printed, where these are fewer than twelve digits; else to twelve digits. */
    private static BigDecimal rounded(double actual, BigDecimal printed) {
        return printed.precision() <= 12
                ? BigDecimal.valueOf(actual).setScale(printed.scale(), RoundingMode.HALF_UP)
                : BigDecimal.valueOf(actual).round(new MathContext(12)).compareTo(printed.round(new MathContext(12)))
                                == 0
                        ? printed
                        : BigDecimal.valueOf(actual);
    }

    private static double shown(double value, String transform) {
        return switch (transform) {
            case "percent" -> 100 * value;
            case "root" -> Math.sqrt(value);
            case "none" -> value;
            default -> throw new IllegalArgumentException(transform);
        };
    }

    private static Outcome run(String csv, String options) {
        boolean pools = !options.startsWith("analysis ");
        List<String> all = List.of(options.split("; "));
        return Runs.run(pools ? "pool" : all.get(0).split(" ")[1], csv, run -> {
            for (String option : pools ? all : all.subList(1, all.size())) {
                run = run.set(option.split(" ")[0], option.split(" ")[1]);
            }
            return run;
        });
    }

    private static String csv(String[] cells) {
        StringBuilder csv = new StringBuilder(cells[2].replace(' ', ','));
        int i = 0;
        for (String study : cells[3].split(";")) {
            csv.append("\nS").append(++i).append(',').append(study.replace(' ', ','));
        }
        return csv.toString();
    }

    private static List<String> lines(String name) {
        try (InputStream in = ProgramsTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
