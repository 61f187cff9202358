package org.lozenge.analyses.dependent;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.lozenge.plugin.Format;
import org.lozenge.plugin.Tabular;
import org.lozenge.stats.Interval;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.multilevel.FixedEffects;
import org.lozenge.stats.multilevel.RobustEffects;

/** Tables of coefficients and their tests. */
public final class CoefficientTables {

    private CoefficientTables() {}

    /** Returns a row per term, with robust standard errors if there are any. */
    public static Tabular coefficients(FixedEffects b, Optional<RobustEffects> robust) {
        Tabular table = rows("coefficients", "Coefficients", b, robust);
        return robust.map(r ->
                        table.numbers("se_model", values(b, b::standardError)).label("se_model", "SE by the model"))
                .orElse(table);
    }

    /** Returns a row per term with robust standard errors. */
    public static Tabular robust(FixedEffects b, RobustEffects robust) {
        String type = robust.type().name();
        return rows(
                        "robust",
                        "Cluster-robust tests (" + type + ", " + robust.clusters() + " clusters)",
                        b,
                        Optional.of(robust))
                .texts("type", filled(b.terms().size(), type.toLowerCase(Locale.ROOT)))
                .numbers("clusters", values(b, i -> robust.clusters()))
                .format("clusters", Format.INTEGER);
    }

    private static Tabular rows(String id, String title, FixedEffects b, Optional<RobustEffects> robust) {
        IntFunction<TestResult> test = i -> robust.map(r -> r.test(i)).orElseGet(() -> b.test(i));
        IntFunction<Interval> interval =
                i -> robust.map(r -> r.confidenceInterval(i)).orElseGet(() -> b.confidenceInterval(i));
        return Tabular.of(id, title)
                .texts("term", b.terms().toArray(String[]::new))
                .numbers("estimate", b.coefficients().toArray())
                .numbers(
                        "se", values(b, i -> robust.map(r -> r.standardError(i)).orElseGet(() -> b.standardError(i))))
                .numbers("statistic", values(b, i -> test.apply(i).statistic()))
                .numbers("df", values(b, i -> finite(test.apply(i).df())))
                .numbers("p_value", values(b, i -> test.apply(i).pValue()))
                .numbers("ci_lower", values(b, i -> interval.apply(i).lower()))
                .numbers("ci_upper", values(b, i -> interval.apply(i).upper()));
    }

    /** Returns a row per test of several coefficients. */
    public static Tabular omnibus(String id, String title, List<String> names, List<FixedEffects.Omnibus> tests) {
        return Tabular.of(id, title)
                .texts("test", names.toArray(String[]::new))
                .numbers(
                        "statistic",
                        tests.stream()
                                .mapToDouble(FixedEffects.Omnibus::statistic)
                                .toArray())
                .numbers(
                        "df1",
                        tests.stream().mapToDouble(FixedEffects.Omnibus::df1).toArray())
                .numbers("df2", tests.stream().mapToDouble(t -> finite(t.df2())).toArray())
                .numbers(
                        "p_value",
                        tests.stream().mapToDouble(FixedEffects.Omnibus::pValue).toArray());
    }

    /** Returns a combination of coefficients, with the robust standard error if there are any. */
    public static FixedEffects.Combination combination(
            FixedEffects b, Optional<RobustEffects> robust, double... weights) {
        return robust.map(r -> r.combination(weights)).orElseGet(() -> b.combination(weights));
    }

    private static double[] values(FixedEffects b, IntToDoubleFunction cell) {
        return IntStream.range(0, b.terms().size()).mapToDouble(cell).toArray();
    }

    private static String[] filled(int size, String text) {
        return IntStream.range(0, size).mapToObj(i -> text).toArray(String[]::new);
    }

    /** Infinite degrees of freedom have no number. */
    public static double finite(double df) {
        return Double.isInfinite(df) ? Double.NaN : df;
    }
}
