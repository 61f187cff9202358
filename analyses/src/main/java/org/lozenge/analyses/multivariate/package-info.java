/**
 * The analysis {@code multivariate}: several outcomes per study, such as progression-free and overall survival.
 *
 * <p>{@link org.lozenge.analyses.multivariate.MultivariateAnalysis} is the entry.
 */
package org.lozenge.analyses.multivariate;
