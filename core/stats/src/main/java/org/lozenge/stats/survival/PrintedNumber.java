package org.lozenge.stats.survival;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number as a report prints it: its text, its value, and how far the true value may lie from it.
 *
 * <p>A printed {@code 0.18} stands for anything from 0.175 to 0.185, a printed {@code 0.180} for a range ten times
 * narrower. So the text is kept, and {@link #halfUnit()} is half a unit in the last printed place.
 *
 * <p>The grammar is strict, because a number that is read wrongly is worse than one that is refused. Accepted are
 * digits with an optional decimal point (also the raised point of some journals, {@code 0·50}), an optional sign
 * (hyphen, Unicode minus or plus), a power of ten ({@code 1.2e-5}, {@code 1.2 × 10−5}), and one percent sign at the end.
 * Refused are decimal commas and thousands separators, hexadecimal numbers, type suffixes, {@code NaN}, infinities, and
 * numbers too large or too small for a double.
 *
 * @param text the text as printed, without surrounding blanks
 * @param value the number before any percent sign, so 95 for {@code 95%}
 * @param halfUnit half a unit in the last printed place, on the scale of {@code value}; 0 for a number known exactly
 * @param percent whether a percent sign follows
 */
public record PrintedNumber(String text, double value, double halfUnit, boolean percent) {

    private static final Pattern NUMBER = Pattern.compile("(?<sign>[-+\u2212\u2010\u2011\u2012\u2013]?)\\s*"
            + "(?<whole>[0-9]*)(?:[.\u00b7\u2219](?<fraction>[0-9]*))?"
            + "(?:[eE](?<e>[-+\u2212]?[0-9]{1,4})|\\s*[x\u00d7]\\s*10\\s*\\^?\\s*(?<ten>[-+\u2212\u2013]?[0-9]{1,4}))?"
            + "(?<percent>\\s*%)?");

    private static final Pattern COMMA = Pattern.compile("[-+\u2212]?[0-9]+(,[0-9]+)+(\\.[0-9]*)?\\s*%?");

    private static final Pattern ABSENT = Pattern.compile(
            "(?i)[-.?\u2013\u2014]|n/?a|n\\.a\\.|n\\.?r\\.?|n\\.?e\\.?|not reported|not estimable|null|missing");

    private static final Pattern SEVERAL = Pattern.compile(".*[0-9]\\s*(?:[(\\[;/\\s\u2013-]|to)\\s*[0-9(].*");

    /** Checks that the value is finite and the half unit is not negative. */
    public PrintedNumber {
        Objects.requireNonNull(text, "text");
        if (!Double.isFinite(value) || !(halfUnit >= 0) || Double.isInfinite(halfUnit)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "'%s' needs a finite value and half unit, but has %s and %s", text, value, halfUnit));
        }
    }

    /**
     * Reads a printed number.
     *
     * @param printed the text of a cell
     * @return the number with its rounding
     * @throws IllegalArgumentException if the text is not a number of the grammar above; the message is a sentence that
     *     says what was found and what to write instead
     */
    public static PrintedNumber parse(String printed) {
        String text = printed.strip();
        Matcher m = NUMBER.matcher(text);
        if (!m.matches() || digits(m).isEmpty()) {
            throw new IllegalArgumentException(whyNot(text));
        }
        double value = decimal(m).doubleValue();
        if (Double.isInfinite(value) || (value == 0 && decimal(m).signum() != 0)) {
            throw new IllegalArgumentException(
                    "'" + text + "' is " + (value == 0 ? "too small" : "too large") + " for a number; check it");
        }
        double halfUnit = Double.parseDouble("5e" + (exponent(m) - fraction(m).length() - 1));
        return new PrintedNumber(text, value, halfUnit, m.group("percent") != null);
    }

    /** The value with any percent sign applied: 0.95 for {@code 95%}. */
    public double fraction() {
        if (!percent) {
            return value;
        }
        Matcher m = NUMBER.matcher(text);
        return m.matches() ? decimal(m).movePointLeft(2).doubleValue() : value / 100;
    }

    /** The smallest value that prints as this text, on the scale of {@link #value()}. */
    public double low() {
        return value - halfUnit;
    }

    /** The largest value that prints as this text, on the scale of {@link #value()}. */
    public double high() {
        return value + halfUnit;
    }

    /** How many significant digits are printed: 1 for {@code 0.0005}, 3 for {@code 0.0100}. */
    public int significantDigits() {
        Matcher m = NUMBER.matcher(text);
        return m.matches() ? digits(m).replaceFirst("^0+", "").length() : 0;
    }

    /** The same number taken as exact, for counts. */
    PrintedNumber exact() {
        return new PrintedNumber(text, value, 0, percent);
    }

    private static String digits(Matcher m) {
        return m.group("whole") + fraction(m);
    }

    private static String fraction(Matcher m) {
        return m.group("fraction") == null ? "" : m.group("fraction");
    }

    private static BigDecimal decimal(Matcher m) {
        boolean negative = !m.group("sign").isEmpty() && !m.group("sign").equals("+");
        BigDecimal size = new BigDecimal(digits(m))
                .scaleByPowerOfTen(exponent(m) - fraction(m).length());
        return negative ? size.negate() : size;
    }

    private static int exponent(Matcher m) {
        String exponent = m.group("e") == null ? m.group("ten") : m.group("e");
        return exponent == null ? 0 : Integer.parseInt(exponent.replaceFirst("[\u2212\u2013]", "-"));
    }

    private static String whyNot(String text) {
        if (text.isEmpty()) {
            return "the cell is empty";
        }
        if (COMMA.matcher(text).matches()) {
            return "'" + text + "' has a comma; write a decimal point, and no thousands separator";
        }
        if (text.matches("(?i)[-+]?(nan|inf|infinity|\u221e)")) {
            return "'" + text + "' is not a finite number";
        }
        if (SEVERAL.matcher(text).matches()) {
            return "'" + text + "' holds more than one number; give each its own column";
        }
        if (ABSENT.matcher(text).matches()) {
            return "'" + text + "' is not a number; if the value is missing, leave the cell empty or write NA";
        }
        return "'" + text + "' is not a number; write digits with a decimal point, or leave the cell empty";
    }
}
