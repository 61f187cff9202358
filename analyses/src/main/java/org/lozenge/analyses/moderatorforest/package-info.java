/**
 * The analysis {@code moderator-forest}: which moderators go with the effects, by random forests.
 *
 * <p>{@link org.lozenge.analyses.moderatorforest.ModeratorForestAnalysis} is the entry; trees are grown in {@code
 * analyses.explore}.
 */
package org.lozenge.analyses.moderatorforest;
