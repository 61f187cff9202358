package org.lozenge.analyses.absoluteeffect;

import java.util.List;
import java.util.Optional;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.analyses.shared.RelativeEffect;
import org.lozenge.analyses.shared.ReportRoles;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.NumberText;
import org.lozenge.plugin.Role;
import org.lozenge.stats.Interval;
import org.lozenge.stats.numeric.Normal;
import org.lozenge.stats.survival.ReportField;

/**
 * The limits of a single row as they are printed. A pooled effect from another program often has limits that are not
 * symmetric about it after rounding; mapping the printed ones gives what its paper gives.
 */
final class StatedLimits {

    /** A standard error that comes from the printed limits reproduces their width up to rounding of doubles. */
    private static final double ROUNDING = 1e-9;

    private static final Role LOW = ReportRoles.of(ReportField.CI_LOW);
    private static final Role HIGH = ReportRoles.of(ReportField.CI_HIGH);

    private StatedLimits() {}

    /**
     * Returns the effect with the printed limits where its standard error comes from just these at the level that is asked
     * for; else as it is.
     *
     * @param row 0-based row of the inputs
     * @param se standard error that was derived from the row
     */
    static RelativeEffect apply(RelativeEffect effect, Inputs in, int row, double se) {
        Interval ci = effect.interval();
        double width = 2 * Normal.criticalValue(ci.level()) * se;
        Interval interval = candidates(effect.measure(), in, LOW, HIGH, row, ci.level()).stream()
                .filter(i -> i.contains(effect.y()) && Math.abs(i.width() - width) <= ROUNDING * width)
                .findFirst()
                .orElse(ci);
        return new RelativeEffect(effect.measure(), effect.y(), interval, prediction(effect, in, row), effect.k());
    }

    /** The limits of a prediction interval are on the reader's scale. */
    private static Optional<Interval> prediction(RelativeEffect effect, Inputs in, int row) {
        Role low = AbsoluteEffectOptions.PI_LOW;
        Role high = AbsoluteEffectOptions.PI_HIGH;
        if (text(in, low, row).isEmpty() && text(in, high, row).isEmpty()) {
            return effect.prediction();
        }
        List<Interval> candidates = candidates(
                effect.measure(), in, low, high, row, effect.interval().level());
        Optional<Interval> found =
                candidates.stream().filter(i -> i.contains(effect.y())).findFirst();
        if (found.isEmpty()) {
            throw new AnalysisException(
                    "bad-cell",
                    in.source() + ", row " + in.sourceRows()[row] + ", columns of roles pi_low and pi_high: '"
                            + text(in, low, row) + "' and '" + text(in, high, row)
                            + "' are no interval around the effect. Give both limits on the scale of the effect.");
        }
        return found;
    }

    private static List<Interval> candidates(
            Measure measure, Inputs in, Role lowRole, Role highRole, int row, double level) {
        Optional<Double> low = NumberText.parse(text(in, lowRole, row));
        Optional<Double> high = NumberText.parse(text(in, highRole, row));
        if (low.isEmpty() || high.isEmpty() || !(low.get() <= high.get())) {
            return List.of();
        }
        double l = low.get();
        double u = high.get();
        if (!measure.isRatio()) {
            return List.of(new Interval(l, u, level), new Interval(-u, -l, level));
        }
        Interval asLogs = new Interval(l, u, level);
        return l > 0
                ? List.of(
                        new Interval(StrictMath.log(l), StrictMath.log(u), level),
                        new Interval(-StrictMath.log(u), -StrictMath.log(l), level),
                        asLogs)
                : List.of(asLogs);
    }

    private static String text(Inputs in, Role role, int row) {
        return in.has(role) ? in.strings(role)[row].strip() : "";
    }
}
