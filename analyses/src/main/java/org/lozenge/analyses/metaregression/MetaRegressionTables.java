package org.lozenge.analyses.metaregression;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.lozenge.analyses.shared.ResidualHeterogeneity;
import org.lozenge.plugin.Format;
import org.lozenge.plugin.Tabular;
import org.lozenge.stats.Interval;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.model.CoefficientInference;
import org.lozenge.stats.model.InformationCriteria;
import org.lozenge.stats.model.JointTest;
import org.lozenge.stats.model.RegressionFit;

/** The tables of a meta-regression. */
final class MetaRegressionTables {

    private final Fitted fitted;
    private final RegressionFit fit;
    private final CoefficientInference inference;

    MetaRegressionTables(Fitted fitted) {
        this.fitted = fitted;
        this.fit = fitted.fit();
        this.inference = fitted.inference();
    }

    /** A row per coefficient. */
    Tabular coefficients() {
        int p = fitted.p();
        return tested(
                        Tabular.of("coefficients", "Coefficients")
                                .texts("term", fit.design().terms().toArray(String[]::new)),
                        IntStream.range(0, p).mapToObj(fitted::unit).toList())
                .numbers("vif", fit.varianceInflation().toArray());
    }

    /** A row per contrast, and one for all together where there are several. */
    Tabular contrasts(List<Combination> contrasts) {
        return tested(
                Tabular.of("contrasts", "Contrasts")
                        .texts(
                                "contrast",
                                contrasts.stream().map(Combination::text).toArray(String[]::new)),
                contrasts.stream().map(Combination::toArray).toList());
    }

    private Tabular tested(Tabular table, List<double[]> combinations) {
        List<TestResult> tests = combinations.stream().map(inference::test).toList();
        List<Interval> intervals = combinations.stream()
                .map(c -> inference.confidenceInterval(fitted.level(), c))
                .toList();
        return table.numbers(
                        "estimate",
                        combinations.stream().mapToDouble(inference::estimate).toArray())
                .numbers(
                        "se",
                        combinations.stream()
                                .mapToDouble(inference::standardError)
                                .toArray())
                .numbers(
                        "statistic",
                        tests.stream().mapToDouble(TestResult::statistic).toArray())
                .numbers("df", tests.stream().mapToDouble(t -> finite(t.df())).toArray())
                .numbers(
                        "p_value",
                        tests.stream().mapToDouble(TestResult::pValue).toArray())
                .numbers(
                        "ci_lower",
                        intervals.stream().mapToDouble(Interval::lower).toArray())
                .numbers(
                        "ci_upper",
                        intervals.stream().mapToDouble(Interval::upper).toArray());
    }

    /** The test of all moderators together. */
    Tabular moderatorTest() {
        return joint("moderator_test", "Test of all moderators", inference.moderatorTest());
    }

    /** The test of all contrasts together. */
    Tabular contrastTest(List<Combination> contrasts) {
        return joint(
                "contrast_test",
                "Test of all contrasts",
                inference.testAll(contrasts.stream().map(Combination::toArray).toArray(double[][]::new)));
    }

    private static Tabular joint(String id, String title, JointTest test) {
        return Tabular.of(id, title)
                .texts("test", test.df1() == 0 ? "" : Double.isInfinite(test.df2()) ? "QM (chi-squared)" : "F")
                .numbers("statistic", test.statistic())
                .numbers("df1", test.df1())
                .numbers("df2", finite(test.df2()))
                .numbers("p_value", test.pValue())
                .format("df1", Format.INTEGER);
    }

    /** A row per term of the model: its columns tested together. */
    Tabular terms() {
        List<String> names = new ArrayList<>();
        List<JointTest> tests = new ArrayList<>();
        List<Double> gvif = new ArrayList<>();
        List<String> termNames = fitted.moderators().matrix().termNames();
        int[] columns = fitted.moderators().columnOfTerm();
        for (int t = 0; t < termNames.size(); t++) {
            int[] of = fitted.moderators().matrix().columnsOf(t);
            int[] at = IntStream.range(0, columns.length)
                    .filter(c -> Arrays.stream(of).anyMatch(j -> j == columns[c]))
                    .toArray();
            if (at.length > 0) {
                names.add(termNames.get(t));
                tests.add(inference.testAll(
                        Arrays.stream(at).mapToObj(fitted::unit).toArray(double[][]::new)));
                gvif.add(fit.varianceInflation(at));
            }
        }
        return Tabular.of("terms", "Tests of terms")
                .texts("term", names.toArray(String[]::new))
                .numbers(
                        "statistic",
                        tests.stream().mapToDouble(JointTest::statistic).toArray())
                .numbers("df1", tests.stream().mapToDouble(JointTest::df1).toArray())
                .numbers("df2", tests.stream().mapToDouble(t -> finite(t.df2())).toArray())
                .numbers(
                        "p_value", tests.stream().mapToDouble(JointTest::pValue).toArray())
                .numbers("gvif", gvif.stream().mapToDouble(g -> g).toArray())
                .numbers(
                        "gvif_scaled",
                        IntStream.range(0, names.size())
                                .mapToDouble(i -> StrictMath.pow(
                                        gvif.get(i), 1.0 / (2 * tests.get(i).df1())))
                                .toArray())
                .format("df1", Format.INTEGER)
                .label("gvif", "GVIF")
                .label("gvif_scaled", "GVIF^(1/(2 df))");
    }

