package org.lozenge.analyses.kaplanmeier;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.lozenge.plugin.NumberText;
import org.lozenge.plugin.XYPlot;
import org.lozenge.stats.survival.KaplanMeierCurve;

/** The step figure: a band, a step curve and censor marks for each group. */
final class KaplanMeierFigures {

    private static final XYPlot.Tone[] TONES = {
        XYPlot.Tone.DATA, XYPlot.Tone.ESTIMATE, XYPlot.Tone.SECOND, XYPlot.Tone.REFERENCE
    };

    private static final XYPlot.Tone[] SHADES = {
        XYPlot.Tone.SHADE_LIGHT, XYPlot.Tone.SHADE_LIGHT, XYPlot.Tone.SHADE_LIGHT, XYPlot.Tone.SHADE_LIGHT
    };

    private KaplanMeierFigures() {}

    static XYPlot survival(List<String> names, List<KaplanMeierCurve> curves, double[] times, String timeName) {
        XYPlot plot = XYPlot.of("survival", "Kaplan-Meier survival", timeName, "Survival");
        for (int g = 0; g < curves.size(); g++) {
            plot = band(plot, curves.get(g), SHADES[g % SHADES.length]);
        }
        for (int g = 0; g < curves.size(); g++) {
            KaplanMeierCurve curve = curves.get(g);
            XYPlot.Tone tone = TONES[g % TONES.length];
            plot = plot.layer(XYPlot.Mark.STEP, tone, names.get(g), startingAtZero(curve), startingAtOne(curve));
            plot = censored(plot, curve, tone);
        }
        for (int g = 0; g < curves.size(); g++) {
            plot = plot.footnote("At risk, " + names.get(g) + ": " + atRisk(curves.get(g), times));
        }
        return plot.describe(description(names, curves));
    }

    private static double[] startingAtZero(KaplanMeierCurve curve) {
        return DoubleStream.concat(
                        DoubleStream.of(0), DoubleStream.of(curve.time().toArray()))
                .toArray();
    }

    private static double[] startingAtOne(KaplanMeierCurve curve) {
        return DoubleStream.concat(
                        DoubleStream.of(1), DoubleStream.of(curve.survival().toArray()))
                .toArray();
    }

    /** The band steps as the curve does, so each limit is drawn up to the next time before it changes. */
    private static XYPlot band(XYPlot plot, KaplanMeierCurve curve, XYPlot.Tone tone) {
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
                tone,
                "",
                corners.stream().mapToDouble(c -> c[0]).toArray(),
                corners.stream().mapToDouble(c -> c[1]).toArray(),
                corners.stream().mapToDouble(c -> c[2]).toArray());
    }

    private static XYPlot censored(XYPlot plot, KaplanMeierCurve curve, XYPlot.Tone tone) {
        List<double[]> marks = new ArrayList<>();
        for (int i = 0; i < curve.time().size(); i++) {
            if (curve.censored().get(i) > 0) {
                marks.add(new double[] {curve.time().get(i), curve.survival().get(i)});
            }
        }
        double[] small = marks.stream().mapToDouble(m -> 0.2).toArray();
        return marks.isEmpty()
                ? plot
                : plot.points(
                        tone,
                        "",
                        marks.stream().mapToDouble(m -> m[0]).toArray(),
                        marks.stream().mapToDouble(m -> m[1]).toArray(),
                        small,
                        List.of());
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
