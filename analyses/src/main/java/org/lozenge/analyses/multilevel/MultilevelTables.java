package org.lozenge.analyses.multilevel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.lozenge.analyses.dependent.CoefficientTables;
import org.lozenge.analyses.dependent.FitTables;
import org.lozenge.analyses.dependent.PredictionTable;
import org.lozenge.analyses.formula.NewValues;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.plugin.Format;
import org.lozenge.plugin.Tabular;
import org.lozenge.stats.Interval;
import org.lozenge.stats.model.InformationCriteria;
import org.lozenge.stats.multilevel.FixedEffects;
import org.lozenge.stats.multilevel.FixedEffects.Combination;
import org.lozenge.stats.multilevel.MultilevelFit;
import org.lozenge.stats.multilevel.MultilevelFit.ComponentTest;
import org.lozenge.stats.multilevel.MultilevelFit.Prediction;
import org.lozenge.stats.multilevel.NestedLevels;

/** The tables of the analysis {@code multilevel}. */
final class MultilevelTables {

    private final Fitted fitted;
    private final MultilevelFit fit;

    MultilevelTables(Fitted fitted) {
        this.fitted = fitted;
        this.fit = fitted.fit();
    }

    Tabular coefficients() {
        return CoefficientTables.coefficients(fit.coefficients(), fitted.forCoefficients());
    }

    /** One row: the mean effect where there are no moderators, and how the model fits. */
    Tabular model() {
        Tabular table = mean(Tabular.of("model", "Model")
                .texts("model", "random")
                .texts("method", fit.isRestricted() ? "reml" : "ml")
                .texts(
                        "test",
                        fitted.inCoefficients()
                                ? fitted.robust().orElseThrow().type().name().toLowerCase(Locale.ROOT)
                                : fitted.test())
                .numbers("k", fit.levels().count(0))
                .numbers("n", fit.estimateCount())
                .label("k", "clusters")
                .label("n", "effects")
                .format("n", Format.INTEGER));
        int p = fit.coefficients().terms().size();
        int n = fit.isRestricted() ? fit.estimateCount() - p : fit.estimateCount();
        Tabular spread = FitTables.heterogeneity(table, fit.residualHeterogeneity())
                .numbers("sigma2_total", Arrays.stream(fit.sigma2().toArray()).sum())
                .numbers("typical_variance", fit.typicalVariance())
                .numbers(
                        "i2",
                        IntStream.range(0, fit.levels().size())
                                .mapToDouble(fit::i2)
                                .sum())
                .label("sigma2_total", "Σσ²")
                .label("typical_variance", "typical sampling variance");
        return FitTables.criteria(
                spread,
                new InformationCriteria(
                        fit.logLikelihood(fit.isRestricted()), p + fit.levels().size(), n));
    }

    private Tabular mean(Tabular table) {
        if (!fitted.hasMeanOnly()) {
            return table;
        }
        Measure m = fitted.measure();
        Combination mean = fitted.mean();
        Interval pi = fitted.predictionInterval();
        return FitTables.combinations(table, List.of(mean))
                .numbers("pi_lower", pi.lower())
                .numbers("pi_upper", pi.upper())
                .numbers("effect", m.display(mean.estimate()))
                .numbers("effect_lower", m.display(mean.confidenceInterval().lower()))
                .numbers("effect_upper", m.display(mean.confidenceInterval().upper()))
                .numbers("effect_pi_lower", m.display(pi.lower()))
                .numbers("effect_pi_upper", m.display(pi.upper()))
                .label("effect", m.label());
    }

    /** A row per level. */
    Tabular components() {
        NestedLevels levels = fit.levels();
        int count = levels.size();
        return Tabular.of("components", "Variance components")
                .texts("level", IntStream.range(0, count).mapToObj(levels::name).toArray(String[]::new))
                .numbers("sigma2", fit.sigma2().toArray())
                .numbers(
                        "sigma", FitTables.of(count, l -> Math.sqrt(fit.sigma2().get(l))))
                .numbers("k", FitTables.of(count, levels::count))
                .numbers("sigma2_se", FitTables.of(count, fit::sigma2StandardError))
                .numbers("sigma2_lower", limits(Interval::lower))
                .numbers("sigma2_upper", limits(Interval::upper))
                .numbers("i2", FitTables.of(count, fit::i2))
                .numbers("icc", FitTables.of(count, fit::intraclassCorrelation))
                .numbers("lrt", tests(ComponentTest::statistic))
                .numbers("lrt_p", tests(ComponentTest::pValue))
                .numbers("lrt_p_boundary", tests(ComponentTest::boundaryPValue))
                .format("lrt_p", Format.P_VALUE)
                .format("lrt_p_boundary", Format.P_VALUE)
                .label("sigma2", "σ²")
                .label("sigma", "σ")
                .label("k", "groups")
                .label("sigma2_se", "SE of σ²")
                .label("sigma2_lower", "σ² lower")
                .label("sigma2_upper", "σ² upper")
                .label("icc", "correlation of true effects")
                .label("lrt", "LR test of σ² = 0")
                .label("lrt_p", "P, χ²")
                .label("lrt_p_boundary", "P, half χ²");
    }

