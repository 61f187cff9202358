package org.lozenge.analyses.review;

import java.util.List;
import java.util.Optional;

/**
 * The one report by which a trial enters a family's pool, and what became of its other reports.
 *
 * @param used the report; empty when the trial has none that can be pooled
 * @param why why this one; empty when there is none
 * @param missed what the rule asks for but no standard error allows; empty when there is no such report
 * @param others all other reports of the trial in this family, each with the reason
 * @param doubts what a reader should decide: reports that contradict each other, several comparisons
 */
record Choice(Optional<Report> used, String why, String missed, List<Unused> others, List<Doubt> doubts) {

    /**
     * A report that does not enter the pool.
     *
     * @param report the report
     * @param reason why not, as the end of a sentence
     */
    record Unused(Report report, String reason) {}

    /**
     * A choice that the rules made although the reports do not settle it.
     *
     * @param code stable identifier, such as {@code reports-disagree}
     * @param text what was chosen among what
     * @param rows rows concerned
     */
    record Doubt(String code, String text, List<Integer> rows) {
        Doubt {
            rows = List.copyOf(rows);
        }
    }

    /** Returns what became of a trial without a report that can be pooled. */
    static Choice none(List<Unused> others, List<Doubt> doubts) {
        return new Choice(Optional.empty(), "", "", others, doubts);
    }

    Choice {
        others = List.copyOf(others);
        doubts = List.copyOf(doubts);
    }
}
