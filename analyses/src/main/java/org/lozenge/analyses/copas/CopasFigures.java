package org.lozenge.analyses.copas;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.analyses.shared.PlotText;
import org.lozenge.plugin.Scale;
import org.lozenge.plugin.XYPlot;
import org.lozenge.plugin.XYPlot.Mark;
import org.lozenge.plugin.XYPlot.Tone;
import org.lozenge.stats.bias.CopasFit;
import org.lozenge.stats.model.PooledFit;

/** Draws the effect and the asymmetry left along the path, and lines of equal effect over the grid. */
final class CopasFigures {

    private static final String CHANCE = "Chance that the smallest study is published";

    private static final int CONTOURS = 8;

    private final Measure measure;
    private final PooledFit plain;
    private final List<CopasFit> path;

    CopasFigures(Measure measure, PooledFit plain, List<CopasFit> path) {
        this.measure = measure;
        this.plain = plain;
        this.path = path;
    }

    XYPlot path() {
        double[] x = cells(CopasFit::chanceOfSmallest);
        double[] none = {0, 1};
        double[] low = shown(cells(fit -> fit.interval().lower()));
        double[] high = shown(cells(fit -> fit.interval().upper()));
        XYPlot plot = XYPlot.of("copas", "Pooled effect along ever stronger selection", CHANCE, measure.axis())
                .scales(Scale.LINEAR, measure.scale())
                .band(
                        Tone.SHADE_LIGHT,
                        PlotText.level(path.get(0).interval().level()) + " confidence interval",
                        x,
                        low,
                        high)
                .layer(Mark.LINE, Tone.REFERENCE, "Without selection", none, shown(new double[] {
                    plain.estimate(), plain.estimate()
                }));
        plot = reaching(
                        reaching(plot, Arrays.stream(low).min().orElseThrow()),
                        Arrays.stream(high).max().orElseThrow())
                .layer(Mark.LINE, Tone.ESTIMATE, "Copas model", x, shown(cells(CopasFit::estimate)));
        plot = points(plot, true);
        return points(plot, false)
                .footnote("With selection, the most precise study is published with a chance of 99%.")
                .describe("Pooled effect of " + plain.k() + " studies by the Copas model over the chance that the"
                        + " smallest study is published.");
    }

    /** A line without length makes the axis reach a value: shades alone do not. */
    private static XYPlot reaching(XYPlot plot, double value) {
        return plot.layer(Mark.LINE, Tone.DATA, "", new double[] {1, 1}, new double[] {value, value});
    }

    private XYPlot points(XYPlot plot, boolean fitting) {
        List<CopasFit> some = path.stream()
                .filter(fit -> fit.residualTest().pValue() >= CopasAnalysis.FITS == fitting)
                .toList();
        return some.isEmpty()
                ? plot
                : plot.points(
                        fitting ? Tone.ESTIMATE : Tone.IMPUTED,
                        fitting ? "No asymmetry left (P at least 0.10)" : "Asymmetry left (P below 0.10)",
                        some.stream().mapToDouble(CopasFit::chanceOfSmallest).toArray(),
                        shown(some.stream().mapToDouble(CopasFit::estimate).toArray()),
                        new double[0],
                        List.of());
    }

    XYPlot residual() {
        double[] x = cells(CopasFit::chanceOfSmallest);
        double[] p = cells(fit -> fit.residualTest().pValue());
        return XYPlot.of("copas-residual", "Asymmetry that selection leaves", CHANCE, "P of asymmetry left")
                .layer(Mark.LINE, Tone.LIMIT, "P = 0.10", new double[] {0, 1}, new double[] {
                    CopasAnalysis.FITS, CopasAnalysis.FITS
                })
                .layer(Mark.LINE, Tone.ESTIMATE, "", x, p)
                .points(Tone.ESTIMATE, "", x, p, new double[0], List.of())
                .footnote("Below the line the funnel is still asymmetric with this strength of selection.")
                .describe("P value of a trend of effects over standard errors that is left, over the chance that the"
                        + " smallest study is published.");
    }

