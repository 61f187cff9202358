package org.lozenge.analyses.review;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.analyses.shared.PlotText;
import org.lozenge.plugin.ResultItem;
import org.lozenge.plugin.Tabular;
import org.lozenge.plugin.Text;
import org.lozenge.stats.ConvergenceException;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.Interval;
import org.lozenge.stats.bias.FunnelRegression;
import org.lozenge.stats.bias.SelectionFit;
import org.lozenge.stats.bias.SelectionModel;
import org.lozenge.stats.bias.TrimAndFill;
import org.lozenge.stats.model.CommonEffectModel;
import org.lozenge.stats.model.PooledFit;
import org.lozenge.stats.model.RandomEffectsModel;
import org.lozenge.stats.model.TestMethod;
import org.lozenge.stats.numeric.ParallelBlocks;
import org.lozenge.stats.sensitivity.Cumulative;
import org.lozenge.stats.sensitivity.Gosh;
import org.lozenge.stats.sensitivity.GoshSubsets;
import org.lozenge.stats.sensitivity.InfluenceDiagnostics;
import org.lozenge.stats.sensitivity.LeaveOut;
import org.lozenge.stats.sensitivity.PermutationResult;
import org.lozenge.stats.sensitivity.PermutationTest;
import org.lozenge.stats.sensitivity.SubsetFit;
import org.lozenge.stats.tau2.Tau2Estimators;

/**
 * Whether the pooled effect of a family can be trusted: the checks that make sense for its number of trials, and why others
 * were left out.
 */
final class FamilyRobustness {

    private static final int LEAST_FOR_LEAVING_OUT = 3;
    private static final int LEAST_FOR_INFLUENCE = 5;
    private static final int LEAST_FOR_BIAS = 10;

    /** With fewer trials the two most extreme arrangements are more than a twentieth of all. */
    private static final int LEAST_FOR_PERMUTATION = 6;

    /** All subsets or arrangements up to so many, else as many at random. */
    private static final int ARRANGEMENTS = 10_000;

    private static final int MOST_NAMED = 8;

    /**
     * One check.
     *
     * @param name the analysis that makes it by itself
     * @param done whether it was made
     * @param finding what it found, or why it was left out
     * @param turns whether the conclusion changes; empty where the check has none
     */
    private record Check(String name, boolean done, String finding, Optional<Boolean> turns) {

        static Check leftOut(String name, String why) {
            return new Check(name, false, why, Optional.empty());
        }

        static Check of(String name, String finding) {
            return new Check(name, true, finding, Optional.empty());
        }

        static Check of(String name, String finding, boolean turns) {
            return new Check(name, true, finding, Optional.of(turns));
        }
    }

    private final Pool pool;
    private final EffectSizes effects;
    private final PooledFit all;
    private final List<Check> checks = new ArrayList<>();

    private FamilyRobustness(Pool pool) {
        this.pool = pool;
        this.effects = pool.pooled().effects();
        this.all = pool.random();
    }

    /** Returns the checks of a family in words and as a table; for a single trial too, which leaves all of them out. */
    static List<ResultItem> of(Pool pool) {
        FamilyRobustness robustness = new FamilyRobustness(pool);
        robustness.check();
        return List.of(robustness.text(), robustness.table());
    }

    private void check() {
        add("leave-one-out", LEAST_FOR_LEAVING_OUT, this::leaveOneOut);
        add("multiverse", LEAST_FOR_LEAVING_OUT, this::multiverse);
        add("influence", LEAST_FOR_INFLUENCE, this::influence);
        add("gosh", LEAST_FOR_INFLUENCE, this::subsets);
        add("permutation", LEAST_FOR_PERMUTATION, this::permutation);
        add("cumulative", LEAST_FOR_LEAVING_OUT, this::cumulative);
        add("small-study", LEAST_FOR_BIAS, this::egger);
        add("trim-and-fill", LEAST_FOR_BIAS, this::trimAndFill);
        add("selection-model", LEAST_FOR_BIAS, this::selection);
    }

    private void add(String name, int least, Supplier<Check> check) {
        if (pool.k() < least) {
            checks.add(Check.leftOut(
                    name,
                    "needs at least " + least + " trials to say anything; there " + (pool.k() == 1 ? "is " : "are ")
                            + pool.k()));
            return;
        }
        try {
            checks.add(check.get());
        } catch (ConvergenceException | IllegalArgumentException e) {
            checks.add(Check.leftOut(
                    name, Optional.ofNullable(e.getMessage()).orElse("it has no result for these trials")));
        }
    }

    // ---- the checks

    private List<SubsetFit> without(Function<EffectSizes, PooledFit> model) {
        return LeaveOut.studies(effects, model, pool.pooled().pooling().basis());
    }

