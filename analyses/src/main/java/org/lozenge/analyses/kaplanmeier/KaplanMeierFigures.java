package org.lozenge.analyses.kaplanmeier;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.lozenge.analyses.shared.SurvivalPlots;
import org.lozenge.plugin.NumberText;
import org.lozenge.plugin.XYPlot;
import org.lozenge.stats.survival.KaplanMeierCurve;

/** The step figure: a band, a step curve and censor marks for each group. */
final class KaplanMeierFigures {

    /** More bands than two hide each other. */
    private static final int BANDS = 2;

    /** Half the height of a censor mark, in survival. */
    private static final double TICK = 0.009;

    private KaplanMeierFigures() {}

    static XYPlot survival(List<String> names, List<KaplanMeierCurve> curves, double[] times, String timeName) {
        double end = curves.stream().mapToDouble(KaplanMeierCurve::last).max().orElse(0);
        XYPlot plot = SurvivalPlots.frame("survival", "Kaplan-Meier survival", timeName, end);
        for (int g = 0; g < curves.size() && curves.size() <= BANDS; g++) {
            plot = band(plot, curves.get(g));
        }
        for (int g = 0; g < curves.size(); g++) {
            plot = SurvivalPlots.step(plot, g, names.get(g), curves.get(g));
            plot = censored(plot, curves.get(g), SurvivalPlots.tone(g));
        }
        for (int g = 0; g < curves.size(); g++) {
            plot = plot.footnote("At risk, " + names.get(g) + ": " + atRisk(curves.get(g), times));
        }
        return plot.describe(description(names, curves));
    }

    /** The band steps as the curve does, so each limit is drawn up to the next time before it changes. */
    private static XYPlot band(XYPlot plot, KaplanMeierCurve curve) {
        List<double[]> corners = new ArrayList<>();
        double low = 1;
        double high = 1;
        corners.add(new double[] {0, low, high});
        for (int i = 0; i < curve.time().size(); i++) {
            double t = curve.time().get(i);
            corners.add(new double[] {t, low, high});
            // Where everyone has had the event there are no limits any more.
            if (Double.isNaN(curve.lower().get(i))) {
                break;
            }
            low = curve.lower().get(i);
            high = curve.upper().get(i);
            corners.add(new double[] {t, low, high});
        }
        return plot.band(
                XYPlot.Tone.SHADE_LIGHT,
                "",
                corners.stream().mapToDouble(c -> c[0]).toArray(),
                corners.stream().mapToDouble(c -> c[1]).toArray(),
                corners.stream().mapToDouble(c -> c[2]).toArray());
    }

    /** A short upright stroke at each censored time; a missing value between two strokes lifts the pen. */
    private static XYPlot censored(XYPlot plot, KaplanMeierCurve curve, XYPlot.Tone tone) {
        DoubleStream.Builder x = DoubleStream.builder();
        DoubleStream.Builder y = DoubleStream.builder();
        int marks = 0;
        for (int i = 0; i < curve.time().size(); i++) {
            if (curve.censored().get(i) > 0) {
                double t = curve.time().get(i);
                double s = curve.survival().get(i);
                x.add(t).add(t).add(Double.NaN);
                y.add(Math.max(0, s - TICK)).add(Math.min(1, s + TICK)).add(Double.NaN);
                marks++;
            }
        }
        return marks == 0
                ? plot
                : plot.layer(
                        XYPlot.Mark.LINE,
                        tone,
                        "",
                        x.build().toArray(),
                        y.build().toArray());
    }

    private static String atRisk(KaplanMeierCurve curve, double[] times) {
        return DoubleStream.of(times)
                .mapToObj(t -> curve.atRiskAt(t) + " at " + NumberText.print(t))
                .collect(Collectors.joining(", "));
    }

    private static String description(List<String> names, List<KaplanMeierCurve> curves) {
        StringBuilder text = new StringBuilder("Kaplan-Meier curves. ");
        for (int g = 0; g < curves.size(); g++) {
            double median = curves.get(g).median().value();
            text.append(names.get(g)).append(": ").append(curves.get(g).size()).append(" participants, ");
            text.append(curves.get(g).totalEvents()).append(" events, median ");
            text.append(Double.isNaN(median) ? "not reached" : NumberText.print(median))
                    .append(". ");
        }
        return text.toString().strip();
    }
}
