package org.lozenge.analyses.leaveoneout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lozenge.analyses.formula.Moderators;
import org.lozenge.analyses.formula.OneRegression;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.analyses.shared.OneModel;
import org.lozenge.analyses.shared.PlotText;
import org.lozenge.analyses.shared.Pooled;
import org.lozenge.analyses.shared.PooledForest;
import org.lozenge.analyses.shared.RunMonitor;
import org.lozenge.analyses.shared.StudyInput;
import org.lozenge.analyses.shared.SubsetTables;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.Role;
import org.lozenge.plugin.Roles;
import org.lozenge.plugin.RunContext;
import org.lozenge.stats.ConvergenceException;
import org.lozenge.stats.model.PooledFit;
import org.lozenge.stats.sensitivity.LeaveOut;
import org.lozenge.stats.sensitivity.RegressionLeaveOut;
import org.lozenge.stats.sensitivity.SubsetFit;
import org.lozenge.stats.sensitivity.SubsetRegression;

/**
 * Pools the studies again without each of them in turn, or without each cluster of studies; with moderators it fits the
 * meta-regression again.
 *
 * <p>The result has the table {@code fits} and the figure {@code forest}.
 */
public final class LeaveOneOutAnalysis implements Analysis {

    private static final Role CLUSTER = Roles.CLUSTER.optional().sparse();
    private static final int NAMED = 10;

    /** The analysis has no state. */
    public LeaveOneOutAnalysis() {}

    @Override
    public AnalysisSpec spec() {
        return AnalysisSpec.of("leave-one-out", "Leave one out")
                .summary("The pooled effect, or the coefficients of moderators, without each study, or each cluster"
                        + " of studies, in turn: does the result hang on one?")
                .roles(StudyInput.roles())
                .roles(CLUSTER, Moderators.MODERATORS)
                .params(StudyInput.MEASURE)
                .params(OneModel.params().toArray(Param<?>[]::new))
                .params(Moderators.params().toArray(Param<?>[]::new))
                .params(StudyInput.params().toArray(Param<?>[]::new))
                .references("Viechtbauer W, Cheung MWL. Res Synth Methods 2010;1:112-125."
                        + " https://doi.org/10.1002/jrsm.11");
    }

    @Override
    public AnalysisResult run(Inputs in, RunContext context) {
        StudyInput studies = StudyInput.read(in, context);
        if (studies.effects().k() < 2) {
            throw new AnalysisException(
                    "too-few-studies", in.source() + " has one usable study; leaving one out needs at least two.");
        }
        OneModel model = OneModel.of(in);
        if (Moderators.isAskedFor(in)) {
            return regression(in, context, studies, model);
        }
        Pooled pooled = pool(model, studies);
        Groups groups =
                groups(in, studies, IntStream.range(0, studies.effects().k()).toArray());
        context.checkCancelled();
        RunMonitor monitor = new RunMonitor(context, "Studies left out");
        List<SubsetFit> fits = LeaveOut.groups(
                studies.effects(),
                groups.of().stream().mapToInt(Integer::intValue).toArray(),
                groups.names().size(),
                model.fitter(),
                model.basis(),
                monitor);
        List<String> names = done(monitor, groups, fits.size());
        tell(context, names, fits, model.fit(pooled), studies.measure());
        List<String> labels = names.stream().map(name -> "Without " + name).toList();
        return AnalysisResult.of(
                SubsetTables.fits("Without one " + groups.what() + " at a time", names, fits, studies.measure()),
                forest(pooled, model, labels, fits, studies.measure()));
    }

    private static AnalysisResult regression(Inputs in, RunContext context, StudyInput studies, OneModel model) {
        OneRegression regression = OneRegression.of(in, context, studies, model);
        Groups groups = groups(in, studies, regression.positions());
        context.checkCancelled();
        RunMonitor monitor = new RunMonitor(context, "Studies left out");
        List<SubsetRegression> fits = RegressionLeaveOut.groups(
                regression.effects(),
                regression.design(),
                groups.of().stream().mapToInt(Integer::intValue).toArray(),
                groups.names().size(),
                regression.model(),
                monitor);
        return new RegressionWithoutOne(regression, groups.what(), done(monitor, groups, fits.size()), fits)
                .result(context);
    }

    /** The names of what was left out: all, or the first ones if the run was cancelled. */
    private static List<String> done(RunMonitor monitor, Groups groups, int done) {
        int all = groups.names().size();
        monitor.tell(done, all, groups.what().equals("study") ? "studies" : "clusters", "the others were not left out");
        return groups.names().subList(0, done);
    }

