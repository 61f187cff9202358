package org.lozenge.analyses.glmm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lozenge.analyses.formula.BubblePlot;
import org.lozenge.analyses.formula.Moderators;
import org.lozenge.analyses.formula.NewValues;
import org.lozenge.analyses.formula.PredictedMeans;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.analyses.shared.StudyEffect;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.ResultItem;
import org.lozenge.plugin.RunContext;
import org.lozenge.plugin.Tabular;
import org.lozenge.plugin.XYPlot;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.Interval;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.glmm.GlmmData;
import org.lozenge.stats.glmm.GlmmFit;
import org.lozenge.stats.glmm.GlmmInference;
import org.lozenge.stats.numeric.ChiSquared;

/** What moderators do: the fits with them, and without them for comparison. */
final class Regression {

    /** A rule of thumb: so many studies for each coefficient besides the intercept. */
    private static final int STUDIES_PER_TERM = 10;

    private final Fits fits;
    private final Moderators moderators;
    private final Optional<GlmmFit> without;
    private final Fitting fitting;

    private Regression(Fits fits, Optional<GlmmFit> without, Fitting fitting) {
        this.fits = fits;
        this.moderators = fits.counts().moderators().orElseThrow();
        this.without = without;
        this.fitting = fitting;
    }

    /** Compares with the model that has an intercept alone, and tells the reader what to beware of. */
    static Regression of(Inputs in, RunContext context, Fitting fitting, Fits fits) {
        Moderators moderators = fits.counts().moderators().orElseThrow();
        int terms = moderators.design().terms().size();
        Optional<GlmmFit> without = Optional.empty();
        if (moderators.design().hasIntercept() && terms > 1 && fits.random().isPresent()) {
            without = fitting.comparison(ones(fits.counts().data()));
        }
        int m = terms - (moderators.design().hasIntercept() ? 1 : 0);
        int k = fits.counts().k();
        if (m > 0 && k < STUDIES_PER_TERM * m) {
            context.report(Message.warning(
                    "few-studies",
                    String.format(
                            Locale.ROOT,
                            "%d studies for %d %s of moderators: fewer than %d for each, so that chance findings and missed"
                                    + " effects are likely.",
                            k,
                            m,
                            m == 1 ? "coefficient" : "coefficients",
                            STUDIES_PER_TERM)));
        }
        return new Regression(fits, without, fitting);
    }

    private static GlmmData ones(GlmmData data) {
        double[][] ones = new double[data.used().length + data.omitted().length][];
        Arrays.fill(ones, new double[] {1});
        return data.withDesign(ones);
    }

    List<ResultItem> items(Inputs in, RunContext context) {
        RegressionTables tables = new RegressionTables(this);
        PredictedMeans means = new PredictedMeans(moderators, tables::predicted);
        List<ResultItem> items = new ArrayList<>();
        items.add(tables.coefficients("coefficients", fits.first(), fits.firstDf()));
        if (fits.random().isPresent()) {
            items.add(tables.coefficients("coefficients_common", fits.common(), Double.POSITIVE_INFINITY));
        }
        if (moderatorTerms().length > 0) {
            items.add(tables.moderatorTest());
            items.add(tables.terms());
        }
        FitTables both = new FitTables(fits);
        items.addAll(List.of(tables.residual(), both.tests(), both.fit()));
        means.predictions(in.get(NewValues.AT)).ifPresent(items::add);
        means.marginalMeans().ifPresent(items::add);
        means.messages().forEach(context::report);
        items.add(tables.studies());
        bubblePlot(in.get(BubblePlot.BUBBLE)).ifPresent(items::add);
        return items;
    }

    private Optional<XYPlot> bubblePlot(String wanted) {
        List<Counts.Study> studies = fits.counts().studies();
        Measure measure = fits.counts().measure();
        double[] effects = studies.stream()
                .mapToDouble(study ->
                        study.own().map(own -> measure.display(own.y())).orElse(Double.NaN))
                .toArray();
        List<String> notes = new ArrayList<>(List.of("The area of a bubble is the study's share of the information."));
        if (studies.stream()
                .anyMatch(study -> study.own().filter(StudyEffect::corrected).isPresent())) {
            notes.add("Bubbles of studies with zero cells have a constant added to their counts; the line has not.");
        }
        BubblePlot.Bubbles bubbles = new BubblePlot.Bubbles(
                studies.stream().map(Counts.Study::name).toList(),
                DoubleSeq.of(effects),
                DoubleSeq.of(fits.first().informationShares()),
                notes);
        return BubblePlot.of(moderators, bubbles, new Predictions(), measure, fits.level(), wanted);
    }

    private final class Predictions implements BubblePlot.Model {
        private final GlmmInference inference = inference();

        @Override
        public double estimate(double[] row) {
            return inference.estimate(row);
        }

        @Override
        public Interval confidenceInterval(double[] row) {
            return inference.interval(fits.level(), row);
        }

        @Override
        public Optional<Interval> predictionInterval(double[] row) {
            return prediction(row);
        }
    }

    // ---- what tables ask

    Fits fits() {
        return fits;
    }

    Moderators moderators() {
        return moderators;
    }

    List<String> terms() {
        return moderators.design().terms();
    }

    GlmmInference inference() {
        return fits.first().inference(fits.firstDf());
    }

    /** The positions of the coefficients that are no intercept. */
    int[] moderatorTerms() {
        return IntStream.range(moderators.design().hasIntercept() ? 1 : 0, terms().size())
                .toArray();
    }

    double[] unit(int term) {
        double[] unit = new double[terms().size()];
        unit[term] = 1;
        return unit;
    }

    Interval interval(GlmmFit fit, double df, int term) {
        return fitting.interval(fit, df, term, "coefficient '" + terms().get(term) + "'");
    }

    /** The interval of the effect of a new study whose mean effect is a combination of the coefficients. */
    Optional<Interval> prediction(double... combination) {
        return fitting.prediction(fits, combination);
    }

    /** The likelihood ratio of the model against that without moderators. */
    Optional<TestResult> likelihoodRatio() {
        int df = moderatorTerms().length;
        return without.map(fit -> {
            double statistic = Math.max(0, 2 * (fits.first().logLikelihood() - fit.logLikelihood()));
            return new TestResult(statistic, df, ChiSquared.upperTail(statistic, df));
        });
    }

    /** The share of τ² that the moderators account for; NaN where there was none. */
    double r2() {
        return without.filter(fit -> fit.tau2() > 0)
                .map(fit -> Math.max(0, 1 - fits.first().tau2() / fit.tau2()))
                .orElse(Double.NaN);
    }

    /** The mean effects that the model gives the studies. */
    double[] fitted() {
        List<DoubleSeq> columns = moderators.design().columns();
        return IntStream.range(0, fits.counts().k())
                .mapToDouble(i -> inference()
                        .estimate(columns.stream().mapToDouble(c -> c.get(i)).toArray()))
                .toArray();
    }

    /** A table of a text for each row. */
    static Tabular named(String id, String title, String column, List<String> names) {
        return Tabular.of(id, title).texts(column, names.toArray(String[]::new));
    }
}
