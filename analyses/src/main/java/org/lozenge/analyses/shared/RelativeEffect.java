package org.lozenge.analyses.shared;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.lozenge.stats.Interval;
import org.lozenge.stats.model.PooledFit;
import org.lozenge.stats.survival.AbsoluteEffect;
import org.lozenge.stats.survival.RelativeMeasure;

/**
 * A pooled effect that can be applied to a baseline.
 *
 * @param measure what it measures
 * @param y effect on the analysis scale
 * @param interval its confidence interval
 * @param prediction its prediction interval; empty where there is none
 * @param k number of studies
 */
public record RelativeEffect(Measure measure, double y, Interval interval, Optional<Interval> prediction, int k) {

    /** A baseline with what the effect makes of it. */
    public record Applied(Baseline baseline, AbsoluteEffect effect, Optional<AbsoluteEffect> prediction) {}

    /** Checks that nothing is missing. */
    public RelativeEffect {
        Objects.requireNonNull(measure, "measure");
        Objects.requireNonNull(interval, "interval");
        Objects.requireNonNull(prediction, "prediction");
    }

    /** Returns the effect of a model. */
    public static RelativeEffect of(PooledFit fit, Measure measure) {
        return new RelativeEffect(measure, fit.estimate(), fit.confidenceInterval(), fit.predictionInterval(), fit.k());
    }

    /** Returns how a measure acts on a baseline; empty for one that does not compare the risks of an event. */
    public static Optional<RelativeMeasure> actionOf(Measure measure) {
        return switch (measure.token()) {
            case "hr" -> Optional.of(RelativeMeasure.HAZARD_RATIO);
            case "irr" -> Optional.of(RelativeMeasure.RATE_RATIO);
            case "or", "peto" -> Optional.of(RelativeMeasure.ODDS_RATIO);
            case "rr" -> Optional.of(RelativeMeasure.RISK_RATIO);
            case "rd" -> Optional.of(RelativeMeasure.RISK_DIFFERENCE);
            default -> Optional.empty();
        };
    }

    /** Returns how the measure acts on a baseline. */
    public RelativeMeasure action() {
        return actionOf(measure).orElseThrow();
    }

    /** Returns what the effect makes of each baseline. */
    public List<Applied> applyTo(List<Baseline> baselines) {
        return baselines.stream()
                .map(baseline -> new Applied(
                        baseline,
                        AbsoluteEffect.of(action(), baseline.risk(), y, interval),
                        prediction.map(pi -> AbsoluteEffect.of(action(), baseline.risk(), y, pi))))
                .toList();
    }

    /** Returns for instance {@code HR 0.48 (95% CI 0.41 to 0.55)}. */
    public String words() {
        return measure.token().toUpperCase(java.util.Locale.ROOT) + " " + PlotText.fixed(measure.display(y), 2) + " ("
                + PlotText.level(interval.level()) + " CI " + PlotText.fixed(measure.display(interval.lower()), 2)
                + " to " + PlotText.fixed(measure.display(interval.upper()), 2) + ")";
    }
}
