package org.lozenge.analyses.multivariate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.lozenge.analyses.dependent.Attempt;
import org.lozenge.analyses.dependent.CoefficientTables;
import org.lozenge.analyses.dependent.FitParams;
import org.lozenge.analyses.dependent.FitTables;
import org.lozenge.analyses.dependent.PredictionTable;
import org.lozenge.analyses.formula.NewValues;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.plugin.Format;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.RunContext;
import org.lozenge.plugin.Tabular;
import org.lozenge.stats.Interval;
import org.lozenge.stats.model.InformationCriteria;
import org.lozenge.stats.multilevel.CovarianceStructure;
import org.lozenge.stats.multilevel.FixedEffects;
import org.lozenge.stats.multilevel.FixedEffects.Combination;
import org.lozenge.stats.multilevel.MultivariateFit;
import org.lozenge.stats.multilevel.RobustEffects;

/** The tables of the analysis {@code multivariate}. */
final class MultivariateTables {

    private final Problem problem;
    private final MultivariateFit fit;
    private final FixedEffects b;
    private final Optional<RobustEffects> inCoefficients;
    private final Inputs in;
    private final RunContext context;

    MultivariateTables(
            Problem problem,
            MultivariateFit fit,
            Optional<RobustEffects> inCoefficients,
            Inputs in,
            RunContext context) {
        this.problem = problem;
        this.fit = fit;
        this.b = fit.coefficients();
        this.inCoefficients = inCoefficients;
        this.in = in;
        this.context = context;
    }

    Tabular coefficients() {
        Tabular table = CoefficientTables.coefficients(b, inCoefficients);
        return table.numbers(
                        "borrowed_strength",
                        of(b.terms().size(), t -> fit.borrowedStrength(t, problem.outcomeOfTerm(t))))
                .format("borrowed_strength", Format.PERCENT)
                .label("borrowed_strength", "borrowed from other outcomes");
    }

    Tabular model() {
        boolean reml = in.get(FitParams.METHOD) == FitParams.Method.REML;
        int p = b.terms().size();
        int outcomes = problem.outcomes().size();
        int parameters = p
                + switch (fit.structure()) {
                    case UN -> outcomes * (outcomes + 1) / 2;
                    case CS -> 2;
                    case HCS -> outcomes + 1;
                    case DIAG -> outcomes;
                    case ID -> 1;
                };
        int n = reml ? fit.estimateCount() - p : fit.estimateCount();
        Tabular table = Tabular.of("model", "Model")
                .texts("structure", token(fit.structure().name()))
                .texts("method", reml ? "reml" : "ml")
                .texts(
                        "test",
                        token(inCoefficients
                                .map(r -> r.type().name())
                                .orElse(in.get(FitParams.TEST).name())))
                .numbers("k", fit.studyCount())
                .numbers("n", fit.estimateCount())
                .numbers("outcomes", outcomes)
                .numbers("k_several", problem.studiesWithSeveral())
                .format("n", Format.INTEGER)
                .format("outcomes", Format.INTEGER)
                .format("k_several", Format.INTEGER)
                .label("k", "studies")
                .label("n", "effects")
                .label("k_several", "studies with several outcomes");
        return FitTables.criteria(
                FitTables.heterogeneity(table, fit.residualHeterogeneity()),
                new InformationCriteria(fit.logLikelihood(reml), parameters, n));
    }

    /** An interval, if intervals are asked for and it is found. */
    private Optional<Interval> interval(String what, Supplier<Interval> search) {
        return in.get(FitParams.INTERVALS) == FitParams.Intervals.NONE
                ? Optional.empty()
                : Attempt.at(context, in.source(), "the interval of " + what, search);
    }

    /** A row per outcome. */
    Tabular outcomes() {
        int q = problem.outcomes().size();
        List<Optional<Interval>> tau2 = IntStream.range(0, q)
                .mapToObj(o -> fit.isEstimable(o)
                        ? interval("τ² of '" + problem.outcomes().get(o) + "'", () -> fit.tau2Interval(o))
                        : Optional.<Interval>empty())
                .toList();
        Tabular table = Tabular.of("outcomes", "Outcomes")
                .texts("outcome", problem.outcomes().toArray(String[]::new))
                .numbers("k", of(q, o -> problem.rowsOf(o).length))
                .numbers("tau2", of(q, this::tau2))
                .numbers("tau", of(q, o -> Math.sqrt(tau2(o))))
                .numbers("tau2_lower", limits(tau2, Interval::lower))
                .numbers("tau2_upper", limits(tau2, Interval::upper))
                .label("k", "effects");
        return problem.isModerated() ? table : withMeans(table, q);
    }

