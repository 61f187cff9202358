package org.lozenge.analyses.shared;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.ForestPlot.Row;
import org.lozenge.plugin.ForestPlot.RowKind;
import org.lozenge.plugin.ForestPlot.Side;
import org.lozenge.plugin.Tabular;
import org.lozenge.stats.Interval;
import org.lozenge.stats.sensitivity.SubsetFit;

/** Fits to parts of the studies as a table and as the rows of a forest plot. */
public final class SubsetTables {

    private SubsetTables() {}

    /** Returns the table {@code fits}: a row per fit, named by the study that was left out or added. */
    public static Tabular fits(String title, List<String> names, List<SubsetFit> fits, Measure measure) {
        return Tabular.of("fits", title)
                .texts("study", names.toArray(String[]::new))
                .numbers("k", of(fits, SubsetFit::k))
                .numbers("estimate", of(fits, SubsetFit::estimate))
                .numbers("se", of(fits, SubsetFit::standardError))
                .numbers("statistic", of(fits, fit -> fit.test().statistic()))
                .numbers("df", of(fits, fit -> finite(fit.test().df())))
                .numbers("p_value", of(fits, fit -> fit.test().pValue()))
                .numbers("ci_lower", of(fits, SubsetTables::lower))
                .numbers("ci_upper", of(fits, SubsetTables::upper))
                .numbers("q", of(fits, fit -> fit.q().statistic()))
                .numbers("q_p", of(fits, fit -> fit.q().pValue()))
                .numbers("tau2", of(fits, SubsetFit::tau2))
                .numbers("i2", of(fits, SubsetFit::i2))
                .numbers("h2", of(fits, SubsetFit::h2))
                .numbers("effect", of(fits, fit -> measure.display(fit.estimate())))
                .numbers("effect_lower", of(fits, fit -> measure.display(lower(fit))))
                .numbers("effect_upper", of(fits, fit -> measure.display(upper(fit))))
                .label("study", "Study")
                .label("effect", measure.label());
    }

    /** Returns the plot with a row per fit, beside it P, τ² and I². */
    public static ForestPlot rows(ForestPlot plot, List<String> names, List<SubsetFit> fits, Measure measure) {
        ForestPlot rows = plot.column("p", "P", Side.RIGHT).column("i2", "I²", Side.RIGHT);
        for (int i = 0; i < fits.size(); i++) {
            SubsetFit fit = fits.get(i);
            rows = rows.add(Row.of(
                            RowKind.STUDY,
                            names.get(i),
                            measure.display(fit.estimate()),
                            measure.display(lower(fit)),
                            measure.display(upper(fit)),
                            Double.NaN)
                    .cell(
                            "p",
                            shown(
                                    fit.test().pValue(),
                                    PlotText.p(fit.test().pValue())
                                            .replace("P ", "")
                                            .replace("= ", "")))
                    .cell("i2", shown(fit.i2(), PlotText.percent(fit.i2()))));
        }
        return rows;
    }

    /** Whether the interval of a fit leaves out no effect; empty if there is no fit. */
    public static Optional<Boolean> excludesNoEffect(SubsetFit fit) {
        return fit.interval().map(interval -> interval.lower() > 0 || interval.upper() < 0);
    }

    /** Returns the lower limit; NaN if there is no fit. */
    public static double lower(SubsetFit fit) {
        return fit.interval().map(Interval::lower).orElse(Double.NaN);
    }

    /** Returns the upper limit; NaN if there is no fit. */
    public static double upper(SubsetFit fit) {
        return fit.interval().map(Interval::upper).orElse(Double.NaN);
    }

    private static String shown(double value, String text) {
        return Double.isNaN(value) ? "–" : text;
    }

    private static double finite(double df) {
        return Double.isInfinite(df) ? Double.NaN : df;
    }

    private static double[] of(List<SubsetFit> fits, ToDoubleFunction<SubsetFit> cell) {
        return fits.stream().mapToDouble(cell).toArray();
    }
}
