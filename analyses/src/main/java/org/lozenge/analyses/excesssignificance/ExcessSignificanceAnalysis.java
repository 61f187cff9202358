package org.lozenge.analyses.excesssignificance;

import org.lozenge.analyses.shared.StudyInput;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Format;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.RunContext;
import org.lozenge.plugin.Tabular;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.bias.ExcessSignificance;
import org.lozenge.stats.model.CommonEffectModel;

/** The test of Ioannidis and Trikalinos: the tables {@code tests} and {@code studies}. */
public final class ExcessSignificanceAnalysis implements Analysis {

    private static final Param<Double> ALPHA = Param.number("alpha", "P value of a significant study", 0.05)
            .check(alpha -> alpha > 0 && alpha < 1, "must be between 0 and 1, both excluded");

    private static final Param<Double> THETA = Param.number("theta", "True effect that is assumed", 0)
            .help("On the analysis scale (a log for ratios). Without it, the common-effect estimate.");

    /** The analysis has no state. */
    public ExcessSignificanceAnalysis() {}

    @Override
    public AnalysisSpec spec() {
        return AnalysisSpec.of("excess-significance", "Test of excess significance")
                .summary("Are there more significant studies than their power to detect the pooled effect allows?")
                .roles(StudyInput.roles())
                .params(StudyInput.MEASURE, ALPHA, THETA)
                .params(StudyInput.params().toArray(Param<?>[]::new))
                .references("Ioannidis JPA, Trikalinos TA. Clin Trials 2007;4:245-253."
                        + " https://doi.org/10.1177/1740774507079441");
    }

    @Override
    public AnalysisResult run(Inputs in, RunContext context) {
        EffectSizes effects = StudyInput.read(in, context).effects();
        double theta = in.isSet(THETA)
                ? in.get(THETA)
                : new CommonEffectModel().fit(effects).estimate();
        ExcessSignificance result = ExcessSignificance.of(effects, theta, in.get(ALPHA));
        int k = effects.k();
        if (k < 10) {
            context.warn(
                    "few-studies",
                    k + (k == 1 ? " study" : " studies")
                            + ": with fewer than 10, the test has little power to find an excess.");
        }
        double nan = Double.NaN;
        Tabular tests = Tabular.of("tests", "Observed and expected significant studies")
                .texts("test", "chi-squared", "binomial", "exact")
                .numbers("observed", result.observed(), result.observed(), result.observed())
                .numbers("expected", result.expected(), result.expected(), result.expected())
                .numbers("theta", theta, theta, theta)
                .numbers("statistic", result.chiSquared().statistic(), nan, nan)
                .numbers("df", 1, nan, nan)
                .numbers("p_value", result.chiSquared().pValue(), result.binomialP(), result.exactP())
                .format("observed", Format.INTEGER)
                .label("theta", "true effect")
                .label("p_value", "P, one-sided");
        Tabular studies = Tabular.of("studies", "Power of the studies")
                .texts("study", effects.studies().toArray(String[]::new))
                .numbers("y", effects.y().toArray())
                .numbers("v", effects.v().toArray())
                .numbers("power", result.power().toArray())
                .format("power", Format.PERCENT);
        return AnalysisResult.of(tests, studies);
    }
}
