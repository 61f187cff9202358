package org.lozenge.analyses.influence;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lozenge.analyses.shared.OneModel;
import org.lozenge.analyses.shared.StudyInput;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Format;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.RunContext;
import org.lozenge.plugin.Tabular;
import org.lozenge.stats.ConvergenceException;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.sensitivity.InfluenceDiagnostics;
import org.lozenge.stats.sensitivity.InfluenceDiagnostics.Study;

/**
 * Measures how far each study moves the pooled effect.
 *
 * <p>The result has the table {@code influence} and the figures {@code influence-plot} and {@code baujat}.
 */
public final class InfluenceAnalysis implements Analysis {

    private static final int LEAST = 3;
    private static final int NAMED = 10;

    /** The analysis has no state. */
    public InfluenceAnalysis() {}

    @Override
    public AnalysisSpec spec() {
        return AnalysisSpec.of("influence", "Influence of single studies")
                .summary("How far each study moves the pooled effect and how much heterogeneity it brings: studentised"
                        + " residuals, DFFITS, Cook's distance, covariance ratio, DFBETAS, Baujat plot.")
                .roles(StudyInput.roles())
                .params(StudyInput.MEASURE)
                .params(OneModel.params().toArray(Param<?>[]::new))
                .params(StudyInput.params().toArray(Param<?>[]::new))
                .references(
                        "Viechtbauer W, Cheung MWL. Res Synth Methods 2010;1:112-125. https://doi.org/10.1002/jrsm.11",
                        "Baujat B and others. Stat Med 2002;21:2641-2652. https://doi.org/10.1002/sim.1221");
    }

    @Override
    public AnalysisResult run(Inputs in, RunContext context) {
        StudyInput input = StudyInput.read(in, context);
        EffectSizes effects = input.effects();
        if (effects.k() < LEAST) {
            throw new AnalysisException(
                    "too-few-studies",
                    in.source() + " has " + effects.k() + (effects.k() == 1 ? " usable study" : " usable studies")
                            + "; the influence of one on the others needs at least " + LEAST + ".");
        }
        OneModel model = OneModel.of(in);
        List<Study> studies = diagnose(model, effects);
        tell(context, input, studies);
        return AnalysisResult.of(
                table(effects, studies),
                InfluenceFigures.influence(effects.studies(), studies),
                InfluenceFigures.baujat(effects.studies(), studies));
    }

    private static List<Study> diagnose(OneModel model, EffectSizes effects) {
        try {
            return InfluenceDiagnostics.of(effects, model.fitter());
        } catch (ConvergenceException e) {
            throw new AnalysisException("no-convergence", e.getMessage() + ".");
        }
    }

    private static void tell(RunContext context, StudyInput input, List<Study> studies) {
        List<String> names = input.effects().studies();
        for (int i = 0; i < studies.size(); i++) {
            String name = names.get(i);
            int row = input.sourceRows()[i];
            studies.get(i)
                    .problem()
                    .ifPresent(problem ->
                            context.warn("no-fit", "Without " + name + " there is no fit: " + problem + ".", row));
        }
        int[] flagged = IntStream.range(0, studies.size())
                .filter(i -> studies.get(i).flagged())
                .toArray();
        if (flagged.length > 0) {
            String listed = IntStream.of(flagged)
                    .limit(NAMED)
                    .mapToObj(i -> names.get(i) + " ("
                            + studies.get(i).flags().stream()
                                    .map(InfluenceAnalysis::words)
                                    .collect(Collectors.joining(", "))
                            + ")")
                    .collect(Collectors.joining(", "));
            context.warn(
                    "influential",
                    "Influential by the usual limits: " + listed
                            + (flagged.length > NAMED ? " and " + (flagged.length - NAMED) + " more" : "")
                            + ". Look up what is different about "
                            + (flagged.length == 1 ? "it" : "them")
                            + "; influence alone is no reason to leave a study out.",
                    IntStream.of(flagged).map(i -> input.sourceRows()[i]).toArray());
        }
    }

    private static String words(String flag) {
        return switch (flag) {
            case "dffits" -> "DFFITS";
            case "cooks_distance" -> "Cook's distance";
            case "hat" -> "weight";
            default -> "DFBETAS";
        };
    }

    private static Tabular table(EffectSizes effects, List<Study> studies) {
        return Tabular.of("influence", "Influence of each study")
                .texts("study", effects.studies().toArray(String[]::new))
                .numbers("rstudent", of(studies, Study::rstudent))
                .numbers("dffits", of(studies, Study::dffits))
                .numbers("cooks_distance", of(studies, Study::cooksDistance))
                .numbers("cov_ratio", of(studies, Study::covRatio))
                .numbers("tau2_deleted", of(studies, Study::tau2Deleted))
                .numbers("q_deleted", of(studies, Study::qDeleted))
                .numbers("hat", of(studies, Study::hat))
                .numbers("weight", of(studies, Study::hat))
                .numbers("dfbetas", of(studies, Study::dfbetas))
                .texts(
                        "flagged",
                        studies.stream()
                                .map(study -> study.flags().stream()
                                        .map(InfluenceAnalysis::words)
                                        .collect(Collectors.joining(", ")))
                                .toArray(String[]::new))
                .numbers("rstandard", of(studies, Study::rstandard))
                .numbers("baujat_x", of(studies, Study::baujatX))
                .numbers("baujat_y", of(studies, Study::baujatY))
                .format("weight", Format.PERCENT)
                .label("study", "Study")
                .label("rstudent", "studentised residual")
                .label("dffits", "DFFITS")
                .label("cooks_distance", "Cook's distance")
                .label("cov_ratio", "covariance ratio")
                .label("tau2_deleted", "τ² without")
                .label("q_deleted", "Q without")
                .label("dfbetas", "DFBETAS")
                .label("flagged", "influential by")
                .label("rstandard", "standardised residual")
                .label("baujat_x", "part of Q")
                .label("baujat_y", "influence");
    }

    private static double[] of(List<Study> studies, ToDoubleFunction<Study> cell) {
        return studies.stream().mapToDouble(cell).toArray();
    }
}
