package org.lozenge.stats.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.lozenge.stats.Comparison;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.Interval;
import org.lozenge.stats.tau2.Tau2Estimators;

/** Every number of the pooled models beside metafor's and beside the 60-digit one, for both groups of data sets. */
public final class PoolingComparisons {

    /** Against the values of exact.py. */
    public static final String DIGITS = "Lozenge and 60 digits";

    /** Against metafor under tight control. */
    public static final String METAFOR = "Lozenge and metafor";

    /** metafor itself against the values of exact.py. */
    public static final String METAFOR_DIGITS = "metafor and 60 digits";

    /** metafor ends in a local maximum, by a warning or silently; see the README beside the reference scripts. */
    private static final Set<String> LOCAL_MAXIMA = Set.of("two-modes REML", "unequal-variances ML");

    /** Sets on which metafor loses digits or stops at once; see the README beside the reference scripts. */
    static final Set<String> BEYOND_METAFOR =
            Set.of("made-tiny", "made-giant", "made-offset", "made-one-dominates", "made-two-unequal");

    private static final List<String> LOCATIONS = List.of("estimate", "ci_lower", "ci_upper", "pi_lower", "pi_upper");

    private final Map<String, EffectSizes> data;
    private final Map<String, PooledFit> fits = new HashMap<>();
    private final Map<String, Heterogeneity> heterogeneities = new HashMap<>();
    private final List<Comparison> comparisons = new ArrayList<>();

    private PoolingComparisons(Map<String, EffectSizes> data) {
        this.data = data;
    }

    /**
     * Compares everything.
     *
     * @return some ten thousand comparisons in the order of the reference files
     */
    public static List<Comparison> all() {
        List<Comparison> all = new ArrayList<>(first());
        all.addAll(second());
        return all;
    }

    /** The 25 sets of datasets.csv. */
    static List<Comparison> first() {
        return of("datasets.csv", "metafor-", "exact-");
    }

    /** The sets of metadat-sets.csv. */
    static List<Comparison> second() {
        return of("metadat-sets.csv", "metadat-", "metadat-exact-");
    }

    private static List<Comparison> of(String sets, String metafor, String exact) {
        PoolingComparisons comparisons = new PoolingComparisons(ReferenceData.dataSets(sets));
        comparisons.compare("models.csv", metafor, exact);
        comparisons.compare("heterogeneity.csv", metafor, exact);
        return comparisons.comparisons;
    }

    private void compare(String file, String metafor, String exact) {
        Map<String, Map<String, String>> published = keyed(metafor + file);
        Map<String, Map<String, String>> digits = keyed(exact + file);
        digits.forEach((where, row) -> {
            compareLozenge(DIGITS, where, row);
            if (published.containsKey(where)) {
                compareMetafor(where, published.get(where), row);
            }
        });
        published.forEach((where, row) -> {
            if (!isKnownDifference(row)) {
                compareLozenge(METAFOR, where, row);
            }
        });
    }

    private static Map<String, Map<String, String>> keyed(String file) {
        Map<String, Map<String, String>> rows = new LinkedHashMap<>();
        for (Map<String, String> row : ReferenceData.rows(file)) {
            rows.put(row.get("data") + " " + row.get("method") + " " + row.getOrDefault("test", ""), row);
        }
        return rows;
    }

    private static boolean isKnownDifference(Map<String, String> row) {
        return LOCAL_MAXIMA.contains(row.get("data") + " " + row.get("method"))
                || BEYOND_METAFOR.contains(row.get("data"));
    }

    private void compareLozenge(String group, String where, Map<String, String> row) {
        Map<String, Double> actual = row.containsKey("test") ? model(row) : heterogeneity(row);
        double se = actual.getOrDefault("se", 0.0);
        actual.forEach((quantity, number) -> {
            double expected = ReferenceData.number(row.get(quantity));
            boolean shortOfZero = group.equals(METAFOR) && isShortOfZero(expected, number);
            if (!isTooSmall(quantity, expected)) {
                comparisons.add(new Comparison(
                        group, quantity, where, shortOfZero ? 0 : expected, scale(quantity, se), number));
            }
        });
    }

