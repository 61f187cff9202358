/**
 * From an outcome to what people and programs read.
 *
 * <p>{@link org.lozenge.workbench.report.Report} renders an {@link org.lozenge.workbench.Outcome} as text for a terminal,
 * JSON, CSV, Markdown or HTML; {@link org.lozenge.workbench.report.ReportFolder} writes all of them, with tables and
 * figures, into a folder. For people, an outcome first becomes a {@code Document}, in which every number is a rounded
 * text: this is the only place of the project that rounds. Programs (JSON, CSV) get every number so that it reads back as
 * the same double.
 *
 * <p>Data files are hostile: whatever they contain reaches a terminal without control characters, a spreadsheet without
 * formulas and a browser without markup. Files are written under a temporary name and moved into place
 * ({@link org.lozenge.workbench.report.OutputFile}).
 *
 * <p>May import the plugin API, the workbench's face and {@code workbench.figure}.
 */
package org.lozenge.workbench.report;
