package org.lozenge.analyses.kaplanmeier;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.lozenge.plugin.Format;
import org.lozenge.plugin.Tabular;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.Interval;
import org.lozenge.stats.survival.KaplanMeierCurve;
import org.lozenge.stats.survival.RestrictedMeanSurvivalTime;

/** The tables of the analysis, a row per group, step or time. */
final class KaplanMeierTables {

    private final List<String> names;
    private final List<KaplanMeierCurve> curves;

    KaplanMeierTables(List<String> names, List<KaplanMeierCurve> curves) {
        this.names = names;
        this.curves = curves;
    }

    Tabular medians() {
        return quantiles("medians", "Median survival", curves);
    }

    Tabular followUp(List<KaplanMeierCurve> reversed) {
        return quantiles("follow_up", "Median follow-up (reverse Kaplan-Meier)", reversed);
    }

    private Tabular quantiles(String id, String title, List<KaplanMeierCurve> of) {
        return Tabular.of(id, title)
                .texts("group", names.toArray(String[]::new))
                .numbers("n", each(curves, KaplanMeierCurve::size))
                .numbers("events", each(curves, KaplanMeierCurve::totalEvents))
                .numbers("median", each(of, c -> c.median().value()))
                .numbers("ci_lower", each(of, c -> c.median().lower()))
                .numbers("ci_upper", each(of, c -> c.median().upper()))
                .format("n", Format.INTEGER)
                .format("events", Format.INTEGER);
    }

    private static double[] each(List<KaplanMeierCurve> curves, ToDoubleFunction<KaplanMeierCurve> value) {
        return curves.stream().mapToDouble(value).toArray();
    }

    Tabular curve() {
        String[] group = IntStream.range(0, names.size())
                .boxed()
                .flatMap(g -> IntStream.range(0, curves.get(g).time().size()).mapToObj(i -> names.get(g)))
                .toArray(String[]::new);
        return Tabular.of("curve", "Survival at each time")
                .texts("group", group)
                .numbers("time", steps(KaplanMeierCurve::time))
                .numbers("n_risk", steps(KaplanMeierCurve::atRisk))
                .numbers("n_event", steps(KaplanMeierCurve::events))
                .numbers("n_censor", steps(KaplanMeierCurve::censored))
                .numbers("survival", steps(KaplanMeierCurve::survival))
                .numbers("se", steps(KaplanMeierCurve::standardError))
                .numbers("ci_lower", steps(KaplanMeierCurve::lower))
                .numbers("ci_upper", steps(KaplanMeierCurve::upper))
                .format("n_risk", Format.INTEGER)
                .format("n_event", Format.INTEGER)
                .format("n_censor", Format.INTEGER)
                .format("survival", Format.FIXED3)
                .format("se", Format.FIXED3)
                .format("ci_lower", Format.FIXED3)
                .format("ci_upper", Format.FIXED3);
    }

    private double[] steps(java.util.function.Function<KaplanMeierCurve, DoubleSeq> column) {
        return curves.stream()
                .flatMapToDouble(c -> Arrays.stream(column.apply(c).toArray()))
                .toArray();
    }

    Tabular numbersAtRisk(double[] times) {
        int rows = names.size() * times.length;
        String[] group = new String[rows];
        double[][] column = new double[6][rows];
        for (int g = 0, row = 0; g < names.size(); g++) {
            KaplanMeierCurve curve = curves.get(g);
            for (double t : times) {
                int step = curve.stepAt(t);
                boolean known = !Double.isNaN(curve.survivalAt(t));
                group[row] = names.get(g);
                column[0][row] = t;
                column[1][row] = curve.atRiskAt(t);
                column[2][row] = sum(curve.events(), step);
                column[3][row] = curve.survivalAt(t);
                column[4][row] =
                        !known ? Double.NaN : step < 0 ? 1 : curve.lower().get(step);
                column[5][row++] =
                        !known ? Double.NaN : step < 0 ? 1 : curve.upper().get(step);
            }
        }
        return Tabular.of("number_at_risk", "Numbers at risk and survival")
                .texts("group", group)
                .numbers("time", column[0])
                .numbers("n_risk", column[1])
                .numbers("events", column[2])
                .label("events", "events so far")
                .numbers("survival", column[3])
                .numbers("ci_lower", column[4])
                .numbers("ci_upper", column[5])
                .format("n_risk", Format.INTEGER)
                .format("events", Format.INTEGER)
                .format("survival", Format.FIXED3)
                .format("ci_lower", Format.FIXED3)
                .format("ci_upper", Format.FIXED3);
    }

    private static double sum(DoubleSeq values, int last) {
        double sum = 0;
        for (int i = 0; i <= last; i++) {
            sum += values.get(i);
        }
        return sum;
    }

    Tabular restrictedMeans(RestrictedMeanSurvivalTime method, double level) {
        List<RestrictedMeanSurvivalTime.Estimate> means =
                curves.stream().map(method::estimate).toList();
        List<Interval> intervals = means.stream().map(m -> m.interval(level)).toList();
        return Tabular.of("rmst", "Restricted mean survival time")
                .texts("group", names.toArray(String[]::new))
                .numbers("horizon", each(curves, c -> method.horizon()))
                .numbers("rmst", means.stream().mapToDouble(m -> m.value()).toArray())
                .numbers(
                        "se", means.stream().mapToDouble(m -> m.standardError()).toArray())
                .numbers(
                        "ci_lower",
                        intervals.stream().mapToDouble(Interval::lower).toArray())
                .numbers(
                        "ci_upper",
                        intervals.stream().mapToDouble(Interval::upper).toArray());
    }

    /** Each group against the first, as difference and as ratio. */
    Tabular contrasts(RestrictedMeanSurvivalTime method, double level) {
        int rows = names.size() - 1;
        double[][] column = new double[8][rows];
        for (int g = 1; g <= rows; g++) {
            RestrictedMeanSurvivalTime.Estimate difference = method.difference(curves.get(g), curves.get(0));
            RestrictedMeanSurvivalTime.Estimate ratio = method.logRatio(curves.get(g), curves.get(0));
            Interval d = difference.interval(level);
            Interval r = ratio.interval(level);
            double[] row = {
                difference.value(),
                difference.standardError(),
                d.lower(),
                d.upper(),
                difference.pValue(),
                StrictMath.exp(ratio.value()),
                StrictMath.exp(r.lower()),
                StrictMath.exp(r.upper())
            };
            for (int c = 0; c < row.length; c++) {
                column[c][g - 1] = row[c];
            }
        }
        double[] horizon = new double[rows];
        Arrays.fill(horizon, method.horizon());
        String[] reference = new String[rows];
        Arrays.fill(reference, names.get(0));
        return Tabular.of("rmst_difference", "Restricted mean survival time compared")
                .texts("group", names.subList(1, names.size()).toArray(String[]::new))
                .texts("reference", reference)
                .numbers("horizon", horizon)
                .numbers("difference", column[0])
                .numbers("se", column[1])
                .numbers("ci_lower", column[2])
                .numbers("ci_upper", column[3])
                .numbers("p_value", column[4])
                .numbers("ratio", column[5])
                .numbers("ratio_lower", column[6])
                .numbers("ratio_upper", column[7]);
    }
}
