package org.lozenge.analyses.glmm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.analyses.shared.PlotText;
import org.lozenge.analyses.shared.PooledForest;
import org.lozenge.analyses.shared.StudyEffect;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.ForestPlot.Row;
import org.lozenge.plugin.ForestPlot.RowKind;
import org.lozenge.stats.Interval;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.glmm.GlmmFit;
import org.lozenge.stats.numeric.Normal;

/** The forest plot of the analysis {@code glmm}. */
final class GlmmForest {

    private final Fitted fitted;
    private final Fits fits;
    private final Measure measure;

    GlmmForest(Fitted fitted) {
        this.fitted = fitted;
        this.fits = fitted.fits();
        this.measure = fits.counts().measure();
    }

    ForestPlot plot() {
        ForestPlot plot = PooledForest.frame("forest", "Forest plot", measure, fits.level())
                .describe(describe())
                .addAll(studies())
                .addAll(summaries());
        boolean corrected = fits.counts().studies().stream()
                .flatMap(study -> study.own().stream())
                .anyMatch(StudyEffect::corrected);
        plot = plot.footnote("Weights are shares of the information in the "
                + (fits.random().isPresent() ? "random-effects" : "common-effect") + " model.");
        return corrected
                ? plot.footnote(
                        "Studies with zero cells are drawn with a constant added; the models use the counts as they"
                                + " are.")
                : plot;
    }

    private List<Row> studies() {
        double z = Normal.criticalValue(fits.level());
        double[] weights = fits.random().orElse(fits.common()).informationShares();
        List<Row> rows = new ArrayList<>();
        List<Counts.Study> studies = fits.counts().studies();
        for (int i = 0; i < studies.size(); i++) {
            Counts.Study study = studies.get(i);
            double y = study.own().map(StudyEffect::y).orElse(Double.NaN);
            double half = study.own().map(own -> z * own.standardError()).orElse(Double.NaN);
            rows.add(Row.of(
                    RowKind.STUDY,
                    study.name(),
                    measure.display(y),
                    measure.display(y - half),
                    measure.display(y + half),
                    weights[i]));
        }
        return rows;
    }

    private List<Row> summaries() {
        List<Row> rows = new ArrayList<>();
        rows.add(summary("Common effect (" + model() + ")", fits.common(), fitted.commonInterval()));
        fits.random()
                .ifPresent(fit -> rows.add(summary(
                        "Random effects (" + model() + ")",
                        fit,
                        fitted.randomInterval().orElseThrow())));
        fitted.prediction()
                .ifPresent(pi -> rows.add(Row.of(
                        RowKind.PREDICTION,
                        PlotText.level(fits.level()) + " prediction interval",
                        Double.NaN,
                        measure.display(pi.lower()),
                        measure.display(pi.upper()),
                        Double.NaN)));
        fits.random().ifPresent(fit -> rows.add(Row.text(RowKind.NOTE, heterogeneity(fit))));
        rows.add(Row.text(RowKind.NOTE, "Test for overall effect: " + tests()));
        return rows;
    }

    private String model() {
        if (!fits.counts().data().isTwoArms()) {
            return measure.token().equals("plo") ? "binomial-normal" : "Poisson-normal";
        }
        return switch (fits.counts().data().model()) {
            case CM_EL -> "conditional";
            case CM_AL -> "conditional, approximate";
            case UM_FS -> "fixed baselines";
            case UM_RS -> "random baselines";
        };
    }

    private Row summary(String label, GlmmFit fit, Interval interval) {
        return Row.of(
                RowKind.SUMMARY,
                label,
                measure.display(fit.estimate(0)),
                measure.display(interval.lower()),
                measure.display(interval.upper()),
                Double.NaN);
    }

    private String heterogeneity(GlmmFit fit) {
        TestResult ratio = fits.likelihoodRatio();
        String limits = fits.tau2Interval()
                .map(i -> " (" + PlotText.level(i.level()) + " CI " + PlotText.fixed(i.lower(), 2) + " to "
                        + PlotText.fixed(i.upper(), 2) + ")")
                .orElse("");
        return "Heterogeneity: τ² = " + PlotText.fixed(fit.tau2(), 2) + limits + "; likelihood ratio χ² = "
                + PlotText.fixed(ratio.statistic(), 2) + ", df = " + (int) ratio.df() + ", "
                + PlotText.p(ratio.pValue());
    }

    private String tests() {
        TestResult common = fits.common().test(0, Double.POSITIVE_INFINITY);
        Optional<TestResult> random = fits.random().map(fit -> fit.test(0, fits.df()));
        return "common z = " + PlotText.fixed(common.statistic(), 2) + ", " + PlotText.p(common.pValue())
                + random.map(test -> "; random " + fits.test() + " = " + PlotText.fixed(test.statistic(), 2) + ", "
                                + PlotText.p(test.pValue()))
                        .orElse("");
    }

    private String describe() {
        GlmmFit fit = fits.random().orElse(fits.common());
        Interval interval = fitted.randomInterval().orElse(fitted.commonInterval());
        return "Forest plot of " + fits.counts().k() + " studies. "
                + (fit.isRandom() ? "Random effects" : "Common effect")
                + " (" + model() + "): " + measure.label().toLowerCase(java.util.Locale.ROOT) + " "
                + PlotText.fixed(measure.display(fit.estimate(0)), 2) + ", " + PlotText.level(fits.level()) + " CI "
                + PlotText.fixed(measure.display(interval.lower()), 2) + " to "
                + PlotText.fixed(measure.display(interval.upper()), 2) + ".";
    }
}
