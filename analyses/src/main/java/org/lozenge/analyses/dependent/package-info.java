/**
 * What analyses of dependent effects share: the correlation of sampling errors, groups of rows, tables of coefficients.
 *
 * <p>{@link org.lozenge.analyses.dependent.Sampling} reads the correlations, {@link
 * org.lozenge.analyses.dependent.CoefficientTables} writes the tables.
 */
package org.lozenge.analyses.dependent;
