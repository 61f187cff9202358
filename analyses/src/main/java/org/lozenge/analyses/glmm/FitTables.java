package org.lozenge.analyses.glmm;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.lozenge.plugin.Format;
import org.lozenge.plugin.Tabular;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.glmm.GlmmFit;

/** The tables on both models, with and without moderators. */
final class FitTables {

    private static final double NONE = Double.NaN;

    private final Fits fits;

    FitTables(Fits fits) {
        this.fits = fits;
    }

    Tabular tests() {
        TestResult none = new TestResult(NONE, NONE, NONE);
        TestResult tau2 = fits.tau2Test().orElse(none);
        TestResult wald = fits.wald();
        TestResult ratio = fits.likelihoodRatio();
        int left = (int) (ratio.df() - wald.df());
        return Tabular.of("tests", "Tests of heterogeneity")
                .texts("test", "wald", "likelihood-ratio", "tau2")
                .numbers("statistic", wald.statistic(), ratio.statistic(), tau2.statistic())
                .numbers("df", wald.df(), ratio.df(), tau2.df())
                .numbers("p_value", wald.pValue(), ratio.pValue(), tau2.pValue())
                .texts(
                        "note",
                        left > 0 ? "without " + left + " infinite own estimates" : "studies' own estimates",
                        "against an effect of its own for each study",
                        "random against common effect; half the mass of the null distribution at 0");
    }

    Tabular fit() {
        List<Optional<GlmmFit>> both = List.of(Optional.of(fits.common()), fits.random());
        return Tabular.of("fit", "Fit")
                .texts("model", "common", "random")
                .numbers("parameters", each(both, GlmmFit::parameters))
                .numbers("observations", each(both, GlmmFit::observations))
                .numbers("log_likelihood", each(both, GlmmFit::logLikelihood))
                .numbers("aic", each(both, GlmmFit::aic))
                .numbers("bic", each(both, GlmmFit::bic))
                .numbers("aicc", each(both, GlmmFit::aicc))
                .numbers("points", each(both, GlmmFit::points))
                .numbers("quadrature_change", each(both, GlmmFit::quadratureChange))
                .format("parameters", Format.INTEGER)
                .format("observations", Format.INTEGER)
                .format("points", Format.INTEGER)
                .label("quadrature_change", "change by more points");
    }

    private static double[] each(List<Optional<GlmmFit>> both, ToDoubleFunction<GlmmFit> value) {
        return both.stream()
                .mapToDouble(fit -> fit.map(value::applyAsDouble).orElse(NONE))
                .toArray();
    }
}
