package org.lozenge.analyses.convertandcompare;

import org.lozenge.analyses.shared.MetaforScript;
import org.lozenge.analyses.shared.Pooled;
import org.lozenge.analyses.shared.PooledTables;
import org.lozenge.analyses.shared.Pooling;
import org.lozenge.analyses.shared.PoolingParams;
import org.lozenge.analyses.shared.StudyInput;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.RunContext;
import org.lozenge.stats.ConvergenceException;

/**
 * Pools the studies and writes an R script that pools them again and compares every number.
 *
 * <p>The result has the tables {@code model} and {@code heterogeneity} and the attachment {@code analysis}.
 */
public final class ConvertAndCompareAnalysis implements Analysis {

    /** The analysis has no state. */
    public ConvertAndCompareAnalysis() {}

    @Override
    public AnalysisSpec spec() {
        return AnalysisSpec.of("convert-and-compare", "The same in R")
                .summary(
                        "An R script that pools the same studies with metafor and stops if a number differs by more than"
                                + " 1e-6.")
                .roles(StudyInput.roles())
                .params(StudyInput.MEASURE)
                .params(PoolingParams.all().toArray(Param<?>[]::new))
                .params(StudyInput.params().toArray(Param<?>[]::new))
                .references("Viechtbauer W. J Stat Softw 2010;36(3). https://doi.org/10.18637/jss.v036.i03");
    }

    @Override
    public AnalysisResult run(Inputs in, RunContext context) {
        StudyInput studies = StudyInput.read(in, context);
        Pooled pooled;
        try {
            pooled = Pooling.of(in).pool(studies.effects());
        } catch (ConvergenceException e) {
            throw new AnalysisException("no-convergence", e.getMessage() + ".");
        }
        return AnalysisResult.of(
                PooledTables.model(pooled, studies.measure()),
                PooledTables.heterogeneity(pooled.heterogeneity()),
                MetaforScript.empty().add(in.source(), pooled).attachment());
    }
}
