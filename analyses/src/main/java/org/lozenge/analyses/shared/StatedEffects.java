package org.lozenge.analyses.shared;

import java.util.List;
import java.util.Optional;
import org.lozenge.stats.effect.BackTransform;
import org.lozenge.stats.effect.Effect;
import org.lozenge.stats.effect.InvalidRawDataException;
import org.lozenge.stats.effect.NotEstimableException;
import org.lozenge.stats.effect.WaldStatistics;

/**
 * Effects that a report states itself, for rows without raw numbers: an effect on the analysis scale, or a ratio, with a
 * standard error, a variance, an interval or a P value.
 */
final class StatedEffects {

    private static final double LEVEL = 0.95;

    private final RawCells cells;
    private final boolean logs;

    StatedEffects(RawCells cells, BackTransform backTransform) {
        this.cells = cells;
        this.logs = backTransform.isLog();
    }

    /** Whether the columns of any way are mapped. */
    boolean isMapped() {
        boolean value = cells.has("effect") || (logs && cells.has("ratio"));
        return value
                && (cells.has("se")
                        || cells.has("variance")
                        || cells.has("p")
                        || cells.hasAll(List.of("ci_low", "ci_high")));
    }

    /** The effect of a row; empty if cells are missing. */
    Optional<Effect> read(int i) {
        double effect = cells.number(i, "effect");
        double ratio = logs && Double.isNaN(effect) ? cells.number(i, "ratio") : Double.NaN;
        if (Double.isNaN(effect) && Double.isNaN(ratio)) {
            return Optional.empty();
        }
        double y = Double.isNaN(effect) ? log("ratio", ratio) : effect;
        double se = standardError(i, y, Double.isNaN(effect));
        return Double.isNaN(se) ? Optional.empty() : Optional.of(new Effect(y, se * se));
    }

    private double standardError(int i, double y, boolean ofRatio) {
        double se = cells.number(i, "se");
        if (!Double.isNaN(se)) {
            return positive("se", se, "a standard error");
        }
        double variance = cells.number(i, "variance");
        if (!Double.isNaN(variance)) {
            return Math.sqrt(positive("variance", variance, "a sampling variance"));
        }
        double low = cells.number(i, "ci_low");
        double high = cells.number(i, "ci_high");
        if (!Double.isNaN(low) && !Double.isNaN(high)) {
            double from = ofRatio ? log("ci_low", low) : low;
            double to = ofRatio ? log("ci_high", high) : high;
            checkOrder(from, y, to);
            return WaldStatistics.fromInterval(from, to, LEVEL, Double.POSITIVE_INFINITY);
        }
        double p = cells.number(i, "p");
        if (p == 0) {
            throw new NotEstimableException(
                    "A P value of 0 gives no standard error; give the interval or the standard" + " error.");
        }
        return Double.isNaN(p) ? Double.NaN : WaldStatistics.fromP(y, p, Double.POSITIVE_INFINITY);
    }

    private static void checkOrder(double low, double y, double high) {
        if (low > high) {
            throw new InvalidRawDataException("ci_low", low, "the lower limit lies above the upper one");
        }
        if (y < low || y > high) {
            throw new InvalidRawDataException("effect", y, "the estimate lies outside its interval");
        }
    }

    private static double log(String role, double value) {
        return StrictMath.log(positive(role, value, "on the scale of a ratio"));
    }

    private static double positive(String role, double value, String what) {
        if (!(value > 0)) {
            throw new InvalidRawDataException(role, value, "is " + what + " and must be above 0, but is " + value);
        }
        return value;
    }
}
