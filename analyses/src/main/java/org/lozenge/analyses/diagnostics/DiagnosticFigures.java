package org.lozenge.analyses.diagnostics;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.analyses.shared.PlotText;
import org.lozenge.analyses.shared.Pooled;
import org.lozenge.plugin.Scale;
import org.lozenge.plugin.XYPlot;
import org.lozenge.plugin.XYPlot.Mark;
import org.lozenge.plugin.XYPlot.Tone;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.model.PooledFit;
import org.lozenge.stats.numeric.Normal;
import org.lozenge.stats.numeric.StudentT;
import org.lozenge.stats.sensitivity.NormalQuantiles;
import org.lozenge.stats.tau2.ProfileLikelihood;
import org.lozenge.stats.tau2.Tau2Mode;

/** The figures of the analysis {@code diagnostics}. */
final class DiagnosticFigures {

    private static final int STEPS = 200;

    /** How far below the maximum the profile is drawn, in log-likelihood. */
    private static final double DEPTH = 8;

    /** Curves of more studies than this would be a grey cloud. */
    private static final int MOST_CURVES = 60;

    /** So many points of the quantile plot fit beside each other. */
    private static final int MOST_BESIDE = 90;

    /** The P value of the pooled effect is shown at least this many standard errors away from it. */
    private static final double POOLED_REACH = 4;

    private DiagnosticFigures() {}

    /** Precision against standardised effect: studies of one effect lie about a line through the origin. */
    static XYPlot radial(PooledFit fit, Measure measure) {
        int k = fit.k();
        double tau2 = fit.isRandom() ? fit.tau2() : 0;
        double[] x = new double[k];
        double[] y = new double[k];
        for (int i = 0; i < k; i++) {
            double error = Math.sqrt(fit.effects().v().get(i) + tau2);
            x[i] = 1 / error;
            y[i] = fit.effects().y().get(i) / error;
        }
        double end = 1.05 * Arrays.stream(x).max().orElse(1);
        double z = Normal.criticalValue(fit.level());
        double top = fit.estimate() * end;
        double[] ends = {0, end};
        return XYPlot.of(
                        "radial",
                        "Radial plot",
                        fit.isRandom() ? "1 / √(v + τ²)" : "1 / standard error",
                        (measure.isRatio() ? "log " + measure.label().toLowerCase(Locale.ROOT) : "effect")
                                + (fit.isRandom() ? " / √(v + τ²)" : " / standard error"))
                .band(
                        Tone.SHADE_LIGHT,
                        PlotText.level(fit.level()) + " of studies expected",
                        ends,
                        new double[] {-z, top - z},
                        new double[] {z, top + z})
                .layer(Mark.LINE, Tone.REFERENCE, "No effect", ends, new double[] {0, 0})
                .layer(Mark.LINE, Tone.ESTIMATE, "Pooled effect", ends, new double[] {0, top})
                .points(Tone.DATA, "Studies", x, y, new double[0], fit.effects().studies())
                .describe("Radial plot of " + k + " studies: the slope from the origin to a point is the effect of the"
                        + " study, the slope of the line the pooled effect.");
    }

    static XYPlot quantiles(NormalQuantiles points, PooledFit fit) {
        double[] x = points.theoretical().toArray();
        double[] ends = {x[0], x[x.length - 1]};
        int[] drawn = drawn(x);
        XYPlot plot = XYPlot.of("qq", "Normal quantiles of residuals", "Normal quantile", "Standardised residual")
                .band(
                        Tone.SHADE_LIGHT,
                        "Simulated " + PlotText.level(fit.level()) + " band",
                        x,
                        points.lower().toArray(),
                        points.upper().toArray())
                .layer(Mark.LINE, Tone.REFERENCE, "", ends, ends)
                .points(
                        Tone.DATA,
                        "Studies",
                        Arrays.stream(drawn).mapToDouble(i -> x[i]).toArray(),
                        Arrays.stream(drawn).mapToDouble(points.residual()::get).toArray(),
                        new double[0],
                        Arrays.stream(drawn)
                                .mapToObj(i -> fit.effects()
                                        .studies()
                                        .get(points.study().get(i)))
                                .toList())
                .describe("Standardised residuals of " + x.length
                        + " studies against normal quantiles, with the band that"
                        + " simulated data of the same model give.");
        return drawn.length == x.length
                ? plot
                : plot.footnote(
                        drawn.length + " of " + x.length
                                + " studies are drawn: all in the tails, and in the middle no closer than they can be told apart.");
    }

