package org.lozenge.stats.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.Interval;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.robust.RobustType;
import org.lozenge.stats.tau2.FixedTau2;
import org.lozenge.stats.tau2.Tau2Estimators;

/** Meta-regressions of published data by metafor, and robust tests by clubSandwich. */
class RegressionReferenceTest {

    /** A published data set with its moderators. */
    private record Data(EffectSizes effects, DesignMatrix design, int[] clusters) {}

    private final Map<String, Data> sets = new LinkedHashMap<>();
    private final Map<String, Double> worst = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();

    RegressionReferenceTest() {
        for (Map<String, String> row : rows("metaregression-sets.csv")) {
            EffectSizes effects = EffectSizes.of(numbers(row, "y"), numbers(row, "v"));
            int k = effects.k();
            double[] x = numbers(row, "x");
            List<DoubleSeq> columns = IntStream.range(0, x.length / k)
                    .mapToObj(j -> DoubleSeq.of(Arrays.copyOfRange(x, j * k, (j + 1) * k)))
                    .toList();
            List<String> names =
                    IntStream.range(0, columns.size()).mapToObj(j -> "x" + j).toList();
            boolean intercept = row.get("intercept").equals("TRUE");
            DesignMatrix design = intercept
                    ? DesignMatrix.withIntercept(names, columns, k)
                    : DesignMatrix.withoutIntercept(names, columns, k);
            int[] clusters = Arrays.stream(numbers(row, "cluster"))
                    .mapToInt(c -> (int) c)
                    .toArray();
            sets.put(row.get("set"), new Data(effects, design, numbered(clusters)));
        }
    }

    private static int[] numbered(int[] clusters) {
        List<Integer> seen = new ArrayList<>();
        return Arrays.stream(clusters)
                .map(c -> {
                    if (!seen.contains(c)) {
                        seen.add(c);
                    }
                    return seen.indexOf(c);
                })
                .toArray();
    }

