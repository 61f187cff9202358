package org.lozenge.stats.survival;

import static org.lozenge.stats.survival.ReportField.CI_HIGH;
import static org.lozenge.stats.survival.ReportField.CI_LOW;

import java.util.ArrayList;
import java.util.List;

/**
 * Rule A11: the sidedness of P and the level of the interval are stated.
 *
 * <p>Silence is common, and harmless as long as nothing hangs on it. The rule warns when the standard error comes from a
 * P value whose sidedness is not stated; when an interval shows which reading is right, it says so and lets it pass.
 */
final class StatedRule implements AuditRule {

    @Override
    public String code() {
        return "A11";
    }

    @Override
    public String title() {
        return "sidedness and level stated";
    }

    @Override
    public List<AuditFinding> check(ReportedResult report) {
        boolean p = report.p().isPresent();
        boolean interval = report.has(CI_LOW) || report.has(CI_HIGH);
        if (!p && !interval) {
            return List.of();
        }
        boolean open = p && !report.sidesStated() && sidesMatter(report);
        String label = report.sides().label();
        String level = Assumptions.percent(report.level()) + " interval";
        List<String> stated = new ArrayList<>();
        if (p) {
            stated.add(report.sidesStated() ? label + " P" : "P read as " + label + ", not stated");
        }
        if (interval) {
            stated.add(report.levelStated() ? level : level + " assumed, not stated");
        }
        return List.of(new AuditFinding(
                code(),
                open ? AuditState.WARN : AuditState.OK,
                String.join("; ", stated),
                "sidedness and level stated",
                open
                        ? "The standard error comes from P alone, and the report does not say whether P is one- or two-sided."
                                + " It is read as " + label + "; look it up."
                        : "Sidedness and level are stated, or nothing hangs on them."));
    }

    /**
     * Whether the standard error comes from P and both readings are possible: a one-sided P for benefit is above 0.5 when
     * the hazard ratio is above 1, so a smaller one is two-sided.
     */
    private static boolean sidesMatter(ReportedResult report) {
        boolean benefit = report.logHr().map(y -> y.value() < 0).orElse(true);
        return benefit
                && RouteChooser.standard()
                        .choose(report)
                        .chosen()
                        .filter(estimate -> estimate.inputs().stream().anyMatch(input -> input.startsWith("p ")))
                        .isPresent();
    }
}
