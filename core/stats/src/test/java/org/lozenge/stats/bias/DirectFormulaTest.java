package org.lozenge.stats.bias;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.model.TestMethod;
import org.lozenge.stats.tau2.DerSimonianLaird;
import org.lozenge.stats.tau2.FixedTau2;

/** Against published formulas computed with 50 digits; see core/stats/validation/direct.py. */
class DirectFormulaTest {

    private static final Map<String, EffectSizes> DATA = BiasReferenceTest.dataSets();

    private static double number(Map<String, String> row, String column) {
        return BiasReferenceTest.number(row.get(column));
    }

    private static DoubleSeq numbers(Map<String, String> row, String column) {
        return DoubleSeq.of(BiasReferenceTest.numbers(row.get(column)));
    }

    /** Relative to the larger of the value and a scale: differences of large numbers can end next to 0. */
    private static void near(String where, double expected, double actual, double scale, double tolerance) {
        assertEquals(expected, actual, tolerance * Math.max(Math.abs(expected), scale), where);
    }

    private static void check(String where, Map<String, String> row, FunnelRegression test) {
        double se = number(row, "se");
        near(where + " slope", number(row, "slope"), test.slope(), se, 1e-12);
        near(where + " se", se, test.fit().standardError(1), 0, 1e-12);
        near(where + " statistic", number(row, "statistic"), test.test().statistic(), 1, 1e-12);
        near(where + " p", number(row, "p_value"), test.test().pValue(), 0, 1e-10);
        near(where + " limit", number(row, "limit"), test.limit(), number(row, "limit_se"), 1e-12);
        near(where + " limit se", number(row, "limit_se"), test.fit().standardError(0), 0, 1e-12);
        near(where + " limit p", number(row, "limit_p"), test.limitTest().pValue(), 0, 1e-10);
    }

    @Test
    void countTestsMatchTheirFormulas() {
        Set<String> seen = new TreeSet<>();
        for (Map<String, String> row : BiasReferenceTest.rows("direct-counts.csv")) {
            DoubleSeq n1 = numbers(row, "n1");
            DoubleSeq n2 = numbers(row, "n2");
            double[] y = BiasReferenceTest.numbers(row.get("y"));
            double[] ones = IntStream.range(0, y.length).mapToDouble(i -> 1).toArray();
            EffectSizes effects = EffectSizes.of(y, ones);
            String test = row.get("test");
            FunnelRegression result = test.equals("pustejovsky-rodgers")
                    ? CountTests.pustejovskyRodgers(effects, n1, n2, 0.95)
                    : count(test, effects, new TwoArmCounts(numbers(row, "a"), n1, numbers(row, "c"), n2));
            check(row.get("data") + " " + test, row, result);
            seen.add(test);
        }
        assertEquals(
                new TreeSet<>(Set.of(
                        "harbord",
                        "peters",
                        "macaskill",
                        "deeks",
                        "arcsine-egger",
                        "arcsine-thompson-sharp",
                        "pustejovsky-rodgers")),
                seen);
    }

    private static FunnelRegression count(String test, EffectSizes effects, TwoArmCounts counts) {
        List<String> studies = effects.studies();
        return switch (test) {
            case "harbord" -> CountTests.harbord(counts, 0.95);
            case "peters" -> CountTests.peters(effects, counts, 0.95);
            case "macaskill" -> CountTests.macaskill(effects, counts, 0.95);
            case "deeks" -> CountTests.deeks(effects, counts.nT(), counts.nC(), 0.95);
            case "arcsine-egger" -> FunnelRegression.egger(CountTests.arcsine(counts, studies), 0.95);
            case "arcsine-thompson-sharp" -> FunnelRegression.thompsonSharp(CountTests.arcsine(counts, studies), 0.95);
            default -> throw new IllegalArgumentException(test);
        };
    }

    @Test
    void regressionsMatchTheirFormulas() {
        List<Map<String, String>> rows = BiasReferenceTest.rows("direct-regressions.csv");
        for (Map<String, String> row : rows) {
            EffectSizes effects = DATA.get(row.get("data"));
            PetPeese both = PetPeese.of(effects, 0.95);
            FunnelRegression test = switch (row.get("test")) {
                case "pet" -> both.pet();
                case "peese" -> both.peese();
                case "thompson-sharp" -> FunnelRegression.thompsonSharp(effects, 0.95);
                default -> throw new IllegalArgumentException(row.get("test"));
            };
            check(row.get("data") + " " + row.get("test"), row, test);
            if (row.get("test").equals("pet")) {
                assertEquals(number(row, "limit_p") < 0.10, both.takesPeese());
            }
        }
        assertEquals(30, rows.size());
    }

    @Test
    void limitMetaAnalysisMatchesItsFormulas() {
        List<Map<String, String>> rows = BiasReferenceTest.rows("direct-limit.csv");
        for (Map<String, String> row : rows) {
            LimitMetaAnalysis limit = LimitMetaAnalysis.of(DATA.get(row.get("data")), new DerSimonianLaird(), 0.95);
            String where = row.get("data");
            near(where + " estimate", number(row, "estimate"), limit.estimate(), number(row, "se"), 1e-11);
            near(where + " se", number(row, "se"), limit.standardError(), 0, 1e-12);
            near(where + " p", number(row, "p_value"), limit.test().pValue(), 0, 1e-10);
            near(where + " alpha", number(row, "alpha"), limit.smallStudyEffect(), 1, 1e-11);
            double q = number(row, "q_small") + number(row, "q_residual");
            near(
                    where + " Q small",
                    number(row, "q_small"),
                    limit.smallStudyTest().statistic(),
                    q,
                    1e-12);
            near(
                    where + " Q residual",
                    number(row, "q_residual"),
                    limit.residualTest().statistic(),
                    q,
                    1e-12);
        }
        assertEquals(10, rows.size());
    }

    @Test
    void failSafeNumbersMatchTheirFormulas() {
        Set<String> seen = new TreeSet<>();
        for (Map<String, String> row : BiasReferenceTest.rows("direct-fail-safe.csv")) {
            EffectSizes effects = DATA.get(row.get("data"));
            String where = row.get("data") + " " + row.get("method");
            FailSafeN result = switch (row.get("method")) {
                case "fisher" -> FailSafeN.fisher(effects, 0.05);
                case "general-EE" -> FailSafeN.general(effects, new FixedTau2(0), TestMethod.WALD, 0.05);
                case "general-DL" -> FailSafeN.general(effects, new DerSimonianLaird(), TestMethod.WALD, 0.05);
                default -> throw new IllegalArgumentException(where);
            };
            near(where, number(row, "n"), result.n(), 0, row.get("method").equals("fisher") ? 1e-10 : 0);
            near(where + " p", number(row, "p_value"), result.pValue(), 0, 1e-10);
            seen.add(row.get("method"));
        }
        assertEquals(3, seen.size());
    }
}
