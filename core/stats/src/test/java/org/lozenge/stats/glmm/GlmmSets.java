package org.lozenge.stats.glmm;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The data sets and reference rows of this package. */
final class GlmmSets {

    private static final Map<String, String[]> SETS = sets();

    private GlmmSets() {}

    private static Map<String, String[]> sets() {
        Map<String, String[]> sets = new HashMap<>();
        for (String line : lines("sets.csv")) {
            String[] cells = line.split(",", -1);
            sets.put(cells[0], cells);
        }
        return sets;
    }

    /** The lines of a resource below its comments and header. */
    static List<String> lines(String name) {
        try (InputStream in = GlmmSets.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.startsWith("name"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static double number(String text) {
        return text.equals("NA") ? Double.NaN : Double.parseDouble(text);
    }

    static double[] numbers(String text) {
        return text.isEmpty()
                ? new double[0]
                : Arrays.stream(text.split(" "))
                        .mapToDouble(Double::parseDouble)
                        .toArray();
    }

    /** A column of a set: x1, n1, x2 or n2. */
    static double[] column(String set, String name) {
        return numbers(
                SETS.get(set)[List.of("name", "measure", "x1", "n1", "x2", "n2").indexOf(name)]);
    }

    /** The data of a set under a model, written as metafor does: {@code CM.EL}. */
    static GlmmData data(String set, String model) {
        GlmmModel m = GlmmModel.valueOf(model.replace('.', '_'));
        double[] x1 = column(set, "x1");
        double[] n1 = column(set, "n1");
        double[] x2 = column(set, "x2");
        double[] n2 = column(set, "n2");
        return switch (SETS.get(set)[1]) {
            case "OR" -> GlmmData.oddsRatio(m, GlmmCoding.HALF, x1, n1, x2, n2);
            case "IRR" -> GlmmData.rateRatio(m, GlmmCoding.HALF, x1, n1, x2, n2);
            case "PLO" -> GlmmData.proportion(x1, n1);
            default -> GlmmData.rate(x1, n1);
        };
    }
}
