/**
 * The analysis {@code peto}: a common odds or hazard ratio from observed minus expected events.
 *
 * <p>{@link org.lozenge.analyses.peto.PetoAnalysis} is the entry; the method stands in {@code stats.model}.
 */
package org.lozenge.analyses.peto;
