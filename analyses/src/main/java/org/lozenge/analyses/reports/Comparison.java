package org.lozenge.analyses.reports;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.lozenge.plugin.Message;
import org.lozenge.stats.survival.AuditFinding;
import org.lozenge.stats.survival.AuditState;

/**
 * What comparing rows of a table found.
 *
 * @param first the first of the rows concerned
 * @param rows 1-based rows concerned, in ascending order
 * @param finding what was found
 */
public record Comparison(TrialReport first, List<Integer> rows, AuditFinding finding) {

    /** Copies the list and checks that nothing is missing. */
    public Comparison {
        Objects.requireNonNull(first, "first");
        rows = List.copyOf(rows);
        Objects.requireNonNull(finding, "finding");
    }

    /** Returns whether a reader should look it up. */
    public boolean isComplaint() {
        return finding.state() == AuditState.WARN || finding.state() == AuditState.ERROR;
    }

    /** Returns a warning for each complaint, with the rule in the code: {@code audit-a8}. */
    public static List<Message> warnings(List<Comparison> comparisons, String source) {
        return comparisons.stream()
                .filter(Comparison::isComplaint)
                .map(comparison -> comparison.warning(source))
                .toList();
    }

    private Message warning(String source) {
        String place = source + ", " + Phrases.rows(rows) + " (" + first.trial() + ")";
        return Message.warning("audit-" + finding.rule().toLowerCase(Locale.ROOT), place + ": " + finding.text())
                .at(rows.stream().mapToInt(Integer::intValue).toArray())
                .with("rule", finding.rule())
                .with("observed", finding.observed())
                .with("expected", finding.expected());
    }
}