    private Check leaveOneOut() {
        List<SubsetFit> fits = without(pool.pooled().pooling().randomEffects()::fit);
        List<String> turning = IntStream.range(0, fits.size())
                .filter(i -> turns(fits.get(i)))
                .mapToObj(effects.studies()::get)
                .toList();
        double low = fits.stream().mapToDouble(SubsetFit::estimate).min().orElse(Double.NaN);
        double high = fits.stream().mapToDouble(SubsetFit::estimate).max().orElse(Double.NaN);
        String range = "hazard ratio from " + ratio(low) + " to " + ratio(high) + " without each trial in turn";
        return turning.isEmpty()
                ? Check.of("leave-one-out", range + "; the interval " + words(side(all)) + " each time", false)
                : Check.of(
                        "leave-one-out",
                        range + "; the interval no longer " + words(side(all)) + " without "
                                + Words.shortList(turning, MOST_NAMED),
                        true);
    }

    /** All usual models, for all trials and without each. */
    private Check multiverse() {
        int fitted = 0;
        int turned = 0;
        for (var model : models()) {
            List<SubsetFit> fits = new ArrayList<>(without(model));
            List<Interval> intervals = new ArrayList<>();
            fits.forEach(fit -> fit.interval().ifPresent(intervals::add));
            intervals.add(model.apply(effects).confidenceInterval());
            fitted += intervals.size();
            turned += (int) intervals.stream()
                    .filter(interval -> side(interval) != side(all.confidenceInterval()))
                    .count();
        }
        String finding =
                "in " + turned + " of " + fitted + " combinations of τ² estimator, test, model and trial left out"
                        + " the interval no longer " + words(side(all));
        return Check.of("multiverse", finding, turned > 0);
    }

    private List<Function<EffectSizes, PooledFit>> models() {
        double level = pool.pooled().pooling().level();
        List<Function<EffectSizes, PooledFit>> models = new ArrayList<>();
        for (String tau2 : List.of("reml", "dl", "pm", "sj")) {
            for (var test : List.of(TestMethod.WALD, TestMethod.HARTUNG_KNAPP_AD_HOC, TestMethod.HARTUNG_KNAPP)) {
                models.add(new RandomEffectsModel()
                        .withEstimator(Tau2Estimators.of(tau2))
                        .withTest(test)
                        .withLevel(level)::fit);
            }
        }
        models.add(new CommonEffectModel().withLevel(level)::fit);
        return models;
    }

    private Check influence() {
        List<InfluenceDiagnostics.Study> studies =
                InfluenceDiagnostics.of(effects, pool.pooled().pooling().randomEffects()::fit);
        List<String> flagged = IntStream.range(0, studies.size())
                .filter(i -> studies.get(i).flagged())
                .mapToObj(i -> effects.studies().get(i) + " ("
                        + String.join(", ", studies.get(i).flags()).replace('_', ' ') + ")")
                .toList();
        return Check.of(
                "influence",
                flagged.isEmpty() ? "no trial is influential" : "influential: " + Words.shortList(flagged, MOST_NAMED));
    }

    /** On which side of no effect the estimates of subsets lie; a share says more than a yes or no. */
    private Check subsets() {
        Gosh gosh = Gosh.randomEffects(pool.pooled().pooling().estimator());
        boolean exhaustive = pool.k() <= Gosh.MAX_STUDIES_FOR_ALL && 1L << pool.k() <= ARRANGEMENTS;
        GoshSubsets subsets = exhaustive
                ? gosh.all(effects, ParallelBlocks.Monitor.NONE)
                : gosh.random(effects, ARRANGEMENTS, new SplittableRandom(1), ParallelBlocks.Monitor.NONE);
        int judged = 0;
        int other = 0;
        for (int i = 0; i < subsets.size(); i++) {
            if (subsets.k(i) > 1 && !Double.isNaN(subsets.estimate(i))) {
                judged++;
                other += subsets.estimate(i) * all.estimate() < 0 ? 1 : 0;
            }
        }
        return Check.of(
                "gosh",
                "in " + other + " of " + judged + (exhaustive ? " subsets" : " random subsets")
                        + " of two trials and more the hazard ratio lies on the other side of 1");
    }

    private Check permutation() {
        PermutationResult result = new PermutationTest(
                        pool.pooled().pooling().estimator(), all.testMethod(), ARRANGEMENTS)
                .test(effects, new SplittableRandom(1), ParallelBlocks.Monitor.NONE);
        double p = result.pValue(0);
        boolean significant = p <= 1 - pool.pooled().pooling().level();
        return Check.of(
                "permutation",
                "P of the pooled effect by changing signs, "
                        + (result.isExact() ? "exact" : result.arrangements() + " draws") + ": " + PlotText.p(p),
                significant != (side(all) != 0));
    }

