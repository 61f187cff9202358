package org.lozenge.analyses.shared;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.lozenge.plugin.Format;
import org.lozenge.plugin.Tabular;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.Interval;
import org.lozenge.stats.model.Heterogeneity;
import org.lozenge.stats.model.PooledFit;
import org.lozenge.stats.numeric.Normal;

/** The tables of pooled studies: {@code model}, {@code heterogeneity} and {@code studies}. */
public final class PooledTables {

    private PooledTables() {}

    /** Returns a row for the common-effect and one for the random-effects model. */
    public static Tabular model(Pooled pooled, Measure measure) {
        List<PooledFit> fits = List.of(pooled.common(), pooled.random());
        Function<PooledFit, String> tau2 =
                fit -> fit.estimator().map(estimator -> estimator.token()).orElse("");
        return Tabular.of("model", "Pooled effect: " + measure.label())
                .texts("model", texts(fits, fit -> fit.isRandom() ? "random" : "common"))
                .texts("tau2_method", texts(fits, tau2))
                .texts("test", texts(fits, fit -> fit.testMethod().token()))
                .numbers("k", numbers(fits, PooledFit::k))
                .numbers("estimate", numbers(fits, PooledFit::estimate))
                .numbers("se", numbers(fits, PooledFit::standardError))
                .numbers("statistic", numbers(fits, fit -> fit.test().statistic()))
                .numbers("df", numbers(fits, fit -> finite(fit.df())))
                .numbers("p_value", numbers(fits, fit -> fit.test().pValue()))
                .numbers(
                        "ci_lower",
                        numbers(fits, fit -> fit.confidenceInterval().lower()))
                .numbers(
                        "ci_upper",
                        numbers(fits, fit -> fit.confidenceInterval().upper()))
                .numbers("pi_lower", numbers(fits, fit -> lower(fit.predictionInterval())))
                .numbers("pi_upper", numbers(fits, fit -> upper(fit.predictionInterval())))
                .numbers("effect", numbers(fits, fit -> measure.display(fit.estimate())))
                .numbers(
                        "effect_lower",
                        numbers(
                                fits,
                                fit -> measure.display(fit.confidenceInterval().lower())))
                .numbers(
                        "effect_upper",
                        numbers(
                                fits,
                                fit -> measure.display(fit.confidenceInterval().upper())))
                .numbers("effect_pi_lower", numbers(fits, fit -> measure.display(lower(fit.predictionInterval()))))
                .numbers("effect_pi_upper", numbers(fits, fit -> measure.display(upper(fit.predictionInterval()))))
                .format("k", Format.INTEGER)
                .format("df", Format.INTEGER)
                .format("p_value", Format.P_VALUE)
                .label("tau2_method", "τ² by")
                .label("se", "SE")
                .label("p_value", "P")
                .label("ci_lower", "CI lower")
                .label("ci_upper", "CI upper")
                .label("pi_lower", "PI lower")
                .label("pi_upper", "PI upper")
                .label("effect", measure.label())
                .label("effect_lower", "lower")
                .label("effect_upper", "upper")
                .label("effect_pi_lower", "predicted from")
                .label("effect_pi_upper", "to");
    }

