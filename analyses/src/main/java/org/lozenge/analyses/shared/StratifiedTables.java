package org.lozenge.analyses.shared;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.ForestPlot.Row;
import org.lozenge.plugin.ForestPlot.RowKind;
import org.lozenge.plugin.Format;
import org.lozenge.plugin.Scale;
import org.lozenge.plugin.Tabular;
import org.lozenge.stats.Interval;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.effect.BackTransform;
import org.lozenge.stats.model.StratifiedFit;
import org.lozenge.stats.numeric.Normal;

/**
 * Tables and forest plot of a common effect that was estimated from counts, with the columns of {@link PooledTables}.
 *
 * @param method how it was estimated, such as {@code Mantel-Haenszel}
 * @param effectLabel what it is on the reader's scale, such as {@code Odds ratio}
 * @param backTransform the way from the analysis scale to the reader's
 * @param fit the estimate, with a weight for each study
 * @param heterogeneity Q; NaN for one study
 * @param studies the studies, as many as weights
 * @param level confidence level
 */
public record StratifiedTables(
        String method,
        String effectLabel,
        BackTransform backTransform,
        StratifiedFit fit,
        TestResult heterogeneity,
        List<StratifiedTables.Study> studies,
        double level) {

    /**
     * A study of the fit.
     *
     * @param name its name
     * @param y its own effect; NaN if it has none
     * @param v the variance; NaN if it has none
     */
    public record Study(String name, double y, double v) {}

    /** Checks that studies and weights belong together. */
    public StratifiedTables {
        studies = List.copyOf(studies);
        if (studies.size() != fit.weights().size()) {
            throw new IllegalArgumentException(
                    studies.size() + " studies but " + fit.weights().size() + " weights");
        }
    }

    /** Returns the table {@code model}: one row, for the common effect. */
    public Tabular model() {
        TestResult test = fit.test();
        Interval ci = fit.confidenceInterval(level);
        double none = Double.NaN;
        return Tabular.of("model", "Pooled effect: " + effectLabel + ", " + method)
                .texts("model", "common")
                .texts("tau2_method", "")
                .texts("test", "z")
                .numbers("k", studies.size())
                .numbers("estimate", fit.estimate())
                .numbers("se", fit.standardError())
                .numbers("statistic", test.statistic())
                .numbers("df", none)
                .numbers("p_value", test.pValue())
                .numbers("ci_lower", ci.lower())
                .numbers("ci_upper", ci.upper())
                .numbers("pi_lower", none)
                .numbers("pi_upper", none)
                .numbers("effect", backTransform.apply(fit.estimate()))
                .numbers("effect_lower", backTransform.apply(ci.lower()))
                .numbers("effect_upper", backTransform.apply(ci.upper()))
                .numbers("effect_pi_lower", none)
                .numbers("effect_pi_upper", none)
                .label("effect", effectLabel);
    }

    /** Returns the table {@code heterogeneity}: one row; a common-effect method has no between-study variance. */
    public Tabular heterogeneity(String title) {
        double q = heterogeneity.statistic();
        double df = heterogeneity.df();
        double none = Double.NaN;
        double h2 = df > 0 ? Math.max(1, q / df) : none;
        return Tabular.of("heterogeneity", title)
                .numbers("k", df + 1)
                .numbers("q", q)
                .numbers("q_df", df)
                .numbers("q_p", heterogeneity.pValue())
                .numbers("tau2", none)
                .numbers("tau2_se", none)
                .numbers("tau2_lower", none)
                .numbers("tau2_upper", none)
                .numbers("tau", none)
                .numbers("i2", (h2 - 1) / h2)
                .numbers("i2_lower", none)
                .numbers("i2_upper", none)
                .numbers("h2", h2)
                .numbers("h2_lower", none)
                .numbers("h2_upper", none)
                .format("q_df", Format.INTEGER)
                .label("q_df", "df")
                .label("q_p", "P");
    }

    /** Returns the table {@code studies}: the studies' own effects and their weights. */
    public Tabular studyTable() {
        double z = Normal.criticalValue(level);
        double[] none = numbers(s -> Double.NaN);
        return Tabular.of("studies", "Studies")
                .texts("study", studies.stream().map(Study::name).toArray(String[]::new))
                .numbers("y", numbers(Study::y))
                .numbers("v", numbers(Study::v))
                .numbers("se", numbers(s -> Math.sqrt(s.v)))
                .numbers("ci_lower", numbers(s -> s.y - z * Math.sqrt(s.v)))
                .numbers("ci_upper", numbers(s -> s.y + z * Math.sqrt(s.v)))
                .numbers("weight_common", fit.weights().toArray())
                .numbers("weight_random", none)
                .numbers("effect", numbers(s -> backTransform.apply(s.y)))
                .numbers("effect_lower", numbers(s -> backTransform.apply(s.y - z * Math.sqrt(s.v))))
                .numbers("effect_upper", numbers(s -> backTransform.apply(s.y + z * Math.sqrt(s.v))))
                .numbers("blup", none)
                .numbers("blup_se", none)
                .label("y", backTransform.isLog() ? "log " + effectLabel.toLowerCase(Locale.ROOT) : "effect")
                .label("weight_common", "weight")
                .label("effect", effectLabel);
    }

    /** Returns the figure {@code forest}. */
    public ForestPlot forest() {
        boolean log = backTransform.isLog();
        ForestPlot plot = ForestPlot.of("forest", "Forest plot", log ? Scale.LOG : Scale.LINEAR)
                .measure(effectLabel)
                .level(level)
                .axis(log ? effectLabel + ", log scale" : effectLabel)
                .favours("Favours treatment", "Favours control")
                .addAll(studyRows());
        Interval ci = fit.confidenceInterval(level);
        return plot.add(Row.of(
                        RowKind.SUMMARY,
                        "Common effect (" + method + ")",
                        backTransform.apply(fit.estimate()),
                        backTransform.apply(ci.lower()),
                        backTransform.apply(ci.upper()),
                        Double.NaN))
                .note(note())
                .note("Test for effect: z = " + PlotText.fixed(fit.test().statistic(), 2) + ", "
                        + PlotText.p(fit.test().pValue()));
    }

    private String note() {
        if (Double.isNaN(heterogeneity.statistic())) {
            return "Heterogeneity: not estimable from one study";
        }
        double h2 = Math.max(1, heterogeneity.statistic() / heterogeneity.df());
        return "Heterogeneity: Q = " + PlotText.fixed(heterogeneity.statistic(), 2) + ", df = "
                + (int) heterogeneity.df() + ", " + PlotText.p(heterogeneity.pValue()) + "; I² = "
                + PlotText.percent((h2 - 1) / h2);
    }

    private List<Row> studyRows() {
        double z = Normal.criticalValue(level);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < studies.size(); i++) {
            Study s = studies.get(i);
            double half = z * Math.sqrt(s.v);
            rows.add(Row.of(
                    RowKind.STUDY,
                    s.name,
                    backTransform.apply(s.y),
                    backTransform.apply(s.y - half),
                    backTransform.apply(s.y + half),
                    fit.weights().get(i)));
        }
        return rows;
    }

    private double[] numbers(ToDoubleFunction<Study> cell) {
        return studies.stream().mapToDouble(cell).toArray();
    }

    /** Returns the studies of a table of counts, without effect where the measure does not follow. */
    public static <R> List<Study> studies(List<StudyEffects.Counted<R>> counted) {
        return counted.stream()
                .map(c -> {
                    Optional<StudyEffect> own = c.effect();
                    return new Study(
                            c.study(),
                            own.map(StudyEffect::y).orElse(Double.NaN),
                            own.map(StudyEffect::v).orElse(Double.NaN));
                })
                .toList();
    }
}
