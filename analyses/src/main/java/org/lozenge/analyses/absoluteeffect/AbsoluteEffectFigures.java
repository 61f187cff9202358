package org.lozenge.analyses.absoluteeffect;

import java.util.List;
import org.lozenge.analyses.shared.AbsoluteWords;
import org.lozenge.analyses.shared.Baseline;
import org.lozenge.analyses.shared.RelativeEffect;
import org.lozenge.analyses.shared.RelativeEffect.Applied;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.ForestPlot.Row;
import org.lozenge.plugin.ForestPlot.RowKind;
import org.lozenge.plugin.ForestPlot.Side;
import org.lozenge.plugin.Scale;
import org.lozenge.stats.survival.AbsoluteEffect.Limited;

/** The figure: differences per 1000 at each time, beside the numbers they come from. */
final class AbsoluteEffectFigures {

    private AbsoluteEffectFigures() {}

    static ForestPlot differences(List<Applied> applied, RelativeEffect effect, AbsoluteWords words) {
        String what = words.eventFree() ? "free of the event" : "with the event";
        boolean moreIsBetter = words.eventFree() != words.goodEvent();
        String treatment = "Favours " + words.treatment();
        String control = "Favours " + words.control();
        ForestPlot plot = ForestPlot.of("differences", "Absolute differences", Scale.LINEAR)
                .measure("Difference per 1000")
                .level(effect.interval().level())
                .reference(0)
                .axis("Difference per 1000 " + what)
                .favours(moreIsBetter ? control : treatment, moreIsBetter ? treatment : control)
                .column("control", "Per 1000 with\n" + words.control(), Side.LEFT)
                .column("treated", "Per 1000 with\n" + words.treatment(), Side.LEFT)
                .describe(applied.stream()
                        .map(words::numbers)
                        .reduce((a, b) -> a + " " + b)
                        .orElse(""));
        for (Applied a : applied) {
            plot = plot.add(row(a, words));
            if (a.prediction().isPresent()) {
                Limited pi = words.difference(a.prediction().get());
                plot = plot.add(Row.of(
                                RowKind.PREDICTION,
                                "Prediction interval",
                                Double.NaN,
                                pi.lower(),
                                pi.upper(),
                                Double.NaN)
                        .indent(1));
            }
        }
        return plot.footnote(effect.words() + ", applied to each baseline.")
                .footnote("Per 1000 " + what + (words.outcome().isEmpty() ? "" : " (" + words.outcome() + ")") + ".");
    }

    private static Row row(Applied applied, AbsoluteWords words) {
        Limited d = words.difference(applied.effect());
        return Row.of(RowKind.STUDY, label(applied.baseline()), d.value(), d.lower(), d.upper(), Double.NaN)
                .cell("control", AbsoluteWords.whole(words.control(applied.effect())))
                .cell("treated", AbsoluteWords.limited(words.treated(applied.effect())));
    }

    private static String label(Baseline baseline) {
        return baseline.when().isEmpty() ? "Baseline" : "At " + baseline.when();
    }
}
