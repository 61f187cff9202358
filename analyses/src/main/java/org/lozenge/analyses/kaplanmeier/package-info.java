/**
 * Kaplan–Meier curves of individual patients: {@link org.lozenge.analyses.kaplanmeier.KaplanMeierAnalysis} runs,
 * {@code KaplanMeierTables} and {@code KaplanMeierFigures} say what a reader sees. Imports {@code plugin},
 * {@code stats.survival} and {@code analyses.shared}.
 */
package org.lozenge.analyses.kaplanmeier;
