/**
 * The contract between a workbench and an analysis.
 *
 * <p>An author implements {@link org.lozenge.plugin.Analysis}: a {@linkplain org.lozenge.plugin.AnalysisSpec
 * specification} of the columns and options it needs, as data, and a method that turns {@linkplain
 * org.lozenge.plugin.Inputs checked columns} into an {@linkplain org.lozenge.plugin.AnalysisResult result}. The host maps
 * columns, checks types and ranges, drops incomplete rows, runs the analysis and renders what it returns. Results are
 * plain numbers and labels, unrounded and without colours, so that every host can draw them its own way.
 *
 * <p>A plugin is a jar whose {@code META-INF/services/org.lozenge.plugin.Analysis} names its analyses, one class a line.
 *
 * <p><b>Compatibility.</b> This package follows semantic versioning. {@link org.lozenge.plugin.Analysis} never gains an
 * abstract method. {@link org.lozenge.plugin.Inputs} and {@link org.lozenge.plugin.RunContext} are implemented by hosts
 * only and may gain methods. {@link org.lozenge.plugin.ResultItem} may gain kinds: a host keeps a branch that shows
 * {@link org.lozenge.plugin.ResultItem#toTable()} for what it does not know. A test pins every public type.
 *
 * <p>The package imports Tablesaw's {@code Table} and columns and nothing else, and touches them only when a table is asked
 * for, through {@link org.lozenge.plugin.Tablesaw}, because they are unsafe and slow to load.
 */
package org.lozenge.plugin;
