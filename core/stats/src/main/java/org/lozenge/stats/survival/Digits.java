package org.lozenge.stats.survival;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers inside sentences: enough digits to compare with a report, never more than a reader can use. */
final class Digits {

    private Digits() {}

    /** Four significant digits, trailing zeros off; powers of ten below 0.0001. */
    static String of(double value) {
        return significant(value, 4);
    }

    static String significant(double value, int digits) {
        if (!Double.isFinite(value) || value == 0) {
            return value == 0 ? "0" : value > 0 ? "infinite" : value < 0 ? "-infinite" : "unknown";
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
        double size = Math.abs(value);
        if (size < 1e-4 || size >= 1e7) {
            return String.format(Locale.ROOT, "%." + (digits - 1) + "e", value);
        }
        return rounded.stripTrailingZeros().toPlainString();
    }

    /** The shortest decimal text of a value, without an exponent. */
    static String plain(double value) {
        return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
    }

    /** A range in words; one number if both ends read the same. */
    static String range(double low, double high) {
        String a = of(low);
        String b = of(high);
        return a.equals(b) ? a : a + " to " + b;
    }
}
