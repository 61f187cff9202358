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
        List<AuditFinding> findings = new ArrayList<>();
        if (report.p().isPresent()) {
            findings.add(sides(report));
        }
        if (report.has(CI_LOW) || report.has(CI_HIGH)) {
            findings.add(level(report));
        }
        return findings;
    }

    private AuditFinding sides(ReportedResult report) {
        String label = report.sides().label();
        if (report.sidesStated()) {
            return new AuditFinding(
                    code(), AuditState.OK, label + " P", "sidedness stated", "P is stated to be " + label + ".");
        }
        boolean needed = RouteChooser.standard()
                .choose(report)
                .chosen()
                .filter(estimate -> estimate.inputs().stream().anyMatch(input -> input.startsWith("p ")))
                .isPresent();
        return new AuditFinding(
                code(),
                needed ? AuditState.WARN : AuditState.OK,
                "sidedness of P not stated",
                "1 or 2 in p_sided",
                needed
                        ? "The standard error comes from P alone, and the report does not say whether P is one- or two-sided."
                                + " Read as " + label + "; look it up."
                        : "The report does not say whether P is one- or two-sided; nothing hangs on it here (read as "
                                + label + ").");
    }

    private AuditFinding level(ReportedResult report) {
        String level = Assumptions.percent(report.level());
        return new AuditFinding(
                code(),
                AuditState.OK,
                report.levelStated() ? level + " interval" : "level not stated",
                "level stated",
                report.levelStated()
                        ? "The interval is stated to be a " + level + " interval."
                        : "The level of the interval is not stated; read as " + level + ".");
    }
}
