package org.lozenge.stats.survival;

import java.util.Objects;

/**
 * What one audit rule found in one report.
 *
 * @param rule the code of the rule, such as {@code A3}
 * @param state how bad it is
 * @param observed what the report prints
 * @param expected what follows from its other numbers
 * @param text a sentence for the reader of the report
 */
public record AuditFinding(String rule, AuditState state, String observed, String expected, String text) {

    /** Checks that nothing is missing. */
    public AuditFinding {
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(observed, "observed");
        Objects.requireNonNull(expected, "expected");
        Objects.requireNonNull(text, "text");
    }
}
