/**
 * The analysis {@code glmm}: generalised linear mixed models of counts.
 *
 * <p>{@link org.lozenge.analyses.glmm.GlmmAnalysis} is the entry; the models stand in {@code stats.glmm}.
 */
package org.lozenge.analyses.glmm;