    /** Returns one row that says how much the studies differ. */
    public static Tabular heterogeneity(Heterogeneity h) {
        return Tabular.of("heterogeneity", "Heterogeneity")
                .numbers("k", h.k())
                .numbers("q", h.q().statistic())
                .numbers("q_df", h.q().df())
                .numbers("q_p", h.q().pValue())
                .numbers("tau2", h.tau2())
                .numbers("tau2_se", h.tau2StandardError())
                .numbers("tau2_lower", lower(h.tau2Interval()))
                .numbers("tau2_upper", upper(h.tau2Interval()))
                .numbers("tau", h.tau())
                .numbers("i2", h.i2())
                .numbers("i2_lower", lower(h.i2Interval()))
                .numbers("i2_upper", upper(h.i2Interval()))
                .numbers("h2", h.h2())
                .numbers("h2_lower", lower(h.h2Interval()))
                .numbers("h2_upper", upper(h.h2Interval()))
                .format("k", Format.INTEGER)
                .format("q_df", Format.INTEGER)
                .format("q_p", Format.P_VALUE)
                .format("i2", Format.PERCENT)
                .format("i2_lower", Format.PERCENT)
                .format("i2_upper", Format.PERCENT)
                .label("q", "Q")
                .label("q_df", "df")
                .label("q_p", "P")
                .label("tau2", "τ²")
                .label("tau2_se", "SE of τ²")
                .label("tau2_lower", "τ² lower")
                .label("tau2_upper", "τ² upper")
                .label("tau", "τ")
                .label("i2", "I²")
                .label("i2_lower", "I² lower")
                .label("i2_upper", "I² upper")
                .label("h2", "H²")
                .label("h2_lower", "H² lower")
                .label("h2_upper", "H² upper");
    }

    /** Returns a row per study with its weights and the prediction of its own effect. */
    public static Tabular studies(Pooled pooled, Measure measure) {
        EffectSizes effects = pooled.effects();
        double[] y = effects.y().toArray();
        double[] se = new double[y.length];
        double[] low = new double[y.length];
        double[] high = new double[y.length];
        double z = Normal.criticalValue(pooled.pooling().level());
        for (int i = 0; i < y.length; i++) {
            se[i] = effects.standardError(i);
            low[i] = y[i] - z * se[i];
            high[i] = y[i] + z * se[i];
        }
        return Tabular.of("studies", "Studies")
                .texts("study", effects.studies().toArray(String[]::new))
                .numbers("y", y)
                .numbers("v", effects.v().toArray())
                .numbers("se", se)
                .numbers("ci_lower", low)
                .numbers("ci_upper", high)
                .numbers("weight_common", pooled.common().weights().toArray())
                .numbers("weight_random", pooled.random().weights().toArray())
                .numbers("effect", displayed(measure, y, effects.v()))
                .numbers("effect_lower", displayed(measure, low, effects.v()))
                .numbers("effect_upper", displayed(measure, high, effects.v()))
                .numbers("blup", pooled.random().blups().toArray())
                .numbers("blup_se", pooled.random().blupStandardErrors().toArray())
                .format("weight_common", Format.PERCENT)
                .format("weight_random", Format.PERCENT)
                .label("y", measure.isRatio() ? "log " + measure.label().toLowerCase(java.util.Locale.ROOT) : "effect")
                .label("v", "variance")
                .label("se", "SE")
                .label("ci_lower", "CI lower")
                .label("ci_upper", "CI upper")
                .label("weight_common", "weight, common")
                .label("weight_random", "weight, random")
                .label("effect", measure.label())
                .label("effect_lower", "lower")
                .label("effect_upper", "upper")
                .label("blup", "BLUP")
                .label("blup_se", "SE of BLUP");
    }

    private static double[] displayed(Measure measure, double[] values, DoubleSeq v) {
        double[] shown = new double[values.length];
        for (int i = 0; i < shown.length; i++) {
            shown[i] = measure.display(values[i], v.get(i));
        }
        return shown;
    }

    private static double finite(double df) {
        return Double.isInfinite(df) ? Double.NaN : df;
    }

    private static double lower(Optional<Interval> interval) {
        return interval.map(Interval::lower).orElse(Double.NaN);
    }

    private static double upper(Optional<Interval> interval) {
        return interval.map(Interval::upper).orElse(Double.NaN);
    }

    private static String[] texts(List<PooledFit> fits, Function<PooledFit, String> cell) {
        return fits.stream().map(cell).toArray(String[]::new);
    }

    private static double[] numbers(List<PooledFit> fits, ToDoubleFunction<PooledFit> cell) {
        return fits.stream().mapToDouble(cell).toArray();
    }
}
