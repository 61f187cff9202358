package org.lozenge.analyses.logrank;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.lozenge.analyses.logrank.LogRankAnalysis.Contrast;
import org.lozenge.plugin.Format;
import org.lozenge.plugin.Tabular;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.numeric.Normal;
import org.lozenge.stats.survival.LogRankResult;

/** The tables of the analysis: the tests, the groups, and what {@code pool} takes. */
final class LogRankTables {

    private final List<String> names;
    private final double z;

    LogRankTables(List<String> names, double level) {
        this.names = names;
        this.z = Normal.criticalValue(level);
    }

    Tabular test(String token, LogRankResult result, boolean withTrend, double[] scores) {
        TestResult test = result.chiSquared();
        TestResult trend = result.trend(scores);
        Tabular table = Tabular.of("test", "Test of equal survival");
        table = withTrend
                ? table.texts("test", token, "trend")
                        .numbers("statistic", test.statistic(), trend.statistic())
                        .numbers("df", test.df(), trend.df())
                        .numbers("p_value", test.pValue(), trend.pValue())
                : table.texts("test", token)
                        .numbers("statistic", test.statistic())
                        .numbers("df", test.df())
                        .numbers("p_value", test.pValue());
        return table;
    }

    Tabular groups(LogRankResult result) {
        return Tabular.of("groups", "Observed and expected events")
                .texts("group", names.toArray(String[]::new))
                .numbers("n", each(result::size))
                .numbers("observed", each(result::observed))
                .numbers("expected", each(result::expected))
                .numbers("o_minus_e", each(result::observedMinusExpected))
                .numbers("v", each(result::variance))
                .format("n", Format.INTEGER);
    }

    private double[] each(IntToDoubleFunction value) {
        return IntStream.range(0, names.size()).mapToDouble(value).toArray();
    }

    /** Log hazard ratios (O − E) / V of each group against the reference, a row per study. */
    Tabular effects(List<Contrast> contrasts) {
        ToDoubleFunction<Contrast> y = c -> c.result().observedMinusExpected(1) / v(c);
        ToDoubleFunction<Contrast> se = c -> 1 / Math.sqrt(v(c));
        return Tabular.of("effects", "One-step log hazard ratios, ready to pool")
                .texts("study", contrasts.stream().map(Contrast::study).toArray(String[]::new))
                .texts("group", contrasts.stream().map(Contrast::group).toArray(String[]::new))
                .texts("reference", contrasts.stream().map(c -> names.get(0)).toArray(String[]::new))
                .numbers("o_minus_e", each(contrasts, c -> c.result().observedMinusExpected(1)))
                .numbers("v", each(contrasts, LogRankTables::v))
                .numbers("y", each(contrasts, y))
                .numbers("se", each(contrasts, se))
                .numbers("effect", each(contrasts, c -> StrictMath.exp(y.applyAsDouble(c))))
                .numbers(
                        "effect_lower",
                        each(contrasts, c -> StrictMath.exp(y.applyAsDouble(c) - z * se.applyAsDouble(c))))
                .numbers(
                        "effect_upper",
                        each(contrasts, c -> StrictMath.exp(y.applyAsDouble(c) + z * se.applyAsDouble(c))))
                .label("effect", "hazard ratio");
    }

    private static double v(Contrast contrast) {
        return contrast.result().variance(1);
    }

    private static double[] each(List<Contrast> contrasts, ToDoubleFunction<Contrast> value) {
        return contrasts.stream().mapToDouble(value).toArray();
    }
}
