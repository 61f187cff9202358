/**
 * The analysis {@code selection-model}: the pooled effect if the chance of being published hangs on the P value.
 *
 * <p>{@link org.lozenge.analyses.selectionmodel.SelectionModelAnalysis} is the entry.
 */
package org.lozenge.analyses.selectionmodel;