    /** Not a number where nothing tells it. */
    private double tau2(int outcome) {
        return fit.isEstimable(outcome) ? fit.tau2(outcome) : Double.NaN;
    }

    private static double[] limits(List<Optional<Interval>> intervals, ToDoubleFunction<Interval> limit) {
        return of(
                intervals.size(),
                i -> intervals.get(i).map(limit::applyAsDouble).orElse(Double.NaN));
    }

    private Tabular withMeans(Tabular table, int q) {
        Measure m = problem.measure();
        List<Combination> means = IntStream.range(0, q).mapToObj(this::mean).toList();
        List<Optional<Interval>> pi =
                IntStream.range(0, q).mapToObj(this::prediction).toList();
        return table.numbers("estimate", of(q, o -> means.get(o).estimate()))
                .numbers(
                        "ci_lower", of(q, o -> means.get(o).confidenceInterval().lower()))
                .numbers(
                        "ci_upper", of(q, o -> means.get(o).confidenceInterval().upper()))
                .numbers("pi_lower", limits(pi, Interval::lower))
                .numbers("pi_upper", limits(pi, Interval::upper))
                .numbers("effect", of(q, o -> m.display(means.get(o).estimate())))
                .numbers(
                        "effect_lower",
                        of(q, o -> m.display(means.get(o).confidenceInterval().lower())))
                .numbers(
                        "effect_upper",
                        of(q, o -> m.display(means.get(o).confidenceInterval().upper())))
                .numbers("effect_pi_lower", limits(pi, i -> m.display(i.lower())))
                .numbers("effect_pi_upper", limits(pi, i -> m.display(i.upper())))
                .label("effect", m.label());
    }

    /** The coefficient of an outcome, robust if that was asked for. */
    Combination mean(int outcome) {
        return CoefficientTables.combination(b, inCoefficients, unit(outcome));
    }

    /** Where the true effect of a new study lies; empty if nothing tells the variance between studies. */
    Optional<Interval> prediction(int outcome) {
        return fit.isEstimable(outcome)
                ? Optional.of(mean(outcome).predictionInterval(fit.tau2(outcome)))
                : Optional.empty();
    }

    private double[] unit(int term) {
        double[] unit = new double[b.terms().size()];
        unit[term] = 1;
        return unit;
    }

    /** A row per pair of outcomes. */
    Tabular between() {
        List<int[]> pairs = pairs();
        boolean correlated = fit.structure() != CovarianceStructure.DIAG && fit.structure() != CovarianceStructure.ID;
        List<Optional<Interval>> intervals = new ArrayList<>();
        for (int[] pair : pairs) {
            // One correlation for all pairs has one interval.
            boolean again = !intervals.isEmpty() && fit.structure() != CovarianceStructure.UN;
            String what = "ρ of '" + problem.outcomes().get(pair[0]) + "' and '"
                    + problem.outcomes().get(pair[1]) + "'";
            intervals.add(
                    again
                            ? intervals.get(0)
                            : correlated ? interval(what, () -> fit.rhoInterval(pair[0], pair[1])) : Optional.empty());
        }
        int n = pairs.size();
        return Tabular.of("between", "Correlation of true effects between studies")
                .texts(
                        "outcome_a",
                        pairs.stream().map(p -> problem.outcomes().get(p[0])).toArray(String[]::new))
                .texts(
                        "outcome_b",
                        pairs.stream().map(p -> problem.outcomes().get(p[1])).toArray(String[]::new))
                .numbers("rho", of(n, i -> fit.rho(pairs.get(i)[0], pairs.get(i)[1])))
                .numbers("rho_lower", limits(intervals, Interval::lower))
                .numbers("rho_upper", limits(intervals, Interval::upper))
                .numbers("covariance", of(n, i -> covariance(pairs.get(i)[0], pairs.get(i)[1])))
                .label("outcome_a", "outcome")
                .label("outcome_b", "with")
                .label("rho_lower", "ρ lower")
                .label("rho_upper", "ρ upper");
    }

    private double covariance(int a, int c) {
        double rho = fit.rho(a, c);
        return Double.isNaN(rho) ? 0 : rho * Math.sqrt(fit.tau2(a)) * Math.sqrt(fit.tau2(c));
    }

    private List<int[]> pairs() {
        int q = problem.outcomes().size();
        List<int[]> out = new ArrayList<>();
        for (int a = 0; a < q; a++) {
            for (int c = a + 1; c < q; c++) {
                out.add(new int[] {a, c});
            }
        }
        return out;
    }

