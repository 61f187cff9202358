package org.lozenge.analyses.review;

import java.util.function.ToDoubleFunction;
import org.lozenge.analyses.reports.Arms;

/**
 * By what a trial's report is chosen.
 *
 * @param cutOff which analysis to take
 * @param acceptBounds whether an upper bound of the standard error will do where there is nothing better
 * @param onlyRandomized whether studies that are not randomized stay out
 * @param likeness how much a comparison resembles those of the other trials; the larger, the more
 */
record Rules(CutOffRule cutOff, boolean acceptBounds, boolean onlyRandomized, ToDoubleFunction<Arms> likeness) {}
