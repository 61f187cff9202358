package org.lozenge.workbench.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import org.lozenge.plugin.Format;

/**
 * Numbers as a reader sees them. Rounds the exact binary value, ties away from zero, the same way on every JDK.
 *
 * <p>Missing numbers read {@value #MISSING}, infinite ones {@code ∞}. No number other than zero reads as zero: what a
 * format would print as {@code 0.00} gets two significant digits instead.
 */
final class Digits {

    /** What stands for a number that does not exist. */
    static final String MISSING = "–";

    private static final int SIGNIFICANT = 4;
    private static final int MOST_DECIMALS = 6;
    /** From here on, numbers are written with an exponent. */
    private static final double LARGE = 1e7;

    private static final BigDecimal FIVE_PERCENT = new BigDecimal("0.05");

    private Digits() {}

    /** Returns one number. */
    static String one(double value, Format format) {
        return column(new double[] {value}, format)[0];
    }

    /** Returns the numbers of a column; in the general format they share their number of decimals. */
    static String[] column(double[] values, Format format) {
        int decimals = format == Format.GENERAL ? sharedDecimals(values) : 0;
        String[] cells = new String[values.length];
        for (int i = 0; i < values.length; i++) {
            cells[i] = Double.isFinite(values[i]) ? finite(values[i], format, decimals) : notFinite(values[i]);
        }
        return cells;
    }

    private static String notFinite(double value) {
        if (Double.isNaN(value)) {
            return MISSING;
        }
        return value > 0 ? "∞" : "-∞";
    }

    private static String finite(double value, Format format, int decimals) {
        return switch (format) {
            case GENERAL -> fixed(value, decimals);
            case INTEGER -> Math.abs(value) < LARGE * LARGE ? plain(value, 0) : scientific(value, SIGNIFICANT);
            case FIXED2 -> fixed(value, 2);
            case FIXED3 -> fixed(value, 3);
            case PERCENT -> percent(value);
            case P_VALUE -> pValue(value);
        };
    }

    private static String fixed(double value, int decimals) {
        double size = Math.abs(value);
        if (size >= LARGE) {
            return scientific(value, SIGNIFICANT);
        }
        if (value != 0 && isZero(value, decimals)) {
            return size < 1e-5 ? scientific(value, 2) : plain(value, 1 - exponent(value));
        }
        // Beside numbers in the hundreds a ratio such as 0.078 would be left with one digit or none.
        boolean bare = decimals < 2 && value != 0 && size < 1;
        return plain(value, bare ? Math.min(MOST_DECIMALS, 1 - exponent(value)) : decimals);
    }

    private static boolean isZero(double value, int decimals) {
        return round(value, decimals).signum() == 0;
    }

    private static String plain(double value, int decimals) {
        return round(value, decimals).toPlainString();
    }

    private static BigDecimal round(double value, int decimals) {
        return new BigDecimal(value).setScale(decimals, RoundingMode.HALF_UP);
    }

    private static String scientific(double value, int digits) {
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_UP));
        int exponent = rounded.precision() - rounded.scale() - 1;
        String mantissa = rounded.movePointLeft(exponent).stripTrailingZeros().toPlainString();
        return mantissa + "e" + String.format(Locale.ROOT, "%+03d", exponent);
    }

    /** The exponent of the first significant digit: 0 for 1 to 9.99, −1 for 0.1 to 0.99. */
    private static int exponent(double value) {
        BigDecimal exact = new BigDecimal(value);
        return exact.precision() - exact.scale() - 1;
    }

    private static String percent(double fraction) {
        BigDecimal percent = new BigDecimal(fraction).movePointRight(2).setScale(1, RoundingMode.HALF_UP);
        if (fraction != 0 && percent.signum() == 0) {
            return fraction > 0 ? "< 0.1%" : "> -0.1%";
        }
        return percent.toPlainString() + "%";
    }

    /**
     * Two decimals from 0.01, three below; more where two would hide on which side of 0.05 the value lies.
     */
    private static String pValue(double p) {
        if (p < 0.001) {
            return "< 0.001";
        }
        if (p >= 0.995 && p < 1) {
            return "> 0.99";
        }
        int decimals = p < 0.01 ? 3 : 2;
        while (p != 0.05 && decimals < MOST_DECIMALS && round(p, decimals).compareTo(FIVE_PERCENT) == 0) {
            decimals++;
        }
        return plain(p, decimals);
    }

    /**
     * As many decimals as the largest number needs for four significant digits, and not more than some number of the
     * column makes use of.
     */
    private static int sharedDecimals(double[] values) {
        double largest = 0;
        for (double value : values) {
            if (Double.isFinite(value) && Math.abs(value) < LARGE) {
                largest = Math.max(largest, Math.abs(value));
            }
        }
        if (largest == 0) {
            return 0;
        }
        int decimals = Math.min(MOST_DECIMALS, Math.max(0, SIGNIFICANT - 1 - exponent(largest)));
        while (decimals > 0 && lastDigitIsIdle(values, decimals)) {
            decimals--;
        }
        return decimals;
    }

    private static boolean lastDigitIsIdle(double[] values, int decimals) {
        for (double value : values) {
            if (Double.isFinite(value)
                    && Math.abs(value) < LARGE
                    && round(value, decimals).unscaledValue().intValue() % 10 != 0) {
                return false;
            }
        }
        return true;
    }
}
