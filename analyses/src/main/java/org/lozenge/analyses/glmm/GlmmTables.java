package org.lozenge.analyses.glmm;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.analyses.shared.StudyEffect;
import org.lozenge.plugin.Format;
import org.lozenge.plugin.Tabular;
import org.lozenge.stats.Interval;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.glmm.GlmmFit;
import org.lozenge.stats.numeric.Normal;

/** The tables of the analysis {@code glmm}. */
final class GlmmTables {

    private static final double NONE = Double.NaN;

    private final Fitted fitted;
    private final Fits fits;
    private final Measure measure;
    private final int k;

    GlmmTables(Fitted fitted) {
        this.fitted = fitted;
        this.fits = fitted.fits();
        this.measure = fits.counts().measure();
        this.k = fits.counts().k();
    }

    private double random(ToDoubleFunction<GlmmFit> value) {
        return fits.random().map(value::applyAsDouble).orElse(NONE);
    }

    private static double low(Optional<Interval> interval) {
        return interval.map(Interval::lower).orElse(NONE);
    }

    private static double high(Optional<Interval> interval) {
        return interval.map(Interval::upper).orElse(NONE);
    }

    private static double finite(double df) {
        return Double.isInfinite(df) ? NONE : df;
    }

    Tabular model() {
        TestResult common = fits.common().test(0, Double.POSITIVE_INFINITY);
        Optional<TestResult> random = fits.random().map(fit -> fit.test(0, fits.df()));
        Interval ci = fitted.commonInterval();
        Optional<Interval> randomCi = fitted.randomInterval();
        Optional<Interval> pi = fitted.prediction();
        return Tabular.of("model", "Pooled effect: " + measure.label())
                .texts("model", "common", "random")
                .texts("tau2_method", "", "ml")
                .texts("test", "z", fits.test())
                .numbers("k", k, k)
                .numbers("estimate", fits.common().estimate(0), random(fit -> fit.estimate(0)))
                .numbers("se", fits.common().standardError(0), random(fit -> fit.standardError(0)))
                .numbers(
                        "statistic",
                        common.statistic(),
                        random.map(TestResult::statistic).orElse(NONE))
                .numbers("df", NONE, fits.random().isPresent() ? finite(fits.df()) : NONE)
                .numbers(
                        "p_value",
                        common.pValue(),
                        random.map(TestResult::pValue).orElse(NONE))
                .numbers("ci_lower", ci.lower(), low(randomCi))
                .numbers("ci_upper", ci.upper(), high(randomCi))
                .numbers("pi_lower", NONE, low(pi))
                .numbers("pi_upper", NONE, high(pi))
                .numbers(
                        "effect",
                        measure.display(fits.common().estimate(0)),
                        measure.display(random(fit -> fit.estimate(0))))
                .numbers("effect_lower", measure.display(ci.lower()), measure.display(low(randomCi)))
                .numbers("effect_upper", measure.display(ci.upper()), measure.display(high(randomCi)))
                .numbers("effect_pi_lower", NONE, measure.display(low(pi)))
                .numbers("effect_pi_upper", NONE, measure.display(high(pi)))
                .label("effect", measure.label());
    }

    Tabular heterogeneity() {
        double i2 = fits.i2();
        double tau2 = random(GlmmFit::tau2);
        TestResult q = fits.wald();
        double sigma2 = fits.random().orElse(fits.common()).sigma2();
        return Tabular.of("heterogeneity", "Heterogeneity")
                .numbers("k", k)
                .numbers("q", q.statistic())
                .numbers("q_df", q.df())
                .numbers("q_p", q.pValue())
                .numbers("tau2", tau2)
                .numbers("tau2_se", random(GlmmFit::tau2StandardError))
                .numbers("tau2_lower", low(fits.tau2Interval()))
                .numbers("tau2_upper", high(fits.tau2Interval()))
                .numbers("tau", Math.sqrt(tau2))
                .numbers("i2", i2)
                .numbers("i2_lower", NONE)
                .numbers("i2_upper", NONE)
                .numbers("h2", 1 / (1 - i2))
                .numbers("h2_lower", NONE)
                .numbers("h2_upper", NONE)
                .numbers("sigma2", sigma2)
                .format("q_df", Format.INTEGER)
                .label("q", "Q (Wald)")
                .label("q_df", "df")
                .label("q_p", "P")
                .label("sigma2", "σ² of baselines");
    }

    Tabular studies() {
        List<Counts.Study> studies = fits.counts().studies();
        double z = Normal.criticalValue(fits.level());
        double[] none = studies.stream().mapToDouble(study -> NONE).toArray();
        Function<ToDoubleFunction<StudyEffect>, double[]> own = value -> studies.stream()
                .mapToDouble(study -> study.own().map(value::applyAsDouble).orElse(NONE))
                .toArray();
        return Tabular.of("studies", "Studies")
                .texts("study", studies.stream().map(Counts.Study::name).toArray(String[]::new))
                .numbers("y", own.apply(StudyEffect::y))
                .numbers("v", own.apply(StudyEffect::v))
                .numbers("se", own.apply(StudyEffect::standardError))
                .numbers("ci_lower", own.apply(s -> s.y() - z * s.standardError()))
                .numbers("ci_upper", own.apply(s -> s.y() + z * s.standardError()))
                .numbers("weight_common", fits.common().informationShares())
                .numbers(
                        "weight_random",
                        fits.random().map(GlmmFit::informationShares).orElse(none))
                .numbers("effect", own.apply(s -> measure.display(s.y())))
                .numbers("effect_lower", own.apply(s -> measure.display(s.y() - z * s.standardError())))
                .numbers("effect_upper", own.apply(s -> measure.display(s.y() + z * s.standardError())))
                .numbers("blup", fits.random().map(GlmmFit::blups).orElse(none))
                .numbers(
                        "blup_se",
                        fits.random().map(GlmmFit::blupStandardErrors).orElse(none))
                .label("weight_common", "information, common")
                .label("weight_random", "information, random")
                .label("effect", measure.label());
    }
}
