package org.lozenge.stats.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.Interval;
import org.lozenge.stats.tau2.Tau2Estimators;

/**
 * Every quantity against metafor and against 60-digit arithmetic. The largest deviations go to
 * {@code target/deviations.txt}.
 */
class ReferenceTest {

    /** Closed forms, and everything against the 60-digit values. */
    private static final double CLOSED = 1e-12;

    /** What depends on metafor's optimisers and root finders. */
    private static final double ITERATIVE = 1e-8;

    /** metafor stays at a local maximum at 0; the global one is pinned by the 60-digit values. */
    private static final Set<String> KNOWN_DIFFERENCES = Set.of("two-modes REML", "unequal-variances ML");

    private static final Map<String, EffectSizes> DATA = ReferenceData.dataSets();

    private static final Map<String, Double> WORST = new TreeMap<>();
    private static final Map<String, String> WHERE = new TreeMap<>();

    private final List<String> failures = new ArrayList<>();

    private static PooledFit fit(String data, String method, String test) {
        TestMethod testMethod = switch (test) {
            case "z" -> TestMethod.WALD;
            case "t" -> TestMethod.T;
            case "knha" -> TestMethod.HARTUNG_KNAPP;
            case "adhoc" -> TestMethod.HARTUNG_KNAPP_AD_HOC;
            default -> throw new IllegalArgumentException(test);
        };
        return method.equals("EE")
                ? new CommonEffectModel().withTest(testMethod).fit(DATA.get(data))
                : new RandomEffectsModel()
                        .withEstimator(Tau2Estimators.of(method))
                        .withTest(testMethod)
                        .fit(DATA.get(data));
    }

    private static boolean isIterative(String method) {
        return Set.of("PM", "REML", "ML", "EB", "SJIT", "PMM").contains(method);
    }

    /** Compares relative to the larger of the value and the scale it lives on, such as its standard error. */
    private void check(
            String source,
            String quantity,
            String where,
            String expected,
            double scale,
            double actual,
            double tolerance) {
        double value = ReferenceData.number(expected);
        if (Double.isNaN(value) || Double.isNaN(actual)) {
            if (Double.isNaN(value) != Double.isNaN(actual)) {
                failures.add(where + " " + quantity + ": expected " + expected + " but was " + actual);
            }
            return;
        }
        double size = Math.max(Math.abs(value), Math.abs(scale));
        // metafor's iterations approach a maximum at 0 without reaching it.
        boolean shortOfZero = actual == 0 && tolerance == ITERATIVE && Math.abs(value) < 1e-12;
        double deviation = value == actual || shortOfZero ? 0 : Math.abs(actual - value) / size;
        String key = source + " " + quantity;
        if (deviation >= WORST.getOrDefault(key, -1.0)) {
            WORST.put(key, deviation);
            WHERE.put(key, where);
        }
        if (!(deviation <= tolerance)) {
            failures.add(where + " " + quantity + ": expected " + expected + " but was " + actual + ", deviation "
                    + deviation);
        }
    }

    private void checkModels(String source, boolean exact) {
        for (Map<String, String> row : ReferenceData.rows(source + "-models.csv")) {
            String method = row.get("method");
            String where = row.get("data") + " " + method + " " + row.get("test");
            if (!exact && isKnownDifference(row.get("data"), method)) {
                continue;
            }
            double tolerance = exact || !isIterative(method) ? CLOSED : ITERATIVE;
            PooledFit fit = fit(row.get("data"), method, row.get("test"));
            double se = fit.standardError();
            check(source, "estimate", where, row.get("estimate"), se, fit.estimate(), tolerance);
            check(source, "se", where, row.get("se"), 0, se, tolerance);
            // metafor divides by a standard error of 0 and reports P = 0; ours is undefined.
            if (fit.isDegenerate()) {
                assertTrue(Double.isNaN(fit.test().pValue()), where);
                continue;
            }
            check(
                    source,
                    "statistic",
                    where,
                    row.get("statistic"),
                    1,
                    fit.test().statistic(),
                    tolerance);
            double df = fit.test().df();
            check(source, "df", where, row.get("df"), 0, Double.isInfinite(df) ? Double.NaN : df, 0);
            check(source, "p_value", where, row.get("p_value"), 0, fit.test().pValue(), pTolerance(tolerance, fit));
            Interval ci = fit.confidenceInterval();
            check(source, "ci_lower", where, row.get("ci_lower"), se, ci.lower(), tolerance);
            check(source, "ci_upper", where, row.get("ci_upper"), se, ci.upper(), tolerance);
            Optional<Interval> pi = fit.predictionInterval();
            check(source, "pi_lower", where, row.get("pi_lower"), se, lower(pi), tolerance);
            check(source, "pi_upper", where, row.get("pi_upper"), se, upper(pi), tolerance);
        }
        report();
    }

