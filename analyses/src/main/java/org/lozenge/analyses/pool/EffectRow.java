package org.lozenge.analyses.pool;

/**
 * The effect of one row.
 *
 * @param row 1-based row of the user's table
 * @param study name of the study
 * @param y effect on the analysis scale
 * @param v sampling variance
 * @param given whether y itself stood in the table, rather than a ratio or counts
 */
record EffectRow(int row, String study, double y, double v, boolean given) {}
