package org.lozenge.stats.sensitivity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.model.CommonEffectModel;
import org.lozenge.stats.model.HeterogeneityBasis;
import org.lozenge.stats.model.PooledFit;
import org.lozenge.stats.model.RandomEffectsModel;
import org.lozenge.stats.model.TestMethod;
import org.lozenge.stats.tau2.Tau2Estimators;

/** Every quantity of every study against metafor at tight control. */
class InfluenceReferenceTest {

    /** Estimates of τ² of both programs agree to this; what is a small difference of such numbers has an absolute part. */
    private static final double TOLERANCE = 1e-8;

    private record Row(String data, String method, String test, String source, String quantity, double[] values) {}

    static List<String> lines(String file) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(InfluenceReferenceTest.class.getResourceAsStream(file), file),
                StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.startsWith("#")).skip(1).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static double[] numbers(String text) {
        return Arrays.stream(text.split(" "))
                .mapToDouble(cell -> cell.equals("NA") ? Double.NaN : Double.parseDouble(cell))
                .toArray();
    }

    static Map<String, EffectSizes> dataSets() {
        Map<String, EffectSizes> sets = new TreeMap<>();
        for (String line : lines("/org/lozenge/stats/model/datasets.csv")) {
            String[] cells = line.split(",(?=([^\"]*\"[^\"]*\")*[^\"]*$)", -1);
            sets.put(cells[0], EffectSizes.of(numbers(cells[2]), numbers(cells[3])));
        }
        return sets;
    }

    private static Function<EffectSizes, PooledFit> model(String method, String test) {
        TestMethod testMethod = switch (test) {
            case "z" -> TestMethod.WALD;
            case "knha" -> TestMethod.HARTUNG_KNAPP;
            default -> TestMethod.HARTUNG_KNAPP_AD_HOC;
        };
        return method.equals("EE")
                ? new CommonEffectModel()::fit
                : new RandomEffectsModel()
                        .withEstimator(Tau2Estimators.of(method))
                        .withTest(testMethod)::fit;
    }

    private static ToDoubleFunction<SubsetFit> ofFit(String quantity) {
        return switch (quantity) {
            case "estimate" -> SubsetFit::estimate;
            case "se" -> SubsetFit::standardError;
            case "zval" -> fit -> fit.test().statistic();
            case "pval" -> fit -> fit.test().pValue();
            case "ci.lb" -> fit -> fit.interval().orElseThrow().lower();
            case "ci.ub" -> fit -> fit.interval().orElseThrow().upper();
            case "Q" -> fit -> fit.q().statistic();
            case "Qp" -> fit -> fit.q().pValue();
            case "tau2" -> SubsetFit::tau2;
            case "I2" -> fit -> 100 * fit.i2();
            case "H2" -> SubsetFit::h2;
            default -> throw new IllegalArgumentException(quantity);
        };
    }

    private static ToDoubleFunction<InfluenceDiagnostics.Study> ofStudy(String quantity) {
        return switch (quantity) {
            case "rstudent" -> InfluenceDiagnostics.Study::rstudent;
            case "rstandard" -> InfluenceDiagnostics.Study::rstandard;
            case "dffits" -> InfluenceDiagnostics.Study::dffits;
            case "cook.d" -> InfluenceDiagnostics.Study::cooksDistance;
            case "cov.r" -> InfluenceDiagnostics.Study::covRatio;
            case "tau2.del" -> InfluenceDiagnostics.Study::tau2Deleted;
            case "QE.del" -> InfluenceDiagnostics.Study::qDeleted;
            case "hat" -> InfluenceDiagnostics.Study::hat;
            case "dfbs" -> InfluenceDiagnostics.Study::dfbetas;
            case "flagged" -> study -> study.flagged() ? 1 : 0;
            case "x" -> InfluenceDiagnostics.Study::baujatX;
            case "y" -> InfluenceDiagnostics.Study::baujatY;
            default -> throw new IllegalArgumentException(quantity);
        };
    }

    private static double[] actual(Row row, EffectSizes effects) {
        Function<EffectSizes, PooledFit> model = model(row.method(), row.test());
        return switch (row.source()) {
            case "leave-out" ->
                LeaveOut.studies(effects, model, HeterogeneityBasis.TAU2).stream()
                        .mapToDouble(ofFit(row.quantity()))
                        .toArray();
            case "cumulative" ->
                Cumulative.inOrder(effects, IntStream.range(0, effects.k()).toArray(), model, HeterogeneityBasis.TAU2)
                        .stream()
                        .mapToDouble(ofFit(row.quantity()))
                        .toArray();
            default ->
                InfluenceDiagnostics.of(effects, model).stream()
                        .mapToDouble(ofStudy(row.quantity()))
                        .toArray();
        };
    }

    /** What metafor says, except that one study tells nothing about heterogeneity, and that H² is at least 1. */
    private static double expected(Row row, int i) {
        boolean heterogeneity = Set.of("Q", "Qp", "tau2", "I2", "H2").contains(row.quantity());
        if (row.source().equals("cumulative") && i == 0 && heterogeneity) {
            return row.quantity().equals("tau2") && row.method().equals("EE") ? 0 : Double.NaN;
        }
        return row.quantity().equals("H2") ? Math.max(1, row.values()[i]) : row.values()[i];
    }

    @Test
    void agreesWithMetafor() {
        Map<String, EffectSizes> sets = dataSets();
        List<Row> rows = lines("influence.csv").stream()
                .map(line -> line.split(",", -1))
                .map(c -> new Row(c[0], c[1], c[2], c[3], c[4], numbers(c[5])))
                .toList();
        assertThat(rows).hasSizeGreaterThan(1900);
        List<String> failures = new ArrayList<>();
        for (Row row : rows) {
            double[] actual = actual(row, Objects.requireNonNull(sets.get(row.data())));
            assertThat(actual).as(row.toString()).hasSameSizeAs(row.values());
            for (int i = 0; i < actual.length; i++) {
                double expected = expected(row, i);
                double error = Math.abs(actual[i] - expected) / (1e-2 + Math.abs(expected));
                if (!(error <= TOLERANCE) && !(Double.isNaN(expected) && Double.isNaN(actual[i]))) {
                    failures.add(row.data() + " " + row.method() + " " + row.test() + " " + row.source() + " "
                            + row.quantity() + " study " + (i + 1) + ": " + expected + " but was " + actual[i]);
                }
            }
        }
        assertThat(failures.stream().limit(40).collect(Collectors.joining("\n")))
                .isEmpty();
    }
}
