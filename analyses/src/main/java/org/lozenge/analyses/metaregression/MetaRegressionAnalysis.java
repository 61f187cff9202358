package org.lozenge.analyses.metaregression;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.lozenge.analyses.formula.BubblePlot;
import org.lozenge.analyses.formula.Moderators;
import org.lozenge.analyses.formula.NewValues;
import org.lozenge.analyses.formula.PredictedMeans;
import org.lozenge.analyses.metaregression.MetaRegressionOptions.Robust;
import org.lozenge.analyses.shared.Levels;
import org.lozenge.analyses.shared.Pooling;
import org.lozenge.analyses.shared.PoolingParams;
import org.lozenge.analyses.shared.ResidualHeterogeneity;
import org.lozenge.analyses.shared.StudyInput;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.ResultItem;
import org.lozenge.plugin.Role;
import org.lozenge.plugin.Roles;
import org.lozenge.plugin.RunContext;
import org.lozenge.stats.ConvergenceException;
import org.lozenge.stats.model.CoefficientInference;
import org.lozenge.stats.model.MetaRegression;
import org.lozenge.stats.model.RegressionFit;
import org.lozenge.stats.model.RobustCovariance;

/**
 * Explains differences between studies by moderators.
 *
 * <p>The result has the tables {@code coefficients}, {@code moderator_test}, {@code terms}, {@code residual}, {@code fit} and
 * {@code studies}; {@code contrasts}, {@code contrast_test}, {@code predictions} and {@code permutation} where they are asked
 * for, {@code marginal_means} where there are categories; and the figures {@code bubble} and {@code marginal-means}.
 */
public final class MetaRegressionAnalysis implements Analysis {

    private static final Role CLUSTER = Roles.CLUSTER.sparse();

    /** The analysis has no state. */
    public MetaRegressionAnalysis() {}

    @Override
    public AnalysisSpec spec() {
        return AnalysisSpec.of("meta-regression", "Meta-regression")
                .summary(
                        "How effects depend on moderators: formula with categories, interactions and polynomials, residual"
                                + " heterogeneity, R², contrasts, predictions, marginal means, robust and permutation tests, bubble"
                                + " plot.")
                .roles(StudyInput.roles())
                .roles(Moderators.MODERATORS, CLUSTER)
                .params(MetaRegressionOptions.params())
                .references(
                        "Berkey CS, Hoaglin DC, Mosteller F, Colditz GA. Stat Med 1995;14:395-411."
                                + " https://doi.org/10.1002/sim.4780140406",
                        "van Houwelingen HC, Arends LR, Stijnen T. Stat Med 2002;21:589-624."
                                + " https://doi.org/10.1002/sim.1040",
                        "Knapp G, Hartung J. Stat Med 2003;22:2693-2710. https://doi.org/10.1002/sim.1482",
                        "Tipton E, Pustejovsky JE. J Educ Behav Stat 2015;40:604-634."
                                + " https://doi.org/10.3102/1076998615606099",
                        "Higgins JPT, Thompson SG. Stat Med 2004;23:1663-1682. https://doi.org/10.1002/sim.1752");
    }

    @Override
    public AnalysisResult run(Inputs in, RunContext context) {
        StudyInput studies = StudyInput.read(in, context);
        Moderators moderators = Moderators.read(in, context, studies);
        int[] rows = rows(studies, moderators.positions());
        context.checkCancelled();
        Fitted fitted = fit(in, context, studies, moderators);
        MetaRegressionWarnings.of(fitted).forEach(context::report);
        MetaRegressionWarnings.exactFits(fitted, rows).forEach(context::report);
        MetaRegressionTables tables = new MetaRegressionTables(fitted);
        List<ResultItem> items = new ArrayList<>(List.of(tables.coefficients()));
        if (fitted.fit().moderatorCount() > 0) {
            items.addAll(List.of(tables.moderatorTest(), tables.terms()));
        }
        ResidualHeterogeneity residual = ResidualHeterogeneity.of(
                fitted.fit(), in.get(PoolingParams.TAU2_CI).method());
        residual.message().ifPresent(context::report);
        items.addAll(List.of(tables.residual(residual), tables.criteria()));
        contrasts(in, tables, fitted, items);
        points(in, context, fitted, tables, items);
        items.addAll(Permutations.of(in, context, fitted));
        items.add(tables.studies());
        fitted.bubblePlot(in.get(BubblePlot.BUBBLE)).ifPresent(items::add);
        return AnalysisResult.of(items);
    }

    /** The rows of studies in the user's table. */
    private static int[] rows(StudyInput studies, int... positions) {
        int[] all = studies.sourceRows();
        return Arrays.stream(positions).map(i -> all[i]).toArray();
    }

