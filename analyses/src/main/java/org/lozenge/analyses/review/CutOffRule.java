package org.lozenge.analyses.review;

/** Which of a trial's analyses enters the pool. */
enum CutOffRule {
    /** The one with the longest follow-up: most events, most precise. */
    LATEST("latest"),
    /** The first one. */
    EARLIEST("earliest"),
    /** The one called primary; without such a name, that of a full paper, the earliest if there are several. */
    PRIMARY("primary");

    private final String label;

    CutOffRule(String label) {
        this.label = label;
    }

    /** Returns the word for a sentence, such as {@code latest}. */
    String label() {
        return label;
    }
}
