package org.lozenge.analyses.shared;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.lozenge.stats.survival.AuditFinding;
import org.lozenge.stats.survival.AuditRule;
import org.lozenge.stats.survival.AuditState;
import org.lozenge.stats.survival.FieldProblem;
import org.lozenge.stats.survival.ReportedResult;
import org.lozenge.stats.survival.RouteChoice;
import org.lozenge.stats.survival.RouteEstimate;

/**
 * One row of a table of reports: what it prints, what is wrong with it, and what follows from it.
 *
 * @param row 1-based row of the user's table
 * @param study name of the study
 * @param endpoint endpoint as printed; empty if the table has none
 * @param result the printed numbers
 * @param audit what the audit found
 * @param choice all routes and the one to use
 * @param isInvalid whether a cell cannot be read, or the ratio and its interval contradict each other: then nothing is
 *     derived from the row
 * @param summedIn row that holds the sum over the strata of the trial, of which this row is one; 0 if it is none
 */
public record ReportRow(
        int row,
        String study,
        String endpoint,
        ReportedResult result,
        List<AuditFinding> audit,
        RouteChoice choice,
        boolean isInvalid,
        int summedIn) {

    /** Copies the list and checks that nothing is missing. */
    public ReportRow {
        Objects.requireNonNull(study, "study");
        Objects.requireNonNull(endpoint, "endpoint");
        Objects.requireNonNull(result, "result");
        audit = List.copyOf(audit);
        Objects.requireNonNull(choice, "choice");
    }

    static ReportRow of(int row, String study, String endpoint, ReportedResult result, RouteChoice choice) {
        List<AuditFinding> audit = AuditRule.audit(result);
        boolean unreadable =
                result.problems().stream().anyMatch(problem -> problem.severity() == FieldProblem.Severity.ERROR);
        return new ReportRow(row, study, endpoint, result, audit, choice, unreadable || isOutOfOrder(audit), 0);
    }

    /** The same row as one of the strata of a trial. */
    ReportRow summed(RouteChoice sum, int in) {
        return new ReportRow(row, study, endpoint, result, audit, sum, isInvalid, in);
    }

    /** Whether this row is a stratum whose effect stands in the sum in another row. */
    public boolean isPartOfSum() {
        return summedIn != 0 && summedIn != row;
    }

    /** Whether the effect of this row is the sum over the strata of its trial. */
    public boolean isSum() {
        return summedIn == row;
    }

    /** Returns the log hazard ratio to use; empty if there is none or the row is invalid. */
    public Optional<RouteEstimate> estimate() {
        return isInvalid() ? Optional.empty() : choice.chosen();
    }

    /** Returns the findings that a reader should look up in the report. */
    public List<AuditFinding> complaints() {
        return audit.stream()
                .filter(finding -> finding.state() == AuditState.WARN || finding.state() == AuditState.ERROR)
                .toList();
    }

    /** Whether the limits are swapped or the ratio lies outside them (rule A1). */
    boolean isOutOfOrder() {
        return isOutOfOrder(audit);
    }

    private static boolean isOutOfOrder(List<AuditFinding> audit) {
        return audit.stream().anyMatch(finding -> finding.rule().equals("A1") && finding.state() == AuditState.ERROR);
    }
}
