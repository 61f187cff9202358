package org.lozenge.analyses.checkreport;

import org.lozenge.stats.survival.AuditState;
import org.lozenge.stats.survival.PrintedNumber;

/** Holds a printed percentage against a count and its denominator. */
final class PercentCheck {

    /** Far below any printed digit, far above the error of decimal fractions in binary. */
    private static final double SLACK = 1e-9;

    private PercentCheck() {}

    static Check of(String column, PrintedNumber printed, long events, long n) {
        double share = 100.0 * events / n;
        double unit = 2 * printed.halfUnit();
        boolean rounds = share >= printed.low() - SLACK && share <= printed.high() + SLACK;
        boolean cut = share >= printed.value() - SLACK && share < printed.value() + unit;
        String text = events + " of " + n + " is " + Words.of(share) + "%";
        if (rounds) {
            return check(column, printed, share, AuditState.OK, text + ", as printed.");
        }
        if (cut) {
            return check(
                    column,
                    printed,
                    share,
                    AuditState.OK_WITHIN_ROUNDING,
                    text + "; the report cut the digits off instead of rounding.");
        }
        return check(
                column,
                printed,
                share,
                AuditState.ERROR,
                text + ", not " + printed.text().replace("%", "").strip() + "%. " + denominators(printed, events) + " "
                        + counts(printed, n));
    }

    private static Check check(String column, PrintedNumber printed, double share, AuditState state, String text) {
        return new Check(column, printed.text(), "percentage", share, state, text);
    }

    private static String denominators(PrintedNumber printed, long events) {
        long smallest = (long) Math.ceil(100 * events / printed.high() - SLACK);
        if (events == 0 || printed.low() <= 0) {
            return events == 0 ? "No denominator would fit." : "A denominator of " + smallest + " or more would fit.";
        }
        long largest = (long) Math.floor(100 * events / printed.low() + SLACK);
        return range("denominator", Math.max(events, smallest), largest);
    }

    private static String counts(PrintedNumber printed, long n) {
        long smallest = (long) Math.ceil(printed.low() * n / 100 - SLACK);
        long largest = (long) Math.floor(printed.high() * n / 100 + SLACK);
        return range("count", Math.max(0, smallest), Math.min(n, largest));
    }

    private static String range(String what, long low, long high) {
        if (low > high) {
            return "No " + what + " would fit.";
        }
        return "A " + what + " of " + (low == high ? "" + low : low + " to " + high) + " would fit.";
    }
}
