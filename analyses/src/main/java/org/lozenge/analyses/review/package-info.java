/**
 * The review: from a table of trial reports as printed to a pooled hazard ratio for each family of endpoints, with its
 * audit, figures and methods paragraph.
 *
 * <p>Start at {@link org.lozenge.analyses.review.ReviewAnalysis}. A row of the table becomes a {@code Report}; {@code
 * EndpointFamilies} says which reports belong together, {@code Selection} which one of them a trial enters by, and why;
 * {@code FamilyReview} pools what was chosen; {@code FamilyTables}, {@code FamilyFigures} and the {@code …Text} classes
 * say it in tables, figures and words. Imports {@code plugin}, {@code stats} and {@code analyses.shared}.
 */
package org.lozenge.analyses.review;
