/**
 * Files and Tablesaw tables as {@linkplain org.lozenge.workbench.table.Dataset data sets}: named columns with the text of
 * every cell as its source prints it.
 *
 * <p>Reading is strict. What cannot be read without a guess (other encodings, rows of other widths, quotes that are
 * never closed, points beside decimal commas) is an {@link org.lozenge.workbench.table.InputException} that names the place and the
 * remedy; what was repaired without loss is among {@link org.lozenge.workbench.table.Dataset#problems()}. Sources are
 * limited to 256 MB, 10,000 columns and 1 MB a cell.
 *
 * <p>Codes of errors: {@code no-such-file}, {@code not-a-file}, {@code unreadable}, {@code wrong-format}, {@code too-large},
 * {@code encoding}, {@code nul-byte}, {@code empty-file}, {@code no-header}, {@code no-rows}, {@code duplicate-column},
 * {@code too-many-columns}, {@code ragged-row}, {@code unclosed-quote}, {@code stray-quote}, {@code cell-too-long},
 * {@code nested-value}, {@code ambiguous-number}, {@code malformed}. Of warnings and notes: {@code unnamed-column},
 * {@code similar-columns}, {@code empty-rows}, {@code first-sheet}, {@code other-separator}, {@code decimal-commas}.
 *
 * <p>Tablesaw is touched only when a table is asked for or handed in, because its first use costs a third of a second.
 *
 * <p>Imports the contract ({@code org.lozenge.plugin}) for messages and the grammar of numbers, Tablesaw, and the
 * readers FastCSV, Jackson and fastexcel.
 */
package org.lozenge.workbench.table;
