package org.lozenge.analyses.reports;

import static org.lozenge.stats.survival.ReportField.EVENTS_C;
import static org.lozenge.stats.survival.ReportField.EVENTS_T;
import static org.lozenge.stats.survival.ReportField.MEDIAN_C;
import static org.lozenge.stats.survival.ReportField.MEDIAN_T;
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
 * Rule A8 between rows of one trial: the arms are not exchanged. The same two figures the other way round are a slip in
 * one of two documents; for arm sizes and medians that holds whatever the analysis.
 */
final class ExchangeCheck {

    /** Medians nearer to each other than this may change places between two analyses. */
    private static final double CLEAR_RATIO = 1.2;

    private final Findings findings = new Findings("A8", "one size of each arm");
    private final Set<String> reported = new HashSet<>();

    private ExchangeCheck() {}

    static List<Comparison> of(List<TrialReport> trial) {
        ExchangeCheck check = new ExchangeCheck();
        for (int i = 0; i < trial.size(); i++) {
            for (int j = i + 1; j < trial.size(); j++) {
                check.compare(trial.get(i), trial.get(j));
            }
        }
        return check.findings.all();
    }

    private void compare(TrialReport a, TrialReport b) {
        if (!Analyses.samePatients(a, b)) {
            return;
        }
        report(a, b, "participants", N_T, N_C);
        if (!Analyses.sameQuestion(a, b)) {
            return;
        }
        if (clearMedians(a)) {
            report(a, b, "a median of", MEDIAN_T, MEDIAN_C);
        }
        if (Analyses.sameAnalysis(a, b)) {
            report(a, b, "events", EVENTS_T, EVENTS_C);
            boolean sameTime = a.result().has(TIME)
                    && Figure.of(a, TIME).isPresent()
                    && Figure.of(b, TIME)
                            .filter(time -> !time.excludes(Figure.of(a, TIME).orElseThrow()))
                            .isPresent();
            if (sameTime) {
                report(a, b, "an event-free fraction of", SURVIVAL_T, SURVIVAL_C);
            }
        }
    }

    private static boolean clearMedians(TrialReport a) {
        Optional<Figure> t = Figure.of(a, MEDIAN_T);
        Optional<Figure> c = Figure.of(a, MEDIAN_C);
        if (t.isEmpty() || c.isEmpty()) {
            return false;
        }
        double ratio = t.get().value() / c.get().value();
        return ratio > CLEAR_RATIO || ratio < 1 / CLEAR_RATIO;
    }

    /** Returns whether the figures of both arms exclude those of the other row, but agree with them the other way round. */
    static boolean exchanged(ReportField t, ReportField c, TrialReport a, TrialReport b) {
        Optional<Figure> at = Figure.of(a, t);
        Optional<Figure> ac = Figure.of(a, c);
        Optional<Figure> bt = Figure.of(b, t);
        Optional<Figure> bc = Figure.of(b, c);
        return at.isPresent()
                && ac.isPresent()
                && bt.isPresent()
                && bc.isPresent()
                && at.get().excludes(bt.get())
                && ac.get().excludes(bc.get())
                && !at.get().excludes(bc.get())
                && !ac.get().excludes(bt.get());
    }

    private void report(TrialReport a, TrialReport b, String what, ReportField t, ReportField c) {
        if (!exchanged(t, c, a, b) || !reported.add(what)) {
            return;
        }
        boolean size = t == N_T;
        String first = a.result().text(t);
        String second = a.result().text(c);
        String given = size || t == EVENTS_T
                ? first + " " + what + " with " + arm(a.arms().treatment(), "treatment") + " and " + second + " with "
                        + arm(a.arms().control(), "control")
                : what + " " + first + " with " + arm(a.arms().treatment(), "treatment") + " and " + second + " with "
                        + arm(a.arms().control(), "control");
        findings.warn(
                List.of(a, b),
                first + " and " + second + "; " + b.result().text(t) + " and "
                        + b.result().text(c),
                size ? "one size of each arm" : "the same figure in the same arm",
                "The arms look swapped: " + document(a) + " gives " + given + ", " + document(b)
                        + " the reverse. Look up which is right.");
    }

    private static String document(TrialReport report) {
        return report.document().isEmpty() ? "row " + report.row() : report.document();
    }

    private static String arm(String name, String otherwise) {
        return name.isEmpty() ? otherwise : name;
    }
}
