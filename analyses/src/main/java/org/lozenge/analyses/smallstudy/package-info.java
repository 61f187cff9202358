/**
 * The analysis {@code small-study}: tests of funnel plot asymmetry and what they leave of the effect.
 *
 * <p>{@link org.lozenge.analyses.smallstudy.SmallStudyAnalysis} is the entry.
 */
package org.lozenge.analyses.smallstudy;
