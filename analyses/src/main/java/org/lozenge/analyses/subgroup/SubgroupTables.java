package org.lozenge.analyses.subgroup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.plugin.Format;
import org.lozenge.plugin.Tabular;
import org.lozenge.stats.Interval;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.model.RegressionFit;

/** The tables of groups of studies. */
final class SubgroupTables {

    private SubgroupTables() {}

    /** A row per group. */
    static Tabular groups(Groups of, Measure measure) {
        List<Group> groups = of.groups();
        return Tabular.of("groups", "Groups by " + of.column())
                .texts("group", groups.stream().map(Group::name).toArray(String[]::new))
                .numbers("k", values(groups, Group::k))
                .numbers("estimate", values(groups, Group::estimate))
                .numbers("se", values(groups, Group::se))
                .numbers("ci_lower", values(groups, g -> g.ci().lower()))
                .numbers("ci_upper", values(groups, g -> g.ci().upper()))
                .numbers("pi_lower", values(groups, g -> lower(g.pi())))
                .numbers("pi_upper", values(groups, g -> upper(g.pi())))
                .numbers("tau2", values(groups, Group::tau2))
                .numbers("tau2_lower", values(groups, g -> lower(g.tau2Interval())))
                .numbers("tau2_upper", values(groups, g -> upper(g.tau2Interval())))
                .numbers("i2", values(groups, Group::i2))
                .numbers("q", values(groups, g -> g.pooled().heterogeneity().q().statistic()))
                .numbers(
                        "q_df",
                        values(groups, g -> g.pooled().heterogeneity().q().df()))
                .numbers(
                        "q_p",
                        values(groups, g -> g.pooled().heterogeneity().q().pValue()))
                .numbers("effect", values(groups, g -> measure.display(g.estimate())))
                .numbers("effect_lower", values(groups, g -> measure.display(g.ci().lower())))
                .numbers("effect_upper", values(groups, g -> measure.display(g.ci().upper())))
                .numbers("effect_pi_lower", values(groups, g -> measure.display(lower(g.pi()))))
                .numbers("effect_pi_upper", values(groups, g -> measure.display(upper(g.pi()))))
                .numbers("estimate_common", values(groups, g -> g.pooled().commonEstimate()))
                .numbers("se_common", values(groups, g -> g.pooled().commonStandardError()))
                .format("q_df", Format.INTEGER)
                .label("q_df", "df")
                .label("q_p", "P")
                .label("effect", measure.label())
                .label("estimate_common", "common effect")
                .label("se_common", "SE, common");
    }

    /** The tests of differences between groups. */
    static Tabular between(Groups of) {
        List<String> models = new ArrayList<>(List.of("common", "random"));
        List<double[]> rows = new ArrayList<>(List.of(row(of.betweenCommon()), row(of.betweenRandom())));
        of.betweenF().ifPresent(f -> {
            models.add("random, F");
            rows.add(new double[] {f.statistic(), f.df1(), f.df2(), f.pValue()});
        });
        return Tabular.of("between", "Test of differences between groups by " + of.column())
                .texts("model", models.toArray(String[]::new))
                .numbers("q", rows.stream().mapToDouble(r -> r[0]).toArray())
                .numbers("df", rows.stream().mapToDouble(r -> r[1]).toArray())
                .numbers("df2", rows.stream().mapToDouble(r -> r[2]).toArray())
                .numbers("p_value", rows.stream().mapToDouble(r -> r[3]).toArray())
                .label("q", "Q or F");
    }

    private static double[] row(TestResult test) {
        return new double[] {test.statistic(), test.df(), Double.NaN, test.pValue()};
    }

    /** What the groups leave unexplained, by a model with one τ² within all groups. */
    static Optional<Tabular> residual(Groups of) {
        return of.regression().map(fit -> residual(fit, of));
    }

    private static Tabular residual(RegressionFit fit, Groups of) {
        TestResult qe = fit.residualHeterogeneity();
        double without = of.all().random().tau2();
        Tabular table = Tabular.of("residual", "Heterogeneity within groups by " + of.column())
                .numbers("k", fit.effects().k())
                .numbers("groups", of.groups().size())
                .numbers("qe", qe.statistic())
                .numbers("qe_df", qe.df())
                .numbers("qe_p", qe.pValue());
        return of.within()
                .orElseThrow()
                .addTo(table)
                .numbers("r2", without > 0 ? Math.max(0, 1 - fit.tau2() / without) : Double.NaN)
                .format("groups", Format.INTEGER)
                .format("qe_df", Format.INTEGER)
                .format("qe_p", Format.P_VALUE)
                .label("qe", "Q within")
                .label("qe_df", "df")
                .label("qe_p", "P")
                .label("tau2", "τ² within")
                .label("tau2_lower", "τ² within lower")
                .label("tau2_upper", "τ² within upper");
    }

    private static double[] values(List<Group> groups, ToDoubleFunction<Group> value) {
        return groups.stream().mapToDouble(value).toArray();
    }

    private static double lower(Optional<Interval> interval) {
        return interval.map(Interval::lower).orElse(Double.NaN);
    }

    private static double upper(Optional<Interval> interval) {
        return interval.map(Interval::upper).orElse(Double.NaN);
    }
}
