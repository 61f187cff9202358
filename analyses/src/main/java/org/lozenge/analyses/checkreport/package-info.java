/**
 * Checks of the small statistics that reports print: {@link org.lozenge.analyses.checkreport.CheckReportAnalysis} runs,
 * {@code ReportedCounts} reads a row, {@code Recomputation} is one test of it, {@code PCheck} and {@code PercentCheck} hold
 * the printed number against it. Imports {@code plugin}, {@code stats.survival} and {@code stats.trial}.
 */
package org.lozenge.analyses.checkreport;
