/**
 * Individual patient data from digitised curves: {@link org.lozenge.analyses.reconstructipd.ReconstructIpdAnalysis} runs,
 * {@code CurveRows} reads the long table of clicks and numbers at risk, {@code ReconstructIpdTables} says what a reader
 * sees. Imports {@code plugin}, {@code stats.survival} and {@code analyses.shared}.
 */
package org.lozenge.analyses.reconstructipd;
