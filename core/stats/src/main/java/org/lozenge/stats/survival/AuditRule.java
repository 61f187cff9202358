package org.lozenge.stats.survival;

import java.util.List;

/**
 * One check of the printed numbers of one report against each other.
 *
 * <p>A rule is stateless and aware of rounding: it complains only if no unrounded numbers behind the printed ones can
 * agree. A rule whose numbers are not printed finds nothing.
 */
public interface AuditRule {

    /** The short name used in tables, such as {@code A3}. */
    String code();

    /** What the rule compares, such as {@code P value against confidence interval}. */
    String title();

    /**
     * Checks a report.
     *
     * @param report what the report prints
     * @return a finding for each comparison made; empty if the rule does not apply
     */
    List<AuditFinding> check(ReportedResult report);

    /** All rules that look at one row, in the order of their codes. */
    static List<AuditRule> all() {
        return List.of(
                new OrderRule(),
                new SymmetryRule(),
                new PValueRule(),
                new ChiSquareRule(),
                new SignificanceRule(),
                new EventsRule(),
                new CountsRule(),
                new DirectionRule(),
                new PercentageRule(),
                new StatedRule());
    }

    /** The findings of all rules. */
    static List<AuditFinding> audit(ReportedResult report) {
        return all().stream().flatMap(rule -> rule.check(report).stream()).toList();
    }
}
