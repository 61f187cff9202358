package org.lozenge.analyses.shared;

import java.util.Optional;
import org.lozenge.analyses.shared.EffectCells.CellException;
import org.lozenge.analyses.shared.EffectCells.Kind;
import org.lozenge.stats.numeric.Normal;
import org.lozenge.stats.survival.PrintedNumber;

/**
 * An estimate with its interval as printed, and the effect that follows: the estimate itself, and the width of the
 * interval over twice the normal quantile as its standard error. On the log scale for ratios.
 */
final class PrintedInterval {

    private static final double IMPRECISE = 0.1;

    private final Kind kind;
    private final PrintedNumber estimate;
    private final PrintedNumber low;
    private final PrintedNumber high;
    private final double level;

    /**
     * Reads a row.
     *
     * @param kind ratio or effect
     * @param defaultLevel level of intervals whose row states none
     * @throws CellException if a cell holds no number, a ratio or limit is not above 0, the limits are reversed or equal,
     *     the estimate lies outside, or the level is none
     */
    PrintedInterval(EffectCells cells, int i, Kind kind, double defaultLevel) {
        this.kind = kind;
        this.estimate = positive(cells.number(kind, i), kind);
        this.low = positive(cells.number(Kind.LOW, i), Kind.LOW);
        this.high = positive(cells.number(Kind.HIGH, i), Kind.HIGH);
        this.level = cells.has(Kind.LEVEL, i) ? level(cells.text(Kind.LEVEL, i)) : defaultLevel;
        checkOrder();
    }

    private PrintedNumber positive(PrintedNumber number, Kind cell) {
        if (kind == Kind.RATIO && !(number.value() > 0)) {
            throw notPositive(cell, number.text());
        }
        return number;
    }

    static CellException notPositive(Kind cell, String text) {
        return new CellException(
                "ratio-not-positive",
                cell,
                "a ratio and its limits must be above 0, but this is " + text
                        + "; if the column holds log ratios, map it with --map effect=COLUMN");
    }

    private void checkOrder() {
        if (low.value() > high.value()) {
            throw new CellException(
                    "ci-order",
                    Kind.LOW,
                    "the lower limit " + low.text() + " is above the upper limit " + high.text()
                            + "; check whether the two are swapped");
        }
        if (low.value() == high.value()) {
            throw new CellException(
                    "ci-order", Kind.LOW, "both limits are " + low.text() + ", so there is no standard error");
        }
        // Rounding can move a printed estimate past a printed limit, but not further.
        if (!(low.low() <= estimate.high() && estimate.low() <= high.high())) {
            throw new CellException(
                    "ci-order",
                    kind,
                    "the estimate " + estimate.text() + " lies outside its interval, " + low.text() + " to "
                            + high.text() + "; check all three");
        }
    }

    private static double level(String text) {
        try {
            PrintedNumber printed = PrintedNumber.parse(text);
            double value = printed.percent() || printed.value() < 1 ? printed.fraction() : printed.value() / 100;
            if (value >= 0.5 && value < 1) {
                return value;
            }
        } catch (IllegalArgumentException e) {
            throw new CellException("bad-cell", Kind.LEVEL, String.valueOf(e.getMessage()));
        }
        throw new CellException(
                "ci-level",
                Kind.LEVEL,
                "a confidence level lies between 50 and 100 percent, but this is " + text + "; write 95 or 0.95");
    }

    double y() {
        return scale(estimate.value());
    }

    double standardError() {
        return (scale(high.value()) - scale(low.value())) / (2 * Normal.criticalValue(level));
    }

    private double scale(double value) {
        return kind == Kind.RATIO ? StrictMath.log(value) : value;
    }

    /**
     * Says that the interval is not symmetric about its estimate, if rounding does not explain it: the true numbers lie
     * within half a unit of the last printed digit.
     */
    Optional<String> asymmetry() {
        double from = middle(low.low(), high.low()) - estimate.halfUnit();
        double to = middle(low.high(), high.high()) + estimate.halfUnit();
        if (from <= estimate.value() && estimate.value() <= to) {
            return Optional.empty();
        }
        return Optional.of("the interval " + low.text() + " to " + high.text() + " is not symmetric about "
                + estimate.text() + (kind == Kind.RATIO ? " on the log scale" : "") + ": its middle is "
                + PlotText.fixed(middle(low.value(), high.value()), 3)
                + ", which rounding does not explain. Check the three numbers and the scale they are on");
    }

    /** The middle of the interval on its own scale: geometric for ratios. */
    private double middle(double from, double to) {
        return kind == Kind.RATIO ? Math.sqrt(Math.max(0, from) * to) : (from + to) / 2;
    }

    /**
     * Says that the printed digits of the limits leave the standard error uncertain. Digits are those of the number in the
     * row that has most, because spreadsheets drop zeros at the end.
     */
    Optional<String> imprecision() {
        double half = Math.min(estimate.halfUnit(), Math.min(low.halfUnit(), high.halfUnit()));
        if (kind == Kind.RATIO && low.value() <= half) {
            return Optional.of(tooFewDigits(""));
        }
        double width = scale(high.value()) - scale(low.value());
        double widest = scale(high.value() + half) - scale(low.value() - half);
        double narrowest = scale(high.value() - half) - scale(low.value() + half);
        double spread = (widest - narrowest) / 2 / width;
        return spread <= IMPRECISE
                ? Optional.empty()
                : Optional.of(tooFewDigits(", by up to " + PlotText.percent(spread)));
    }

    private String tooFewDigits(String by) {
        return "the limits " + low.text() + " to " + high.text()
                + " are printed with so few digits that the standard error is imprecise" + by;
    }
}