    private static Pooled pool(OneModel model, StudyInput studies) {
        try {
            return model.pooling().pool(studies.effects());
        } catch (ConvergenceException e) {
            throw new AnalysisException("no-convergence", e.getMessage() + ".");
        }
    }

    /** What is left out together. */
    private record Groups(String what, List<String> names, List<Integer> of) {}

    /** @param used positions of the studies that have everything the model needs */
    private static Groups groups(Inputs in, StudyInput studies, int[] used) {
        if (!in.has(CLUSTER)) {
            return new Groups(
                    "study",
                    Arrays.stream(used)
                            .mapToObj(studies.effects().studies()::get)
                            .toList(),
                    IntStream.range(0, used.length).boxed().toList());
        }
        String[] clusters = in.strings(CLUSTER);
        int[] indices = studies.indices();
        Map<String, Integer> numbers = new LinkedHashMap<>();
        List<Integer> of = new ArrayList<>();
        for (int i : used) {
            // A study without a cluster is one by itself.
            String name = clusters[indices[i]].isEmpty()
                    ? studies.effects().studies().get(i) + " (row " + studies.sourceRows()[i] + ")"
                    : clusters[indices[i]];
            of.add(numbers.computeIfAbsent(name, key -> numbers.size()));
        }
        if (numbers.size() < 2) {
            throw new AnalysisException(
                    "one-cluster",
                    in.source() + ", column '" + in.columns(CLUSTER).get(0) + "': all studies are in one cluster, "
                            + numbers.keySet().iterator().next() + "; leaving it out leaves nothing. Map another"
                            + " column, or none to leave out single studies.");
        }
        return new Groups("cluster", List.copyOf(numbers.keySet()), of);
    }

    private static void tell(
            RunContext context, List<String> names, List<SubsetFit> fits, PooledFit all, Measure measure) {
        boolean excludes =
                all.confidenceInterval().lower() > 0 || all.confidenceInterval().upper() < 0;
        List<String> turning = new ArrayList<>();
        List<String> exact = new ArrayList<>();
        for (int i = 0; i < fits.size(); i++) {
            SubsetFit fit = fits.get(i);
            String name = names.get(i);
            if (fit.standardError() == 0) {
                exact.add(name);
            }
            fit.problem()
                    .ifPresent(problem ->
                            context.warn("no-fit", "Without " + name + " there is no fit: " + problem + "."));
            if (SubsetTables.excludesNoEffect(fit).filter(e -> e != excludes).isPresent()) {
                turning.add(name);
            }
        }
        degenerate(context, exact);
        if (!turning.isEmpty() && !Double.isNaN(measure.reference())) {
            String listed = turning.stream().limit(NAMED).collect(Collectors.joining(", "))
                    + (turning.size() > NAMED ? " and " + (turning.size() - NAMED) + " more" : "");
            context.warn(
                    "hangs-on-one",
                    "The interval of all studies " + (excludes ? "excludes" : "includes") + " "
                            + PlotText.fixed(measure.reference(), 0) + "; without " + listed
                            + (turning.size() > 1 ? " (each alone)" : "") + " it "
                            + (excludes ? "includes" : "excludes") + " it.");
        }
    }

    /** Says where a standard error of 0 leaves no test. */
    static void degenerate(RunContext context, List<String> exact) {
        if (!exact.isEmpty()) {
            context.warn(
                    "degenerate",
                    "Without " + exact.stream().limit(NAMED).collect(Collectors.joining(", "))
                            + (exact.size() > NAMED ? " and " + (exact.size() - NAMED) + " more" : "")
                            + (exact.size() > 1 ? " (each alone)" : "")
                            + " the others agree exactly, and the Hartung-Knapp test takes their standard error for 0; there"
                            + " is no P value, and the interval has no width. Use --test hksj or z.");
        }
    }

    private static ForestPlot forest(
            Pooled pooled, OneModel model, List<String> labels, List<SubsetFit> fits, Measure measure) {
        ForestPlot plot = SubsetTables.rows(
                PooledForest.frame(
                        "forest", "Leave one out", measure, pooled.pooling().level()),
                labels,
                fits,
                measure);
        PooledFit all = model.fit(pooled);
        return plot.summary(
                        "All: " + model.label(pooled),
                        measure.display(all.estimate()),
                        measure.display(all.confidenceInterval().lower()),
                        measure.display(all.confidenceInterval().upper()))
                .describe("The pooled effect without each of " + fits.size() + " in turn, and of all.");
    }
}
