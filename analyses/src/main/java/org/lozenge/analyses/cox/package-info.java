/**
 * Cox models of individual patients: {@link org.lozenge.analyses.cox.CoxAnalysis} runs, {@code Terms} turns columns and
 * a formula into covariates, {@code CoxTables} says what a reader sees. Imports {@code plugin}, {@code stats.survival} and
 * {@code analyses.shared}.
 */
package org.lozenge.analyses.cox;
