package org.lozenge.analyses.influence;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lozenge.analyses.formula.Moderators;
import org.lozenge.analyses.formula.OneRegression;
import org.lozenge.analyses.shared.OneModel;
import org.lozenge.analyses.shared.RunMonitor;
import org.lozenge.analyses.shared.StudyInput;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.RunContext;
import org.lozenge.plugin.Tabular;
import org.lozenge.stats.ConvergenceException;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.sensitivity.InfluenceDiagnostics;
import org.lozenge.stats.sensitivity.InfluenceDiagnostics.Study;
import org.lozenge.stats.sensitivity.RegressionInfluence;

/**
 * Measures how far each study moves the pooled effect, or the coefficients of moderators.
 *
 * <p>The result has the table {@code influence} and the figures {@code influence-plot} and {@code baujat}.
 */
public final class InfluenceAnalysis implements Analysis {

    private static final int LEAST = 3;
    private static final int NAMED = 10;

    private static final String STEP = "Studies left out";
    private static final String REST = "the influence of the others was not measured";

    /** The analysis has no state. */
    public InfluenceAnalysis() {}

    @Override
    public AnalysisSpec spec() {
        return AnalysisSpec.of("influence", "Influence of single studies")
                .summary(
                        "How far each study moves the pooled effect, or the coefficients of moderators, and how much"
                                + " heterogeneity it brings: studentised residuals, DFFITS, Cook's distance, covariance ratio, DFBETAS, Baujat plot.")
                .roles(StudyInput.roles())
                .roles(Moderators.MODERATORS)
                .params(StudyInput.MEASURE)
                .params(OneModel.params().toArray(Param<?>[]::new))
                .params(Moderators.params().toArray(Param<?>[]::new))
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
        if (Moderators.isAskedFor(in)) {
            return regression(context, OneRegression.of(in, context, input, model));
        }
        List<Study> studies = diagnose(model, effects, context);
        List<String> names = effects.studies().subList(0, studies.size());
        tell(context, names, input.sourceRows(), studies, "weight");
        return AnalysisResult.of(
                table(names, studies, of(studies, Study::hat)),
                InfluenceFigures.influence(names, studies),
                InfluenceFigures.baujat(names, studies));
    }

    private static AnalysisResult regression(RunContext context, OneRegression regression) {
        EffectSizes effects = regression.effects();
        RunMonitor monitor = new RunMonitor(context, STEP);
        List<RegressionInfluence.Study> found =
                RegressionInfluence.of(effects, regression.design(), regression.model(), monitor);
        monitor.tell(found.size(), effects.k(), "studies", REST);
        List<String> names = effects.studies().subList(0, found.size());
        List<Study> studies = found.stream().map(InfluenceAnalysis::brief).toList();
        tell(context, names, regression.sourceRows(), studies, "leverage");
        double[] weights =
                found.stream().mapToDouble(RegressionInfluence.Study::weight).toArray();
        return AnalysisResult.of(
                table(names, studies, weights),
                dfbetas(names, regression.terms(), found),
                InfluenceFigures.leverage(names, studies));
    }

    /** Of the DFBETAS the one furthest from 0. */
    private static Study brief(RegressionInfluence.Study study) {
        double furthest = study.dfbetas().get(0);
        for (int j = 1; j < study.dfbetas().size(); j++) {
            double other = study.dfbetas().get(j);
            furthest = Math.abs(other) > Math.abs(furthest) ? other : furthest;
        }
        return new Study(
                study.rstudent(),
                study.rstandard(),
                study.dffits(),
                study.cooksDistance(),
                study.covRatio(),
                study.tau2Deleted(),
                study.qDeleted(),
                study.hat(),
                furthest,
                Double.NaN,
                Double.NaN,
                study.flags(),
                study.problem());
    }

