/**
 * Log-rank tests of individual patients: {@link org.lozenge.analyses.logrank.LogRankAnalysis} runs, {@code LogRankTables}
 * says what a reader sees. Imports {@code plugin}, {@code stats.survival} and {@code analyses.shared}.
 */
package org.lozenge.analyses.logrank;
