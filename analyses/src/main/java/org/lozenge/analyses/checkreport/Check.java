package org.lozenge.analyses.checkreport;

import org.lozenge.stats.survival.AuditState;

/**
 * One printed number held against one recomputed number.
 *
 * @param check what was checked, such as {@code p} or {@code percent_t}
 * @param printed the printed text
 * @param test the test or formula that comes nearest
 * @param recomputed its value
 * @param state whether the printed number can be right
 * @param text a sentence for a reader
 */
record Check(String check, String printed, String test, double recomputed, AuditState state, String text) {}
