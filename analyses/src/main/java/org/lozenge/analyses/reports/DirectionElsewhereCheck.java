package org.lozenge.analyses.reports;

import static org.lozenge.stats.survival.ReportField.CI_HIGH;
import static org.lozenge.stats.survival.ReportField.CI_LOW;
import static org.lozenge.stats.survival.ReportField.EVENTS_C;
import static org.lozenge.stats.survival.ReportField.EVENTS_T;
import static org.lozenge.stats.survival.ReportField.HR;
import static org.lozenge.stats.survival.ReportField.MEDIAN_C;
import static org.lozenge.stats.survival.ReportField.MEDIAN_T;
import static org.lozenge.stats.survival.ReportField.N_C;
import static org.lozenge.stats.survival.ReportField.N_T;
import static org.lozenge.stats.survival.ReportField.SURVIVAL_C;
import static org.lozenge.stats.survival.ReportField.SURVIVAL_T;
import static org.lozenge.stats.survival.ReportField.TIME;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.lozenge.stats.survival.AuditFinding;
import org.lozenge.stats.survival.AuditRule;
import org.lozenge.stats.survival.AuditState;
import org.lozenge.stats.survival.Contrast;
import org.lozenge.stats.survival.PrintedNumber;
import org.lozenge.stats.survival.ReportField;
import org.lozenge.stats.survival.ReportReader;
import org.lozenge.stats.survival.ReportedResult;
import org.lozenge.stats.survival.RouteEstimate;

/**
 * Rule A7 when a hazard ratio stands in one row, and medians, event-free fractions, event counts or survival curves of the
 * same analysis in another: they point the same way.
 *
 * <p>The figures are put together as if one row printed them and held against each other by the rule for one row. Curves
 * contradict a ratio only if both lie at least a fifth away from 1, on different sides, beyond chance.
 */
final class DirectionElsewhereCheck {

    private static final List<ReportField> RATIO = List.of(HR, CI_LOW, CI_HIGH);

    private static final List<ReportField> OTHERS =
            List.of(MEDIAN_T, MEDIAN_C, SURVIVAL_T, SURVIVAL_C, TIME, EVENTS_T, EVENTS_C, N_T, N_C);

    private static final Set<String> CURVES = Set.of("T24", "T18", "T17");

    /** ln 1.2, as in the rule for one row. */
    private static final double CLEAR = 0.1823;

    private static final double FAR_APART = 0.1;

    private static final double BEYOND_CHANCE = 1.96;

    private final Findings findings =
            new Findings("A7", "one direction of hazard ratio, medians, fractions and curves");
    private final Set<Integer> reported = new HashSet<>();

    private DirectionElsewhereCheck() {}

    static List<Comparison> of(List<TrialReport> trial) {
        DirectionElsewhereCheck check = new DirectionElsewhereCheck();
        for (TrialReport ratio : trial) {
            for (TrialReport other : trial) {
                if (ratio.result().has(HR) && !ratio.figures().isInvalid()) {
                    check.compare(ratio, other);
                }
            }
        }
        return check.findings.all();
    }

    private void compare(TrialReport ratio, TrialReport other) {
        boolean same = ratio.row() == other.row()
                || (Analyses.sameQuestion(ratio, other) && Analyses.sameAnalysis(ratio, other));
        if (!same) {
            return;
        }
        curves(ratio, other);
        if (!other.result().has(HR)) {
            printed(ratio, other);
        }
    }

    private void printed(TrialReport ratio, TrialReport other) {
        for (AuditFinding finding : AuditRule.audit(together(ratio.result(), other.result()))) {
            if (!finding.rule().equals("A7")) {
                continue;
            }
            if (finding.state() == AuditState.OK) {
                findings.agree("direction of the figures in several rows", ratio, other);
            } else if (farApart(other.result(), finding) && reported.add(ratio.row())) {
                findings.warn(
                        List.of(ratio, other),
                        finding.observed(),
                        finding.expected(),
                        "The ratio stands in " + ratio.words() + ", the other figures in " + other.words() + ". "
                                + finding.text());
            }
        }
    }

    /**
     * Early in a trial, or by few events, fractions and proportions point the other way by chance; whether they do at a time
     * that another row chose says little. Medians are late enough.
     */
    private static boolean farApart(ReportedResult other, AuditFinding finding) {
        if (finding.expected().startsWith("event-free")) {
            return fraction(other, SURVIVAL_T)
                    .flatMap(t -> fraction(other, SURVIVAL_C).map(c -> Math.abs(t - c) > FAR_APART))
                    .orElse(false);
        }
        if (finding.expected().startsWith("events")) {
            return share(other, EVENTS_T, N_T)
                    .flatMap(t -> share(other, EVENTS_C, N_C).map(c -> Math.abs(t - c) > FAR_APART))
                    .orElse(false);
        }
        return true;
    }

    private static Optional<Double> fraction(ReportedResult result, ReportField field) {
        return result.number(field).map(PrintedNumber::fraction);
    }

    private static Optional<Double> share(ReportedResult result, ReportField events, ReportField n) {
        return result.count(events).flatMap(e -> result.count(n).map(all -> e.count() / (double) all.count()));
    }

    /** Both rows as one. */
    private static ReportedResult together(ReportedResult ratio, ReportedResult other) {
        Map<ReportField, String> texts = new EnumMap<>(ReportField.class);
        RATIO.stream().filter(ratio::has).forEach(field -> texts.put(field, ratio.text(field)));
        OTHERS.stream().filter(other::has).forEach(field -> texts.put(field, other.text(field)));
        return new ReportReader(ratio.level(), ratio.sides(), ratio.contrast()).read(texts);
    }

    private void curves(TrialReport ratio, TrialReport other) {
        Optional<RouteEstimate> curve = other.figures().choice().estimates().stream()
                .filter(estimate -> CURVES.contains(estimate.route()))
                .findFirst();
        Optional<Figure> hr = Figure.of(ratio, HR);
        if (curve.isEmpty() || hr.isEmpty()) {
            return;
        }
        boolean inverse = ratio.result().contrast() == Contrast.CONTROL_TREATMENT;
        double y = inverse
                ? -StrictMath.log(hr.get().value())
                : StrictMath.log(hr.get().value());
        double drawn = curve.get().y();
        boolean opposite = y * drawn < 0
                && Math.min(Math.abs(y), Math.abs(drawn)) > CLEAR
                && Math.abs(drawn) > BEYOND_CHANCE * curve.get().standardError();
        if (!opposite) {
            findings.agree("direction of the survival curves", ratio, other);
        } else if (reported.add(ratio.row())) {
            String value = String.format(Locale.ROOT, "%.2f", StrictMath.exp(drawn));
            findings.warn(
                    List.of(ratio, other),
                    "HR " + hr.get().text(),
                    "curves: HR " + value,
                    "The survival curves (" + other.words() + ") give a hazard ratio of " + value
                            + " of treatment over control (" + curve.get().route() + "), the printed one in "
                            + ratio.words() + " is " + hr.get().text() + " ("
                            + ratio.result().contrast().label()
                            + "). Check the direction of the ratio, and which curve belongs to which arm.");
        }
    }
}
