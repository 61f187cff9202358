package org.lozenge.analyses.checkreport;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers inside sentences. */
final class Words {

    private Words() {}

    /** Three significant digits, as reports print them; powers of ten below 0.0001. */
    static String of(double value) {
        if (Double.isNaN(value)) {
            return "not defined";
        }
        if (Double.isInfinite(value) || value == 0) {
            return value == 0 ? "0" : "infinite";
        }
        if (Math.abs(value) < 1e-4) {
            return String.format(Locale.ROOT, "%.1e", value);
        }
        return new BigDecimal(value)
                .round(new MathContext(3))
                .stripTrailingZeros()
                .toPlainString();
    }
}
