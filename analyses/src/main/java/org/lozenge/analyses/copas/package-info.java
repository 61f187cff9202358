/**
 * The analysis {@code copas}: the pooled effect under selection by precision and effect.
 *
 * <p>{@link org.lozenge.analyses.copas.CopasAnalysis} is the entry.
 */
package org.lozenge.analyses.copas;
