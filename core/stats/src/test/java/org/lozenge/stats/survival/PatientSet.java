package org.lozenge.stats.survival;

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

/** A CSV test resource of individual patients: columns of numbers by name. */
final class PatientSet {

    private final Map<String, double[]> columns = new LinkedHashMap<>();

    private PatientSet(List<String> lines) {
        String[] names = lines.get(0).split(",");
        for (int j = 0; j < names.length; j++) {
            double[] column = new double[lines.size() - 1];
            for (int i = 0; i < column.length; i++) {
                column[i] = Double.parseDouble(lines.get(i + 1).split(",")[j]);
            }
            columns.put(names[j], column);
        }
    }

    static PatientSet read(String name) {
        return new PatientSet(lines("ipd-" + name + ".csv"));
    }

    /** The lines of a resource without comments. */
    static List<String> lines(String resource) {
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(PatientSet.class.getResourceAsStream(resource), StandardCharsets.UTF_8))) {
            reader.lines().filter(line -> !line.startsWith("#")).forEach(lines::add);
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    double[] column(String name) {
        return columns.get(name);
    }

    /** A column of codes as whole numbers; zeros for the empty name. */
    int[] codes(String name) {
        return name.isEmpty()
                ? new int[column("time").length]
                : Arrays.stream(column(name)).mapToInt(v -> (int) v).toArray();
    }

    /** A column of codes as group numbers 0, 1, … in ascending order of code. */
    int[] groups(String name) {
        int[] codes = codes(name);
        int[] distinct = Arrays.stream(codes).sorted().distinct().toArray();
        return Arrays.stream(codes).map(c -> Arrays.binarySearch(distinct, c)).toArray();
    }

    SurvivalTimes times() {
        double[] status = column("status");
        boolean[] event = new boolean[status.length];
        for (int i = 0; i < event.length; i++) {
            event[i] = status[i] == 1;
        }
        return SurvivalTimes.of(column("time"), event);
    }

    SurvivalTimes times(String column, int code) {
        int[] codes = codes(column);
        int[] rows = java.util.stream.IntStream.range(0, codes.length)
                .filter(i -> codes[i] == code)
                .toArray();
        return times().subset(rows);
    }
}
