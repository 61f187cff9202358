/**
 * The analysis {@code excess-significance}: are there more significant studies than their power allows?
 *
 * <p>{@link org.lozenge.analyses.excesssignificance.ExcessSignificanceAnalysis} is the entry.
 */
package org.lozenge.analyses.excesssignificance;