    private void compareMetafor(String where, Map<String, String> metafor, Map<String, String> exact) {
        boolean degenerate = exact.getOrDefault("p_value", "").equals("NA");
        if (isKnownDifference(exact) || degenerate) {
            return;
        }
        double se = exact.containsKey("se") ? ReferenceData.number(exact.get("se")) : 0;
        exact.forEach((quantity, text) -> {
            if (!Set.of("data", "method", "test", "df", "q_df").contains(quantity)) {
                double actual = ReferenceData.number(metafor.get(quantity));
                double expected = ReferenceData.number(text);
                // A blank in metafor is no number to judge.
                boolean blank = Double.isNaN(actual) || Double.isNaN(expected);
                if (!blank && !isShortOfZero(actual, expected) && !isTooSmall(quantity, expected)) {
                    comparisons.add(
                            new Comparison(METAFOR_DIGITS, quantity, where, expected, scale(quantity, se), actual));
                }
            }
        });
    }

    /** metafor's iterations approach a maximum at 0 without reaching it. */
    private static boolean isShortOfZero(double metafor, double exact) {
        return exact == 0 && Math.abs(metafor) < 1e-10;
    }

    /** Below the normal doubles digits fade, and R gives 0. */
    private static boolean isTooSmall(String quantity, double expected) {
        return quantity.equals("p_value") && expected < Double.MIN_NORMAL;
    }

    private static double scale(String quantity, double se) {
        return LOCATIONS.contains(quantity) ? se : quantity.equals("statistic") ? 1 : 0;
    }

    private PooledFit fit(Map<String, String> row) {
        String method = row.get("method");
        TestMethod test = testMethod(row.getOrDefault("test", "z"));
        return fits.computeIfAbsent(
                row.get("data") + " " + method + " " + test,
                key -> method.equals("EE")
                        ? new CommonEffectModel().withTest(test).fit(data.get(row.get("data")))
                        : new RandomEffectsModel()
                                .withEstimator(Tau2Estimators.of(method))
                                .withTest(test)
                                .fit(data.get(row.get("data"))));
    }

    private static TestMethod testMethod(String name) {
        return switch (name) {
            case "z" -> TestMethod.WALD;
            case "t" -> TestMethod.T;
            case "knha" -> TestMethod.HARTUNG_KNAPP;
            case "adhoc" -> TestMethod.HARTUNG_KNAPP_AD_HOC;
            default -> throw new IllegalArgumentException(name);
        };
    }

    private Map<String, Double> model(Map<String, String> row) {
        PooledFit fit = fit(row);
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("estimate", fit.estimate());
        numbers.put("se", fit.standardError());
        if (fit.isDegenerate()) {
            return numbers; // metafor divides by a standard error of 0 and reports P = 0; ours is undefined.
        }
        Interval ci = fit.confidenceInterval();
        Optional<Interval> pi = fit.predictionInterval();
        numbers.put("statistic", fit.test().statistic());
        numbers.put("p_value", fit.test().pValue());
        numbers.put("ci_lower", ci.lower());
        numbers.put("ci_upper", ci.upper());
        numbers.put("pi_lower", lower(pi));
        numbers.put("pi_upper", upper(pi));
        return numbers;
    }

    private Map<String, Double> heterogeneity(Map<String, String> row) {
        Heterogeneity h = heterogeneities.computeIfAbsent(
                row.get("data") + " " + row.get("method"), key -> fit(row).heterogeneity());
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("q", h.q().statistic());
        numbers.put("q_p", h.q().pValue());
        numbers.put("tau2", h.tau2());
        numbers.put("tau2_se", h.tau2StandardError());
        numbers.put("i2", h.i2());
        numbers.put("h2", h.h2());
        if (!h.tau2IntervalIsNull()) { // metafor leaves a null set blank; ours is [0, 0] with a flag.
            numbers.put("tau2_lower", lower(h.tau2Interval()));
            numbers.put("tau2_upper", upper(h.tau2Interval()));
            numbers.put("i2_lower", lower(h.i2Interval()));
            numbers.put("i2_upper", upper(h.i2Interval()));
            numbers.put("h2_lower", lower(h.h2Interval()));
            numbers.put("h2_upper", upper(h.h2Interval()));
        }
        return numbers;
    }

    private static double lower(Optional<Interval> interval) {
        return interval.map(Interval::lower).orElse(Double.NaN);
    }

    private static double upper(Optional<Interval> interval) {
        return interval.map(Interval::upper).orElse(Double.NaN);
    }
}