    static List<Map<String, String>> rows(String file) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(RegressionReferenceTest.class.getResourceAsStream(file), file),
                StandardCharsets.UTF_8))) {
            List<String[]> lines = reader.lines()
                    .filter(l -> !l.startsWith("#"))
                    .map(l -> l.split(";", -1))
                    .toList();
            return lines.stream()
                    .skip(1)
                    .map(cells -> {
                        Map<String, String> row = new LinkedHashMap<>();
                        for (int i = 0; i < cells.length; i++) {
                            row.put(lines.get(0)[i], cells[i]);
                        }
                        return row;
                    })
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double[] numbers(Map<String, String> row, String column) {
        return Arrays.stream(Objects.requireNonNull(row.get(column), column).split(" "))
                .mapToDouble(RegressionReferenceTest::number)
                .toArray();
    }

    private static double number(String text) {
        return text.equals("NA") || text.isEmpty()
                ? Double.NaN
                : text.equals("Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
    }

    private static double one(Map<String, String> row, String column) {
        return numbers(row, column)[0];
    }

    /** Relative to the larger of the value and a scale. */
    private void check(String where, String what, double expected, double actual, double scale, double tolerance) {
        if (Double.isNaN(expected) || expected == actual) {
            return;
        }
        double deviation = Math.abs(expected - actual) / Math.max(Math.abs(expected), scale);
        worst.merge(what, Double.isNaN(deviation) ? Double.POSITIVE_INFINITY : deviation, Math::max);
        if (!(deviation <= tolerance)) {
            failures.add(where + " " + what + ": expected " + expected + " but was " + actual + ", " + deviation);
        }
    }

    private static MetaRegression model(String method, String test) {
        MetaRegression model = new MetaRegression()
                .withEstimator(
                        method.equals("EE") ? new FixedTau2(0) : Tau2Estimators.of(method.toLowerCase(Locale.ROOT)));
        return model.withTest(
                switch (test) {
                    case "z" -> TestMethod.WALD;
                    case "t" -> TestMethod.T;
                    case "knha" -> TestMethod.HARTUNG_KNAPP;
                    default -> TestMethod.HARTUNG_KNAPP_AD_HOC;
                });
    }

    @Test
    void matchesMetafor() {
        Set<String> lowerMaxima = new TreeSet<>();
        for (Map<String, String> row : rows("metaregression-fits.csv")) {
            Data data = Objects.requireNonNull(sets.get(row.get("set")));
            String method = row.get("method");
            String where = row.get("set") + " " + method + " " + row.get("test");
            RegressionFit fit = model(method, row.get("test")).fit(data.effects, data.design);
            if (method.endsWith("ML") && isLowerMaximum(one(row, "tau2"), fit, method.equals("REML"))) {
                lowerMaxima.add(row.get("set") + " " + method);
                continue;
            }
            coefficients(where, row, fit);
            heterogeneity(where, row, fit);
            predictions(where, row, fit);
            likelihood(where, row, fit);
        }
        report("metafor");
        assertEquals(LOWER_MAXIMA, lowerMaxima);
    }

    /** Where metafor's iterations end at another maximum, whose likelihood is lower than that of ours. */
    private static final Set<String> LOWER_MAXIMA = Set.of();

    private static boolean isLowerMaximum(double theirs, RegressionFit fit, boolean restricted) {
        if (Math.abs(theirs - fit.tau2()) <= 1e-4 * (theirs + 1e-6)) {
            return false;
        }
        RegressionFit at = new MetaRegression()
                .withEstimator(new FixedTau2(Math.max(0, theirs)))
                .fit(fit.effects(), fit.design());
        return at.logLikelihood(restricted) < fit.logLikelihood(restricted);
    }

    private void coefficients(String where, Map<String, String> row, RegressionFit fit) {
        double[] estimate = numbers(row, "estimate");
        assertEquals(estimate.length, fit.coefficients().size(), where);
        double[] vif = numbers(row, "vif");
        int shift = fit.design().hasIntercept() ? 1 : 0;
        for (int j = 0; j < estimate.length; j++) {
            double se = fit.standardError(j);
            TestResult test = fit.test(j);
            double digits = Math.max(1, test.statistic() * test.statistic());
            check(where, "estimate", estimate[j], fit.coefficient(j), se, 1e-8);
            check(where, "se", numbers(row, "se")[j], se, 0, 1e-8);
            check(where, "p_value", numbers(row, "p_value")[j], test.pValue(), 1e-300, 1e-8 * digits);
            check(
                    where,
                    "ci",
                    numbers(row, "ci_lower")[j],
                    fit.confidenceInterval(j).lower(),
                    se,
                    1e-8);
            check(
                    where,
                    "ci",
                    2 * estimate[j] - numbers(row, "ci_lower")[j],
                    fit.confidenceInterval(j).upper(),
                    se,
                    1e-8);
            // A design without moderators besides one has no factor.
            if (vif.length == estimate.length - shift && j >= shift) {
                check(where, "vif", vif[j - shift], fit.varianceInflation().get(j), 0, 1e-8);
            }
        }
    }

    private void heterogeneity(String where, Map<String, String> row, RegressionFit fit) {
        double tau2 = one(row, "tau2");
        // metafor's iterations approach a maximum at 0 without reaching it.
        if (fit.tau2() != 0 || tau2 > 1e-10) {
            check(where, "tau2", tau2, fit.tau2(), 0, 1e-8);
            check(where, "tau2_se", one(row, "tau2_se"), fit.tau2StandardError(), 0, 1e-8);
            check(where, "i2", one(row, "i2"), fit.i2(), 0, 1e-8);
            check(where, "h2", one(row, "h2"), fit.h2(), 0, 1e-8);
            // Without heterogeneity there is nothing to explain: metafor says 0, Lozenge says nothing.
            if (fit.r2().isPresent()) {
                check(where, "r2", one(row, "r2"), fit.r2().get(), 1e-3, 1e-8);
            }
        }
        check(where, "qe", one(row, "qe"), fit.residualHeterogeneity().statistic(), 0, 1e-9);
        check(where, "qe_p", one(row, "qe_p"), fit.residualHeterogeneity().pValue(), 1e-300, 1e-7);
        JointTest test = fit.inference().moderatorTest();
        check(where, "qm", one(row, "qm"), test.statistic(), 1, 1e-8);
        check(where, "qm_p", one(row, "qm_p"), test.pValue(), 1e-300, 1e-8 * Math.max(1, test.statistic()));
        double[] hat = numbers(row, "hat");
        for (int i = 0; i < hat.length; i++) {
            check(where, "hat", hat[i], fit.leverages().get(i), 1e-3, 1e-8);
        }
    }

    private void predictions(String where, Map<String, String> row, RegressionFit fit) {
        if (row.getOrDefault("pred", "").isEmpty()) {
            return;
        }
        int shift = fit.design().hasIntercept() ? 1 : 0;
        int m = fit.coefficients().size() - shift;
        double[] added = numbers(row, "new");
        int n = numbers(row, "pred").length;
        for (int i = 0; i < n; i++) {
            double[] x = new double[m + shift];
            Arrays.fill(x, 1);
            for (int j = 0; j < m; j++) {
                x[shift + j] = added[j * n + i];
            }
            CoefficientInference inference = fit.inference();
            double se = inference.standardError(x);
            Interval ci = inference.confidenceInterval(0.95, x);
            Interval pi = inference.predictionInterval(0.95, x);
            check(where, "pred", numbers(row, "pred")[i], inference.estimate(x), se, 1e-8);
            check(where, "pred_se", numbers(row, "pred_se")[i], se, 0, 1e-8);
            check(where, "pred_lower", numbers(row, "pred_lower")[i], ci.lower(), se, 1e-8);
            if (numbers(row, "pi_lower").length > i) { // none in a model without heterogeneity
                check(where, "pi_lower", numbers(row, "pi_lower")[i], pi.lower(), se, 1e-8);
            }
        }
        double[] contrast = numbers(row, "contrast");
        double se = fit.inference().standardError(contrast);
        check(where, "contrast", one(row, "contrast_estimate"), fit.inference().estimate(contrast), se, 1e-8);
        check(where, "contrast_se", one(row, "contrast_se"), se, 0, 1e-8);
        TestResult test = fit.inference().test(contrast);
        check(
                where,
                "contrast_p",
                one(row, "contrast_p"),
                test.pValue(),
                1e-300,
                1e-8 * Math.max(1, test.statistic() * test.statistic()));
    }

    /** Limits of τ² relative to themselves, or to a thousandth of the typical variance where they are near 0. */
    @Test
    void matchesIntervalsOfMetafor() {
        int profiles = 0;
        for (Map<String, String> row : rows("metaregression-intervals.csv")) {
            Data data = Objects.requireNonNull(sets.get(row.get("set")));
            String where = row.get("set") + " " + row.get("method");
            RegressionFit fit =
                    model(Objects.requireNonNull(row.get("method")), "z").fit(data.effects, data.design);
            double size = fit.typicalVariance();
            Interval qp = interval(fit, Tau2IntervalMethod.Q_PROFILE);
            check(where, "Q profile", one(row, "qp_lower"), qp.lower(), 1e-3 * size, 1e-8);
            check(where, "Q profile", one(row, "qp_upper"), qp.upper(), 1e-3 * size, 1e-8);
            Interval pl = interval(fit, Tau2IntervalMethod.PROFILE_LIKELIHOOD);
            profiles += Double.isNaN(one(row, "pl_upper")) ? 0 : 1;
            check(where, "likelihood", one(row, "pl_lower"), pl.lower(), 1e-3 * size, 1e-8);
            check(where, "likelihood", one(row, "pl_upper"), pl.upper(), 1e-3 * size, 1e-8);
            Interval wald = interval(fit, Tau2IntervalMethod.WALD);
            double half = 1.959963984540054 * fit.tau2StandardError();
            assertEquals(Math.max(0, fit.tau2() - half), wald.lower(), 1e-14 * (fit.tau2() + half));
            assertEquals(fit.tau2() + half, wald.upper(), 1e-14 * (fit.tau2() + half));
        }
        assertTrue(profiles >= 100, "profiles: " + profiles);
        report("intervals");
    }

    private static Interval interval(RegressionFit fit, Tau2IntervalMethod method) {
        return fit.tau2Interval(method).orElseThrow().interval();
    }

    private void likelihood(String where, Map<String, String> row, RegressionFit fit) {
        for (boolean restricted : new boolean[] {false, true}) {
            String kind = restricted ? "_reml" : "_ml";
            InformationCriteria criteria = fit.criteria(restricted);
            check(where, "ll", one(row, "ll" + kind), criteria.logLikelihood(), 1, 1e-9);
            check(where, "aic", one(row, "aic" + kind), criteria.aic(), 1, 1e-9);
            check(where, "bic", one(row, "bic" + kind), criteria.bic(), 1, 1e-9);
            check(where, "aicc", one(row, "aicc" + kind), criteria.aicc(), 1, 1e-9);
        }
    }

    /**
     * Designs in which a coefficient rests on one cluster alone: its residuals are 0 but for rounding, and so is the standard
     * error that clubSandwich prints. Lozenge gives none there.
     */
    private static final int EXACT_FITS = 18;

    @Test
    void matchesClubSandwich() {
        Set<String> exact = new TreeSet<>();
        for (Map<String, String> row : rows("metaregression-robust.csv")) {
            Data data = Objects.requireNonNull(sets.get(row.get("set")));
            boolean grouped = row.get("grouped").equals("TRUE");
            String where = row.get("set") + " " + row.get("type") + " " + grouped;
            // Their tau² to the last digit, so that only the robust part is compared.
            RegressionFit fit = new MetaRegression()
                    .withEstimator(new FixedTau2(one(row, "tau2")))
                    .fit(data.effects, data.design);
            int[] clusters = grouped
                    ? data.clusters
                    : IntStream.range(0, data.effects.k()).toArray();
            RobustType type = RobustType.valueOf(row.get("type").toUpperCase(Locale.ROOT));
            RobustCovariance robust = RobustCovariance.of(fit, clusters, type);
            if (robust.exactClusters() > 0) {
                exact.add(row.get("set") + " " + grouped);
                continue;
            }
            for (int j = 0; j < fit.coefficients().size(); j++) {
                double[] unit = new double[fit.coefficients().size()];
                unit[j] = 1;
                check(where, "robust se", numbers(row, "se")[j], robust.standardError(unit), 1e-12, 1e-8);
                check(where, "robust df", numbers(row, "df")[j], robust.df(unit), 0, 1e-8);
                TestResult test = robust.test(unit);
                check(where, "robust p", numbers(row, "p_value")[j], test.pValue(), 1e-300, 1e-6);
            }
            JointTest test = robust.moderatorTest();
            // clubSandwich solves normal equations; with a year that is not centred that costs digits (1.05e-8 seen).
            check(where, "robust f", one(row, "f"), test.statistic(), 1, 2e-8);
            check(where, "robust f df", one(row, "f_df2"), test.df2(), 0, 1e-8);
            check(where, "robust f p", one(row, "f_p"), test.pValue(), 1e-300, 1e-6);
        }
        assertEquals(EXACT_FITS, exact.size(), () -> "with exact fits: " + exact);
        report("clubSandwich");
    }

    /** Writes the largest deviations; fails if one is too large. */
    private void report(String name) {
        try {
            Files.createDirectories(Path.of("target"));
            Files.writeString(
                    Path.of("target", "regression-deviations-" + name + ".txt"),
                    worst.entrySet().stream()
                            .map(e -> String.format(Locale.ROOT, "%s %.2e%n", e.getKey(), e.getValue()))
                            .collect(Collectors.joining()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertTrue(
                failures.isEmpty(),
                () -> failures.size() + " deviations\n"
                        + String.join("\n", failures.subList(0, Math.min(60, failures.size()))));
    }

    @Test
    void coversManyPublishedDataSets() {
        assertTrue(sets.keySet().stream().map(s -> s.split(" ")[0]).distinct().count() >= 20);
        assertTrue(sets.size() >= 60, "designs: " + sets.size());
        assertEquals(
                Set.of("CR0", "CR1", "CR1p", "CR1S", "CR2", "CR3"),
                rows("metaregression-robust.csv").stream()
                        .map(r -> r.get("type"))
                        .collect(Collectors.toSet()));
    }
}
