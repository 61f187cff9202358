package org.lozenge.analyses.gosh;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lozenge.analyses.explore.PointClusters;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.analyses.shared.OneModel;
import org.lozenge.analyses.shared.RunMonitor;
import org.lozenge.analyses.shared.StudyInput;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.ResultItem;
import org.lozenge.plugin.RunContext;
import org.lozenge.plugin.Tabular;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.sensitivity.Gosh;
import org.lozenge.stats.sensitivity.GoshSubsets;
import org.lozenge.stats.tau2.Tau2Estimators;

/**
 * Pools every subset of the studies, or many random ones, and looks for clusters among them.
 *
 * <p>The result has the tables {@code summary}, {@code studies}, {@code clusters} and {@code subsets} and the figure
 * {@code gosh}.
 */
public final class GoshAnalysis implements Analysis {

    private static final int NAMED = 10;

    /** How many subsets are looked at after a run was cancelled. */
    private static final int ENOUGH = 50_000;

    /** The analysis has no state. */
    public GoshAnalysis() {}

    @Override
    public AnalysisSpec spec() {
        return AnalysisSpec.of("gosh", "GOSH: all subsets")
                .summary("The pooled effect and heterogeneity of all subsets of the studies, or of many random ones;"
                        + " clusters of subsets and the studies that drive them.")
                .roles(StudyInput.roles())
                .params(
                        StudyInput.MEASURE,
                        GoshOptions.MODEL,
                        GoshOptions.TAU2,
                        GoshOptions.SUBSETS,
                        GoshOptions.ROWS,
                        GoshOptions.METHOD,
                        GoshOptions.CLUSTERS,
                        GoshOptions.RADIUS,
                        GoshOptions.STUDY)
                .params(StudyInput.params().toArray(Param<?>[]::new))
                .references("Olkin I, Dahabreh IJ, Trikalinos TA. Res Synth Methods 2012;3:214-223."
                        + " https://doi.org/10.1002/jrsm.37");
    }

    @Override
    public AnalysisResult run(Inputs in, RunContext context) {
        StudyInput studies = StudyInput.read(in, context);
        EffectSizes effects = studies.effects();
        if (effects.k() < 3) {
            throw new AnalysisException(
                    "too-few-studies",
                    in.source() + " has " + effects.k() + (effects.k() == 1 ? " usable study" : " usable studies")
                            + "; subsets say something from three studies on.");
        }
        int chosen = highlighted(in, effects);
        Overview overview = overview(subsets(in, effects, context), context);
        GoshSubsets all = overview.subsets;
        GoshSample sample = GoshSample.of(all, in.get(GoshOptions.ROWS), context.random());
        int[] clusters = clusters(in, context, sample);
        StudyContrast contrast = overview.contrast.compare(sample, clusters);
        int number = chosen < 0 ? contrast.strongest() : chosen;
        String name = effects.studies().get(number);
        Measure measure = studies.measure();
        tell(context, effects, contrast, all);
        List<ResultItem> items = new ArrayList<>();
        items.add(overview.summary);
        items.add(GoshTables.studies(effects, contrast));
        if (Arrays.stream(clusters).anyMatch(c -> c >= 0)) {
            items.add(GoshTables.clusters(sample, clusters, measure));
        }
        items.add(GoshTables.subsets(sample, clusters, measure));
        items.add(GoshFigure.of(sample, measure, name, number, sampled(all)));
        return AnalysisResult.of(items);
    }

    private static int highlighted(Inputs in, EffectSizes effects) {
        String wanted = in.get(GoshOptions.STUDY);
        int found = effects.studies().indexOf(wanted);
        if (!wanted.isEmpty() && found < 0) {
            throw new AnalysisException(
                    "unknown-study",
                    in.source() + ": no study is called '" + wanted + "' (option highlight). Studies: "
                            + effects.studies().stream().limit(NAMED).collect(Collectors.joining(", "))
                            + (effects.k() > NAMED ? " …" : "") + ".");
        }
        return wanted.isEmpty() ? -1 : found;
    }

    private static GoshSubsets subsets(Inputs in, EffectSizes effects, RunContext context) {
        Gosh gosh = (in.get(GoshOptions.MODEL) == OneModel.Effects.COMMON
                        ? Gosh.commonEffect()
                        : Gosh.randomEffects(Tau2Estimators.of(in.get(GoshOptions.TAU2))))
                .withThreads(RunMonitor.threads());
        int most = in.get(GoshOptions.SUBSETS);
        RunMonitor monitor = new RunMonitor(context, "Subsets");
        boolean exhaustive = effects.k() <= Gosh.MAX_STUDIES_FOR_ALL
                && (1L << effects.k()) - 1 <= Math.max(most, in.isSet(GoshOptions.SUBSETS) ? 0 : 1 << 20);
        GoshSubsets subsets =
                exhaustive ? gosh.all(effects, monitor) : gosh.random(effects, most, context.random(), monitor);
        if (subsets.size() == 0) {
            context.checkCancelled();
        }
        return subsets;
    }

