package org.lozenge.analyses.reports;

import static org.lozenge.stats.survival.ReportField.CI_HIGH;
import static org.lozenge.stats.survival.ReportField.CI_LOW;
import static org.lozenge.stats.survival.ReportField.HR;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Rule A7 between rows of one trial: the hazard ratio of one endpoint points the same way in all its reports.
 *
 * <p>Near 1 it may change sides from one analysis to the next. So the rule warns only if one ratio is the inverse of the
 * other within rounding and far from 1, or if both intervals exclude 1 on different sides.
 */
final class DirectionCheck {

    /** ln 1.3; a ratio beyond 1.3 or 0.77 is not its own inverse by rounding. */
    private static final double FAR = 0.2624;

    private final Findings findings = new Findings("A7", "one direction of the hazard ratio");
    private final Set<String> reported = new HashSet<>();

    private DirectionCheck() {}

    static List<Comparison> of(List<TrialReport> trial) {
        DirectionCheck check = new DirectionCheck();
        for (int i = 0; i < trial.size(); i++) {
            for (int j = i + 1; j < trial.size(); j++) {
                check.compare(trial.get(i), trial.get(j));
            }
        }
        return check.findings.all();
    }

    /** Returns whether two ratios are each other's inverse within rounding, and not near 1. */
    static boolean inverted(Figure a, Figure b) {
        boolean far = Math.abs(StrictMath.log(a.value())) > FAR && Math.abs(StrictMath.log(b.value())) > FAR;
        return far && (a.value() < 1) != (b.value() < 1) && !a.inverse().excludes(b);
    }

    private void compare(TrialReport a, TrialReport b) {
        boolean exchanged = Analyses.exchangedArms(a.arms(), b.arms());
        boolean question =
                exchanged ? Analyses.sameEndpoint(a, b) && a.part().equals(b.part()) : Analyses.sameQuestion(a, b);
        Optional<Figure> x = Figure.of(a, HR);
        Optional<Figure> y = Figure.of(b, HR);
        if (!question || x.isEmpty() || y.isEmpty()) {
            return;
        }
        if (exchanged) {
            namedTheOtherWayRound(a, b, x.get(), y.get());
        } else if (inverted(x.get(), y.get()) || side(a) * side(b) < 0) {
            opposite(a, b, x.get(), y.get());
        } else {
            findings.agree("direction of the hazard ratio", a, b);
        }
    }

    private void opposite(TrialReport a, TrialReport b, Figure x, Figure y) {
        if (!reported.add(a.endpoint().label() + "|" + a.part())) {
            return;
        }
        boolean inverse = inverted(x, y);
        findings.warn(
                List.of(a, b),
                "HR " + x.text() + "; HR " + y.text(),
                "one direction",
                "The hazard ratios " + x.text() + " in " + Analyses.place(a) + " and " + y.text() + " in "
                        + Analyses.place(b) + " point in opposite directions"
                        + (inverse ? ": one is the inverse of the other" : ", and both intervals exclude 1")
                        + ". Check which arm each of them is for, and state the direction.");
    }

    /** Arms named the other way round must turn the ratio round, too. */
    private void namedTheOtherWayRound(TrialReport a, TrialReport b, Figure x, Figure y) {
        boolean far = Math.abs(StrictMath.log(x.value())) > FAR;
        boolean kept = far && (x.value() < 1) == (y.value() < 1) && !x.excludes(y);
        if (kept && reported.add("arms|" + a.endpoint().label())) {
            findings.warn(
                    List.of(a, b),
                    a.arms().words() + ": " + x.text() + "; " + b.arms().words() + ": " + y.text(),
                    "a ratio of " + a.arms().words() + " is the inverse of one of "
                            + b.arms().words(),
                    "The hazard ratio is " + x.text() + " both for " + a.arms().words() + " (row " + a.row()
                            + ") and for " + b.arms().words() + " (row " + b.row()
                            + "). One of the two names the arms the wrong way round.");
        }
    }

    /** The side of 1 on which the whole interval lies, rounding included; 0 if it holds 1 or is not printed. */
    private static int side(TrialReport report) {
        Optional<Figure> low = Figure.of(report, CI_LOW);
        Optional<Figure> high = Figure.of(report, CI_HIGH);
        if (low.isPresent() && low.get().low() > 1) {
            return 1;
        }
        return high.isPresent() && high.get().high() < 1 ? -1 : 0;
    }
}
