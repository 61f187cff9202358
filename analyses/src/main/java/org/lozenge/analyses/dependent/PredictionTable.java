package org.lozenge.analyses.dependent;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.plugin.Tabular;
import org.lozenge.stats.Interval;
import org.lozenge.stats.multilevel.FixedEffects.Combination;

/** The table of mean effects at values of the moderators, with confidence and prediction intervals. */
public final class PredictionTable {

    private final Measure measure;
    private final List<String> at = new ArrayList<>();
    private final List<String> outcomes = new ArrayList<>();
    private final List<Combination> means = new ArrayList<>();
    private final List<Interval> predictions = new ArrayList<>();

    /** An empty table. */
    public PredictionTable(Measure measure) {
        this.measure = measure;
    }

    /**
     * Adds a row.
     *
     * @param setting the values in words
     * @param outcome the outcome; empty if there is only one kind
     * @param mean the mean there
     * @param between variance of true effects about the mean
     */
    public void add(String setting, String outcome, Combination mean, double between) {
        at.add(setting);
        outcomes.add(outcome);
        means.add(mean);
        predictions.add(mean.predictionInterval(between));
    }

    /** Returns whether there is no row. */
    public boolean isEmpty() {
        return at.isEmpty();
    }

    /** Returns the table. */
    public Tabular toTable() {
        Tabular start = Tabular.of("predictions", "Predicted effects").texts("at", at.toArray(String[]::new));
        boolean several = outcomes.stream().anyMatch(outcome -> !outcome.isEmpty());
        Tabular table = several ? start.texts("outcome", outcomes.toArray(String[]::new)) : start;
        return table.numbers("estimate", of(Combination::estimate))
                .numbers("se", of(Combination::standardError))
                .numbers("df", of(m -> CoefficientTables.finite(m.test().df())))
                .numbers("ci_lower", of(m -> m.confidenceInterval().lower()))
                .numbers("ci_upper", of(m -> m.confidenceInterval().upper()))
                .numbers("pi_lower", predicted(Interval::lower))
                .numbers("pi_upper", predicted(Interval::upper))
                .numbers("effect", of(m -> measure.display(m.estimate())))
                .numbers(
                        "effect_lower",
                        of(m -> measure.display(m.confidenceInterval().lower())))
                .numbers(
                        "effect_upper",
                        of(m -> measure.display(m.confidenceInterval().upper())))
                .numbers("effect_pi_lower", predicted(pi -> measure.display(pi.lower())))
                .numbers("effect_pi_upper", predicted(pi -> measure.display(pi.upper())))
                .label("effect", measure.label());
    }

    private double[] of(ToDoubleFunction<Combination> cell) {
        return means.stream().mapToDouble(cell).toArray();
    }

    private double[] predicted(ToDoubleFunction<Interval> cell) {
        return predictions.stream().mapToDouble(cell).toArray();
    }
}
