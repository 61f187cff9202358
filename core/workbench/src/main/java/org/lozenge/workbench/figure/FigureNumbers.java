package org.lozenge.workbench.figure;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as figures print them: a true minus sign, no locale, nothing that is not zero shown as zero. */
final class FigureNumbers {

    private static final double LARGE = 1e6;
    private static final double SMALL = 1e-6;

    private FigureNumbers() {}

    /**
     * Returns a number with fixed decimals; two fewer from 1,000 on. Where that would leave nothing but zeros, three
     * significant digits instead.
     */
    static String fixed(double value, int decimals) {
        if (Double.isNaN(value)) {
            return "";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "∞" : "−∞";
        }
        double size = Math.abs(value);
        if (isExtreme(size)) {
            return scientific(new BigDecimal(value));
        }
        BigDecimal rounded = round(value, size >= 1000 ? Math.max(0, decimals - 2) : decimals);
        if (rounded.signum() == 0 && value != 0) {
            return significant(value, 3);
        }
        return minus(rounded.toPlainString());
    }

    private static boolean isExtreme(double size) {
        return size >= LARGE || (size > 0 && size < SMALL);
    }

    private static BigDecimal round(double value, int decimals) {
        return new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN);
    }

    /** Returns a number with so many significant digits and no zeros at its end. */
    static String significant(double value, int digits) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return fixed(value, 0);
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
        double size = Math.abs(value);
        if (isExtreme(size)) {
            return scientific(rounded);
        }
        return plain(rounded);
    }

    private static String scientific(BigDecimal value) {
        BigDecimal three =
                value.round(new MathContext(3, RoundingMode.HALF_EVEN)).stripTrailingZeros();
        int exponent = three.precision() - three.scale() - 1;
        String mantissa = minus(three.movePointLeft(exponent).toPlainString());
        return mantissa + "e" + minus(Integer.toString(exponent));
    }

    /** Returns an exact number without zeros at its end; with an exponent when it is very long. */
    static String plain(BigDecimal value) {
        double size = Math.abs(value.doubleValue());
        if (isExtreme(size)) {
            return scientific(value);
        }
        BigDecimal stripped = value.stripTrailingZeros();
        return minus((stripped.scale() < 0 ? stripped.setScale(0) : stripped).toPlainString());
    }

    /** Returns a fraction as a percentage with one decimal. */
    static String percent(double fraction) {
        double percent = 100 * fraction;
        if (percent > 0 && percent < 0.05) {
            return "<0.1%";
        }
        return minus(round(percent, 1).toPlainString()) + "%";
    }

    /** Returns a level of confidence as a percentage without zeros at its end: 95, 99.9. */
    static String level(double level) {
        return plain(new BigDecimal(100 * level).round(new MathContext(6, RoundingMode.HALF_EVEN)));
    }

    /** Replaces a hyphen before a number by a minus sign. */
    static String minus(String number) {
        return number.replace('-', '−');
    }
}
