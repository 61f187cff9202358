package org.lozenge.analyses.review;

import org.lozenge.analyses.shared.ReportRow;

/**
 * One row of the table: what it is about, and its figures with routes and audit.
 *
 * @param report what it is about
 * @param figures its figures
 */
record ReportLine(Report report, ReportRow figures) {}