    private static Tabular dfbetas(List<String> names, List<String> terms, List<RegressionInfluence.Study> found) {
        int p = terms.size();
        int rows = names.size() * p;
        return Tabular.of("dfbetas", "Move of each coefficient in standard errors")
                .texts(
                        "study",
                        IntStream.range(0, rows).mapToObj(i -> names.get(i / p)).toArray(String[]::new))
                .texts(
                        "term",
                        IntStream.range(0, rows).mapToObj(i -> terms.get(i % p)).toArray(String[]::new))
                .numbers(
                        "dfbetas",
                        IntStream.range(0, rows)
                                .mapToDouble(i -> found.get(i / p).dfbetas().get(i % p))
                                .toArray())
                .label("study", "Study")
                .label("dfbetas", "DFBETAS");
    }

    private static List<Study> diagnose(OneModel model, EffectSizes effects, RunContext context) {
        try {
            RunMonitor monitor = new RunMonitor(context, STEP);
            List<Study> studies = InfluenceDiagnostics.of(effects, model.fitter(), monitor);
            monitor.tell(studies.size(), effects.k(), "studies", REST);
            return studies;
        } catch (ConvergenceException e) {
            throw new AnalysisException("no-convergence", e.getMessage() + ".");
        }
    }

    private static void tell(RunContext context, List<String> names, int[] rows, List<Study> studies, String hat) {
        for (int i = 0; i < studies.size(); i++) {
            String name = names.get(i);
            int row = rows[i];
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
                                    .map(flag -> words(flag, hat))
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
                    IntStream.of(flagged).map(i -> rows[i]).toArray());
        }
    }

    private static String words(String flag, String hat) {
        return switch (flag) {
            case "dffits" -> "DFFITS";
            case "cooks_distance" -> "Cook's distance";
            case "hat" -> hat;
            default -> "DFBETAS";
        };
    }

    private static Tabular table(List<String> names, List<Study> studies, double[] weights) {
        // With moderators a leverage is more than a weight, and Baujat's plot has no meaning.
        boolean pooled = studies.stream().anyMatch(study -> !Double.isNaN(study.baujatX()));
        Tabular table = diagnostics(names, studies, weights, pooled ? "weight" : "leverage");
        return pooled
                ? table.numbers("baujat_x", of(studies, Study::baujatX))
                        .numbers("baujat_y", of(studies, Study::baujatY))
                        .label("baujat_x", "part of Q")
                        .label("baujat_y", "influence")
                : table;
    }

    private static Tabular diagnostics(List<String> names, List<Study> studies, double[] weights, String hat) {
        return Tabular.of("influence", "Influence of each study")
                .texts("study", names.toArray(String[]::new))
                .numbers("rstudent", of(studies, Study::rstudent))
                .numbers("dffits", of(studies, Study::dffits))
                .numbers("cooks_distance", of(studies, Study::cooksDistance))
                .numbers("cov_ratio", of(studies, Study::covRatio))
                .numbers("tau2_deleted", of(studies, Study::tau2Deleted))
                .numbers("q_deleted", of(studies, Study::qDeleted))
                .numbers("hat", of(studies, Study::hat))
                .numbers("weight", weights)
                .numbers("dfbetas", of(studies, Study::dfbetas))
                .texts(
                        "flagged",
                        studies.stream()
                                .map(study -> study.flags().stream()
                                        .map(flag -> words(flag, hat))
                                        .collect(Collectors.joining(", ")))
                                .toArray(String[]::new))
                .numbers("rstandard", of(studies, Study::rstandard))
                .label("study", "Study")
                .label("rstudent", "studentised residual")
                .label("dffits", "DFFITS")
                .label("cooks_distance", "Cook's distance")
                .label("cov_ratio", "covariance ratio")
                .label("tau2_deleted", "τ² without")
                .label("q_deleted", "Q without")
                .label("dfbetas", "DFBETAS")
                .label("flagged", "influential by")
                .label("rstandard", "standardised residual");
    }

    private static double[] of(List<Study> studies, ToDoubleFunction<Study> cell) {
        return studies.stream().mapToDouble(cell).toArray();
    }
}
