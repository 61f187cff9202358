/**
 * Models written as formulas: which columns a model takes, how categories and transformed columns become columns of numbers,
 * and what to say where the data do not allow it.
 *
 * <p>{@link org.lozenge.analyses.formula.Moderators} is the entry for analyses of studies, {@link
 * org.lozenge.analyses.formula.Formula} and {@link org.lozenge.analyses.formula.ModelMatrix} for others.
 */
package org.lozenge.analyses.formula;
