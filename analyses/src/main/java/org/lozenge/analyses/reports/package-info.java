/**
 * What the rows of a table of trial reports are about, and what they say about each other: which rows belong to one
 * trial, one endpoint and one analysis, and where they contradict each other.
 *
 * <p>{@link org.lozenge.analyses.reports.TrialReports} reads a table with the columns of {@link
 * org.lozenge.analyses.reports.AboutRoles}; {@link org.lozenge.analyses.reports.ReportComparisons} compares the rows.
 * Imports {@code plugin}, {@code stats.survival} and {@code analyses.shared}.
 */
package org.lozenge.analyses.reports;
