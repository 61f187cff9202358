package org.lozenge.analyses.moderatorforest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lozenge.analyses.explore.ModeratorForest.Settings;
import org.lozenge.analyses.shared.PlotText;
import org.lozenge.analyses.shared.StudyInput;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.ResultItem;
import org.lozenge.plugin.RunContext;
import org.lozenge.plugin.Tablesaw;
import org.lozenge.stats.tau2.RestrictedMaximumLikelihood;

/**
 * Which moderators go with the effects of studies, by random forests that weight studies by their precision.
 *
 * <p>The result has the tables {@code forest}, {@code importance}, {@code partial} and {@code studies}, a figure {@code
 * importance-plot}, and one of the partial dependence on each moderator.
 */
public final class ModeratorForestAnalysis implements Analysis {

    private static final int FEW = 30;

    /** Figures of the most important moderators only. */
    private static final int FIGURES = 12;

    /** The analysis has no state. */
    public ModeratorForestAnalysis() {}

    @Override
    public AnalysisSpec spec() {
        return AnalysisSpec.of("moderator-forest", "Moderator forest")
                .summary(
                        "Looks for moderators of the effect by random forests that weight studies by precision: variance"
                                + " explained out of the bag, permutation importance with its spread, partial dependence.")
                .roles(StudyInput.roles())
                .roles(ForestOptions.MODERATORS)
                .params(StudyInput.MEASURE)
                .params(ForestOptions.all().toArray(Param<?>[]::new))
                .params(StudyInput.params().toArray(Param<?>[]::new))
                .references(
                        "Breiman L. Mach Learn 2001;45:5-32. https://doi.org/10.1023/A:1010933404324",
                        "Van Lissa CJ. Small sample meta-analyses: exploring heterogeneity using MetaForest."
                                + " In: Small sample size solutions. Routledge 2020."
                                + " https://doi.org/10.4324/9780429273872-16",
                        "Friedman JH. Ann Stat 2001;29:1189-1232. https://doi.org/10.1214/aos/1013203451");
    }

    @Override
    public AnalysisResult run(Inputs in, RunContext context) {
        StudyInput studies = StudyInput.read(in, context);
        ModeratorColumns moderators = ModeratorColumns.read(in, context, studies);
        int[] kept = moderators.kept();
        int k = kept.length;
        int p = moderators.columns().size();
        double[] y = Arrays.stream(kept).mapToDouble(studies.effects().y()::get).toArray();
        double[] v = Arrays.stream(kept).mapToDouble(studies.effects().v()::get).toArray();
        if (Arrays.stream(y).distinct().count() < 2) {
            throw new AnalysisException(
                    "constant-effect",
                    in.source() + ": all " + k + " effects are " + y[0] + ". There is nothing to explain.");
        }
        double tau2 = new RestrictedMaximumLikelihood().estimate(y, v, 0, k);
        double[] weights = weights(in, v, tau2);
        Settings settings = settings(in, context, p, k);
        warn(context, in, k, p, weights);
        Tablesaw.load();
        Forests forests = Forests.grow(
                moderators.columns(),
                y,
                weights,
                in.get(ForestOptions.REPEATS),
                settings,
                in.get(ForestOptions.GRID),
                context);
        tellPower(context, forests);
        ForestTables tables = new ForestTables(forests, studies, kept, weights, tau2, settings, in);
        List<ResultItem> items =
                new ArrayList<>(List.of(tables.forest(), tables.importance(), tables.partial(), tables.studies()));
        ForestFigures figures = new ForestFigures(forests, studies.measure(), y);
        items.add(figures.importance());
        items.addAll(figures.partials(FIGURES));
        return AnalysisResult.of(items);
    }

    private static double[] weights(Inputs in, double[] v, double tau2) {
        return Arrays.stream(v)
                .map(variance -> switch (in.get(ForestOptions.WEIGHTS)) {
                    case RANDOM -> 1 / (variance + tau2);
                    case COMMON -> 1 / variance;
                    case EQUAL -> 1;
                })
                .toArray();
    }

    private static Settings settings(Inputs in, RunContext context, int p, int k) {
        int asked = in.get(ForestOptions.MTRY);
        if (asked > p) {
            context.info(
                    "mtry-limited",
                    "Option 'mtry' is " + asked + ", but there are " + p
                            + " moderators that vary: all are tried at each" + " split.");
        }
        int mtry = asked == 0 ? Math.max(1, p / 3) : Math.min(asked, p);
        int nodeSize = in.get(ForestOptions.NODE_SIZE);
        if (2 * nodeSize > k) {
            throw new AnalysisException(
                    "param-range",
                    "Option 'node-size' (Smallest leaf) is " + nodeSize + ", but " + k
                            + " studies cannot be split into two such leaves. Take at most " + k / 2 + ".");
        }
        return new Settings(
                in.get(ForestOptions.TREES),
                mtry,
                nodeSize,
                context.random().split().nextLong());
    }

    private static void warn(RunContext context, Inputs in, int k, int p, double[] weights) {
        if (k < FEW) {
            context.warn(
                    "few-studies",
                    in.source() + ": " + k + " studies. Forests find strong moderators only, and their ranking changes"
                            + " easily; read the spread, and take the result as a question for other data.");
        }
        if (p > k) {
            context.warn(
                    "many-moderators",
                    in.source() + ": " + p + " moderators for " + k
                            + " studies. Some will look important by chance; choose" + " those that were planned.");
        }
        double largest =
                Arrays.stream(weights).max().orElse(0) / Arrays.stream(weights).sum();
        if (largest > 0.3) {
            context.warn(
                    "dominant-study",
                    in.source() + ": one study has " + PlotText.percent(largest)
                            + " of the weight, so that most trees are grown on it many times over. Compare with --weights"
                            + " equal.");
        }
    }

    private static void tellPower(RunContext context, Forests forests) {
        if (forests.r2() <= 0) {
            context.warn(
                    "no-predictive-power",
                    "Out of the bag the forests predict no better than the mean of the other studies (R² = "
                            + PlotText.fixed(forests.r2(), 2)
                            + "). Importance and partial dependence then describe noise.");
        }
    }
}
