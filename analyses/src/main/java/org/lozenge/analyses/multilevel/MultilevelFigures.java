package org.lozenge.analyses.multilevel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.analyses.shared.PlotText;
import org.lozenge.analyses.shared.PooledForest;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.ForestPlot.Row;
import org.lozenge.plugin.ForestPlot.RowKind;
import org.lozenge.plugin.XYPlot;
import org.lozenge.plugin.XYPlot.Mark;
import org.lozenge.plugin.XYPlot.Tone;
import org.lozenge.stats.ConvergenceException;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.Interval;
import org.lozenge.stats.multilevel.MultilevelFit;
import org.lozenge.stats.multilevel.MultilevelFit.Prediction;
import org.lozenge.stats.numeric.ChiSquared;
import org.lozenge.stats.numeric.Normal;

/** The forest plot by cluster, and the profiles of the variance components. */
final class MultilevelFigures {

    private static final int POINTS = 60;

    private final Fitted fitted;
    private final MultilevelFit fit;
    private final Measure measure;

    MultilevelFigures(Fitted fitted) {
        this.fitted = fitted;
        this.fit = fitted.fit();
        this.measure = fitted.measure();
    }

    ForestPlot forest() {
        ForestPlot plot = PooledForest.frame("forest", "Forest plot by cluster", measure, fitted.level())
                .addAll(rows())
                .addAll(summary())
                .describe(description());
        return fitted.hasMeanOnly()
                ? plot.footnote(
                        "Small diamonds: predicted mean of a cluster (its effects drawn to the overall mean), with its "
                                + PlotText.level(fitted.level()) + " interval.")
                : plot.footnote("Weights are those by the sampling variance alone.");
    }

    private List<Row> rows() {
        double z = Normal.criticalValue(fitted.level());
        double[] y = fitted.rows().effects().y().toArray();
        double[] v = fitted.rows().effects().v().toArray();
        double[] weights = weights(v);
        List<int[]> clusters = fitted.groups().byCluster();
        List<Prediction> means = fitted.hasMeanOnly() ? fit.clusterMeans() : List.of();
        List<Row> out = new ArrayList<>();
        for (int c = 0; c < clusters.size(); c++) {
            int[] members = clusters.get(c);
            String name = fitted.groups().clusters().get(c);
            boolean several = members.length > 1;
            if (several) {
                out.add(Row.text(RowKind.HEADING, name));
            }
            for (int place = 0; place < members.length; place++) {
                int i = members[place];
                double half = z * Math.sqrt(v[i]);
                out.add(Row.of(
                                RowKind.STUDY,
                                several ? label(name, i, place) : name,
                                measure.display(y[i], v[i]),
                                measure.display(y[i] - half, v[i]),
                                measure.display(y[i] + half, v[i]),
                                weights[i])
                        .indent(several ? 1 : 0));
            }
            if (several && !means.isEmpty()) {
                Prediction mean = means.get(c);
                double half = z * mean.standardError();
                out.add(Row.of(
                                RowKind.SUBTOTAL,
                                "Mean of " + name,
                                measure.display(mean.value()),
                                measure.display(mean.value() - half),
                                measure.display(mean.value() + half),
                                Double.NaN)
                        .indent(1));
            }
        }
        return out;
    }

    /** The weights in the mean; without one mean, the precision. */
    private double[] weights(double[] v) {
        double total = IntStream.range(0, v.length).mapToDouble(i -> 1 / v[i]).sum();
        return fit.weights()
                .map(DoubleSeq::toArray)
                .orElseGet(() -> IntStream.range(0, v.length)
                        .mapToDouble(i -> 1 / v[i] / total)
                        .toArray());
    }

    /** The name of the row, unless that is the name of the cluster. */
    private String label(String cluster, int row, int place) {
        String study = fitted.rows().effects().studies().get(row);
        boolean own = !study.equals(cluster) && !study.isEmpty();
        return own ? study : "Effect " + (place + 1);
    }

