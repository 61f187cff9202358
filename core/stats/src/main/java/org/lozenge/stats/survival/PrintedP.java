package org.lozenge.stats.survival;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A P value as a report prints it: exact, a bound, or only the words "not significant".
 *
 * <p>Understood are {@code 0.03}, {@code .0005}, {@code P = 0.03}, {@code <0.001}, {@code P≤.05}, {@code >0.05},
 * {@code NS}, each with or without a remark such as {@code (one-sided)}. A printed zero is refused: no P value is zero,
 * and {@code 0.000} is a rounded {@code <0.0005}.
 *
 * @param text the text as printed, without surrounding blanks
 * @param kind exact, bound or not significant
 * @param value the exact value or the bound; 0.05 for {@link Kind#NOT_SIGNIFICANT}
 * @param halfUnit half a unit in the last printed place; 0 unless the kind is {@link Kind#EXACT}
 * @param sides the sidedness if the text states it
 */
public record PrintedP(String text, Kind kind, double value, double halfUnit, Optional<Sides> sides) {

    /** What sort of statement a printed P value is. */
    public enum Kind {
        /** A value such as {@code 0.03}, known to its printed digits. */
        EXACT,
        /** An upper bound such as {@code <0.001}. */
        BELOW,
        /** A lower bound such as {@code >0.05}. */
        ABOVE,
        /** The words "not significant" or {@code NS}, read as above 0.05. */
        NOT_SIGNIFICANT
    }

    private static final Pattern REMARK =
            Pattern.compile("(?i)[(,;]?\\s*\\b((?:1|one|2|two)[\\s\u2010\u2011-]*(?:sided|tailed))\\b\\s*\\)?");

    private static final Pattern STATEMENT = Pattern.compile(
            "(?i)(?:p(?:[\\s-]*values?)?\\s*)?(?<relation>=|<=|<|\u2264|>=|>|\u2265)?\\s*(?<number>.*)");

    private static final Pattern NOT_SIGNIFICANT =
            Pattern.compile("(?i)(?:p\\s*=?\\s*)?(?:n\\.?\\s?s\\.?|not\\s+(?:statistically\\s+)?significant)");

    /** Checks that the value is a probability above 0. */
    public PrintedP {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(sides, "sides");
        if (!(value > 0 && value <= 1) || !(halfUnit >= 0)) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "P value '%s' must be above 0 and at most 1, but is %s", text, value));
        }
    }

    /**
     * Reads a printed P value.
     *
     * @param printed the text of a cell
     * @return the P value with its kind and rounding
     * @throws IllegalArgumentException if the text is no P value; the message is a sentence that says what was found and
     *     what to write instead
     */
    public static PrintedP parse(String printed) {
        String text = printed.strip();
        Matcher remark = REMARK.matcher(text);
        Optional<Sides> sides = remark.find() ? Sides.read(remark.group(1)) : Optional.empty();
        String rest = sides.isPresent() ? remark.replaceFirst(" ").strip() : text;
        if (NOT_SIGNIFICANT.matcher(rest).matches()) {
            return new PrintedP(text, Kind.NOT_SIGNIFICANT, 0.05, 0, sides);
        }
        Matcher statement = STATEMENT.matcher(rest);
        if (!statement.matches()) {
            throw new IllegalArgumentException(notAPValue(text));
        }
        Kind kind = kind(statement.group("relation"));
        PrintedNumber number = number(text, statement.group("number"));
        checkProbability(text, kind, number);
        double halfUnit = kind == Kind.EXACT ? number.halfUnit() : 0;
        return new PrintedP(text, kind, number.value(), halfUnit, sides);
    }

    /** The smallest P value that the text allows. */
    public double low() {
        return switch (kind) {
            case EXACT -> Math.max(0, value - halfUnit);
            case BELOW -> 0;
            case ABOVE, NOT_SIGNIFICANT -> value;
        };
    }

    /** The largest P value that the text allows. */
    public double high() {
        return switch (kind) {
            case EXACT -> Math.min(1, value + halfUnit);
            case BELOW -> value;
            case ABOVE, NOT_SIGNIFICANT -> 1;
        };
    }

    /** Whether the value is known to its printed digits, so that it is neither a bound nor words. */
    public boolean exact() {
        return kind == Kind.EXACT;
    }

    /** How many significant digits are printed; 0 for words. */
    int significantDigits() {
        Matcher statement =
                STATEMENT.matcher(REMARK.matcher(text).replaceFirst(" ").strip());
        if (kind == Kind.NOT_SIGNIFICANT || !statement.matches()) {
            return 0;
        }
        return PrintedNumber.parse(statement.group("number")).significantDigits();
    }

    private static Kind kind(String relation) {
        if (relation == null || relation.equals("=")) {
            return Kind.EXACT;
        }
        return relation.startsWith("<") || relation.equals("\u2264") ? Kind.BELOW : Kind.ABOVE;
    }

    private static PrintedNumber number(String text, String digits) {
        try {
            return PrintedNumber.parse(digits);
        } catch (IllegalArgumentException e) {
            if (digits.contains(",")) {
                throw new IllegalArgumentException("'" + text + "' has a comma; write a decimal point", e);
            }
            throw new IllegalArgumentException(notAPValue(text), e);
        }
    }

    private static void checkProbability(String text, Kind kind, PrintedNumber number) {
        if (number.percent()) {
            throw new ImpossibleValueException("'" + text + "' is a percentage; write P as a fraction such as 0.03");
        }
        if (number.value() == 0) {
            throw new ImpossibleValueException(
                    "P is '" + text + "', but P cannot be 0; write what the digits stand for, " + "such as <"
                            + Digits.plain(kind == Kind.EXACT ? number.halfUnit() : 0.001));
        }
        if (number.value() < 0 || number.value() > 1) {
            throw new ImpossibleValueException("P is '" + text + "', but a P value lies between 0 and 1");
        }
    }

    private static String notAPValue(String text) {
        return "'" + text + "' is not a P value; write it as 0.03, <0.001, >0.05 or NS";
    }
}
