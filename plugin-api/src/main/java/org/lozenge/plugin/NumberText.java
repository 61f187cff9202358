package org.lozenge.plugin;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * The one grammar of numbers in cells and options: digits with an optional sign, point and exponent. A Unicode minus
 * sign counts as a minus, and white space around the number does not matter. Everything else that
 * {@link Double#parseDouble} would take ({@code 1d}, {@code 0x1p3}, {@code NaN}, {@code Infinity}) is text, and so are
 * thousands separators and decimal commas.
 */
public final class NumberText {

    private static final double EXACT_INTEGERS = 1e15;
    private static final double SMALLEST_NORMAL_WITH_15_DIGITS = 1e-290;

    private NumberText() {}

    /**
     * Returns the number that a text prints; empty if it prints none, or one that a double cannot hold ({@code 1e400},
     * {@code 1e-400}). Zero has no sign.
     */
    public static Optional<Double> parse(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isSpace(text.charAt(from))) {
            from++;
        }
        while (to > from && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return isNumber(text, from, to) ? value(text.substring(from, to)) : Optional.empty();
    }

    private static boolean isSpace(char c) {
        return c <= ' ' ? Character.isWhitespace(c) : Character.isSpaceChar(c);
    }

    /** {@code [+-]? (digits [. digits*] | . digits) ([eE] [+-]? digits)?}. */
    private static boolean isNumber(String text, int from, int to) {
        int at = skipSign(text, from, to);
        int whole = skipDigits(text, at, to);
        int end = whole;
        int digits = whole - at;
        if (whole < to && text.charAt(whole) == '.') {
            end = skipDigits(text, whole + 1, to);
            digits += end - whole - 1;
        }
        if (digits == 0) {
            return false;
        }
        if (end < to && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
            int exponent = skipSign(text, end + 1, to);
            end = skipDigits(text, exponent, to);
            return end == to && end > exponent;
        }
        return end == to;
    }

    private static int skipSign(String text, int from, int to) {
        boolean sign =
                from < to && (text.charAt(from) == '+' || text.charAt(from) == '-' || text.charAt(from) == '\u2212');
        return sign ? from + 1 : from;
    }

    private static int skipDigits(String text, int from, int to) {
        int at = from;
        while (at < to && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    private static Optional<Double> value(String number) {
        double value = Double.parseDouble(number.replace('\u2212', '-'));
        boolean lost = Double.isInfinite(value) || (value == 0 && hasNonZeroDigit(number));
        return lost ? Optional.empty() : Optional.of(value + 0.0);
    }

    private static boolean hasNonZeroDigit(String number) {
        for (int i = 0; i < number.length(); i++) {
            char c = number.charAt(i);
            if (c == 'e' || c == 'E') {
                return false;
            }
            if (c >= '1' && c <= '9') {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns the shortest text that reads back as the same number, without a needless {@code .0}; the same text on
     * every JDK. NaN gives the empty text, negative zero gives {@code 0}, and infinity gives {@code Infinity}, which
     * {@link #parse} does not take.
     */
    public static String print(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "Infinity" : "-Infinity";
        }
        if (value == Math.rint(value) && Math.abs(value) < EXACT_INTEGERS) {
            return Long.toString((long) value);
        }
        BigDecimal printed = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        boolean only = printed.precision() <= 15 && Math.abs(value) >= SMALLEST_NORMAL_WITH_15_DIGITS;
        return plain(only ? printed : shortest(value, printed.precision()));
    }

    /**
     * Up to JDK 18, {@code Double.toString} may give a digit or two more than needed. With 15 digits or fewer there is
     * only one text for a number, so this matters for longer ones alone.
     */
    private static BigDecimal shortest(double value, int precision) {
        BigDecimal exact = new BigDecimal(value);
        for (int digits = Math.max(1, precision - 3); digits < 17; digits++) {
            BigDecimal near = exact.round(new MathContext(digits));
            if (near.doubleValue() == value) {
                return near;
            }
            BigDecimal above = exact.round(new MathContext(digits, RoundingMode.UP));
            if (above.doubleValue() == value) { // powers of two have more room above than below
                return above;
            }
        }
        return exact.round(new MathContext(17));
    }

    private static String plain(BigDecimal number) {
        BigDecimal shortest = number.stripTrailingZeros();
        boolean readable = shortest.scale() <= 12 && shortest.precision() - shortest.scale() <= 15;
        return readable ? shortest.toPlainString() : shortest.toString();
    }
}
