/**
 * The analysis {@code fail-safe-n}: how many studies without effect would overturn the conclusion.
 *
 * <p>{@link org.lozenge.analyses.failsafen.FailSafeNAnalysis} is the entry.
 */
package org.lozenge.analyses.failsafen;
