/**
 * Generalised linear mixed models for sparse counts: the likelihood of the counts themselves instead of a normal
 * approximation for each study's effect.
 *
 * <p>{@link org.lozenge.stats.glmm.GlmmData} holds counts and says which likelihood is meant; {@link
 * org.lozenge.stats.glmm.MixedModel} fits it. Uses only {@code stats} and {@code stats.numeric}.
 */
package org.lozenge.stats.glmm;
