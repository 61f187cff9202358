package org.lozenge.analyses.review;

import java.util.List;
import org.lozenge.stats.survival.AuditFinding;
import org.lozenge.stats.survival.AuditState;

/**
 * What the audit found in one report, or between reports of one trial.
 *
 * @param report the report; of several, the first
 * @param rows rows concerned, in ascending order
 * @param finding what was found
 */
record Finding(Report report, List<Integer> rows, AuditFinding finding) {

    Finding {
        rows = List.copyOf(rows);
    }

    /** Returns whether a reader should look it up in the report. */
    boolean isComplaint() {
        return finding.state() == AuditState.WARN || finding.state() == AuditState.ERROR;
    }
}
