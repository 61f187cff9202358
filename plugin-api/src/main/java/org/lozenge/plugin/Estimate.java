package org.lozenge.plugin;

import java.util.Objects;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;

/**
 * A number with its interval, on the scale a reader expects (a hazard ratio, not its logarithm).
 *
 * @param id unique within the result or section
 * @param title what is estimated
 * @param value the estimate
 * @param low lower limit of the interval; NaN when there is none
 * @param high upper limit of the interval; NaN when there is none
 * @param level confidence level of the interval, in (0, 1)
 * @param pValue two-sided P value; NaN when there is none
 * @param scale the scale on which it is drawn
 */
public record Estimate(
        String id, String title, double value, double low, double high, double level, double pValue, Scale scale)
        implements ResultItem {

    /** Checks the id and the level. */
    public Estimate {
        Ids.check(id);
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(scale, "scale");
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("The level of '" + id + "' must be between 0 and 1, but is " + level);
        }
    }

    /** Returns an estimate with a 95 % interval on a linear scale and without a P value. */
    public static Estimate of(String id, String title, double value, double low, double high) {
        return new Estimate(id, title, value, low, high, 0.95, Double.NaN, Scale.LINEAR);
    }

    /** Returns this estimate with another confidence level, in (0, 1). */
    public Estimate level(double newLevel) {
        return new Estimate(id, title, value, low, high, newLevel, pValue, scale);
    }

    /** Returns this estimate with a P value. */
    public Estimate p(double newP) {
        return new Estimate(id, title, value, low, high, level, newP, scale);
    }

    /** Returns this estimate for another scale. */
    public Estimate scale(Scale newScale) {
        return new Estimate(id, title, value, low, high, level, pValue, newScale);
    }

    @Override
    public Table toTable() {
        Tablesaw.load();
        return Table.create(
                id,
                DoubleColumn.create("value", value),
                DoubleColumn.create("low", low),
                DoubleColumn.create("high", high),
                DoubleColumn.create("level", level),
                DoubleColumn.create("p_value", pValue));
    }
}