    /** What the moderators leave unexplained. */
    Tabular residual(ResidualHeterogeneity residual) {
        TestResult qe = fit.residualHeterogeneity();
        Tabular table = Tabular.of("residual", "Residual heterogeneity")
                .numbers("k", fit.effects().k())
                .numbers("p", fitted.p())
                .numbers("qe", qe.statistic())
                .numbers("qe_df", qe.df())
                .numbers("qe_p", qe.pValue());
        return residual.addTo(table)
                .numbers("r2", fit.r2().orElse(Double.NaN))
                .numbers("k_left_out", fitted.total() - fit.effects().k())
                .format("p", Format.INTEGER)
                .format("qe_df", Format.INTEGER)
                .format("qe_p", Format.P_VALUE)
                .format("k_left_out", Format.INTEGER)
                .label("p", "coefficients")
                .label("qe", "QE")
                .label("qe_df", "df")
                .label("qe_p", "P")
                .label("k_left_out", "left out");
    }

    /** Likelihoods and the criteria that follow from them. */
    Tabular criteria() {
        List<InformationCriteria> both = List.of(fit.criteria(false), fit.criteria(true));
        return Tabular.of("fit", "Likelihood")
                .texts("likelihood", "ml", "reml")
                .numbers("log_likelihood", values(both, InformationCriteria::logLikelihood))
                .numbers("parameters", values(both, InformationCriteria::parameters))
                .numbers("aic", values(both, InformationCriteria::aic))
                .numbers("bic", values(both, InformationCriteria::bic))
                .numbers("aicc", values(both, InformationCriteria::aicc))
                .format("parameters", Format.INTEGER)
                .label("log_likelihood", "log L");
    }

    private static <T> double[] values(List<T> of, java.util.function.ToDoubleFunction<T> value) {
        return of.stream().mapToDouble(value).toArray();
    }

    /** A row per study. */
    Tabular studies() {
        return Tabular.of("studies", "Studies")
                .texts("study", fit.effects().studies().toArray(String[]::new))
                .numbers("y", fit.effects().y().toArray())
                .numbers("v", fit.effects().v().toArray())
                .numbers("fitted", fit.fitted().toArray())
                .numbers("residual", fit.residuals().toArray())
                .numbers("hat", fit.leverages().toArray())
                .numbers("weight", fit.weights().toArray())
                .label("hat", "leverage");
    }

    /** Adds predicted means with confidence and prediction intervals. */
    Tabular predicted(Tabular table, List<double[]> rows) {
        List<Interval> ci = rows.stream()
                .map(r -> inference.confidenceInterval(fitted.level(), r))
                .toList();
        List<Interval> pi = rows.stream()
                .map(r -> inference.predictionInterval(fitted.level(), r))
                .toList();
        double[] estimate = rows.stream().mapToDouble(inference::estimate).toArray();
        return table.numbers("estimate", estimate)
                .numbers(
                        "se",
                        rows.stream().mapToDouble(inference::standardError).toArray())
                .numbers(
                        "df",
                        rows.stream().mapToDouble(r -> finite(inference.df(r))).toArray())
                .numbers("ci_lower", values(ci, Interval::lower))
                .numbers("ci_upper", values(ci, Interval::upper))
                .numbers("pi_lower", values(pi, Interval::lower))
                .numbers("pi_upper", values(pi, Interval::upper))
                .numbers("effect", shown(Arrays.stream(estimate)))
                .numbers("effect_lower", shown(ci.stream().mapToDouble(Interval::lower)))
                .numbers("effect_upper", shown(ci.stream().mapToDouble(Interval::upper)))
                .numbers("effect_pi_lower", shown(pi.stream().mapToDouble(Interval::lower)))
                .numbers("effect_pi_upper", shown(pi.stream().mapToDouble(Interval::upper)))
                .label("effect", fitted.measure().label());
    }

    private double[] shown(DoubleStream values) {
        return values.map(fitted.measure()::display).toArray();
    }

    static double finite(double df) {
        return Double.isInfinite(df) ? Double.NaN : df;
    }
}
