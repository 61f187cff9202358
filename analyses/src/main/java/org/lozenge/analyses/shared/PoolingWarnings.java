package org.lozenge.analyses.shared;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lozenge.plugin.Message;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.Interval;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.model.HeterogeneityBasis;
import org.lozenge.stats.model.PooledFit;
import org.lozenge.stats.model.PredictionMethod;
import org.lozenge.stats.model.Tau2IntervalMethod;
import org.lozenge.stats.model.TestMethod;
import org.lozenge.stats.numeric.ChiSquared;
import org.lozenge.stats.tau2.RestrictedMaximumLikelihood;
import org.lozenge.stats.tau2.Tau2Mode;

/**
 * What the reader of a pooled result should know before believing it: too few studies, studies that look like mistakes,
 * and results that hang on the choice of the method. Never changes a number.
 */
public final class PoolingWarnings {

    private static final double LARGE_RATIO = 1e8;
    private static final double OUTLIER = 4;
    private static final int OUTLIER_STUDIES = 5;
    private static final double MAD_TO_SD = 1.4826;
    private static final int FEW = 5;
    private static final int LISTED = 10;
    private static final int MOST_FOR_FLIPS = 2000;
    private static final double FLIP_GAIN = 10;

    private final Pooled pooled;
    private final Measure measure;
    private final int[] rows;
    private final List<Message> messages = new ArrayList<>();

    private PoolingWarnings(Pooled pooled, Measure measure, int[] rows) {
        this.pooled = pooled;
        this.measure = measure;
        this.rows = rows;
    }

    /**
     * Returns the messages about a pooled result.
     *
     * @param rows 1-based data row of each study
     */
    public static List<Message> of(Pooled pooled, Measure measure, int[] rows) {
        PoolingWarnings warnings = new PoolingWarnings(pooled, measure, rows.clone());
        warnings.few();
        warnings.repeatedNames();
        warnings.repeatedNumbers();
        warnings.varianceRatio();
        warnings.outlyingErrors();
        warnings.reversedStudy();
        if (pooled.k() > 1) {
            warnings.hartungKnapp();
            warnings.methods();
            warnings.modes();
            warnings.tau2Interval();
        }
        return List.copyOf(warnings.messages);
    }

    private void few() {
        int k = pooled.k();
        if (k == 1) {
            warn(
                    "single-study",
                    "There is one study, which is reported as it is: τ² and heterogeneity cannot be estimated, and the"
                            + " test is z.");
        } else if (k == 2 && pooled.random().df() == 1) {
            warn(
                    "few-studies",
                    "There are two studies, so t has one degree of freedom (12.7 standard errors for a 95% interval)."
                            + " The interval says little, and there is no prediction interval.");
        } else if (k < FEW) {
            warn("few-studies", "There are only " + k + " studies: τ² and all that follows from it are imprecise.");
        }
    }

    private void repeatedNames() {
        Map<String, List<Integer>> byName = IntStream.range(0, pooled.k())
                .boxed()
                .collect(Collectors.groupingBy(
                        i -> pooled.effects().studies().get(i), LinkedHashMap::new, Collectors.toList()));
        List<Integer> concerned = new ArrayList<>();
        List<String> names = new ArrayList<>();
        byName.forEach((name, studies) -> {
            if (studies.size() > 1) {
                names.add("'" + name + "' (" + places(studies) + ")");
                concerned.addAll(studies);
            }
        });
        if (!names.isEmpty()) {
            warn(
                    "duplicate-study",
                    "More than one row each: " + some(names) + ". Rows count as independent studies: keep one row per"
                            + " study, or give different names to parts that share no participants.",
                    concerned);
        }
    }

