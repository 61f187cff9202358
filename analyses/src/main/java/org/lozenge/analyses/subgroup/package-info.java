/**
 * The analysis {@code subgroup}: effects of groups of studies, and whether they differ.
 *
 * <p>{@link org.lozenge.analyses.subgroup.SubgroupAnalysis} is the entry.
 */
package org.lozenge.analyses.subgroup;