    /** What takes as long as there are subsets. */
    private record Overview(GoshSubsets subsets, Tabular summary, StudyContrast contrast) {

        static Overview of(GoshSubsets subsets, Runnable check) {
            return new Overview(subsets, GoshTables.summary(subsets, check), new StudyContrast(subsets, check));
        }
    }

    /** Of all subsets; once the run is cancelled, of no more than a short time is enough for. */
    private static Overview overview(GoshSubsets subsets, RunContext context) {
        try {
            return Overview.of(subsets, context::checkCancelled);
        } catch (CancellationException e) {
            Overview some = Overview.of(subsets.first(Math.min(subsets.size(), ENOUGH)), () -> {});
            context.warn("stopped-early", stopped(subsets, some.subsets.size()));
            return some;
        }
    }

    private static String stopped(GoshSubsets subsets, int kept) {
        return String.format(
                Locale.ROOT,
                "Stopped after %,d of %,d subsets; all numbers are of %s%s.",
                subsets.size(),
                subsets.requested(),
                kept < subsets.size() ? String.format(Locale.ROOT, "the first %,d", kept) : "these",
                subsets.isExhaustive() ? ", in which later studies are rare" : "");
    }

    /** The cluster of each subset of the sample; -1 where none was looked for. */
    private static int[] clusters(Inputs in, RunContext context, GoshSample sample) {
        int[] clusters = new int[sample.size()];
        Arrays.fill(clusters, -1);
        int[] points = IntStream.range(0, sample.size()).filter(sample::isPoint).toArray();
        PointClusters.Method method = in.get(GoshOptions.METHOD);
        long seed = context.random().nextLong();
        double[] x = Arrays.stream(points).mapToDouble(sample::estimate).toArray();
        // Fewer different points than clusters cannot be told apart.
        long different = Arrays.stream(x).distinct().count();
        if (method == PointClusters.Method.NONE) {
            return clusters;
        }
        if (different <= Math.max(2, in.get(GoshOptions.CLUSTERS))) {
            context.info(
                    "no-clusters",
                    "The subsets have " + different
                            + (different == 1 ? " effect, the same in all" : " different effects")
                            + ", too few to look for "
                            + (in.get(GoshOptions.CLUSTERS) > 2 ? in.get(GoshOptions.CLUSTERS) + " " : "")
                            + "clusters.");
            return clusters;
        }
        double[] y = Arrays.stream(points).mapToDouble(sample::i2).toArray();
        int wanted = in.get(GoshOptions.CLUSTERS);
        int[] found = PointClusters.find(method, x, y, wanted, in.get(GoshOptions.RADIUS), seed);
        if (wanted == 0 && method != PointClusters.Method.DBSCAN) {
            context.info(
                    "clusters-chosen",
                    Arrays.stream(found).max().orElse(0) + " clusters are most distinct by "
                            + (method == PointClusters.Method.KMEANS ? "the mean silhouette." : "BIC."));
        }
        for (int i = 0; i < points.length; i++) {
            clusters[points[i]] = found[i];
        }
        return clusters;
    }

    private static void tell(RunContext context, EffectSizes effects, StudyContrast contrast, GoshSubsets all) {
        List<String> drivers = IntStream.range(0, effects.k())
                .filter(contrast::drives)
                .mapToObj(effects.studies()::get)
                .toList();
        if (!drivers.isEmpty()) {
            context.info(
                    "driving-studies",
                    "The clusters of subsets differ most by "
                            + drivers.stream().limit(NAMED).collect(Collectors.joining(", "))
                            + (drivers.size() > NAMED ? " and " + (drivers.size() - NAMED) + " more" : "")
                            + ": leave these out one by one and see what changes.");
        }
        long failures = IntStream.range(0, all.size())
                .filter(i -> Double.isNaN(all.estimate(i)))
                .count();
        if (failures > 0) {
            context.warn("no-convergence", "tau² was not found in " + failures + " subsets, which are left out.");
        }
    }

    private static String sampled(GoshSubsets all) {
        return all.isExhaustive()
                ? String.format(Locale.ROOT, "%,d of all %,d subsets.", all.size(), all.requested())
                : String.format(Locale.ROOT, "%,d random subsets of %d studies.", all.size(), all.studies());
    }
}
