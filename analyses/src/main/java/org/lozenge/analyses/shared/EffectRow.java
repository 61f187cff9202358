package org.lozenge.analyses.shared;

/**
 * The effect of one row.
 *
 * @param index 0-based row among the rows that the host passed on
 * @param row 1-based row of the user's table
 * @param study name of the study
 * @param y effect on the analysis scale
 * @param v sampling variance
 * @param given whether y itself stood in the table, rather than a ratio or counts
 */
record EffectRow(int index, int row, String study, double y, double v, boolean given) {}
