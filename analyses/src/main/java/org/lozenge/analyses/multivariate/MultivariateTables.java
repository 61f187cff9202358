package org.lozenge.analyses.multivariate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.lozenge.analyses.dependent.Attempt;
import org.lozenge.analyses.dependent.CoefficientTables;
import org.lozenge.analyses.dependent.FitParams;
import org.lozenge.analyses.dependent.PredictionTable;
import org.lozenge.analyses.formula.NewValues;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.plugin.Format;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.RunContext;
import org.lozenge.plugin.Tabular;
import org.lozenge.stats.Interval;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.multilevel.CovarianceStructure;
import org.lozenge.stats.multilevel.FixedEffects;
import org.lozenge.stats.multilevel.MultilevelFit.Prediction;
import org.lozenge.stats.multilevel.MultivariateFit;
import org.lozenge.stats.multilevel.RobustEffects;
import org.lozenge.stats.numeric.Normal;

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
        TestResult q = fit.residualHeterogeneity();
        double ll = fit.logLikelihood(reml);
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
        double aic = 2 * parameters - 2 * ll;
        double room = Math.max(n, parameters + 2) - parameters - 1;
        return Tabular.of("model", "Model")
                .texts("structure", token(fit.structure().name()))
                .texts("method", reml ? "reml" : "ml")
                .texts("test", token(in.get(FitParams.TEST).name()))
                .numbers("k", fit.studyCount())
                .numbers("n", fit.estimateCount())
                .numbers("outcomes", outcomes)
                .numbers("k_several", problem.studiesWithSeveral())
                .numbers("q", q.statistic())
                .numbers("q_df", q.df())
                .numbers("q_p", q.pValue())
                .numbers("log_likelihood", ll)
                .numbers("aic", aic)
                .numbers("aicc", aic + 2.0 * parameters * (parameters + 1) / room)
                .numbers("bic", parameters * StrictMath.log(n) - 2 * ll)
                .format("n", Format.INTEGER)
                .format("outcomes", Format.INTEGER)
                .format("k_several", Format.INTEGER)
                .format("q_df", Format.INTEGER)
                .label("k", "studies")
                .label("n", "effects")
                .label("k_several", "studies with several outcomes")
                .label("q_df", "df of Q");
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
                .mapToObj(o -> interval("τ² of '" + problem.outcomes().get(o) + "'", () -> fit.tau2Interval(o)))
                .toList();
        Tabular table = Tabular.of("outcomes", "Outcomes")
                .texts("outcome", problem.outcomes().toArray(String[]::new))
                .numbers("k", of(q, o -> problem.rowsOf(o).length))
                .numbers("tau2", of(q, fit::tau2))
                .numbers("tau", of(q, o -> Math.sqrt(fit.tau2(o))))
                .numbers(
                        "tau2_lower",
                        of(q, o -> tau2.get(o).map(Interval::lower).orElse(Double.NaN)))
                .numbers(
                        "tau2_upper",
                        of(q, o -> tau2.get(o).map(Interval::upper).orElse(Double.NaN)))
                .label("k", "effects");
        return problem.isModerated() ? table : withMeans(table, q);
    }

    private Tabular withMeans(Tabular table, int q) {
        Measure m = problem.measure();
        double[] mean = b.coefficients().toArray();
        List<Interval> ci = IntStream.range(0, q)
                .mapToObj(
                        o -> inCoefficients.map(r -> r.confidenceInterval(o)).orElseGet(() -> b.confidenceInterval(o)))
                .toList();
        List<Interval> pi = IntStream.range(0, q)
                .mapToObj(o -> fit.predictionInterval(o, unit(o)))
                .toList();
        return table.numbers("estimate", mean)
                .numbers("ci_lower", of(q, o -> ci.get(o).lower()))
                .numbers("ci_upper", of(q, o -> ci.get(o).upper()))
                .numbers("pi_lower", of(q, o -> pi.get(o).lower()))
                .numbers("pi_upper", of(q, o -> pi.get(o).upper()))
                .numbers("effect", of(q, o -> m.display(mean[o])))
                .numbers("effect_lower", of(q, o -> m.display(ci.get(o).lower())))
                .numbers("effect_upper", of(q, o -> m.display(ci.get(o).upper())))
                .numbers("effect_pi_lower", of(q, o -> m.display(pi.get(o).lower())))
                .numbers("effect_pi_upper", of(q, o -> m.display(pi.get(o).upper())))
                .label("effect", m.label());
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
                .numbers(
                        "rho_lower",
                        of(n, i -> intervals.get(i).map(Interval::lower).orElse(Double.NaN)))
                .numbers(
                        "rho_upper",
                        of(n, i -> intervals.get(i).map(Interval::upper).orElse(Double.NaN)))
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
    Tabular tests(Optional<RobustEffects> robust) {
        int q = problem.outcomes().size();
        List<String> names = new ArrayList<>();
        List<FixedEffects.Omnibus> tests = new ArrayList<>();
        int[] all = IntStream.range(0, q).toArray();
        names.add(problem.isModerated() ? "all intercepts are 0" : "all means are 0");
        tests.add(b.omnibus(all));
        robust.ifPresent(r -> {
            names.add(names.get(0) + ", " + token(r.type().name()));
            tests.add(r.omnibus(all));
        });
        double[][] differences = new double[q - 1][b.terms().size()];
        for (int o = 1; o < q; o++) {
            differences[o - 1][0] = -1;
            differences[o - 1][o] = 1;
        }
        names.add(problem.isModerated() ? "all intercepts are equal" : "all means are equal");
        tests.add(b.omnibus(differences));
        int[] moderators = IntStream.range(q, b.terms().size()).toArray();
        if (moderators.length > 0) {
            names.add("all moderators are 0");
            tests.add(b.omnibus(moderators));
        }
        return CoefficientTables.omnibus("tests", "Tests across outcomes", names, tests);
    }

    /** Differences of the means of two outcomes. */
    Tabular contrasts() {
        List<int[]> pairs = pairs();
        List<FixedEffects.Combination> rows = pairs.stream()
                .map(pair -> {
                    double[] weights = new double[b.terms().size()];
                    weights[pair[0]] = 1;
                    weights[pair[1]] = -1;
                    return b.combination(weights);
                })
                .toList();
        int n = rows.size();
        return Tabular.of("contrasts", "Differences between outcomes")
                .texts(
                        "contrast",
                        pairs.stream()
                                .map(p -> problem.outcomes().get(p[0]) + " - "
                                        + problem.outcomes().get(p[1]))
                                .toArray(String[]::new))
                .numbers("estimate", of(n, i -> rows.get(i).estimate()))
                .numbers("se", of(n, i -> rows.get(i).standardError()))
                .numbers("statistic", of(n, i -> rows.get(i).test().statistic()))
                .numbers(
                        "df",
                        of(n, i -> CoefficientTables.finite(rows.get(i).test().df())))
                .numbers("p_value", of(n, i -> rows.get(i).test().pValue()))
                .numbers("ci_lower", of(n, i -> rows.get(i).confidenceInterval().lower()))
                .numbers("ci_upper", of(n, i -> rows.get(i).confidenceInterval().upper()));
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
        int q = problem.outcomes().size();
        int n = other.fits().size() * q;
        return Tabular.of("sensitivity", "With other correlations of sampling errors")
                .numbers("rho", of(n, i -> other.rho().get(i / q)))
                .texts(
                        "outcome",
                        IntStream.range(0, n)
                                .mapToObj(i -> problem.outcomes().get(i % q))
                                .toArray(String[]::new))
                .numbers(
                        "estimate",
                        of(
                                n,
                                i -> other.fits()
                                        .get(i / q)
                                        .coefficients()
                                        .coefficients()
                                        .get(i % q)))
                .numbers("se", of(n, i -> other.fits().get(i / q).coefficients().standardError(i % q)))
                .numbers(
                        "ci_lower",
                        of(
                                n,
                                i -> other.fits()
                                        .get(i / q)
                                        .coefficients()
                                        .confidenceInterval(i % q)
                                        .lower()))
                .numbers(
                        "ci_upper",
                        of(
                                n,
                                i -> other.fits()
                                        .get(i / q)
                                        .coefficients()
                                        .confidenceInterval(i % q)
                                        .upper()))
                .numbers(
                        "p_value",
                        of(
                                n,
                                i -> other.fits()
                                        .get(i / q)
                                        .coefficients()
                                        .test(i % q)
                                        .pValue()))
                .numbers("tau2", of(n, i -> other.fits().get(i / q).tau2(i % q)))
                .numbers(
                        "rho_between",
                        of(n, i -> q == 2 ? other.fits().get(i / q).rho(0, 1) : Double.NaN))
                .numbers(
                        "log_likelihood",
                        of(
                                n,
                                i -> other.fits()
                                        .get(i / q)
                                        .logLikelihood(in.get(FitParams.METHOD) == FitParams.Method.REML)))
                .label("rho", "ρ within")
                .label("rho_between", "ρ between");
    }

    /** A row per effect. */
    Tabular studies() {
        int n = fit.estimateCount();
        double[] y = problem.rows().effects().y().toArray();
        double[] v = problem.rows().effects().v().toArray();
        double[] means = fit.fitted().toArray();
        List<Prediction> truth = fit.trueEffects();
        double z = Normal.criticalValue(in.get(FitParams.LEVEL));
        Measure m = problem.measure();
        return Tabular.of("studies", "Effects")
                .texts("study", problem.rows().effects().studies().toArray(String[]::new))
                .texts(
                        "endpoint",
                        IntStream.range(0, n)
                                .mapToObj(i -> problem.outcomes().get(problem.outcome(i)))
                                .toArray(String[]::new))
                .numbers("y", y)
                .numbers("v", v)
                .numbers("se", of(n, i -> Math.sqrt(v[i])))
                .numbers("fitted", means)
                .numbers("residual", of(n, i -> y[i] - means[i]))
                .numbers("blup", of(n, i -> truth.get(i).value()))
                .numbers("blup_se", of(n, i -> truth.get(i).standardError()))
                .numbers("effect", of(n, i -> m.display(y[i], v[i])))
                .numbers("effect_lower", of(n, i -> m.display(y[i] - z * Math.sqrt(v[i]), v[i])))
                .numbers("effect_upper", of(n, i -> m.display(y[i] + z * Math.sqrt(v[i]), v[i])))
                .label("blup", "predicted true effect")
                .label("blup_se", "its SE")
                .label("effect", m.label());
    }

    private static String token(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static double[] of(int size, IntToDoubleFunction cell) {
        return IntStream.range(0, size).mapToDouble(cell).toArray();
    }
}
