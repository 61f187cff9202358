package org.lozenge.analyses.reports;

import static org.lozenge.stats.survival.ReportField.CI_HIGH;
import static org.lozenge.stats.survival.ReportField.CI_LOW;
import static org.lozenge.stats.survival.ReportField.EVENTS;
import static org.lozenge.stats.survival.ReportField.EVENTS_C;
import static org.lozenge.stats.survival.ReportField.EVENTS_T;
import static org.lozenge.stats.survival.ReportField.HR;
import static org.lozenge.stats.survival.ReportField.MEDIAN_C;
import static org.lozenge.stats.survival.ReportField.MEDIAN_T;
import static org.lozenge.stats.survival.ReportField.N;
import static org.lozenge.stats.survival.ReportField.N_C;
import static org.lozenge.stats.survival.ReportField.N_T;
import static org.lozenge.stats.survival.ReportField.SURVIVAL_C;
import static org.lozenge.stats.survival.ReportField.SURVIVAL_T;
import static org.lozenge.stats.survival.ReportField.TIME;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.lozenge.stats.survival.ReportField;

/**
 * Rule A8 between rows of one trial: the same analysis is printed the same everywhere, in abstract, paper and news, and
 * the arms are not exchanged.
 *
 * <p>Only figures of one endpoint, analysis and group of patients are compared, with their rounding: 0.5 and 0.54 agree.
 */
final class AgreementCheck {

    /** Fields of the treatment arm and of the control arm. */
    private record Arm2(String what, ReportField treatment, ReportField control) {}

    private static final List<Arm2> PAIRS = List.of(
            new Arm2("participants", N_T, N_C),
            new Arm2("events", EVENTS_T, EVENTS_C),
            new Arm2("median times", MEDIAN_T, MEDIAN_C),
            new Arm2("event-free fractions", SURVIVAL_T, SURVIVAL_C));

    private static final List<ReportField> SINGLE = List.of(HR, CI_LOW, CI_HIGH, EVENTS, N);

    private final Findings findings = new Findings("A8", "the same figures for the same analysis");
    private final Set<String> reported = new HashSet<>();

    private AgreementCheck() {}

    static List<Comparison> of(List<TrialReport> trial) {
        AgreementCheck check = new AgreementCheck();
        for (int i = 0; i < trial.size(); i++) {
            for (int j = i + 1; j < trial.size(); j++) {
                check.compare(trial.get(i), trial.get(j));
            }
        }
        return check.findings.all();
    }

    private void compare(TrialReport a, TrialReport b) {
        if (!Analyses.sameQuestion(a, b) || !Analyses.sameAnalysis(a, b)) {
            return;
        }
        SINGLE.forEach(field -> single(field, a, b));
        PAIRS.forEach(pair -> pair(pair, a, b));
    }

    private void single(ReportField field, TrialReport a, TrialReport b) {
        boolean limit = field == CI_LOW || field == CI_HIGH;
        if (limit && a.result().level() != b.result().level()) {
            return;
        }
        Optional<Figure> x = Figure.of(a, field);
        Optional<Figure> y = Figure.of(b, field);
        if (x.isEmpty() || y.isEmpty()) {
            return;
        }
        if (!x.get().excludes(y.get())) {
            findings.agree(field.label(), a, b);
        } else if (field != HR || !DirectionCheck.inverted(x.get(), y.get())) {
            differ(field.label(), a, b, x.get().text(), y.get().text());
        }
    }

    private void pair(Arm2 pair, TrialReport a, TrialReport b) {
        boolean curve = pair.treatment == SURVIVAL_T;
        if (curve && !sameTime(a, b)) {
            return;
        }
        boolean t = excludes(pair.treatment, a, b);
        boolean c = excludes(pair.control, a, b);
        boolean both = (a.result().has(pair.treatment) && b.result().has(pair.treatment))
                || (a.result().has(pair.control) && b.result().has(pair.control));
        if (!t && !c) {
            if (both) {
                findings.agree(pair.what, a, b);
            }
        } else if (!ExchangeCheck.exchanged(pair.treatment, pair.control, a, b)) {
            differ(what(pair, curve, t, c, a), a, b, text(pair, curve, t, c, a), text(pair, curve, t, c, b));
        }
    }

    private static String what(Arm2 pair, boolean curve, boolean t, boolean c, TrialReport a) {
        if (curve) {
            String time = a.result().text(TIME);
            return pair.what + (time.isEmpty() ? "" : " at time " + time);
        }
        return t && c ? pair.what : t ? pair.treatment.label() : pair.control.label();
    }

    private static String text(Arm2 pair, boolean curve, boolean t, boolean c, TrialReport report) {
        String first = report.result().text(pair.treatment);
        String second = report.result().text(pair.control);
        if (first.isEmpty() || second.isEmpty()) {
            return first + second;
        }
        return (t && c) || curve ? first + " and " + second : t ? first : second;
    }

    private static boolean sameTime(TrialReport a, TrialReport b) {
        Optional<Figure> x = Figure.of(a, TIME);
        Optional<Figure> y = Figure.of(b, TIME);
        return x.isPresent() == y.isPresent() && (x.isEmpty() || !x.get().excludes(y.get()));
    }

    private static boolean excludes(ReportField field, TrialReport a, TrialReport b) {
        Optional<Figure> x = Figure.of(a, field);
        Optional<Figure> y = Figure.of(b, field);
        return x.isPresent() && y.isPresent() && x.get().excludes(y.get());
    }

    /** Three documents that differ in one figure are one finding, not three. */
    private void differ(String what, TrialReport a, TrialReport b, String first, String second) {
        String key = what + "|" + a.endpoint().label() + "|" + a.part() + "|"
                + EndpointFamilies.plain(a.cutOff().label());
        if (!reported.add(key)) {
            return;
        }
        boolean silent = a.cutOff().words().isEmpty() && b.cutOff().words().isEmpty();
        String other = a.document().equals(b.document()) && !a.document().isEmpty() ? "and row " + b.row() : b.words();
        findings.warn(
                List.of(a, b),
                first + "; " + second,
                "the same figures",
                "For the same analysis, " + a.words() + " prints " + what + ": " + first + ", " + other + " " + second
                        + ". Look up which is right"
                        + (silent ? ", or state the cut-off of each if these are two analyses." : "."));
    }
}
