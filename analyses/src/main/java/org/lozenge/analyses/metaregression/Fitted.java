package org.lozenge.analyses.metaregression;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lozenge.analyses.formula.BubblePlot;
import org.lozenge.analyses.formula.Moderators;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.plugin.XYPlot;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.Interval;
import org.lozenge.stats.model.CoefficientInference;
import org.lozenge.stats.model.RegressionFit;

/**
 * A regression with what it was made of.
 *
 * @param moderators the moderators
 * @param fit the fit
 * @param inference its tests and intervals, robust or by the model
 * @param measure what the effects measure
 * @param level the level of intervals, as a fraction
 * @param total how many rows hold a study, used or not
 */
record Fitted(
        Moderators moderators,
        RegressionFit fit,
        CoefficientInference inference,
        Measure measure,
        double level,
        int total) {

    int p() {
        return fit.design().terms().size();
    }

    /** The combination that is one term. */
    double[] unit(int term) {
        double[] combination = new double[p()];
        combination[term] = 1;
        return combination;
    }

    /** The effects against a moderator of numbers; empty if there is none. */
    Optional<XYPlot> bubblePlot(String wanted) {
        EffectSizes effects = fit.effects();
        DoubleSeq shown = DoubleSeq.of(IntStream.range(0, effects.k())
                .mapToDouble(
                        i -> measure.display(effects.y().get(i), effects.v().get(i)))
                .toArray());
        BubblePlot.Bubbles bubbles = new BubblePlot.Bubbles(
                effects.studies(),
                shown,
                fit.weights(),
                List.of("The area of a bubble is the weight of the study in the model."));
        return BubblePlot.of(moderators, bubbles, new Predictions(), measure, level, wanted);
    }

    private final class Predictions implements BubblePlot.Model {

        @Override
        public double estimate(double[] row) {
            return inference.estimate(row);
        }

        @Override
        public Interval confidenceInterval(double[] row) {
            return inference.confidenceInterval(level, row);
        }

        @Override
        public Optional<Interval> predictionInterval(double[] row) {
            return Optional.of(inference.predictionInterval(level, row));
        }
    }
}
