package org.lozenge.analyses.influence;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.lozenge.plugin.XYPlot;
import org.lozenge.plugin.XYPlot.Mark;
import org.lozenge.plugin.XYPlot.Tone;
import org.lozenge.stats.sensitivity.InfluenceDiagnostics.Study;

/** Weight against residual with Cook's distance as the size of the points, and the Baujat plot. */
final class InfluenceFigures {

    private static final double Z = 1.96;

    /** With more studies than this, only those that stand out have a name; figures have room for no more. */
    private static final int ALL_NAMED = 10;

    private static final int NAMED = 8;

    private InfluenceFigures() {}

    static XYPlot influence(List<String> names, List<Study> studies) {
        return residuals(
                names,
                studies,
                "Weight and residual",
                "Weight (fraction)",
                "The area of a point is Cook's distance: how far the study moves the pooled effect.",
                "The weight of each study against its studentised residual; the larger the point, the further the study"
                        + " moves the pooled effect.");
    }

    static XYPlot leverage(List<String> names, List<Study> studies) {
        return residuals(
                names,
                studies,
                "Leverage and residual",
                "Leverage",
                "The area of a point is Cook's distance: how far the study moves the coefficients.",
                "The leverage of each study against its studentised residual; the larger the point, the further the study"
                        + " moves the coefficients of the moderators.");
    }

    private static XYPlot residuals(
            List<String> names, List<Study> studies, String title, String axis, String footnote, String words) {
        double[] x = of(studies, Study::hat);
        double[] y = of(studies, Study::rstudent);
        double[] size = of(studies, study -> Double.isNaN(study.cooksDistance()) ? 0 : study.cooksDistance());
        double widest =
                IntStream.range(0, x.length).mapToDouble(i -> x[i]).max().orElse(1);
        double[] ends = {0, 1.05 * widest};
        XYPlot plot = XYPlot.of("influence-plot", title, axis, "Studentised residual")
                .layer(Mark.LINE, Tone.REFERENCE, "", ends, new double[] {0, 0})
                .layer(Mark.LINE, Tone.LIMIT, "±1.96", ends, new double[] {Z, Z})
                .layer(Mark.LINE, Tone.LIMIT, "", ends, new double[] {-Z, -Z});
        return plot.points(Tone.DATA, "Studies", x, y, size, labels(names, size))
                .footnote(footnote)
                .describe(words);
    }

    static XYPlot baujat(List<String> names, List<Study> studies) {
        double[] x = of(studies, Study::baujatX);
        double[] y = of(studies, Study::baujatY);
        double[] reach = new double[x.length];
        double farX = IntStream.range(0, x.length).mapToDouble(i -> x[i]).max().orElse(1);
        double farY = IntStream.range(0, y.length)
                .mapToDouble(i -> y[i])
                .filter(v -> !Double.isNaN(v))
                .max()
                .orElse(1);
        for (int i = 0; i < reach.length; i++) {
            reach[i] = Math.max(x[i] / farX, y[i] / farY);
        }
        return XYPlot.of(
                        "baujat",
                        "Baujat plot",
                        "Contribution to heterogeneity (squared Pearson residual)",
                        "Influence on the pooled effect")
                .points(Tone.DATA, "", x, y, new double[0], labels(names, reach))
                .describe(
                        "How much heterogeneity each study brings against how far it moves the pooled effect; studies at"
                                + " the top right do both.");
    }

    /** The names of all studies, or of the most notable ones if there are many. */
    private static List<String> labels(List<String> names, double[] notable) {
        if (names.size() <= ALL_NAMED) {
            return names;
        }
        double least = IntStream.range(0, notable.length)
                .mapToDouble(i -> -notable[i])
                .sorted()
                .skip(NAMED - 1L)
                .findFirst()
                .orElse(Double.NEGATIVE_INFINITY);
        return IntStream.range(0, notable.length)
                .mapToObj(i -> -notable[i] <= least ? names.get(i) : "")
                .toList();
    }

    private static double[] of(List<Study> studies, ToDoubleFunction<Study> cell) {
        return studies.stream().mapToDouble(cell).toArray();
    }
}
