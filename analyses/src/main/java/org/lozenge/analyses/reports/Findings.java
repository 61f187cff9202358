package org.lozenge.analyses.reports;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.lozenge.stats.survival.AuditFinding;
import org.lozenge.stats.survival.AuditState;

/**
 * What one check has found so far: each complaint, and everything that agrees in a single line, so that a reader sees
 * what was compared without being drowned in it.
 */
final class Findings {

    private final String rule;
    private final String expected;
    private final List<Comparison> complaints = new ArrayList<>();
    private final List<TrialReport> agreeing = new ArrayList<>();
    private final Set<String> compared = new LinkedHashSet<>();

    /**
     * Starts a check.
     *
     * @param rule code of its rule, for what agrees
     * @param expected what is expected of the rows, for what agrees
     */
    Findings(String rule, String expected) {
        this.rule = rule;
        this.expected = expected;
    }

    /** Notes that something was compared and agrees. */
    void agree(String what, TrialReport... rows) {
        compared.add(what);
        agreeing.addAll(List.of(rows));
    }

    void warn(List<TrialReport> rows, String observed, String wanted, String text) {
        complain(rule, AuditState.WARN, rows, observed, wanted, text);
    }

    void complain(String code, AuditState state, List<TrialReport> rows, String observed, String wanted, String text) {
        complaints.add(comparison(rows, new AuditFinding(code, state, observed, wanted, text)));
    }

    /** Returns the complaints; if there are none, one line for what agrees, if anything was compared. */
    List<Comparison> all() {
        if (!complaints.isEmpty() || agreeing.isEmpty()) {
            return List.copyOf(complaints);
        }
        String what = String.join(", ", compared);
        return List.of(comparison(
                agreeing,
                new AuditFinding(
                        rule, AuditState.OK, what, expected, "Between the rows, nothing contradicts: " + what + ".")));
    }

    private static Comparison comparison(List<TrialReport> rows, AuditFinding finding) {
        TrialReport first =
                rows.stream().min(Comparator.comparingInt(TrialReport::row)).orElseThrow();
        return new Comparison(
                first, rows.stream().map(TrialReport::row).distinct().sorted().toList(), finding);
    }
}