    /** Tests of the means of all outcomes, or of each moderator, at once. */
    Tabular tests(RobustEffects robust) {
        int q = problem.outcomes().size();
        int p = b.terms().size();
        String what = problem.isModerated() ? "intercepts" : "means";
        Tests tests = new Tests(b, robust);
        tests.add("all " + what + " are 0", IntStream.range(0, q).mapToObj(this::unit));
        tests.add("all " + what + " are equal", IntStream.range(1, q).mapToObj(o -> difference(o, 0)));
        if (p > q) {
            tests.add("all moderators are 0", IntStream.range(q, p).mapToObj(this::unit));
        }
        return CoefficientTables.omnibus("tests", "Tests across outcomes", tests.names, tests.tests);
    }

    private double[] difference(int of, int from) {
        double[] weights = unit(of);
        weights[from] = -1;
        return weights;
    }

    /** Tests by the model, each followed by the robust one. */
    private static final class Tests {
        final List<String> names = new ArrayList<>();
        final List<FixedEffects.Omnibus> tests = new ArrayList<>();
        private final FixedEffects b;
        private final RobustEffects robust;

        Tests(FixedEffects b, RobustEffects robust) {
            this.b = b;
            this.robust = robust;
        }

        void add(String name, Stream<double[]> weights) {
            double[][] contrasts = weights.toArray(double[][]::new);
            names.add(name);
            tests.add(b.omnibus(contrasts));
            names.add(name + ", " + token(robust.type().name()));
            tests.add(robust.omnibus(contrasts));
        }
    }

    /** Differences of the means of two outcomes. */
    Tabular contrasts() {
        List<int[]> pairs = pairs();
        Tabular table = Tabular.of("contrasts", "Differences between outcomes")
                .texts(
                        "contrast",
                        pairs.stream()
                                .map(p -> problem.outcomes().get(p[0]) + " - "
                                        + problem.outcomes().get(p[1]))
                                .toArray(String[]::new));
        return FitTables.combinations(
                table,
                pairs.stream()
                        .map(pair -> CoefficientTables.combination(b, inCoefficients, difference(pair[0], pair[1])))
                        .toList());
    }

    /** A row per outcome and setting of the moderators at which the user wants to know the effect. */
    Optional<Tabular> predictions(NewValues values) {
        PredictionTable table = new PredictionTable(problem.measure());
        for (NewValues.Point point : values.points()) {
            for (int o = 0; o < problem.outcomes().size(); o++) {
                int outcome = o;
                String name = problem.outcomes().get(o);
                problem.row(o, point.row())
                        .ifPresentOrElse(
                                row -> table.add(
                                        point.name(),
                                        name,
                                        CoefficientTables.combination(b, inCoefficients, row),
                                        fit.tau2(outcome)),
                                () -> context.report(NewValues.notEstimable(point.name() + " on '" + name + "'")));
            }
        }
        return table.isEmpty() ? Optional.empty() : Optional.of(table.toTable());
    }

    /** A row per correlation and outcome. */
    Tabular sensitivity(Sensitivity other) {
        List<Sensitivity.Row> rows = other.rows();
        int n = rows.size();
        return Tabular.of("sensitivity", "With other correlations of sampling errors")
                .numbers("rho", of(n, i -> rows.get(i).rho()))
                .texts(
                        "outcome",
                        rows.stream()
                                .map(row -> problem.outcomes().get(row.outcome()))
                                .toArray(String[]::new))
                .numbers("estimate", of(n, i -> rows.get(i).mean().estimate()))
                .numbers("se", of(n, i -> rows.get(i).mean().standardError()))
                .numbers(
                        "ci_lower",
                        of(n, i -> rows.get(i).mean().confidenceInterval().lower()))
                .numbers(
                        "ci_upper",
                        of(n, i -> rows.get(i).mean().confidenceInterval().upper()))
                .numbers("p_value", of(n, i -> rows.get(i).mean().test().pValue()))
                .numbers("tau2", of(n, i -> rows.get(i).tau2()))
                .numbers("rho_between", of(n, i -> rows.get(i).rhoBetween()))
                .numbers("log_likelihood", of(n, i -> rows.get(i).logLikelihood()))
                .label("rho", "ρ within")
                .label("rho_between", "ρ between");
    }

    /** A row per effect. */
    Tabular studies() {
        Tabular start = Tabular.of("studies", "Effects")
                .texts("study", problem.rows().effects().studies().toArray(String[]::new))
                .texts(
                        "endpoint",
                        IntStream.range(0, fit.estimateCount())
                                .mapToObj(i -> problem.outcomes().get(problem.outcome(i)))
                                .toArray(String[]::new));
        return FitTables.effects(
                start,
                problem.rows().effects(),
                fit.fitted(),
                fit.trueEffects(),
                problem.measure(),
                in.get(FitParams.LEVEL));
    }

    private static String token(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static double[] of(int size, IntToDoubleFunction cell) {
        return FitTables.of(size, cell);
    }
}