    private static Fitted fit(Inputs in, RunContext context, StudyInput studies, Moderators moderators) {
        int k = moderators.effects().k();
        int p = moderators.design().terms().size();
        if (k <= p) {
            throw new AnalysisException(
                    "too-many-terms",
                    in.source() + ": " + p + " coefficients ("
                            + String.join(", ", moderators.design().terms())
                            + ") need at least " + (p + 1) + " studies, but there " + (k == 1 ? "is " : "are ") + k
                            + ". Use fewer moderators, or categories with fewer levels.");
        }
        double level = in.get(PoolingParams.LEVEL);
        try {
            RegressionFit fit = new MetaRegression()
                    .withEstimator(Pooling.estimator(in))
                    .withTest(in.get(MetaRegressionOptions.TEST).method())
                    .withLevel(level)
                    .fit(moderators.effects(), moderators.design());
            return new Fitted(
                    moderators,
                    fit,
                    inference(in, context, fit, moderators, studies),
                    studies.measure(),
                    level,
                    studies.studies().size() + studies.excluded().size());
        } catch (ConvergenceException e) {
            throw new AnalysisException("no-convergence", e.getMessage() + ".");
        }
    }

    private static CoefficientInference inference(
            Inputs in, RunContext context, RegressionFit fit, Moderators moderators, StudyInput studies) {
        Robust robust = in.get(MetaRegressionOptions.ROBUST);
        boolean mapped = in.has(CLUSTER);
        if (robust == Robust.NONE || (robust == Robust.AUTO && !mapped)) {
            return fit.inference();
        }
        int k = fit.effects().k();
        int[] clusters = IntStream.range(0, k).toArray();
        if (mapped && robust.isClustered()) {
            clusters = clusters(in, context, moderators, studies);
        }
        int m = Arrays.stream(clusters).max().orElse(0) + 1;
        if (m == 1) {
            throw new AnalysisException(
                    "one-cluster",
                    in.source() + ": all " + k + " studies are in one cluster of column '"
                            + in.columns(CLUSTER).get(0)
                            + "', but robust standard errors need several. Map another column, or set --robust none.");
        }
        if (robust == Robust.AUTO) {
            context.info(
                    "robust-chosen",
                    "Standard errors and tests are robust (CR2) for the " + m + " clusters of column '"
                            + in.columns(CLUSTER).get(0) + "'. Set --robust none for those of the model.");
        }
        try {
            return RobustCovariance.of(fit, clusters, robust.type());
        } catch (IllegalArgumentException e) {
            throw new AnalysisException("robust", in.source() + ": " + e.getMessage() + ".");
        }
    }

    /** Clusters by number; a study without one is a cluster of its own. */
    private static int[] clusters(Inputs in, RunContext context, Moderators moderators, StudyInput studies) {
        String[] names = in.strings(CLUSTER);
        int[] indices = studies.indices();
        int[] alone = rows(
                studies,
                Arrays.stream(moderators.positions())
                        .filter(i -> names[indices[i]].isEmpty())
                        .toArray());
        if (alone.length > 0) {
            context.report(Message.warning(
                            "missing-cluster",
                            in.source() + ": " + alone.length + " of " + moderators.positions().length + " studies "
                                    + (alone.length == 1 ? "has" : "have") + " no cluster in column '"
                                    + in.columns(CLUSTER).get(0) + "' and "
                                    + (alone.length == 1 ? "counts as a cluster of its own." : "count as one each."))
                    .at(alone));
        }
        String[] used = Arrays.stream(moderators.positions())
                .mapToObj(i -> names[indices[i]].isEmpty() ? "\0" + i : names[indices[i]])
                .toArray(String[]::new);
        return Levels.of(used).toArray();
    }

    private static void contrasts(Inputs in, MetaRegressionTables tables, Fitted fitted, List<ResultItem> items) {
        List<Combination> contrasts = Combination.parse(
                in.get(MetaRegressionOptions.CONTRAST), fitted.fit().design().terms());
        if (!contrasts.isEmpty()) {
            items.add(tables.contrasts(contrasts));
        }
        if (contrasts.size() > 1) {
            items.add(tables.contrastTest(contrasts));
        }
    }

    private static void points(
            Inputs in, RunContext context, Fitted fitted, MetaRegressionTables tables, List<ResultItem> items) {
        PredictedMeans means = new PredictedMeans(fitted.moderators(), tables::predicted);
        means.predictions(in.get(NewValues.AT)).ifPresent(items::add);
        means.marginalMeans().ifPresent(items::add);
        means.messages().forEach(context::report);
        new MarginalForest(fitted).plot().ifPresent(items::add);
    }
}