    private void repeatedNumbers() {
        EffectSizes effects = pooled.effects();
        List<Integer> order = IntStream.range(0, pooled.k())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> effects.y().get(i))
                        .thenComparingDouble(i -> effects.v().get(i)))
                .toList();
        List<Integer> concerned = new ArrayList<>();
        List<String> pairs = new ArrayList<>();
        for (int n = 1; n < order.size(); n++) {
            int i = order.get(n - 1);
            int j = order.get(n);
            boolean equal = same(effects.y().get(i), effects.y().get(j))
                    && same(effects.v().get(i), effects.v().get(j));
            if (equal && !effects.studies().get(i).equals(effects.studies().get(j))) {
                pairs.add(study(Math.min(i, j)) + " and " + study(Math.max(i, j)));
                concerned.addAll(List.of(i, j));
            }
        }
        if (!pairs.isEmpty()) {
            warn(
                    "duplicate-numbers",
                    "The same effect and variance: " + some(pairs) + ". Check that no study is there twice.",
                    concerned);
        }
    }

    private static String some(List<String> texts) {
        int shown = Math.min(texts.size(), LISTED);
        String more = texts.size() > shown ? " and " + (texts.size() - shown) + " more" : "";
        return String.join("; ", texts.subList(0, shown)) + more;
    }

    private static boolean same(double a, double b) {
        return Math.abs(a - b) <= 1e-12 * Math.max(Math.abs(a), Math.abs(b));
    }

    private void varianceRatio() {
        double[] v = pooled.effects().v().toArray();
        int small = 0;
        int large = 0;
        for (int i = 1; i < v.length; i++) {
            small = v[i] < v[small] ? i : small;
            large = v[i] > v[large] ? i : large;
        }
        if (v[large] / v[small] > LARGE_RATIO) {
            warn(
                    "variance-ratio",
                    "The sampling variances of " + study(small) + " and " + study(large) + " differ by a factor of more"
                            + " than 100,000,000. One of them is probably on another scale.",
                    List.of(small, large));
        }
    }

    /** A standard error far from the others is often a standard deviation, a variance or an interval of another level. */
    private void outlyingErrors() {
        int k = pooled.k();
        if (k < OUTLIER_STUDIES) {
            return;
        }
        double[] logs = new double[k];
        for (int i = 0; i < k; i++) {
            logs[i] = StrictMath.log(pooled.effects().v().get(i)) / 2;
        }
        double median = median(logs);
        double[] distances = Arrays.stream(logs).map(x -> Math.abs(x - median)).toArray();
        double spread = MAD_TO_SD * median(distances);
        List<Integer> outliers = IntStream.range(0, k)
                .filter(i -> spread > 0 && distances[i] > OUTLIER * spread)
                .boxed()
                .toList();
        if (!outliers.isEmpty()) {
            List<String> names = outliers.stream()
                    .map(i -> study(i) + " with "
                            + PlotText.fixed(pooled.effects().standardError(i), 4))
                    .toList();
            warn(
                    "se-outlier",
                    "Standard errors far from those of the others (median " + PlotText.fixed(StrictMath.exp(median), 4)
                            + "): " + some(names)
                            + ". Check that none is a standard deviation, a variance or the width of an interval.",
                    outliers);
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /** One study whose sign is the wrong way round: the reference group was swapped; one group has no sign to swap. */
    private void reversedStudy() {
        int k = pooled.k();
        if (k < 3 || k > MOST_FOR_FLIPS || Double.isNaN(measure.reference())) {
            return;
        }
        // About the inverse-variance mean, whatever a convention takes Q about.
        TestResult test = pooled.common()
                .heterogeneity(Tau2IntervalMethod.NONE, HeterogeneityBasis.Q)
                .q();
        if (!(test.pValue() < 0.05)) {
            return;
        }
        double[] y = pooled.effects().y().toArray();
        double[] v = pooled.effects().v().toArray();
        double q = test.statistic();
        double total = 0;
        double mean = pooled.common().estimate();
        for (double variance : v) {
            total += 1 / variance;
        }
        int best = -1;
        double least = q - FLIP_GAIN;
        for (int i = 0; i < k; i++) {
            // Moving yᵢ by d adds d·wᵢ(2(yᵢ − μ) + d(1 − wᵢ/Σw)) to Q.
            double d = -2 * y[i];
            double w = 1 / v[i];
            double flipped = q + d * w * (2 * (y[i] - mean) + d * (1 - w / total));
            if (flipped < least) {
                least = flipped;
                best = i;
            }
        }
        if (best >= 0) {
            warn(
                    "reversed-study",
                    "With the opposite sign, " + study(best) + " would agree much better with the others (Q "
                            + PlotText.fixed(least, 1) + " instead of " + PlotText.fixed(q, 1) + ", "
                            + PlotText.p(ChiSquared.upperTail(least, k - 1))
                            + "). Check that it compares the same groups in the same direction.",
                    List.of(best));
        }
    }

    private void hartungKnapp() {
        PooledFit random = pooled.random();
        if (random.isDegenerate()) {
            warn(
                    "identical-effects",
                    "All effects agree exactly, so the standard error of "
                            + random.testMethod().token() + " is 0: there is no P value. Use --test hksj.");
        } else if (random.adHocGuardActed()) {
            info(
                    "ad-hoc-guard",
                    "The effects agree better than their standard errors "
                            + (random.tau2() > 0 ? "and τ² explain" : "explain") + " (factor "
                            + PlotText.fixed(random.hartungKnappMultiplier(), 4)
                            + "): the ad hoc guard kept the HKSJ standard error from falling below the classic one.");
        } else if (random.testMethod() == TestMethod.HARTUNG_KNAPP
                && random.confidenceInterval().width()
                        < pooled.common().confidenceInterval().width()) {
            Interval guarded = pooled.pooling()
                    .randomEffects()
                    .withTest(TestMethod.HARTUNG_KNAPP_AD_HOC)
                    .fit(pooled.effects())
                    .confidenceInterval();
            warn(
                    "hksj-narrower",
                    "The interval by hksj-plain is narrower than that of the common-effect model. With the ad hoc guard"
                            + " (--test hksj) it is " + interval(guarded) + ".");
        }
        if (random.testMethod().isHartungKnapp() && !random.isDegenerate()) {
            disagreement();
        }
    }

    /** What an option cannot do together with the test. */
    private void methods() {
        TestMethod test = pooled.random().testMethod();
        PredictionMethod prediction = pooled.pooling().prediction();
        if (test.hasCommonWeights() && prediction != PredictionMethod.AUTO && prediction != PredictionMethod.NONE) {
            info(
                    "no-prediction-interval",
                    "There is no prediction interval with --test " + test.token()
                            + ", which does not estimate the mean of a distribution of effects.");
        }
        boolean restricted = pooled.pooling().estimator() instanceof RestrictedMaximumLikelihood;
        if (test == TestMethod.KENWARD_ROGER && !restricted) {
            info(
                    "kr-without-reml",
                    "Kenward and Roger's method is made for REML; standard error and degrees of freedom take the"
                            + " information of the restricted likelihood at the "
                            + pooled.pooling().estimator().code() + " estimate instead.");
        }
        boolean endless = pooled.random()
                .predictionInterval()
                .filter(i -> Double.isInfinite(i.width()))
                .isPresent();
        if (endless || (test == TestMethod.KENWARD_ROGER && pooled.random().df() < 1)) {
            warn(
                    "kr-df",
                    "Kenward and Roger's degrees of freedom are below 1, because one study has most of the weight: their"
                            + " intervals say nothing, and a limit beyond 1e308 is left blank. Take --test hksj or --pi"
                            + " auto.");
        }
    }

    private void disagreement() {
        PooledFit random = pooled.random();
        PooledFit wald = pooled.wald();
        boolean hksjExcludes = !random.confidenceInterval().contains(0);
        boolean waldExcludes = !wald.confidenceInterval().contains(0);
        if (hksjExcludes != waldExcludes && !Double.isNaN(measure.reference())) {
            warn(
                    "tests-disagree",
                    "The HKSJ interval " + interval(random.confidenceInterval())
                            + (hksjExcludes ? " excludes" : " includes") + " no effect, the Wald interval "
                            + interval(wald.confidenceInterval()) + (waldExcludes ? " excludes" : " includes")
                            + " it. The conclusion hangs on the method; with " + pooled.k()
                            + " studies HKSJ is the more trustworthy.");
        }
    }

    private void modes() {
        List<Tau2Mode> modes = pooled.random().modes();
        if (modes.size() > 1) {
            String all = modes.stream()
                    .map(mode -> PlotText.fixed(mode.tau2(), 4) + " (log-likelihood "
                            + PlotText.fixed(mode.logLikelihood(), 4) + ")")
                    .collect(Collectors.joining(", "));
            warn(
                    "several-modes",
                    "The likelihood has " + modes.size() + " maxima in τ²: " + all
                            + ". The highest was taken; the data hardly tell them apart.");
        }
    }

    private void tau2Interval() {
        tau2Interval(
                        pooled.heterogeneity().tau2Interval(),
                        pooled.heterogeneity().tau2IntervalIsNull(),
                        pooled.heterogeneity().tau2(),
                        pooled.pooling().estimator().code())
                .ifPresent(messages::add);
    }

    /** Where no τ² belongs to an interval, or not the estimate. */
    static Optional<Message> tau2Interval(Optional<Interval> interval, boolean empty, double tau2, String estimator) {
        if (empty) {
            return Optional.of(Message.info(
                    "tau2-interval-empty",
                    "The effects agree better than chance explains, so no τ² fits the distribution of Q; its interval is given"
                            + " as 0 to 0."));
        }
        return interval.filter(i -> !i.contains(tau2))
                .map(i -> Message.warning(
                        "tau2-outside-interval",
                        String.format(
                                Locale.ROOT,
                                "The estimate of τ², %s by %s, lies outside its interval, %s to %s, which rests on another"
                                        + " equation. The Paule-Mandel estimate (--tau2 pm) always lies inside the Q profile.",
                                PlotText.fixed(tau2, 4),
                                estimator,
                                PlotText.fixed(i.lower(), 4),
                                PlotText.fixed(i.upper(), 4))));
    }

    private String interval(Interval interval) {
        return PlotText.fixed(measure.display(interval.lower()), 2) + " to "
                + PlotText.fixed(measure.display(interval.upper()), 2);
    }

    private String study(int i) {
        return "'" + pooled.effects().studies().get(i) + "' (row " + rows[i] + ")";
    }

    private String places(List<Integer> studies) {
        return "rows " + studies.stream().map(i -> String.valueOf(rows[i])).collect(Collectors.joining(", "));
    }

    private void warn(String code, String text) {
        warn(code, text, List.of());
    }

    private void warn(String code, String text, List<Integer> studies) {
        messages.add(Message.warning(code, text)
                .at(studies.stream().mapToInt(i -> rows[i]).toArray()));
    }

    private void info(String code, String text) {
        messages.add(Message.info(code, text));
    }
}