    private double[] limits(ToDoubleFunction<Interval> limit) {
        return FitTables.of(
                fit.levels().size(),
                l -> fitted.intervals().stream()
                        .skip(l)
                        .findFirst()
                        .flatMap(interval -> interval)
                        .map(limit::applyAsDouble)
                        .orElse(Double.NaN));
    }

    private double[] tests(ToDoubleFunction<ComponentTest> cell) {
        return fitted.tests().stream()
                .mapToDouble(test -> test.map(cell::applyAsDouble).orElse(Double.NaN))
                .toArray();
    }

    /** Tests of all moderators at once, by the model and robust. */
    Optional<Tabular> moderatorTest() {
        FixedEffects b = fit.coefficients();
        int[] tested = IntStream.range(0, b.terms().size())
                .filter(i -> !b.terms().get(i).equals("intercept"))
                .toArray();
        if (tested.length == 0) {
            return Optional.empty();
        }
        List<String> names = new ArrayList<>(List.of("model"));
        List<FixedEffects.Omnibus> tests = new ArrayList<>(List.of(b.omnibus(tested)));
        fitted.robust().ifPresent(robust -> {
            names.add(robust.type().name().toLowerCase(Locale.ROOT));
            tests.add(robust.omnibus(tested));
        });
        return Optional.of(CoefficientTables.omnibus("moderator_test", "Test of all moderators", names, tests));
    }

    /** A row per setting of the moderators at which the user wants to know the effect. */
    Optional<Tabular> predictions(NewValues values) {
        double between = Arrays.stream(fit.sigma2().toArray()).sum();
        PredictionTable table = new PredictionTable(fitted.measure());
        for (NewValues.Point point : values.points()) {
            table.add(
                    point.name(),
                    "",
                    CoefficientTables.combination(fit.coefficients(), fitted.forCoefficients(), point.row()),
                    between);
        }
        return table.isEmpty() ? Optional.empty() : Optional.of(table.toTable());
    }

    /** A row per cluster. */
    Tabular clusters() {
        List<Prediction> effects = fit.groupEffects(0);
        int count = effects.size();
        int[] sizes = fitted.groups().byCluster().stream()
                .mapToInt(rows -> rows.length)
                .toArray();
        Tabular table = Tabular.of("clusters", "Clusters")
                .texts("cluster", fitted.groups().clusters().toArray(String[]::new))
                .numbers("k", FitTables.of(count, c -> sizes[c]))
                .numbers(
                        "random_effect", FitTables.of(count, c -> effects.get(c).value()))
                .numbers(
                        "random_effect_se",
                        FitTables.of(count, c -> effects.get(c).standardError()))
                .label("k", "effects")
                .label("random_effect", "random effect")
                .label("random_effect_se", "SE of random effect");
        if (!fitted.hasMeanOnly()) {
            return table;
        }
        double mean = fit.coefficients().coefficients().get(0);
        Measure m = fitted.measure();
        return table.numbers(
                        "mean", FitTables.of(count, c -> mean + effects.get(c).value()))
                .numbers(
                        "effect",
                        FitTables.of(count, c -> m.display(mean + effects.get(c).value())))
                .label("effect", m.label());
    }

    /** A row per effect. */
    Tabular studies() {
        Tabular start = Tabular.of("studies", "Effects")
                .texts("study", fitted.rows().effects().studies().toArray(String[]::new))
                .texts("cluster", fitted.groups().clusterNames());
        Tabular table = FitTables.effects(
                start, fitted.rows().effects(), fit.fitted(), fit.trueEffects(), fitted.measure(), fitted.level());
        return fit.weights().map(w -> table.numbers("weight", w.toArray())).orElse(table);
    }
}
