package org.lozenge.analyses.reconstructipd;

import java.util.List;
import org.lozenge.analyses.shared.SurvivalPlots;
import org.lozenge.plugin.XYPlot;
import org.lozenge.stats.survival.CurveInterval;
import org.lozenge.stats.survival.KaplanMeier;

/** The redrawn curves over the clicks. */
final class ReconstructIpdFigures {

    private ReconstructIpdFigures() {}

    static XYPlot curves(List<CurveRows.Arm> arms, String timeName) {
        double end = arms.stream()
                .mapToDouble(arm -> arm.patients().times().last())
                .max()
                .orElse(0);
        XYPlot plot = SurvivalPlots.frame("curves", "Redrawn curves and clicks", timeName, end)
                .describe("Step curves of the reconstructed participants with the clicks as hollow circles.");
        KaplanMeier estimator = new KaplanMeier(CurveInterval.PLAIN, 0.95);
        for (int i = 0; i < arms.size(); i++) {
            CurveRows.Arm arm = arms.get(i);
            String name = (arm.study() + " " + arm.group()).strip();
            plot = plot.layer(
                    XYPlot.Mark.POINTS,
                    XYPlot.Tone.IMPUTED,
                    "",
                    arm.curve().time().toArray(),
                    arm.curve().clicked().toArray());
            plot = SurvivalPlots.step(
                    plot, i, name, estimator.estimate(arm.patients().times()));
        }
        return plot;
    }
}
