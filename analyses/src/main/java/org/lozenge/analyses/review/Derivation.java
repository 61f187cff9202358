package org.lozenge.analyses.review;

/**
 * What one reported result yields.
 *
 * @param standing whether it can be pooled
 * @param y log hazard ratio, treatment over control; NaN where there is none
 * @param se its standard error, or an upper bound of it; NaN where there is none
 * @param route id of the route, such as {@code T4}; empty where there is none
 * @param rank place of the route in the order of precedence, 0 for the best; ignored where there is no route
 * @param basis what the route used, in words: {@code the 95% interval}
 * @param problem why the result cannot be pooled; empty where it can
 * @param figures the printed figures in one line, by which repetitions are recognised
 */
record Derivation(
        Standing standing, double y, double se, String route, int rank, String basis, String problem, String figures) {

    /** Whether a result can be pooled. */
    enum Standing {
        /** A hazard ratio with a standard error. */
        ESTIMATE,
        /** A hazard ratio with an upper bound of its standard error. */
        BOUND,
        /** A hazard ratio without anything that gives a standard error. */
        NO_ERROR,
        /** Nothing from which a hazard ratio follows. */
        NOTHING,
        /** Figures that contradict each other or cannot be read. */
        FAULTY
    }
}
