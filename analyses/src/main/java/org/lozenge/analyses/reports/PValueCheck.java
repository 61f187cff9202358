package org.lozenge.analyses.reports;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.lozenge.stats.survival.PrintedP;
import org.lozenge.stats.survival.ReportField;

/**
 * Rule A8 for P values: the same analysis has one P value.
 *
 * <p>Rounding and bounds are allowed for, and so is a quarter more or less, by which the P values of a log-rank test and a
 * Cox model of the same patients may differ. Where the hazard ratios differ already, the P values are not another finding.
 */
final class PValueCheck {

    private static final double OTHER_TEST = 1.25;

    private final Findings findings = new Findings("A8", "the same P value for the same analysis");
    private final Set<String> reported = new HashSet<>();

    private PValueCheck() {}

    static List<Comparison> of(List<TrialReport> trial) {
        PValueCheck check = new PValueCheck();
        for (int i = 0; i < trial.size(); i++) {
            for (int j = i + 1; j < trial.size(); j++) {
                check.compare(trial.get(i), trial.get(j));
            }
        }
        return check.findings.all();
    }

    private void compare(TrialReport a, TrialReport b) {
        Optional<PrintedP> p = a.result().p();
        Optional<PrintedP> q = b.result().p();
        boolean same = Analyses.sameQuestion(a, b)
                && Analyses.sameAnalysis(a, b)
                && a.result().sides() == b.result().sides();
        if (!same || p.isEmpty() || q.isEmpty() || otherRatio(a, b)) {
            return;
        }
        if (!apart(p.get(), q.get())) {
            findings.agree("P values", a, b);
        } else if (reported.add(a.endpoint().label() + "|" + a.part())) {
            findings.warn(
                    List.of(a, b),
                    p.get().text() + "; " + q.get().text(),
                    "the same P value",
                    "For the same analysis, " + a.words() + " prints P "
                            + p.get().text() + ", " + b.words() + " P "
                            + q.get().text() + (twice(p.get(), q.get()) ? twiceText() : "")
                            + ". Look up which is right, or which test each belongs to.");
        }
    }

    private static boolean otherRatio(TrialReport a, TrialReport b) {
        Optional<Figure> x = Figure.of(a, ReportField.HR);
        Optional<Figure> y = Figure.of(b, ReportField.HR);
        return x.isPresent() && y.isPresent() && x.get().excludes(y.get());
    }

    private static boolean apart(PrintedP p, PrintedP q) {
        return p.low() > OTHER_TEST * q.high() || q.low() > OTHER_TEST * p.high();
    }

    /** Whether one may be the two-sided form of the other. */
    private static boolean twice(PrintedP p, PrintedP q) {
        PrintedP small = p.value() < q.value() ? p : q;
        PrintedP large = p.value() < q.value() ? q : p;
        return p.exact() && q.exact() && 2 * small.low() <= large.high() && large.low() <= 2 * small.high();
    }

    private static String twiceText() {
        return "; one is twice the other, so the smaller may be one-sided";
    }
}
