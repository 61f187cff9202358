package org.lozenge.analyses.reconstructipd;

import java.util.List;
import java.util.stream.DoubleStream;
import org.lozenge.plugin.XYPlot;
import org.lozenge.stats.survival.CurveInterval;
import org.lozenge.stats.survival.KaplanMeier;
import org.lozenge.stats.survival.KaplanMeierCurve;

/** The redrawn curves over the clicks. */
final class ReconstructIpdFigures {

    private static final XYPlot.Tone[] TONES = {
        XYPlot.Tone.DATA, XYPlot.Tone.ESTIMATE, XYPlot.Tone.SECOND, XYPlot.Tone.REFERENCE
    };

    private ReconstructIpdFigures() {}

    static XYPlot curves(List<CurveRows.Arm> arms) {
        XYPlot plot = XYPlot.of("curves", "Redrawn curves and clicks", "Time", "Survival")
                .describe("Step curves of the reconstructed participants with the clicks as hollow circles.");
        KaplanMeier estimator = new KaplanMeier(CurveInterval.PLAIN, 0.95);
        for (int i = 0; i < arms.size(); i++) {
            CurveRows.Arm arm = arms.get(i);
            KaplanMeierCurve curve = estimator.estimate(arm.patients().times());
            String name = (arm.study() + " " + arm.group()).strip();
            double[] small = new double[arm.curve().time().size()];
            java.util.Arrays.fill(small, 0.2);
            plot = plot.points(
                            XYPlot.Tone.IMPUTED,
                            "",
                            arm.curve().time().toArray(),
                            arm.curve().clicked().toArray(),
                            small,
                            List.of())
                    .layer(
                            XYPlot.Mark.STEP,
                            TONES[i % TONES.length],
                            name,
                            DoubleStream.concat(
                                            DoubleStream.of(0),
                                            DoubleStream.of(curve.time().toArray()))
                                    .toArray(),
                            DoubleStream.concat(
                                            DoubleStream.of(1),
                                            DoubleStream.of(curve.survival().toArray()))
                                    .toArray());
        }
        return plot;
    }
}