    /** Lines of equal effect; a point of the grid without a fit breaks them. */
    XYPlot contours(List<CopasFit> grid, int n, Optional<CopasFit> chosen) {
        double[] gamma0 =
                grid.stream().mapToDouble(CopasFit::gamma0).distinct().sorted().toArray();
        double[] gamma1 =
                grid.stream().mapToDouble(CopasFit::gamma1).distinct().sorted().toArray();
        double[][] effects = new double[gamma0.length][gamma1.length];
        for (double[] row : effects) {
            Arrays.fill(row, Double.NaN);
        }
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (CopasFit fit : grid) {
            effects[Arrays.binarySearch(gamma0, fit.gamma0())][Arrays.binarySearch(gamma1, fit.gamma1())] =
                    fit.estimate();
            low = Math.min(low, fit.estimate());
            high = Math.max(high, fit.estimate());
        }
        XYPlot plot = XYPlot.of("copas-contour", "Pooled effect over both parameters of selection", "γ₀", "γ₁");
        Contours contours = new Contours(gamma0, gamma1, effects);
        double step = step((high - low) / CONTOURS);
        int decimals = step > 0 ? Math.min(6, Math.max(2, (int) Math.ceil(-Math.log10(step) - 1e-9))) : 0;
        for (double level = Math.ceil(low / step) * step; step > 0 && level < high; level += step) {
            plot = contour(plot, contours.at(level), PlotText.fixed(measure.display(level), decimals));
        }
        // The path begins without selection, far to the right of all that is worth showing.
        List<CopasFit> shown = path.stream().filter(CopasFigures::selects).toList();
        plot = plot.layer(
                Mark.LINE,
                Tone.LIMIT,
                "Path",
                shown.stream().mapToDouble(CopasFit::gamma0).toArray(),
                shown.stream().mapToDouble(CopasFit::gamma1).toArray());
        String adjusted = "";
        if (chosen.isPresent() && !selects(chosen.get())) {
            adjusted = " No asymmetry is left without selection.";
        } else if (chosen.isPresent()) {
            plot = plot.points(
                    Tone.ESTIMATE,
                    "Adjusted",
                    new double[] {chosen.get().gamma0()},
                    new double[] {chosen.get().gamma1()},
                    new double[0],
                    List.of());
        }
        return plot.footnote("Lines of equal effect (" + measure.label() + ") from " + n + " by " + n + " points."
                        + adjusted)
                .describe("Lines of equal pooled effect over the parameters γ₀ and γ₁ of selection.");
    }

    private static boolean selects(CopasFit fit) {
        return fit.chanceOfSmallest() < 1;
    }

    private static XYPlot contour(XYPlot plot, List<List<double[]>> lines, String label) {
        XYPlot out = plot;
        for (List<double[]> line : lines) {
            double[] x = line.stream().mapToDouble(p -> p[0]).toArray();
            double[] y = line.stream().mapToDouble(p -> p[1]).toArray();
            int middle = x.length / 2;
            out = out.layer(Mark.LINE, Tone.DATA, "", x, y)
                    .points(
                            Tone.DATA,
                            "",
                            new double[] {x[middle]},
                            new double[] {y[middle]},
                            new double[0],
                            List.of(label));
        }
        return out;
    }

    /** The next larger of 1, 2 and 5 times a power of ten. */
    private static double step(double wanted) {
        if (!(wanted > 0)) {
            return 0;
        }
        double power = Math.pow(10, Math.floor(Math.log10(wanted)));
        double times = wanted / power;
        return power * (times <= 1 ? 1 : times <= 2 ? 2 : times <= 5 ? 5 : 10);
    }

    private double[] shown(double[] values) {
        return Arrays.stream(values).map(measure::display).toArray();
    }

    private double[] cells(ToDoubleFunction<CopasFit> cell) {
        return path.stream().mapToDouble(cell).toArray();
    }
}
