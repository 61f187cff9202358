package org.lozenge.stats.model;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.lozenge.stats.EffectSizes;

/** The reference files: comma-separated, '#' starts a comment line, quotes only around the source of a data set. */
final class ReferenceData {

    private ReferenceData() {}

    /** The rows of a file as maps from column to text. */
    static List<Map<String, String>> rows(String file) {
        try (InputStream in = Objects.requireNonNull(ReferenceData.class.getResourceAsStream(file), file);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            List<String> lines = reader.lines().filter(l -> !l.startsWith("#")).toList();
            String[] header = lines.get(0).split(",");
            List<Map<String, String>> rows = new ArrayList<>();
            for (String line : lines.subList(1, lines.size())) {
                String[] cells = line.split(",(?=([^\"]*\"[^\"]*\")*[^\"]*$)", -1);
                Map<String, String> row = new LinkedHashMap<>();
                for (int i = 0; i < header.length; i++) {
                    row.put(header[i], cells[i]);
                }
                rows.add(row);
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The data sets by name. */
    static Map<String, EffectSizes> dataSets() {
        return dataSets("datasets.csv");
    }

    /** The data sets of a file by name. */
    static Map<String, EffectSizes> dataSets(String file) {
        Map<String, EffectSizes> sets = new LinkedHashMap<>();
        for (Map<String, String> row : rows(file)) {
            sets.put(row.get("name"), EffectSizes.of(numbers(row.get("y")), numbers(row.get("v"))));
        }
        return sets;
    }

    static double[] numbers(String text) {
        return text.isEmpty()
                ? new double[0]
                : Arrays.stream(text.split(" "))
                        .mapToDouble(ReferenceData::number)
                        .toArray();
    }

    /** A number, NaN for NA. */
    static double number(String text) {
        return text.equals("NA") ? Double.NaN : Double.parseDouble(text);
    }
}