    private void checkHeterogeneity(String source, boolean exact) {
        for (Map<String, String> row : ReferenceData.rows(source + "-heterogeneity.csv")) {
            String method = row.get("method");
            String where = row.get("data") + " " + method;
            if (!exact && isKnownDifference(row.get("data"), method)) {
                continue;
            }
            double tolerance = exact || !isIterative(method) ? CLOSED : ITERATIVE;
            double profile = exact ? CLOSED : ITERATIVE;
            Heterogeneity h = fit(row.get("data"), method, "z").heterogeneity();
            check(source, "q", where, row.get("q"), 0, h.q().statistic(), CLOSED);
            check(source, "q_df", where, row.get("q_df"), 0, h.q().df(), 0);
            check(source, "q_p", where, row.get("q_p"), 0, h.q().pValue(), 10 * CLOSED);
            check(source, "tau2", where, row.get("tau2"), 0, h.tau2(), tolerance);
            check(source, "tau2_se", where, row.get("tau2_se"), 0, h.tau2StandardError(), tolerance);
            check(source, "i2", where, row.get("i2"), 0, h.i2(), tolerance);
            check(source, "h2", where, row.get("h2"), 0, h.h2(), tolerance);
            if (!exact && h.tau2IntervalIsNull()) {
                continue; // metafor leaves a null set blank; ours is [0, 0] with a flag.
            }
            check(source, "tau2_lower", where, row.get("tau2_lower"), 0, lower(h.tau2Interval()), profile);
            check(source, "tau2_upper", where, row.get("tau2_upper"), 0, upper(h.tau2Interval()), profile);
            check(source, "i2_lower", where, row.get("i2_lower"), 0, lower(h.i2Interval()), profile);
            check(source, "i2_upper", where, row.get("i2_upper"), 0, upper(h.i2Interval()), profile);
            check(source, "h2_lower", where, row.get("h2_lower"), 0, lower(h.h2Interval()), profile);
            check(source, "h2_upper", where, row.get("h2_upper"), 0, upper(h.h2Interval()), profile);
        }
        report();
    }

    /** A relative error of z becomes one of z² in its tail. */
    private static double pTolerance(double tolerance, PooledFit fit) {
        double z = fit.test().statistic();
        return tolerance * Math.max(10, z * z);
    }

    /** Where metafor is known to end elsewhere; each is explained in core/stats/validation/README.md. */
    private static boolean isKnownDifference(String data, String method) {
        return KNOWN_DIFFERENCES.contains(data + " " + method);
    }

    @Test
    void modelsMatchMetafor() {
        checkModels("metafor", false);
    }

    @Test
    void modelsMatchSixtyDigits() {
        checkModels("exact", true);
    }

    @Test
    void heterogeneityMatchesMetafor() {
        checkHeterogeneity("metafor", false);
    }

    @Test
    void heterogeneityMatchesSixtyDigits() {
        checkHeterogeneity("exact", true);
    }

    @Test
    void weightsAndBlupsMatchMetafor() {
        for (Map<String, String> row : ReferenceData.rows("metafor-studies.csv")) {
            if (isKnownDifference(row.get("data"), row.get("method"))) {
                continue;
            }
            PooledFit fit = fit(row.get("data"), row.get("method"), row.get("test"));
            String where = row.get("data") + " " + row.get("method") + " " + row.get("test");
            double tolerance = isIterative(row.get("method")) ? ITERATIVE : CLOSED;
            checkSequence("weight", where, row.get("weights"), 0, fit.weights(), tolerance);
            if (!row.get("blups").isEmpty()) {
                checkSequence("blup", where, row.get("blups"), fit.standardError(), fit.blups(), tolerance);
                checkSequence("blup_se", where, row.get("blup_ses"), 0, fit.blupStandardErrors(), tolerance);
            }
        }
        report();
    }

    @Test
    void referenceCoversEveryDataSetMethodAndTest() {
        assertEquals(25, DATA.size());
        List<Map<String, String>> rows = ReferenceData.rows("exact-models.csv");
        assertEquals(DATA.keySet(), rows.stream().map(r -> r.get("data")).collect(Collectors.toSet()));
        // 24 sets with k > 1: a common effect and nine estimators by four tests; one set with k = 1.
        assertEquals(24 * (1 + 9 * 4) + 1, rows.size());
        assertEquals(24 * 9, ReferenceData.rows("exact-heterogeneity.csv").size());
        assertTrue(ReferenceData.rows("metafor-models.csv").size() > 1000);
    }

    @AfterAll
    static void writeDeviations() throws IOException {
        StringBuilder text = new StringBuilder(
                "Largest deviation per quantity, relative to the value (locations: or their standard error, if larger)\n");
        WORST.forEach((key, value) ->
                text.append(String.format(Locale.ROOT, "%-24s %8.1e  %s%n", key, value, WHERE.get(key))));
        Files.writeString(Path.of("target", "deviations.txt"), text);
    }

    private void checkSequence(
            String quantity, String where, String expected, double scale, DoubleSeq actual, double tolerance) {
        String[] values = expected.split(" ");
        assertEquals(values.length, actual.size(), where);
        for (int i = 0; i < values.length; i++) {
            check("metafor", quantity, where + " study " + (i + 1), values[i], scale, actual.get(i), tolerance);
        }
    }

    private void report() {
        if (!failures.isEmpty()) {
            fail(failures.size() + " deviations\n" + String.join("\n", failures));
        }
    }

    private static double lower(Optional<Interval> interval) {
        return interval.map(Interval::lower).orElse(Double.NaN);
    }

    private static double upper(Optional<Interval> interval) {
        return interval.map(Interval::upper).orElse(Double.NaN);
    }
}
