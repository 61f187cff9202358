package org.lozenge.analyses.review;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.lozenge.plugin.Text;

/** Which reports a family rests on, in words: the rule, what it could not have, and what the reader should decide. */
final class ReportsText {

    private static final int MOST_NAMED = 8;

    private ReportsText() {}

    /** Returns what was read and how one report of each trial was chosen. */
    static Text of(FamilyReview review, CutOffRule rule) {
        List<String> paragraphs = new ArrayList<>();
        int withRatio = (int) review.lines().stream()
                .filter(line -> line.report().derived().standing() != Derivation.Standing.NOTHING)
                .count();
        paragraphs.add(Words.count(review.lines().size(), "row") + " on " + Words.count(review.trials(), "trial") + ", "
                + withRatio + " with a hazard ratio or figures that give one. One report of each trial enters: the "
                + rule.label()
                + " analysis that can be pooled and, of that analysis, the document closest to the trial.");
        review.choicesUsed().stream()
                .filter(choice -> !choice.missed().isEmpty())
                .limit(MOST_NAMED)
                .map(choice -> entersWith(choice.used().orElseThrow()) + "; " + choice.missed() + ".")
                .forEach(paragraphs::add);
        List<String> without = review.choices().stream()
                .filter(choice -> choice.used().isEmpty())
                .map(choice -> choice.others().get(0).report().trial() + " ("
                        + choice.others().get(0).reason() + ")")
                .toList();
        if (!without.isEmpty()) {
            String more = without.size() > MOST_NAMED ? "; and " + (without.size() - MOST_NAMED) + " more" : "";
            paragraphs.add("Without a report that can be pooled: "
                    + String.join("; ", without.stream().limit(MOST_NAMED).toList()) + more + ".");
        }
        return Paragraphs.text("reports", "Reports", paragraphs);
    }

    private static String entersWith(Report report) {
        String words = report.cutOff().words();
        return report.trial() + " enters with row " + report.row() + (words.isEmpty() ? "" : " (" + words + ")");
    }

    /** Returns what the audit found, in one sentence or two. */
    static Text audit(FamilyReview review) {
        int checks = review.findings().size();
        List<Finding> complaints = review.complaints();
        String counted = Words.count(checks, "comparison") + " of printed figures: ";
        if (complaints.isEmpty()) {
            return Text.of("audit_result", "Audit", counted + "all agree, allowing for rounding.");
        }
        Set<Integer> usedRows = review.usedRows();
        List<Finding> ofUsed = complaints.stream()
                .filter(finding -> finding.rows().stream().anyMatch(usedRows::contains))
                .toList();
        String used = ofUsed.isEmpty()
                ? " None concerns figures that are pooled."
                : " Of these, " + ofUsed.size() + " concern" + (ofUsed.size() == 1 ? "s" : "")
                        + " reports that are pooled: "
                        + Words.shortList(
                                ofUsed.stream()
                                        .map(finding -> finding.report().trial())
                                        .toList(),
                                6)
                        + ".";
        return Text.of(
                "audit_result",
                "Audit",
                counted + complaints.size() + " to look up in the reports, " + (checks - complaints.size())
                        + " that agree, allowing for rounding." + used);
    }

    /** Returns what the rules decided although the reports do not; empty if nothing. */
    static Optional<Text> toDecide(List<Choice.Doubt> doubts) {
        if (doubts.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Paragraphs.text(
                "to_decide",
                "To decide",
                doubts.stream().map(doubt -> doubt.text() + ".").toList()));
    }
}
