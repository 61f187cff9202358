package org.lozenge.stats;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lozenge.stats.effect.EffectComparisons;
import org.lozenge.stats.model.PoolingComparisons;
import org.lozenge.stats.model.StratifiedComparisons;

/**
 * The table of log relative errors in {@code validation/README.md}: the fewest and the median digits that agree, for every
 * quantity.
 */
final class DeviationTable {

    /** Where the table is written, from the folder of the module. */
    static final Path FILE = Path.of("target", "deviations.md");

    private static final String HEAD = "| Compared | Quantity | Numbers | Fewest digits | Median digits | Fewest at |\n"
            + "|---|---|---|---|---|---|\n";

    private final Map<String, List<Comparison>> rows = new LinkedHashMap<>();

    private DeviationTable() {}

    static DeviationTable measure() {
        DeviationTable table = new DeviationTable();
        List<Comparison> all = new ArrayList<>(PoolingComparisons.all());
        all.addAll(EffectComparisons.all());
        all.addAll(StratifiedComparisons.all());
        for (String group : List.of(
                PoolingComparisons.DIGITS,
                PoolingComparisons.METAFOR_DIGITS,
                PoolingComparisons.METAFOR,
                EffectComparisons.METAFOR,
                StratifiedComparisons.METAFOR)) {
            all.stream()
                    .filter(c -> c.group().equals(group))
                    .forEach(c -> table.rows
                            .computeIfAbsent("| " + c.group() + " | " + c.quantity() + " |", key -> new ArrayList<>())
                            .add(c));
        }
        return table;
    }

    /** The first two cells of each row, and the fewest digits. */
    Map<String, Double> fewest() {
        Map<String, Double> fewest = new LinkedHashMap<>();
        rows.forEach((key, comparisons) -> fewest.put(key, worst(comparisons).digits()));
        return fewest;
    }

    private static Comparison worst(List<Comparison> comparisons) {
        return comparisons.stream()
                .reduce((a, b) -> b.digits() < a.digits() ? b : a)
                .orElseThrow();
    }

    String markdown() {
        StringBuilder text = new StringBuilder(HEAD);
        rows.forEach((key, comparisons) -> {
            double[] digits = comparisons.stream()
                    .mapToDouble(Comparison::digits)
                    .sorted()
                    .toArray();
            Comparison worst = worst(comparisons);
            text.append(String.format(
                    Locale.ROOT,
                    "%s %d | %.1f | %.1f | %s |%n",
                    key,
                    comparisons.size(),
                    worst.digits(),
                    digits[digits.length / 2],
                    worst.digits() == Comparison.ALL_DIGITS ? "" : worst.where().strip()));
        });
        return text.toString().replace(System.lineSeparator(), "\n");
    }

    void write() {
        try {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, markdown(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
