/**
 * The analysis {@code meta-regression}: how effects depend on moderators.
 *
 * <p>{@link org.lozenge.analyses.metaregression.MetaRegressionAnalysis} is the entry.
 */
package org.lozenge.analyses.metaregression;
