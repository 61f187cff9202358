package org.lozenge.analyses.pool;

import org.lozenge.analyses.shared.ConventionInputs;
import org.lozenge.analyses.shared.ConventionPooling;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.analyses.shared.Pooled;
import org.lozenge.analyses.shared.PooledForest;
import org.lozenge.analyses.shared.PooledFunnel;
import org.lozenge.analyses.shared.PooledTables;
import org.lozenge.analyses.shared.Pooling;
import org.lozenge.analyses.shared.PoolingParams;
import org.lozenge.analyses.shared.PoolingParams.Convention;
import org.lozenge.analyses.shared.PoolingWarnings;
import org.lozenge.analyses.shared.StudyInput;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.RunContext;
import org.lozenge.stats.ConvergenceException;

/**
 * Pools study effects under a common-effect and a random-effects model.
 *
 * <p>Each row is one study, with its effect in any of the accepted forms ({@link StudyInput}). The result has the tables
 * {@code model}, {@code heterogeneity} and {@code studies} and the figures {@code forest} and {@code funnel}.
 */
public final class PoolAnalysis implements Analysis {

    /** The analysis has no state. */
    public PoolAnalysis() {}

    @Override
    public AnalysisSpec spec() {
        return AnalysisSpec.of("pool", "Pooled effect")
                .summary("Common-effect and random-effects models side by side, from effects with standard errors,"
                        + " variances or intervals, ratios with intervals, or O - E with V; heterogeneity, prediction"
                        + " interval, weights, forest and funnel plot.")
                .roles(StudyInput.roles())
                .params(PoolOptions.params())
                .references(
                        "DerSimonian R, Laird N. Control Clin Trials 1986;7:177-188."
                                + " https://doi.org/10.1016/0197-2456(86)90046-2",
                        "Viechtbauer W. J Educ Behav Stat 2005;30:261-293. https://doi.org/10.3102/10769986030003261",
                        "Knapp G, Hartung J. Stat Med 2003;22:2693-2710. https://doi.org/10.1002/sim.1482",
                        "Higgins JPT, Thompson SG. Stat Med 2002;21:1539-1558. https://doi.org/10.1002/sim.1186",
                        "Viechtbauer W. Stat Med 2007;26:37-52. https://doi.org/10.1002/sim.2514",
                        "Higgins JPT, Thompson SG, Spiegelhalter DJ. J R Stat Soc A 2009;172:137-159."
                                + " https://doi.org/10.1111/j.1467-985X.2008.00552.x");
    }

    @Override
    public AnalysisResult run(Inputs in, RunContext context) {
        Inputs asked = ConventionInputs.of(in);
        StudyInput studies = StudyInput.read(asked, context);
        Measure measure = studies.measure();
        context.checkCancelled();
        Convention convention = in.get(PoolingParams.CONVENTION);
        Pooled pooled = pool(asked, studies, convention);
        ConventionPooling.message(pooled, convention, measure).ifPresent(context::report);
        PoolingWarnings.of(pooled, measure, studies.sourceRows()).forEach(context::report);
        return AnalysisResult.of(
                PooledTables.model(pooled, measure),
                PooledTables.heterogeneity(pooled.heterogeneity()),
                PooledTables.studies(pooled, measure),
                forest(in, pooled, measure),
                PooledFunnel.of(pooled, measure));
    }

    private static Pooled pool(Inputs in, StudyInput studies, Convention convention) {
        try {
            return ConventionPooling.pool(in, studies, convention, Pooling.of(in));
        } catch (ConvergenceException e) {
            throw new AnalysisException("no-convergence", e.getMessage() + ".");
        }
    }

    private static ForestPlot forest(Inputs in, Pooled pooled, Measure measure) {
        ForestPlot plot = PooledForest.of(pooled, measure);
        String low = in.get(PoolOptions.FAVOURS_LOW);
        String high = in.get(PoolOptions.FAVOURS_HIGH);
        boolean given = !low.isEmpty() || !high.isEmpty();
        return given ? plot.favours(low, high) : plot;
    }
}
