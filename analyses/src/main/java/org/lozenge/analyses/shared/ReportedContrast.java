package org.lozenge.analyses.shared;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.lozenge.plugin.Inputs;
import org.lozenge.stats.survival.LogHazardRatio;
import org.lozenge.stats.survival.PrintedCount;
import org.lozenge.stats.survival.ReportField;
import org.lozenge.stats.survival.RouteEstimate;

/**
 * Route T31: two treatments of one trial that were compared with the same control arm.
 *
 * @param first the one comparison
 * @param second the other
 * @param treatments names of the two treatments; empty texts where the table has none
 * @param sharedEvents events in the control arm
 * @param covariance of the two log hazard ratios, 1/d of the control arm
 * @param contrast the treatment of the first over that of the second; empty if the events are too few for the standard
 *     errors
 */
public record ReportedContrast(
        ReportRow first,
        ReportRow second,
        List<String> treatments,
        long sharedEvents,
        double covariance,
        Optional<LogHazardRatio> contrast) {

    /** Checks that nothing is missing. */
    public ReportedContrast {
        Objects.requireNonNull(first, "first");
        Objects.requireNonNull(second, "second");
        treatments = List.copyOf(treatments);
        Objects.requireNonNull(contrast, "contrast");
    }

    /**
     * Finds the pairs among the rows of a table: one study and endpoint, the same events and participants of the control, and
     * treatments of other names or, where they have none, of other numbers.
     *
     * @param rows what each row of the inputs yields
     */
    static List<ReportedContrast> of(Inputs in, List<Optional<ReportRow>> rows) {
        String[] treatment = CurvePoints.texts(in, CurveRoles.TREATMENT);
        String[] control = CurvePoints.texts(in, CurveRoles.CONTROL);
        Map<Shared, List<Integer>> sharing = new HashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).filter(ReportedContrast::isComparison).isPresent()) {
                sharing.computeIfAbsent(Shared.of(rows.get(i).get(), control[i]), any -> new ArrayList<>())
                        .add(i);
            }
        }
        List<ReportedContrast> pairs = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Optional<ReportRow> one = rows.get(i).filter(ReportedContrast::isComparison);
            if (one.isEmpty()) {
                continue;
            }
            for (int j : sharing.getOrDefault(Shared.of(one.get(), control[i]), List.of())) {
                ReportRow other = rows.get(j).orElseThrow();
                if (j > i && differ(one.get(), other, treatment[i], treatment[j])) {
                    pairs.add(pair(one.get(), other, List.of(treatment[i], treatment[j])));
                }
            }
        }
        return pairs;
    }

    /** What the rows of a pair have in common. */
    private record Shared(String study, String endpoint, String control, Optional<Long> events, Optional<Long> n) {

        static Shared of(ReportRow row, String control) {
            return new Shared(
                    plain(row.study()),
                    plain(row.endpoint()),
                    plain(control),
                    count(row, ReportField.EVENTS_C),
                    count(row, ReportField.N_C));
        }

        /** Texts that are equal but for case. */
        private static String plain(String text) {
            return text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        }
    }

    private static boolean isComparison(ReportRow row) {
        return row.summedIn() == 0
                && row.estimate().isPresent()
                && row.result()
                        .count(ReportField.EVENTS_C)
                        .filter(events -> events.count() > 0)
                        .isPresent();
    }

    private static boolean differ(ReportRow one, ReportRow other, String treatment, String otherTreatment) {
        if (!treatment.isEmpty() && !otherTreatment.isEmpty()) {
            return !treatment.equalsIgnoreCase(otherTreatment);
        }
        return differs(one, other, ReportField.EVENTS_T) || differs(one, other, ReportField.N_T);
    }

    private static boolean differs(ReportRow one, ReportRow other, ReportField field) {
        Optional<Long> a = count(one, field);
        Optional<Long> b = count(other, field);
        return a.isPresent() && b.isPresent() && !a.equals(b);
    }

    private static Optional<Long> count(ReportRow row, ReportField field) {
        return row.result().count(field).map(PrintedCount::count);
    }

    private static ReportedContrast pair(ReportRow one, ReportRow other, List<String> treatments) {
        long events = count(one, ReportField.EVENTS_C).orElseThrow();
        Optional<LogHazardRatio> contrast;
        try {
            contrast = Optional.of(estimate(one).throughSharedArm(estimate(other), events));
        } catch (IllegalArgumentException e) {
            contrast = Optional.empty();
        }
        return new ReportedContrast(
                one, other, treatments, events, LogHazardRatio.covarianceOfSharedArm(events), contrast);
    }

    private static LogHazardRatio estimate(ReportRow row) {
        RouteEstimate estimate = row.estimate().orElseThrow();
        return new LogHazardRatio(estimate.y(), estimate.standardError());
    }

    /** Returns the first treatment over the second in words: {@code radiotherapy over surgery}. */
    String words() {
        return treatments.get(0).isEmpty() || treatments.get(1).isEmpty()
                ? "the treatment of row " + first.row() + " over that of row " + second.row()
                : treatments.get(0) + " over " + treatments.get(1);
    }
}