    /** The points that keep a distance from each other, the outermost of either side in any case. */
    private static int[] drawn(double[] x) {
        double distance = (x[x.length - 1] - x[0]) / MOST_BESIDE;
        int middle = x.length / 2;
        boolean[] kept = new boolean[x.length];
        double last = Double.POSITIVE_INFINITY;
        for (int i = x.length - 1; i >= middle; i--) {
            kept[i] = last - x[i] >= distance;
            last = kept[i] ? x[i] : last;
        }
        double first = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < middle; i++) {
            kept[i] = x[i] - first >= distance && last - x[i] >= distance;
            first = kept[i] ? x[i] : first;
        }
        return IntStream.range(0, x.length).filter(i -> kept[i]).toArray();
    }

    /** The restricted log-likelihood of τ² about its maxima. */
    static XYPlot profile(EffectSizes effects, Pooled pooled, List<Tau2Mode> modes) {
        double far = modes.stream().mapToDouble(Tau2Mode::tau2).max().orElse(0);
        double upper = pooled.heterogeneity().tau2Interval().map(i -> i.upper()).orElse(0.0);
        double end = Math.max(2 * far, Math.min(upper, 6 * Math.max(far, typical(effects))));
        end = end > 0 ? end : typical(effects);
        double last = end;
        double[] x = IntStream.rangeClosed(0, STEPS)
                .mapToDouble(i -> last * i / STEPS)
                .toArray();
        double[] y = ProfileLikelihood.logLikelihoods(effects, true, x);
        double floor = modes.stream().mapToDouble(Tau2Mode::logLikelihood).max().orElse(0) - DEPTH;
        // What lies far below the maximum says nothing and would flatten the rest.
        for (int i = 0; i < y.length; i++) {
            y[i] = y[i] < floor ? Double.NaN : y[i];
        }
        return XYPlot.of("profile", "Profile of the likelihood of τ²", "τ²", "Restricted log-likelihood")
                .layer(Mark.LINE, Tone.ESTIMATE, "", x, y)
                .points(
                        Tone.DATA,
                        modes.size() > 1 ? "Maxima" : "Maximum",
                        modes.stream().mapToDouble(Tau2Mode::tau2).toArray(),
                        modes.stream().mapToDouble(Tau2Mode::logLikelihood).toArray(),
                        new double[0],
                        List.of())
                .footnote((modes.size() > 1 ? "Maxima" : "Maximum") + " at τ² = "
                        + modes.stream()
                                .map(mode -> PlotText.fixed(mode.tau2(), 3))
                                .collect(Collectors.joining(", "))
                        + ".")
                .describe("The restricted log-likelihood of τ² from 0 to " + PlotText.fixed(end, 3) + ", with "
                        + (modes.size() == 1 ? "one maximum." : modes.size() + " maxima."));
    }

    private static double typical(EffectSizes effects) {
        double[] v = effects.v().toArray();
        Arrays.sort(v);
        return v[v.length / 2];
    }

    /** The P value of every possible effect, for each study and for the pooled effect. */
    static XYPlot drapery(PooledFit fit, Measure measure, String label) {
        double low = fit.estimate();
        double high = fit.estimate();
        boolean withStudies = fit.k() <= MOST_CURVES;
        for (int i = 0; i < fit.k() && withStudies; i++) {
            low = Math.min(low, fit.effects().y().get(i) - 3 * fit.effects().standardError(i));
            high = Math.max(high, fit.effects().y().get(i) + 3 * fit.effects().standardError(i));
        }
        // A single wild study must not squeeze all others into the middle.
        double reach = 8 * Math.max(fit.standardError(), median(fit.effects()));
        double near = POOLED_REACH * fit.standardError();
        low = Math.min(fit.estimate() - near, Math.max(low, fit.estimate() - reach));
        high = Math.max(fit.estimate() + near, Math.min(high, fit.estimate() + reach));
        if (!withStudies && fit.predictionInterval().isPresent()) {
            low = Math.min(low, fit.predictionInterval().get().lower() - near);
            high = Math.max(high, fit.predictionInterval().get().upper() + near);
        }
        double[] values = grid(low, high);
        XYPlot plot = predicted(
                XYPlot.of("drapery", "Drapery plot", measure.axis(), "P value").scales(measure.scale(), Scale.LINEAR),
                fit,
                measure,
                low,
                high);
        for (int i = 0; i < fit.k() && withStudies; i++) {
            double y = fit.effects().y().get(i);
            double se = fit.effects().standardError(i);
            plot = curve(
                    plot,
                    Tone.SHADE_DARK,
                    i == 0 ? "Studies" : "",
                    measure,
                    with(values, y),
                    m -> Normal.twoSided((y - m) / se));
        }
        if (!withStudies) {
            plot = plot.footnote("The curves of " + fit.k() + " studies would be a grey cloud and are not drawn.");
        }
        double[] ends = {measure.display(low), measure.display(high)};
        double alpha = 1 - fit.level();
        plot = plot.layer(Mark.LINE, Tone.LIMIT, "P = " + PlotText.fixed(alpha, 2), ends, new double[] {alpha, alpha});
        return curve(
                        plot,
                        Tone.ESTIMATE,
                        label,
                        measure,
                        // The pooled curve may be far narrower than the plot.
                        DoubleStream.concat(
                                        Arrays.stream(with(values, fit.estimate())),
                                        Arrays.stream(grid(fit.estimate() - near, fit.estimate() + near)))
                                .sorted()
                                .toArray(),
                        m -> StudentT.twoSided((fit.estimate() - m) / fit.standardError(), fit.df()))
                .describe("The P value of every effect between " + PlotText.fixed(ends[0], 2) + " and "
                        + PlotText.fixed(ends[1], 2) + ", for "
                        + (withStudies ? "each study and for " : "") + "the pooled effect.");
    }

    private static XYPlot predicted(XYPlot plot, PooledFit fit, Measure measure, double low, double high) {
        return fit.predictionInterval()
                .map(interval -> plot.band(
                        Tone.SHADE_LIGHT,
                        PlotText.level(fit.level()) + " prediction interval",
                        new double[] {
                            measure.display(Math.max(low, interval.lower())),
                            measure.display(Math.min(high, interval.upper()))
                        },
                        new double[] {0, 0},
                        new double[] {1, 1}))
                .orElse(plot);
    }

    private static double[] grid(double low, double high) {
        double[] values = new double[STEPS + 1];
        for (int i = 0; i <= STEPS; i++) {
            values[i] = low + (high - low) * i / STEPS;
        }
        return values;
    }

    private static XYPlot curve(
            XYPlot plot, Tone tone, String name, Measure measure, double[] values, DoubleUnaryOperator p) {
        double[] x = Arrays.stream(values).map(measure::display).toArray();
        return plot.layer(Mark.LINE, tone, name, x, Arrays.stream(values).map(p).toArray());
    }

    /** The values and the one at which a curve has its peak. */
    private static double[] with(double[] values, double peak) {
        if (peak < values[0] || peak > values[values.length - 1]) {
            return values;
        }
        double[] more = Arrays.copyOf(values, values.length + 1);
        more[values.length] = peak;
        Arrays.sort(more);
        return more;
    }

    private static double median(EffectSizes effects) {
        return Math.sqrt(typical(effects));
    }
}
