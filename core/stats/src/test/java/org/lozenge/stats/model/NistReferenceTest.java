package org.lozenge.stats.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.EffectSizes;

/** The linear problems of NIST's Statistical Reference Data Sets, as meta-regressions with equal weights. */
class NistReferenceTest {

    /** Columns up to the tenth power, by rounded doubles: a condition number of 1e15. */
    private static final double FILIP_DIGITS = 7;

    private static final double DIGITS = 9;

    static List<String> names() {
        return RegressionReferenceTest.rows("nist.csv").stream()
                .map(row -> row.get("name"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("names")
    void hasTheCertifiedDigits(String name) {
        Map<String, String> row = RegressionReferenceTest.rows("nist.csv").stream()
                .filter(r -> name.equals(r.get("name")))
                .findFirst()
                .orElseThrow();
        double[] y = numbers(row, "y");
        double[] x = numbers(row, "x");
        int k = y.length;
        List<DoubleSeq> columns = IntStream.range(0, x.length / k)
                .mapToObj(j -> DoubleSeq.of(Arrays.copyOfRange(x, j * k, (j + 1) * k)))
                .toList();
        List<String> terms =
                IntStream.range(0, columns.size()).mapToObj(j -> "x" + j).toList();
        DesignMatrix design = "true".equals(row.get("intercept"))
                ? DesignMatrix.withIntercept(terms, columns, k)
                : DesignMatrix.withoutIntercept(terms, columns, k);
        double[] v =
                Collections.nCopies(k, 1.0).stream().mapToDouble(one -> one).toArray();
        RegressionFit fit = MetaRegression.weightedLeastSquares().fit(EffectSizes.of(y, v), design);
        double[] beta = numbers(row, "beta");
        double[] se = numbers(row, "se");
        double wanted = name.equals("filip") ? FILIP_DIGITS : DIGITS;
        assertEquals(beta.length, fit.coefficients().size());
        for (int j = 0; j < beta.length; j++) {
            double digits = digits(beta[j], fit.coefficient(j));
            assertTrue(digits >= wanted, name + " β" + j + ": " + digits + " digits of " + beta[j]);
            if (se[j] == 0) {
                assertTrue(fit.standardError(j) <= 1e-9 * Math.abs(beta[j]), name + " SE" + j);
            } else {
                double of = digits(se[j], fit.standardError(j));
                assertTrue(of >= wanted, name + " SE" + j + ": " + of + " digits of " + se[j]);
            }
        }
    }

    /** The log relative error. */
    private static double digits(double certified, double value) {
        return certified == value ? 16 : -Math.log10(Math.abs(value - certified) / Math.abs(certified));
    }

    private static double[] numbers(Map<String, String> row, String column) {
        return Arrays.stream(Objects.requireNonNull(row.get(column), column).split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    @Test
    void coversAllSets() {
        assertEquals(
                Set.of(
                        "norris",
                        "pontius",
                        "noint1",
                        "noint2",
                        "filip",
                        "longley",
                        "wampler1",
                        "wampler2",
                        "wampler3",
                        "wampler4",
                        "wampler5"),
                names().stream().collect(Collectors.toSet()));
    }
}
