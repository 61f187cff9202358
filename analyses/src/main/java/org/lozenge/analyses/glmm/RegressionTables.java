package org.lozenge.analyses.glmm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.analyses.shared.StudyEffect;
import org.lozenge.plugin.Format;
import org.lozenge.plugin.Tabular;
import org.lozenge.stats.Interval;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.glmm.GlmmFit;
import org.lozenge.stats.glmm.GlmmInference;
import org.lozenge.stats.model.JointTest;

/** The tables of models with moderators. */
final class RegressionTables {

    private static final double NONE = Double.NaN;

    private final Regression regression;
    private final Fits fits;
    private final GlmmInference inference;

    RegressionTables(Regression regression) {
        this.regression = regression;
        this.fits = regression.fits();
        this.inference = regression.inference();
    }

    private static <T> double[] each(List<T> of, ToDoubleFunction<T> value) {
        return of.stream().mapToDouble(value).toArray();
    }

    private static double finite(double df) {
        return Double.isInfinite(df) ? NONE : df;
    }

    /** A row per coefficient. */
    Tabular coefficients(String id, GlmmFit fit, double df) {
        List<String> terms = regression.terms();
        List<TestResult> tests = IntStream.range(0, terms.size())
                .mapToObj(term -> fit.test(term, df))
                .toList();
        List<Interval> intervals = IntStream.range(0, terms.size())
                .mapToObj(term -> regression.interval(fit, df, term))
                .toList();
        int[] others = regression.moderatorTerms();
        GlmmInference all = fit.inference(df);
        return Regression.named(
                        id, fit.isRandom() ? "Coefficients" : "Coefficients, common-effect model", "term", terms)
                .numbers(
                        "estimate",
                        IntStream.range(0, terms.size())
                                .mapToDouble(fit::estimate)
                                .toArray())
                .numbers(
                        "se",
                        IntStream.range(0, terms.size())
                                .mapToDouble(fit::standardError)
                                .toArray())
                .numbers("statistic", each(tests, TestResult::statistic))
                .numbers("df", each(tests, test -> finite(test.df())))
                .numbers("p_value", each(tests, TestResult::pValue))
                .numbers("ci_lower", each(intervals, Interval::lower))
                .numbers("ci_upper", each(intervals, Interval::upper))
                .numbers(
                        "vif",
                        IntStream.range(0, terms.size())
                                .mapToDouble(term -> Arrays.stream(others).anyMatch(t -> t == term)
                                        ? all.varianceInflation(new int[] {term}, others)
                                        : NONE)
                                .toArray());
    }

    /** The test of all moderators: by the covariance of their coefficients, and by the likelihood ratio. */
    Tabular moderatorTest() {
        JointTest wald = together(regression.moderatorTerms());
        Optional<TestResult> ratio = regression.likelihoodRatio();
        int rows = ratio.isPresent() ? 2 : 1;
        return Tabular.of("moderator_test", "Test of all moderators")
                .texts("test", rows(rows, Double.isInfinite(wald.df2()) ? "QM (chi-squared)" : "F", "likelihood ratio"))
                .numbers("statistic", rows(wald.statistic(), ratio.map(TestResult::statistic)))
                .numbers("df1", rows(wald.df1(), ratio.map(TestResult::df)))
                .numbers("df2", rows(finite(wald.df2()), ratio.map(test -> NONE)))
                .numbers("p_value", rows(wald.pValue(), ratio.map(TestResult::pValue)))
                .format("df1", Format.INTEGER);
    }

    private static String[] rows(int rows, String... texts) {
        return Arrays.copyOf(texts, rows);
    }

    private static double[] rows(double first, Optional<Double> second) {
        return second.map(value -> new double[] {first, value}).orElseGet(() -> new double[] {first});
    }

    private JointTest together(int... at) {
        return inference.testAll(Arrays.stream(at).mapToObj(regression::unit).toArray(double[][]::new));
    }

    /** A row per term of the model: its columns tested together. */
    Tabular terms() {
        List<String> names = new ArrayList<>();
        List<int[]> at = new ArrayList<>();
        List<String> termNames = regression.moderators().matrix().termNames();
        int[] columns = regression.moderators().columnOfTerm();
        for (int t = 0; t < termNames.size(); t++) {
            int[] of = regression.moderators().matrix().columnsOf(t);
            int[] here = IntStream.range(0, columns.length)
                    .filter(c -> Arrays.stream(of).anyMatch(j -> j == columns[c]))
                    .toArray();
            if (here.length > 0) {
                names.add(termNames.get(t));
                at.add(here);
            }
        }
        List<JointTest> tests = at.stream().map(this::together).toList();
        int[] others = regression.moderatorTerms();
        double[] gvif = each(at, here -> inference.varianceInflation(here, others));
        return Regression.named("terms", "Tests of terms", "term", names)
                .numbers("statistic", each(tests, JointTest::statistic))
                .numbers("df1", each(tests, JointTest::df1))
                .numbers("df2", each(tests, test -> finite(test.df2())))
                .numbers("p_value", each(tests, JointTest::pValue))
                .numbers("gvif", gvif)
                .numbers(
                        "gvif_scaled",
                        IntStream.range(0, gvif.length)
                                .mapToDouble(i -> StrictMath.pow(gvif[i], 1.0 / (2 * at.get(i).length)))
                                .toArray())
                .format("df1", Format.INTEGER)
                .label("gvif", "GVIF")
                .label("gvif_scaled", "GVIF^(1/(2 df))");
    }

