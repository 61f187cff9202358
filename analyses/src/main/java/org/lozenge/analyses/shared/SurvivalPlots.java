package org.lozenge.analyses.shared;

import java.util.stream.DoubleStream;
import org.lozenge.plugin.XYPlot;
import org.lozenge.stats.survival.KaplanMeierCurve;

/** What plots of survival curves have in common. */
public final class SurvivalPlots {

    private static final XYPlot.Tone[] TONES = {
        XYPlot.Tone.DATA, XYPlot.Tone.ESTIMATE, XYPlot.Tone.SECOND, XYPlot.Tone.REFERENCE
    };

    private SurvivalPlots() {}

    /**
     * Returns an empty plot whose axes go from 0 to the end of follow-up and from 0 to 1. A line of one point makes them
     * begin at 0, a region without area makes them end; neither shows.
     *
     * @param end the largest time of all curves
     */
    public static XYPlot frame(String id, String title, String timeName, double end) {
        XYPlot plot = XYPlot.of(id, title, timeName, "Survival");
        if (!(end > 0)) {
            return plot;
        }
        return plot.layer(XYPlot.Mark.LINE, XYPlot.Tone.DATA, "", new double[] {0}, new double[] {0})
                .layer(XYPlot.Mark.REGION, XYPlot.Tone.SHADE_LIGHT, "", new double[] {0, end, 0}, new double[] {0, 1, 0
                });
    }

    /** Returns a plot with one more step curve in front, from survival 1 at time 0. */
    public static XYPlot step(XYPlot plot, int group, String name, KaplanMeierCurve curve) {
        double[] x = DoubleStream.concat(
                        DoubleStream.of(0), DoubleStream.of(curve.time().toArray()))
                .toArray();
        double[] y = DoubleStream.concat(
                        DoubleStream.of(1), DoubleStream.of(curve.survival().toArray()))
                .toArray();
        return plot.layer(XYPlot.Mark.STEP, tone(group), name, x, y);
    }

    /** Returns the tone of a group, from 0; four differ. */
    public static XYPlot.Tone tone(int group) {
        return TONES[group % TONES.length];
    }
}
