package org.lozenge.analyses.review;

import org.lozenge.plugin.Param;

/** The options of a review that other analyses do not have. */
final class ReviewParams {

    static final Param<CutOffRule> CUTOFF = Param.choice(
                    "cutoff", "Which analysis of a trial enters", CutOffRule.LATEST)
            .help("The latest or the earliest one that can be pooled, or the one that its report calls primary.");

    static final Param<String> BASELINE_FOR = Param.text("baseline-for", "Family that 'baseline' is about", "")
            .suggest("progression", "death")
            .help(
                    "What is expected of one endpoint says nothing about another; may be left out if one family is pooled.");

    private ReviewParams() {}
}
