package org.lozenge.analyses.shared;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers in the sentences of figures and messages; tables keep theirs unrounded. */
public final class PlotText {

    private PlotText() {}

    /**
     * Returns a number with fixed decimals and a true minus sign; an exact 0 without decimals, and three digits where the
     * decimals would all be 0.
     */
    public static String fixed(double value, int decimals) {
        if (value == 0) {
            return "0";
        }
        if (Double.isNaN(value)) {
            return "not estimable";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "∞" : "−∞";
        }
        BigDecimal exact = new BigDecimal(value);
        BigDecimal rounded = exact.setScale(decimals, RoundingMode.HALF_EVEN);
        boolean lost = rounded.signum() == 0;
        boolean large = Math.abs(value) >= 1e7;
        String text = lost || large
                ? exact.round(new MathContext(3, RoundingMode.HALF_EVEN))
                        .stripTrailingZeros()
                        .toString()
                : rounded.toPlainString();
        return text.replace('-', '−').replace("E+", "e").replace("E", "e");
    }

    /** Returns {@code P = 0.03}, with three decimals below 0.01, or {@code P < 0.001}. */
    public static String p(double p) {
        if (Double.isNaN(p)) {
            return "P not defined";
        }
        if (p < 0.001) {
            return "P < 0.001";
        }
        return "P = "
                + new BigDecimal(p)
                        .setScale(p < 0.01 ? 3 : 2, RoundingMode.HALF_EVEN)
                        .toPlainString();
    }

    /** Returns a fraction as a percentage, such as {@code 92%}; without decimals unless it has some. */
    public static String percent(double fraction) {
        if (Double.isNaN(fraction)) {
            return "not estimable";
        }
        return new BigDecimal(100 * fraction)
                        .setScale(0, RoundingMode.HALF_EVEN)
                        .toPlainString() + "%";
    }

    /** Returns a level as a percentage with the digits it has: {@code 95%}, {@code 99.9%}. */
    public static String level(double level) {
        return BigDecimal.valueOf(level).movePointRight(2).stripTrailingZeros().toPlainString() + "%";
    }
}
