/**
 * From columns and option texts to what an analysis receives.
 *
 * <p>{@link org.lozenge.workbench.mapping.ColumnMapping} finds a column for each role,
 * {@link org.lozenge.workbench.mapping.OptionValues} reads the options,
 * {@link org.lozenge.workbench.mapping.CheckedColumns} reads the cells as the kinds that the roles ask for, drops
 * incomplete rows and checks ranges, and gives the {@link org.lozenge.plugin.Inputs} of a run. Faults of the user are
 * {@link org.lozenge.plugin.AnalysisException}s whose messages name file, row, column, value and remedy.
 *
 * <p>Imports {@code org.lozenge.plugin} and {@code org.lozenge.workbench.table}.
 */
package org.lozenge.workbench.mapping;
