package org.lozenge.plugin;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The one grammar of numbers in cells and options: digits with an optional sign, point and exponent. A Unicode minus
 * sign counts as a minus. Everything else that {@link Double#parseDouble} would take ({@code 1d}, {@code 0x1p3},
 * {@code NaN}, {@code Infinity}) is text, and so are thousands separators and decimal commas.
 */
public final class NumberText {

    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,5})?");
    private static final double EXACT_INTEGERS = 1e15;

    private NumberText() {}

    /**
     * Returns the number that a text prints; empty if it prints none, or one that a double cannot hold ({@code 1e400},
     * {@code 1e-400}).
     */
    public static Optional<Double> parse(String text) {
        String plain = text.strip().replace('\u2212', '-');
        if (!NUMBER.matcher(plain).matches()) {
            return Optional.empty();
        }
        double value = Double.parseDouble(plain);
        boolean lost = Double.isInfinite(value) || (value == 0 && new BigDecimal(plain).signum() != 0);
        return lost ? Optional.empty() : Optional.of(value);
    }

    /**
     * Returns the shortest text that reads back as the same number, without a needless {@code .0}; the same text on
     * every JDK. NaN gives the empty text.
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
        BigDecimal exact = new BigDecimal(value);
        for (int digits = 1; digits < 17; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits));
            if (rounded.doubleValue() == value) {
                return plain(rounded);
            }
        }
        return plain(exact.round(new MathContext(17)));
    }

    private static String plain(BigDecimal number) {
        BigDecimal shortest = number.stripTrailingZeros();
        boolean readable = shortest.scale() <= 12 && shortest.precision() - shortest.scale() <= 15;
        return readable ? shortest.toPlainString() : shortest.toString();
    }
}