    /** Trials in the order of the year that their report names. */
    private Check cumulative() {
        List<Report> reports = pool.reports();
        if (reports.stream().anyMatch(report -> report.cutOff().year().isEmpty())) {
            return Check.leftOut("cumulative", "not all trials have a year");
        }
        int[] order = IntStream.range(0, reports.size())
                .boxed()
                .sorted(Comparator.comparingDouble(
                        (Integer i) -> reports.get(i).cutOff().year().orElseThrow()))
                .mapToInt(Integer::intValue)
                .toArray();
        List<SubsetFit> fits = Cumulative.inOrder(
                effects,
                order,
                pool.pooled().pooling().randomEffects()::fit,
                pool.pooled().pooling().basis());
        int from = order.length - 1;
        while (from > 0 && !turns(fits.get(from - 1))) {
            from--;
        }
        Report since = reports.get(order[from]);
        return Check.of(
                "cumulative",
                "the interval " + words(side(all)) + " since " + since.trial() + " ("
                        + (int) since.cutOff().year().orElseThrow() + "), trial " + (from + 1) + " of " + order.length);
    }

    private Check egger() {
        FunnelRegression egger =
                FunnelRegression.egger(effects, pool.pooled().pooling().level());
        double p = egger.test().pValue();
        return Check.of(
                "small-study",
                "Egger's test: " + PlotText.p(p)
                        + (p < 0.1 ? "; small trials show other effects than large ones" : ""));
    }

    private Check trimAndFill() {
        TrimAndFill.Result result = new TrimAndFill().apply(effects);
        if (result.missing() == 0) {
            return Check.of("trim-and-fill", "no trial seems to be missing", false);
        }
        PooledFit filled = pool.pooled().pooling().randomEffects().fit(result.filled());
        return Check.of(
                "trim-and-fill",
                Words.count(result.missing(), "trial") + " filled in; with " + (result.missing() == 1 ? "it" : "them")
                        + " the hazard ratio is " + shown(filled),
                side(filled) != side(all));
    }

    private Check selection() {
        SelectionModel.Alternative alternative =
                all.estimate() < 0 ? SelectionModel.Alternative.LESS : SelectionModel.Alternative.GREATER;
        SelectionFit fit = SelectionModel.stepped(
                        new double[] {0.025},
                        alternative,
                        pool.pooled().pooling().level())
                .fit(effects);
        return Check.of(
                "selection-model",
                "if trials with a one-sided P above 0.025 are published less often, the hazard ratio is "
                        + ratio(fit.estimate()) + " (" + Words.range(fit.interval()) + "); test of such a selection: "
                        + PlotText.p(fit.selectionTest().pValue()),
                side(fit.interval()) != side(all.confidenceInterval()));
    }

    // ---- words

    private boolean turns(SubsetFit fit) {
        return fit.interval().isPresent() && side(fit.interval().get()) != side(all.confidenceInterval());
    }

    private static int side(PooledFit fit) {
        return side(fit.confidenceInterval());
    }

    private static int side(Interval interval) {
        return interval.upper() < 0 ? -1 : interval.lower() > 0 ? 1 : 0;
    }

    private static String words(int side) {
        return side == 0 ? "includes 1" : side < 0 ? "lies below 1" : "lies above 1";
    }

    private static String ratio(double estimate) {
        return Words.ratio(Measure.HR.display(estimate));
    }

    private static String shown(PooledFit fit) {
        return Words.ratio(fit) + " (" + Words.range(fit.confidenceInterval()) + ")";
    }

    private Text text() {
        List<String> turning = checks.stream()
                .filter(c -> c.turns().orElse(false))
                .map(Check::name)
                .toList();
        List<String> leftOut =
                checks.stream().filter(c -> !c.done()).map(Check::name).toList();
        if (pool.k() == 1) {
            return Text.of(
                    "robustness_result",
                    "Can the result be trusted",
                    "There is one trial, so nothing is pooled and no check of a pooled effect applies; the table says what"
                            + " each would need.");
        }
        String conclusion = "The interval of the pooled hazard ratio " + words(side(all)) + ". ";
        String found = checks.stream().noneMatch(c -> c.turns().isPresent())
                ? "No check could be made on whether that holds."
                : turning.isEmpty()
                        ? "None of the checks made turns this."
                        : "This does not hold in every check: " + Words.list(turning) + ".";
        String without =
                leftOut.isEmpty() ? "" : " Left out, with the reason in the table: " + Words.list(leftOut) + ".";
        return Text.of("robustness_result", "Can the result be trusted", conclusion + found + without);
    }

    private Tabular table() {
        return Tabular.of("robustness", "Checks of the pooled effect")
                .texts("check", FamilyTables.texts(checks, Check::name))
                .texts("done", FamilyTables.texts(checks, check -> check.done() ? "yes" : "left out"))
                .texts("finding", FamilyTables.texts(checks, Check::finding))
                .texts(
                        "changes_conclusion",
                        FamilyTables.texts(
                                checks,
                                c -> c.turns()
                                        .map(turns -> turns ? "yes" : "no")
                                        .orElse("")))
                .label("finding", "finding, or reason")
                .label("changes_conclusion", "changes the conclusion");
    }
}
