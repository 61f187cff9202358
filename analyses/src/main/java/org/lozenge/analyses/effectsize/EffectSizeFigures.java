package org.lozenge.analyses.effectsize;

import java.util.List;
import org.lozenge.analyses.shared.StudyEffect;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.Scale;
import org.lozenge.stats.numeric.Normal;

/** The figure of the analysis {@code effect-size}. */
final class EffectSizeFigures {

    private EffectSizeFigures() {}

    static ForestPlot forest(Shown shown, double level) {
        List<StudyEffect> effects = shown.effects();
        double z = Normal.criticalValue(level);
        double total = effects.stream().mapToDouble(e -> 1 / e.v()).sum();
        ForestPlot plot = ForestPlot.of("forest", "Effect sizes", shown.isRatio() ? Scale.LOG : Scale.LINEAR)
                .measure(shown.effectLabel())
                .level(level)
                .reference(shown.nullEffect())
                .axis(shown.isRatio() ? shown.effectLabel() + ", log scale" : shown.effectLabel())
                .describe("Forest plot of " + effects.size() + (effects.size() == 1 ? " effect size" : " effect sizes")
                        + ", not pooled.");
        for (StudyEffect effect : effects) {
            double half = z * effect.standardError();
            plot = plot.study(
                    effect.study(),
                    effect.display(effect.y()),
                    effect.display(effect.y() - half),
                    effect.display(effect.y() + half),
                    1 / effect.v() / total);
        }
        return plot.footnote("Results are not pooled. Squares in proportion to the inverse of the variance.");
    }
}
