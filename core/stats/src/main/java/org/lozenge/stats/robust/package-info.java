/**
 * Tests that hold whatever the covariance within clusters of effects is.
 *
 * <p>Start at {@link org.lozenge.stats.robust.ClusterRobust}. Imports {@code stats} and {@code stats.numeric}.
 */
package org.lozenge.stats.robust;
