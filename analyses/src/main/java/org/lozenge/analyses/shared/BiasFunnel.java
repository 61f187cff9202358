package org.lozenge.analyses.shared;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lozenge.plugin.Scale;
import org.lozenge.plugin.XYPlot;
import org.lozenge.plugin.XYPlot.Mark;
import org.lozenge.plugin.XYPlot.Tone;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.model.PooledFit;
import org.lozenge.stats.numeric.Normal;

/**
 * The contour-enhanced funnel plot: zones of the P value about no effect in grey, the pseudo-confidence region about the
 * common effect, the studies by group, and whatever lines an analysis adds.
 */
public final class BiasFunnel {

    private static final int STEPS = 24;

    /** Standard errors beyond anything a plot shows. */
    private static final double BEYOND = 40;

    /** The exponential of twice this is still finite. */
    private static final double FAR = 300;

    /** Marks of groups that differ in shape as well as in colour. */
    private static final List<Tone> GROUPS = List.of(Tone.DATA, Tone.SECOND, Tone.LIMIT, Tone.ESTIMATE);

    private final Measure measure;
    private final double foot;
    private XYPlot plot;

    /**
     * Starts the plot with zones, region and pooled effect.
     *
     * @param largest the largest standard error to show
     * @param contours whether zones of the P value are drawn
     */
    public BiasFunnel(PooledFit common, Measure measure, double largest, boolean contours) {
        this.measure = measure;
        this.foot = 1.05 * largest;
        this.plot = XYPlot.of("funnel", "Funnel plot", measure.axis(), "Standard error")
                .scales(measure.scale(), Scale.LINEAR)
                .invertY();
        double none = measure.isRatio() ? 0 : measure.reference();
        if (contours && !Double.isNaN(none)) {
            zone(none, Normal.upperQuantile(0.005), BEYOND, Tone.SHADE_LIGHT, "P < 0.01");
            zone(none, Normal.upperQuantile(0.025), Normal.upperQuantile(0.005), Tone.SHADE_MEDIUM, "0.01 < P < 0.05");
            zone(none, Normal.upperQuantile(0.05), Normal.upperQuantile(0.025), Tone.SHADE_DARK, "0.05 < P < 0.10");
        }
        String level = PlotText.level(common.level());
        double z = Normal.criticalValue(common.level());
        line(Tone.LIMIT, "Pseudo " + level + " limits", common.estimate(), -z);
        line(Tone.LIMIT, "", common.estimate(), z);
        line(Tone.ESTIMATE, "Common effect", common.estimate(), 0);
    }

    /** The wedges on both sides in which an effect is so many standard errors from none. */
    private void zone(double none, double from, double to, Tone tone, String name) {
        wedge(none, -from, -to, tone, name);
        wedge(none, from, to, tone, "");
    }

    private void wedge(double none, double from, double to, Tone tone, String name) {
        double[] x = new double[2 * STEPS + 2];
        double[] y = new double[2 * STEPS + 2];
        for (int i = 0; i <= STEPS; i++) {
            y[i] = foot * i / STEPS;
            x[i] = measure.display(none + from * y[i]);
            y[2 * STEPS + 1 - i] = y[i];
            // The outermost zone goes on sideways also where the standard error is 0.
            double outer = Math.abs(to) == BEYOND ? foot : y[i];
            x[2 * STEPS + 1 - i] = measure.display(
                    none + (measure.isRatio() ? Math.max(-FAR, Math.min(FAR, to * outer)) : to * outer));
        }
        plot = plot.layer(Mark.REGION, tone, name, x, y);
    }

    /** Adds the line of the effects {@code at + slope · SE}. */
    public BiasFunnel line(Tone tone, String name, double at, double slope) {
        double[] x = new double[STEPS + 1];
        double[] y = new double[STEPS + 1];
        for (int i = 0; i <= STEPS; i++) {
            y[i] = foot * i / STEPS;
            x[i] = measure.display(at + slope * y[i]);
        }
        plot = plot.layer(Mark.LINE, tone, name, x, y);
        return this;
    }

    /** Adds points. */
    public BiasFunnel points(Tone tone, String name, EffectSizes effects) {
        double[] x = new double[effects.k()];
        double[] se = new double[effects.k()];
        for (int i = 0; i < x.length; i++) {
            x[i] = measure.display(effects.y().get(i));
            se[i] = effects.standardError(i);
        }
        plot = plot.points(tone, name, x, se, new double[0], effects.studies());
        return this;
    }

    /** Adds points by group; those of the fifth and later groups share a mark. */
    public BiasFunnel groups(EffectSizes effects, List<String> groups) {
        Map<String, List<Integer>> members = new LinkedHashMap<>();
        for (int i = 0; i < effects.k(); i++) {
            members.computeIfAbsent(groups.get(i).isEmpty() ? "No group" : groups.get(i), g -> new ArrayList<>())
                    .add(i);
        }
        int next = 0;
        for (Map.Entry<String, List<Integer>> group : members.entrySet()) {
            points(GROUPS.get(Math.min(next, GROUPS.size() - 1)), group.getKey(), of(effects, group.getValue()));
            next++;
        }
        return this;
    }

    private static EffectSizes of(EffectSizes effects, List<Integer> members) {
        return new EffectSizes(
                members.stream().map(effects.studies()::get).toList(),
                DoubleSeq.of(
                        members.stream().mapToDouble(i -> effects.y().get(i)).toArray()),
                DoubleSeq.of(
                        members.stream().mapToDouble(i -> effects.v().get(i)).toArray()));
    }

    /** Returns the plot with its description. */
    public XYPlot plot(String description, int k) {
        XYPlot described = plot.describe(description);
        return k < 10
                ? described.footnote("Fewer than 10 studies: asymmetry can hardly be told from chance.")
                : described;
    }

    /** Returns the largest standard error of studies. */
    public static double largest(EffectSizes effects) {
        double largest = 0;
        for (int i = 0; i < effects.k(); i++) {
            largest = Math.max(largest, effects.standardError(i));
        }
        return largest;
    }
}