    private List<Row> summary() {
        List<Row> out = new ArrayList<>();
        if (fitted.hasMeanOnly()) {
            Interval ci = fitted.mean().confidenceInterval();
            out.add(Row.of(
                    RowKind.SUMMARY,
                    "Random effects (" + (fit.isRestricted() ? "REML" : "ML") + ", "
                            + fit.levels().count(0) + " clusters)",
                    measure.display(fitted.mean().estimate()),
                    measure.display(ci.lower()),
                    measure.display(ci.upper()),
                    Double.NaN));
            Interval pi = fitted.predictionInterval();
            out.add(Row.of(
                    RowKind.PREDICTION,
                    PlotText.level(fitted.level()) + " prediction interval",
                    Double.NaN,
                    measure.display(pi.lower()),
                    measure.display(pi.upper()),
                    Double.NaN));
        }
        StringBuilder note = new StringBuilder("Heterogeneity: ");
        for (int l = 0; l < fit.levels().size(); l++) {
            note.append("σ² ")
                    .append(fit.levels().name(l))
                    .append(" = ")
                    .append(PlotText.fixed(fit.sigma2().get(l), 3))
                    .append(" (I² ")
                    .append(PlotText.percent(fit.i2(l)))
                    .append("); ");
        }
        var q = fit.residualHeterogeneity();
        note.append("Q = ")
                .append(PlotText.fixed(q.statistic(), 2))
                .append(", df = ")
                .append((int) q.df())
                .append(", ")
                .append(PlotText.p(q.pValue()));
        out.add(Row.text(RowKind.NOTE, note.toString()));
        return out;
    }

    private String description() {
        String start = "Forest plot of " + fit.estimateCount() + " effects in "
                + fit.levels().count(0) + " clusters.";
        if (!fitted.hasMeanOnly()) {
            return start;
        }
        Interval ci = fitted.mean().confidenceInterval();
        return start + " Random effects: " + measure.label() + " "
                + PlotText.fixed(measure.display(fitted.mean().estimate()), 2) + ", "
                + PlotText.level(fitted.level()) + " CI " + PlotText.fixed(measure.display(ci.lower()), 2) + " to "
                + PlotText.fixed(measure.display(ci.upper()), 2) + ".";
    }

    /** The profile of each variance, if intervals were asked for. */
    List<XYPlot> profiles() {
        List<XYPlot> out = new ArrayList<>();
        for (int l = 0; l < fitted.intervals().size(); l++) {
            int component = l;
            fitted.intervals()
                    .get(l)
                    .flatMap(interval -> profile(component, interval))
                    .ifPresent(out::add);
        }
        return out;
    }

    private Optional<XYPlot> profile(int component, Interval interval) {
        double estimate = fit.sigma2().get(component);
        double end = Double.isInfinite(interval.upper())
                ? 20 * Math.max(estimate, interval.lower())
                : 1.25 * interval.upper();
        if (!(end > 0)) {
            return Optional.empty();
        }
        double[] x = new double[POINTS + 1];
        for (int i = 0; i <= POINTS; i++) {
            // Denser near 0, where the profile bends.
            x[i] = end * Math.pow(i / (double) POINTS, 2);
        }
        double[] y;
        try {
            y = fit.profile(component, DoubleSeq.of(x)).toArray();
        } catch (ConvergenceException e) {
            return Optional.empty();
        }
        double peak = fit.logLikelihood(fit.isRestricted());
        double limit = peak - ChiSquared.upperQuantile(1 - fitted.level(), 1) / 2;
        String name = fit.levels().name(component);
        XYPlot plot = XYPlot.of(
                        "profile-" + (component + 1),
                        "Profile likelihood of σ² of " + name,
                        "σ² of " + name,
                        (fit.isRestricted() ? "Restricted log-likelihood" : "Log-likelihood"))
                .layer(
                        Mark.LINE,
                        Tone.LIMIT,
                        PlotText.level(fitted.level()) + " limit",
                        new double[] {0, end},
                        new double[] {limit, limit})
                .layer(Mark.LINE, Tone.ESTIMATE, "Profile", x, y)
                .layer(Mark.POINTS, Tone.DATA, "Estimate", new double[] {estimate}, new double[] {peak});
        return Optional.of(plot.footnote(String.format(
                        Locale.ROOT,
                        "Estimate %s, %s interval %s to %s.",
                        PlotText.fixed(estimate, 4),
                        PlotText.level(fitted.level()),
                        PlotText.fixed(interval.lower(), 4),
                        PlotText.fixed(interval.upper(), 4)))
                .describe("The highest log-likelihood for each value of the variance of " + name
                        + "; values whose curve lies above the dashed line are in the interval."));
    }
}
