/**
 * The analysis {@code compare-conventions}: one table pooled as metafor, meta, Review Manager 5, Stata and Lozenge do by
 * default, side by side, with the reason of every difference. {@link
 * org.lozenge.analyses.compareconventions.CompareConventionsAnalysis} is the entry.
 */
package org.lozenge.analyses.compareconventions;
