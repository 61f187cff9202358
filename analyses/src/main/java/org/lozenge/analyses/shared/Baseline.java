package org.lozenge.analyses.shared;

import java.util.Objects;
import org.lozenge.plugin.NumberText;
import org.lozenge.stats.survival.BaselineRisk;

/**
 * What is expected without treatment up to a time, and where that comes from.
 *
 * @param time the time; NaN where none is stated
 * @param unit unit of the time, such as {@code months}; empty where none is stated
 * @param risk what is expected
 * @param source where it comes from, such as {@code option 'baseline'}
 */
public record Baseline(double time, String unit, BaselineRisk risk, String source) {

    /** Checks that nothing is missing. */
    public Baseline {
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(risk, "risk");
        Objects.requireNonNull(source, "source");
    }

    /** Returns {@code At 36 months, }, or nothing where no time is stated. */
    public String at() {
        return Double.isNaN(time) ? "" : "At " + when() + ", ";
    }

    /** Returns {@code 36 months}; empty where no time is stated. */
    public String when() {
        return Double.isNaN(time) ? "" : NumberText.print(time) + (unit.isEmpty() ? "" : " " + unit);
    }
}
