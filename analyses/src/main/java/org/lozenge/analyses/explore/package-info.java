/**
 * Views of results by machine learning: {@link org.lozenge.analyses.explore.PointClusters} finds groups in a cloud of
 * points. The only package that uses Smile.
 */
package org.lozenge.analyses.explore;
