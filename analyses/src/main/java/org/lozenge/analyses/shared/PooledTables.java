package org.lozenge.analyses.shared;

import java.util.Optional;
import org.lozenge.plugin.Format;
import org.lozenge.plugin.Tabular;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.Interval;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.model.Heterogeneity;
import org.lozenge.stats.model.PooledFit;
import org.lozenge.stats.numeric.Normal;
import org.lozenge.stats.tau2.Tau2Estimator;

/** The tables of pooled studies: {@code model}, {@code heterogeneity} and {@code studies}. */
public final class PooledTables {

    private PooledTables() {}

    /** Returns a row for the common-effect and one for the random-effects model. */
    public static Tabular model(Pooled pooled, Measure measure) {
        PooledFit random = pooled.random();
        TestResult common = pooled.commonTest();
        Interval commonCi = pooled.commonInterval();
        Interval ci = random.confidenceInterval();
        Optional<Interval> pi = random.predictionInterval();
        double none = Double.NaN;
        return Tabular.of("model", "Pooled effect: " + measure.label())
                .texts("model", "common", "random")
                .texts(
                        "tau2_method",
                        "",
                        random.estimator().map(Tau2Estimator::token).orElse(""))
                .texts(
                        "test",
                        pooled.common().testMethod().token(),
                        random.testMethod().token())
                .numbers("k", pooled.k(), pooled.k())
                .numbers("estimate", pooled.commonEstimate(), random.estimate())
                .numbers("se", pooled.commonStandardError(), random.standardError())
                .numbers("statistic", common.statistic(), random.test().statistic())
                .numbers("df", finite(common.df()), finite(random.df()))
                .numbers("p_value", common.pValue(), random.test().pValue())
                .numbers("ci_lower", commonCi.lower(), ci.lower())
                .numbers("ci_upper", commonCi.upper(), ci.upper())
                .numbers("pi_lower", none, lower(pi))
                .numbers("pi_upper", none, upper(pi))
                .numbers("effect", measure.display(pooled.commonEstimate()), measure.display(random.estimate()))
                .numbers("effect_lower", measure.display(commonCi.lower()), measure.display(ci.lower()))
                .numbers("effect_upper", measure.display(commonCi.upper()), measure.display(ci.upper()))
                .numbers("effect_pi_lower", none, measure.display(lower(pi)))
                .numbers("effect_pi_upper", none, measure.display(upper(pi)))
                .label("effect", measure.label());
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
                .format("q_df", Format.INTEGER)
                .label("q_df", "df")
                .label("q_p", "P");
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
                .numbers("weight_common", pooled.commonWeights().toArray())
                .numbers("weight_random", pooled.random().weights().toArray())
                .numbers("effect", displayed(measure, y, effects.v()))
                .numbers("effect_lower", displayed(measure, low, effects.v()))
                .numbers("effect_upper", displayed(measure, high, effects.v()))
                .numbers("blup", pooled.random().blups().toArray())
                .numbers("blup_se", pooled.random().blupStandardErrors().toArray())
                .label("y", measure.isRatio() ? "log " + measure.label().toLowerCase(java.util.Locale.ROOT) : "effect")
                .label("effect", measure.label());
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
}
