/**
 * What several bundled analyses have in common, so that a column means the same to all of them.
 *
 * <p>{@link org.lozenge.analyses.shared.ReportRoles} and {@link org.lozenge.analyses.shared.ReportParams} are the roles and
 * options of a table of trial reports; {@link org.lozenge.analyses.shared.ReportRows} reads its rows, audits them and
 * derives a log hazard ratio from each.
 *
 * <p>{@link org.lozenge.analyses.shared.PoolingParams} are the options of pooling, {@link
 * org.lozenge.analyses.shared.Pooling} the settings they make, and {@link org.lozenge.analyses.shared.Pooled} its result
 * under both models. {@link org.lozenge.analyses.shared.PooledTables}, {@link org.lozenge.analyses.shared.PooledForest},
 * {@link org.lozenge.analyses.shared.PooledFunnel} and {@link org.lozenge.analyses.shared.PoolingWarnings} show it, on
 * the scale of a {@link org.lozenge.analyses.shared.Measure}. Imports {@code plugin} and {@code stats}.
 */
package org.lozenge.analyses.shared;
