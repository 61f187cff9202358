/**
 * The analysis {@code pool}: a common-effect and a random-effects model of study effects, side by side.
 *
 * <p>{@link org.lozenge.analyses.pool.PoolAnalysis} is the entry. {@code EffectRows} reads the effects, in whichever of
 * the accepted forms each row has them; pooling, tables, figures and warnings are shared with other analyses and stand in
 * {@code org.lozenge.analyses.shared}.
 */
package org.lozenge.analyses.pool;
