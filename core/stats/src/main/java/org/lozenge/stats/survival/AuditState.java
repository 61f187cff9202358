package org.lozenge.stats.survival;

import java.util.Locale;

/** What an audit rule found, from best to worst. */
public enum AuditState {
    /** The printed numbers agree. */
    OK,
    /** The printed numbers differ, but unrounded numbers behind them can agree. */
    OK_WITHIN_ROUNDING,
    /** The printed numbers disagree, or something is odd; look it up in the report. */
    WARN,
    /** The printed numbers cannot all be right. */
    ERROR;

    /** The token in tables: {@code ok}, {@code ok-within-rounding}, {@code warn}, {@code error}. */
    public String token() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
