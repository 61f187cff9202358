/**
 * Views of results by machine learning: {@link org.lozenge.analyses.explore.PointClusters} finds groups in a cloud of
 * points, {@link org.lozenge.analyses.explore.ModeratorForest} predicts effects from moderators. The only package that uses
 * Smile, and, for its bridge from tables to Smile, Tablesaw.
 */
package org.lozenge.analyses.explore;
