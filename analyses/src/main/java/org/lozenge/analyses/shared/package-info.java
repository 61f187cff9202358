/**
 * What several bundled analyses have in common, so that a column means the same to all of them.
 *
 * <p>{@link org.lozenge.analyses.shared.ReportRoles} and {@link org.lozenge.analyses.shared.ReportParams} are the roles and
 * options of a table of trial reports; {@link org.lozenge.analyses.shared.ReportRows} reads its rows, audits them and
 * derives a log hazard ratio from each. Imports {@code plugin} and {@code stats}.
 */
package org.lozenge.analyses.shared;
