package org.lozenge.analyses.effectsize;

import java.util.ArrayList;
import java.util.List;
import org.lozenge.analyses.shared.StudyInput;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.ResultItem;
import org.lozenge.plugin.RunContext;

/**
 * Computes an effect size and its sampling variance for each study.
 *
 * <p>The measure says which columns a study needs; see {@link StudyInput} for their names. The result has the tables
 * {@code effects} (a row per usable study, with the columns of the user's table carried along), {@code summary} (how many
 * studies there are and how many were used) and, if any was left out, {@code excluded}; and a forest plot.
 */
public final class EffectSizeAnalysis implements Analysis {

    /** The analysis has no state. */
    public EffectSizeAnalysis() {}

    @Override
    public AnalysisSpec spec() {
        return AnalysisSpec.of("effect-size", "Effect sizes")
                .summary("One effect and sampling variance per study, from counts, means, correlations, rates or"
                        + " reliabilities: over 70 measures with metafor's codes, their variance formulas, zero cells,"
                        + " conversions between measures.")
                .roles(StudyInput.roles())
                .params(StudyInput.MEASURE)
                .params(StudyInput.params().toArray(Param<?>[]::new))
                .params(EffectSizeOptions.CONVERT, EffectSizeOptions.LEVEL, EffectSizeOptions.CARRY)
                .references(
                        "Borenstein M and others. Introduction to Meta-Analysis. Wiley 2009."
                                + " https://doi.org/10.1002/9780470743386",
                        "Hedges LV. J Educ Stat 1981;6:107-128. https://doi.org/10.3102/10769986006002107",
                        "Viechtbauer W. J Stat Softw 2010;36(3). https://doi.org/10.18637/jss.v036.i03",
                        "Sweeting MJ, Sutton AJ, Lambert PC. Stat Med 2004;23:1351-1375."
                                + " https://doi.org/10.1002/sim.1761");
    }

    @Override
    public AnalysisResult run(Inputs in, RunContext context) {
        StudyInput studies = StudyInput.readRaw(in, context);
        double level = in.get(EffectSizeOptions.LEVEL);
        Shown shown = Converter.convert(in, context, studies);
        List<ResultItem> items = new ArrayList<>();
        items.add(EffectSizeTables.effects(in, studies, shown, level));
        items.add(EffectSizeTables.summary(shown));
        if (!shown.excluded().isEmpty()) {
            items.add(EffectSizeTables.excluded(shown.excluded()));
        }
        items.add(EffectSizeFigures.forest(shown, level));
        return AnalysisResult.of(items);
    }
}
