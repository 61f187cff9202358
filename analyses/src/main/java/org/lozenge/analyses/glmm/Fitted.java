package org.lozenge.analyses.glmm;

import java.util.Optional;
import org.lozenge.stats.Interval;

/**
 * A pooled effect with everything that tables and figure show.
 *
 * @param fits both models
 * @param commonInterval confidence interval of the common effect
 * @param randomInterval confidence interval of the mean effect
 * @param prediction prediction interval
 */
record Fitted(Fits fits, Interval commonInterval, Optional<Interval> randomInterval, Optional<Interval> prediction) {}
