package org.lozenge.analyses.dependent;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.plugin.Format;
import org.lozenge.plugin.Tabular;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.model.InformationCriteria;
import org.lozenge.stats.multilevel.FixedEffects.Combination;
import org.lozenge.stats.multilevel.MultilevelFit.Prediction;
import org.lozenge.stats.numeric.Normal;

/** Columns that tables of models of dependent effects have in common. */
public final class FitTables {

    private FitTables() {}

    /** Adds the test of residual heterogeneity. */
    public static Tabular heterogeneity(Tabular table, TestResult q) {
        return table.numbers("q", q.statistic())
                .numbers("q_df", q.df())
                .numbers("q_p", q.pValue())
                .format("q_df", Format.INTEGER)
                .label("q_df", "df of Q");
    }

    /** Adds the likelihood and what follows from it. */
    public static Tabular criteria(Tabular table, InformationCriteria criteria) {
        return table.numbers("log_likelihood", criteria.logLikelihood())
                .numbers("aic", criteria.aic())
                .numbers("aicc", criteria.aicc())
                .numbers("bic", criteria.bic());
    }

    /** Adds a row per combination of coefficients: estimate, se, statistic, df, p_value and interval. */
    public static Tabular combinations(Tabular table, List<Combination> rows) {
        int n = rows.size();
        return table.numbers("estimate", of(n, i -> rows.get(i).estimate()))
                .numbers("se", of(n, i -> rows.get(i).standardError()))
                .numbers("statistic", of(n, i -> rows.get(i).test().statistic()))
                .numbers(
                        "df",
                        of(n, i -> CoefficientTables.finite(rows.get(i).test().df())))
                .numbers("p_value", of(n, i -> rows.get(i).test().pValue()))
                .numbers("ci_lower", of(n, i -> rows.get(i).confidenceInterval().lower()))
                .numbers("ci_upper", of(n, i -> rows.get(i).confidenceInterval().upper()));
    }

    /**
     * Adds a row per effect: what was seen, what the model fits and predicts.
     *
     * @param fitted without random effects
     * @param truth with them
     * @param level of the intervals
     */
    public static Tabular effects(
            Tabular table,
            EffectSizes effects,
            DoubleSeq fitted,
            List<Prediction> truth,
            Measure measure,
            double level) {
        int n = truth.size();
        double[] y = effects.y().toArray();
        double[] v = effects.v().toArray();
        double[] means = fitted.toArray();
        double z = Normal.criticalValue(level);
        return table.numbers("y", y)
                .numbers("v", v)
                .numbers("se", of(n, i -> Math.sqrt(v[i])))
                .numbers("fitted", means)
                .numbers("residual", of(n, i -> y[i] - means[i]))
                .numbers("blup", of(n, i -> truth.get(i).value()))
                .numbers("blup_se", of(n, i -> truth.get(i).standardError()))
                .numbers("effect", of(n, i -> measure.display(y[i], v[i])))
                .numbers("effect_lower", of(n, i -> measure.display(y[i] - z * Math.sqrt(v[i]), v[i])))
                .numbers("effect_upper", of(n, i -> measure.display(y[i] + z * Math.sqrt(v[i]), v[i])))
                .label("blup", "predicted true effect")
                .label("blup_se", "its SE")
                .label("effect", measure.label());
    }

    /** Returns a number per row. */
    public static double[] of(int size, IntToDoubleFunction cell) {
        return IntStream.range(0, size).mapToDouble(cell).toArray();
    }
}
