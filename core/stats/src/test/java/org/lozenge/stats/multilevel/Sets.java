package org.lozenge.stats.multilevel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.model.DesignMatrix;

/** The data sets of multilevel-sets.csv and the fits that reference rows ask for. */
final class Sets {

    private Sets() {}

    /** One effect; numbers that the file leaves empty are NaN. */
    record Effect(double y, double v, int cluster, String group, String outcome, double x, double[] c) {}

    static List<Map<String, String>> table(String file) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Sets.class.getResourceAsStream(file)), StandardCharsets.UTF_8))) {
            List<String> lines =
                    reader.lines().filter(line -> !line.startsWith("#")).toList();
            String[] header = lines.get(0).split(",", -1);
            List<Map<String, String>> out = new ArrayList<>();
            for (String line : lines.subList(1, lines.size())) {
                String[] cells = line.split(",", -1);
                Map<String, String> row = new LinkedHashMap<>();
                for (int i = 0; i < header.length; i++) {
                    row.put(header[i], cells[i]);
                }
                out.add(row);
            }
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<String, List<Effect>> read() {
        Map<String, List<Effect>> sets = new LinkedHashMap<>();
        for (Map<String, String> row : table("multilevel-sets.csv")) {
            sets.computeIfAbsent(row.get("set"), key -> new ArrayList<>())
                    .add(new Effect(
                            number(row, "y"),
                            number(row, "v"),
                            Integer.parseInt(row.get("cluster")),
                            row.get("group"),
                            row.get("outcome"),
                            number(row, "x"),
                            new double[] {number(row, "c1"), number(row, "c2"), number(row, "c3")}));
        }
        return sets;
    }

    private static double number(Map<String, String> row, String column) {
        return row.get(column).isEmpty() ? Double.NaN : Double.parseDouble(row.get(column));
    }

    static double[] numbers(Map<String, String> row, String column) {
        return Arrays.stream(row.get(column).split(" "))
                .mapToDouble(cell -> cell.equals("NA") || cell.equals("NaN") ? Double.NaN : Double.parseDouble(cell))
                .toArray();
    }

    static DoubleSeq y(List<Effect> rows) {
        return DoubleSeq.of(rows.stream().mapToDouble(Effect::y).toArray());
    }

    static DoubleSeq v(List<Effect> rows) {
        return DoubleSeq.of(rows.stream().mapToDouble(Effect::v).toArray());
    }

    static int[] clusters(List<Effect> rows) {
        return rows.stream().mapToInt(Effect::cluster).toArray();
    }

    static SamplingCovariance covariance(List<Effect> rows, String rho) {
        if (!rho.equals("given")) {
            double r = Double.parseDouble(rho);
            return r == 0
                    ? SamplingCovariance.independent(v(rows))
                    : SamplingCovariance.constant(v(rows), clusters(rows), r);
        }
        List<SamplingCovariance.Pair> pairs = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            int place = 0;
            for (int j = 0; j < i; j++) {
                if (rows.get(j).cluster() == rows.get(i).cluster()) {
                    pairs.add(new SamplingCovariance.Pair(j, i, rows.get(i).c()[place++]));
                }
            }
        }
        return SamplingCovariance.of(v(rows), pairs);
    }

    static NestedLevels levels(List<Effect> rows, String levels) {
        List<String> cluster =
                rows.stream().map(row -> Integer.toString(row.cluster())).toList();
        List<String> group = rows.stream().map(Effect::group).toList();
        return switch (levels) {
            case "cluster" -> NestedLevels.of(List.of("cluster"), List.of(cluster));
            case "group" -> NestedLevels.of(List.of("cluster", "group"), List.of(cluster, group));
            case "row" -> NestedLevels.of(List.of("cluster"), List.of(cluster)).withRows("row");
            case "grouprow" ->
                NestedLevels.of(List.of("cluster", "group"), List.of(cluster, group))
                        .withRows("row");
            default -> throw new IllegalArgumentException(levels);
        };
    }

    static DesignMatrix design(List<Effect> rows, boolean moderated) {
        return moderated
                ? DesignMatrix.withIntercept(
                        List.of("x"),
                        List.of(DoubleSeq.of(
                                rows.stream().mapToDouble(Effect::x).toArray())),
                        rows.size())
                : DesignMatrix.withIntercept(List.of(), List.of(), rows.size());
    }

    /** The rows of a multilevel case. */
    static List<Effect> rows(Map<String, List<Effect>> sets, Map<String, String> row) {
        List<Effect> all = Objects.requireNonNull(sets.get(row.get("set")));
        return row.get("x").equals("1")
                ? all.stream().filter(effect -> !Double.isNaN(effect.x())).toList()
                : all;
    }

    static MultilevelFit multilevel(List<Effect> rows, Map<String, String> row, CoefficientTest test) {
        return new MultilevelModel()
                .withRestricted(row.get("method").equals("REML"))
                .withTest(test)
                .fit(
                        y(rows),
                        covariance(rows, row.get("rho")),
                        design(rows, row.get("x").equals("1")),
                        levels(rows, row.get("levels")));
    }

    static MultivariateFit multivariate(List<Effect> rows, Map<String, String> row) {
        List<String> names = rows.stream().map(Effect::outcome).distinct().toList();
        int[] outcomes = rows.stream()
                .mapToInt(effect -> names.indexOf(effect.outcome()))
                .toArray();
        List<DoubleSeq> columns = IntStream.range(0, names.size())
                .mapToObj(o -> DoubleSeq.of(
                        IntStream.of(outcomes).mapToDouble(i -> i == o ? 1 : 0).toArray()))
                .toList();
        return new MultivariateModel(CovarianceStructure.valueOf(row.get("structure")))
                .withRestricted(row.get("method").equals("REML"))
                .fit(
                        y(rows),
                        covariance(rows, row.get("rho")),
                        DesignMatrix.withoutIntercept(names, columns, rows.size()),
                        clusters(rows),
                        outcomes,
                        names);
    }

    /** Compares numbers relative to a scale. */
    static void close(double expected, double actual, double tolerance, double scale, String what) {
        assertEquals(expected, actual, tolerance * Math.abs(scale), what);
    }
}
