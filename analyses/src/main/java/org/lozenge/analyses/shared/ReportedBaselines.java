package org.lozenge.analyses.shared;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lozenge.stats.survival.BaselineRisk;

/** Baselines from what control arms of the studies themselves print: the median over the studies at each time. */
public final class ReportedBaselines {

    /**
     * What one control arm prints.
     *
     * @param study the study
     * @param time when; NaN where no time is printed
     * @param unit unit of the time; may be empty
     * @param eventFree fraction free of the event
     */
    public record Point(String study, double time, String unit, double eventFree) {}

    private record When(double time, String unit) {}

    private ReportedBaselines() {}

    /**
     * Returns a baseline for each time, in the order of time; a study counts once at a time, with the first of its values.
     * Fractions of 0 or 1 are left out, because no effect can be seen on them.
     */
    public static List<Baseline> medians(List<Point> points) {
        Map<When, Map<String, Double>> byTime = new LinkedHashMap<>();
        for (Point point : points) {
            if (point.eventFree > 0 && point.eventFree < 1) {
                byTime.computeIfAbsent(new When(point.time, point.unit), when -> new LinkedHashMap<>())
                        .putIfAbsent(point.study, point.eventFree);
            }
        }
        List<Baseline> baselines = new ArrayList<>();
        byTime.forEach((when, values) -> baselines.add(new Baseline(
                when.time, when.unit, BaselineRisk.ofEventFree(median(values)), source(List.copyOf(values.keySet())))));
        baselines.sort(Comparator.comparing(Baseline::unit).thenComparingDouble(Baseline::time));
        return baselines;
    }

    private static double median(Map<String, Double> values) {
        double[] sorted = values.values().stream()
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static String source(List<String> studies) {
        if (studies.size() == 1) {
            return "control arm of " + studies.get(0);
        }
        List<String> shown = studies.size() <= 4 ? studies : studies.subList(0, 3);
        String rest = studies.size() <= 4 ? "" : " and " + (studies.size() - 3) + " more";
        return "median of the control arms of " + String.join(", ", shown) + rest;
    }
}