    /** What the moderators leave unexplained. */
    Tabular residual() {
        TestResult qe = fits.wald();
        double i2 = fits.i2();
        Optional<GlmmFit> random = fits.random();
        return Tabular.of("residual", "Residual heterogeneity")
                .numbers("k", fits.counts().k())
                .numbers("p", regression.terms().size())
                .numbers("qe", qe.statistic())
                .numbers("qe_df", qe.df())
                .numbers("qe_p", qe.pValue())
                .numbers("tau2", random.map(GlmmFit::tau2).orElse(NONE))
                .numbers("tau2_se", random.map(GlmmFit::tau2StandardError).orElse(NONE))
                .numbers("i2", i2)
                .numbers("h2", 1 / (1 - i2))
                .numbers("r2", regression.r2())
                .numbers("k_left_out", fits.counts().leftOut())
                .numbers("tau2_lower", fits.tau2Interval().map(Interval::lower).orElse(NONE))
                .numbers("tau2_upper", fits.tau2Interval().map(Interval::upper).orElse(NONE))
                .numbers("sigma2", fits.first().sigma2())
                .format("p", Format.INTEGER)
                .format("qe_df", Format.INTEGER)
                .format("qe_p", Format.P_VALUE)
                .format("k_left_out", Format.INTEGER)
                .label("p", "coefficients")
                .label("qe", "QE (Wald)")
                .label("qe_df", "df")
                .label("qe_p", "P")
                .label("k_left_out", "left out")
                .label("sigma2", "σ² of baselines");
    }

    /** A row per study. */
    Tabular studies() {
        List<Counts.Study> studies = fits.counts().studies();
        double[] fitted = regression.fitted();
        double[] y = own(studies, StudyEffect::y);
        double[] none = new double[studies.size()];
        Arrays.fill(none, NONE);
        return Regression.named(
                        "studies",
                        "Studies",
                        "study",
                        studies.stream().map(Counts.Study::name).toList())
                .numbers("y", y)
                .numbers("v", own(studies, StudyEffect::v))
                .numbers("fitted", fitted)
                .numbers(
                        "residual",
                        IntStream.range(0, y.length)
                                .mapToDouble(i -> y[i] - fitted[i])
                                .toArray())
                .numbers("weight", fits.first().informationShares())
                .numbers("blup", fits.random().map(GlmmFit::blups).orElse(none))
                .numbers(
                        "blup_se",
                        fits.random().map(GlmmFit::blupStandardErrors).orElse(none))
                .label("weight", "information");
    }

    private static double[] own(List<Counts.Study> studies, ToDoubleFunction<StudyEffect> value) {
        return each(studies, study -> study.own().map(value::applyAsDouble).orElse(NONE));
    }

    /** Adds predicted means with confidence and prediction intervals. */
    Tabular predicted(Tabular table, List<double[]> rows) {
        Measure measure = fits.counts().measure();
        List<Interval> ci =
                rows.stream().map(row -> inference.interval(fits.level(), row)).toList();
        List<Optional<Interval>> pi = rows.stream().map(regression::prediction).toList();
        double[] lower = each(pi, i -> i.map(Interval::lower).orElse(NONE));
        double[] upper = each(pi, i -> i.map(Interval::upper).orElse(NONE));
        return table.numbers("estimate", each(rows, inference::estimate))
                .numbers("se", each(rows, inference::standardError))
                .numbers("df", each(rows, row -> finite(inference.df())))
                .numbers("ci_lower", each(ci, Interval::lower))
                .numbers("ci_upper", each(ci, Interval::upper))
                .numbers("pi_lower", lower)
                .numbers("pi_upper", upper)
                .numbers("effect", each(rows, row -> measure.display(inference.estimate(row))))
                .numbers("effect_lower", each(ci, i -> measure.display(i.lower())))
                .numbers("effect_upper", each(ci, i -> measure.display(i.upper())))
                .numbers(
                        "effect_pi_lower",
                        Arrays.stream(lower).map(measure::display).toArray())
                .numbers(
                        "effect_pi_upper",
                        Arrays.stream(upper).map(measure::display).toArray())
                .label("effect", measure.label());
    }
}
