package org.lozenge.analyses.shared;

import org.lozenge.plugin.Scale;
import org.lozenge.plugin.XYPlot;
import org.lozenge.plugin.XYPlot.Mark;
import org.lozenge.plugin.XYPlot.Tone;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.numeric.Normal;

/**
 * The funnel plot of pooled studies: effect against standard error, with the region in which a share of the studies as
 * large as the level is expected if all estimate the common effect.
 */
public final class PooledFunnel {

    private static final int STEPS = 24;
    private static final int FEW = 10;

    private PooledFunnel() {}

    /** Returns the plot. */
    public static XYPlot of(Pooled pooled, Measure measure) {
        EffectSizes effects = pooled.effects();
        double[] x = new double[effects.k()];
        double[] se = new double[effects.k()];
        double largest = 0;
        for (int i = 0; i < x.length; i++) {
            x[i] = measure.display(effects.y().get(i), effects.v().get(i));
            se[i] = effects.standardError(i);
            largest = Math.max(largest, se[i]);
        }
        String level = PlotText.level(pooled.pooling().level());
        double centre = pooled.commonEstimate();
        double z = Normal.criticalValue(pooled.pooling().level());
        double foot = 1.05 * largest;
        XYPlot plot = XYPlot.of("funnel", "Funnel plot", measure.axis(), "Standard error")
                .scales(measure.scale(), Scale.LINEAR)
                .invertY()
                .layer(Mark.LINE, Tone.LIMIT, "Pseudo " + level + " limits", edge(measure, centre, -z, foot), ses(foot))
                .layer(Mark.LINE, Tone.LIMIT, "", edge(measure, centre, z, foot), ses(foot))
                .layer(Mark.LINE, Tone.ESTIMATE, pooled.commonLabel(), edge(measure, centre, 0, foot), ses(foot))
                .points(Tone.DATA, "Studies", x, se, new double[0], effects.studies())
                .describe("Funnel plot of " + x.length + (x.length == 1 ? " study" : " studies")
                        + ": effect against standard error, with pseudo " + level
                        + " limits about the common effect.");
        return x.length < FEW
                ? plot.footnote("Fewer than 10 studies: asymmetry can hardly be told from chance.")
                : plot;
    }

    /** The line of all values so many standard errors from the centre, from the tip down. */
    private static double[] edge(Measure measure, double centre, double z, double foot) {
        double[] ses = ses(foot);
        double[] edge = new double[ses.length];
        for (int i = 0; i < edge.length; i++) {
            edge[i] = measure.display(centre + z * ses[i]);
        }
        return edge;
    }

    private static double[] ses(double foot) {
        double[] ses = new double[STEPS + 1];
        for (int i = 0; i <= STEPS; i++) {
            ses[i] = foot * i / STEPS;
        }
        return ses;
    }
}
