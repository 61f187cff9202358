package org.lozenge.analyses.review;

import org.lozenge.analyses.reports.TrialReport;
import org.lozenge.analyses.shared.ReportRow;

/**
 * A row of the table.
 *
 * @param report what it is about and what it yields
 * @param about the same row for comparison with others
 */
record ReportLine(Report report, TrialReport about) {

    /** Returns what the row prints. */
    ReportRow figures() {
        return about.figures();
    }
}
