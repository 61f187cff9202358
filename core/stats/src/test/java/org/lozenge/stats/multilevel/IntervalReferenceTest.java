package org.lozenge.stats.multilevel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.Interval;
import org.lozenge.stats.model.DesignMatrix;
import org.lozenge.stats.multilevel.Sets.Effect;

/** Profile intervals against metafor's confint(), as far as that reaches a limit. */
class IntervalReferenceTest {

    private static final Map<String, List<Effect>> SETS = Sets.read();

    static Stream<Arguments> rows() {
        return Sets.table("intervals-metafor.csv").stream()
                .map(row -> Arguments.of(
                        Stream.of("set", "model", "rho", "method", "parameter", "index")
                                .map(row::get)
                                .collect(Collectors.joining(" ")),
                        row));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void limitsAreThoseOfMetafor(String name, Map<String, String> row) {
        Interval interval = interval(row);
        compare(name + " lower", row.get("lower"), interval.lower());
        compare(name + " upper", row.get("upper"), interval.upper());
    }

    private static Interval interval(Map<String, String> row) {
        List<Effect> effects = Objects.requireNonNull(SETS.get(row.get("set")));
        int index = Integer.parseInt(row.get("index")) - 1;
        if (row.get("parameter").equals("sigma2")) {
            Map<String, String> model =
                    Map.of("method", row.get("method"), "rho", row.get("rho"), "x", "0", "levels", row.get("model"));
            return Sets.multilevel(effects, model, CoefficientTest.Z).sigma2Interval(index);
        }
        MultivariateFit fit = Sets.multivariate(
                effects, Map.of("method", row.get("method"), "rho", row.get("rho"), "structure", row.get("model")));
        return row.get("parameter").equals("rho") ? fit.rhoInterval(0, 1) : fit.tau2Interval(index);
    }

    /** Near 0 each value of a variance is a saddle by the others; a rare outcome has two peaks, each with its own profile. */
    @ParameterizedTest(name = "{0} {3}")
    @CsvFileSource(resources = "profile-limits.csv", numLinesToSkip = 1)
    void limitsAreThoseOfTheHighestProfile(
            String set, double rho, CovarianceStructure structure, String outcome, double lower, double upper) {
        List<Map<String, String>> rows = Sets.table(set + ".csv");
        List<String> studies = rows.stream().map(row -> row.get("study")).toList();
        List<String> outcomes = rows.stream().map(row -> row.get("outcome")).toList();
        List<String> names = outcomes.stream().distinct().toList();
        double[] y = numbers(rows, "y");
        int[] study = studies.stream().mapToInt(studies::indexOf).toArray();
        List<DoubleSeq> columns = names.stream()
                .map(name -> DoubleSeq.of(outcomes.stream()
                        .mapToDouble(o -> o.equals(name) ? 1 : 0)
                        .toArray()))
                .toList();
        MultivariateFit fit = new MultivariateModel(structure)
                .fit(
                        DoubleSeq.of(y),
                        SamplingCovariance.constant(DoubleSeq.of(numbers(rows, "v")), study, rho),
                        DesignMatrix.withoutIntercept(names, columns, y.length),
                        study,
                        outcomes.stream().mapToInt(names::indexOf).toArray(),
                        names);
        Interval interval = fit.tau2Interval(names.indexOf(outcome));
        assertEquals(lower, interval.lower(), 1e-7 * lower);
        assertEquals(upper, interval.upper(), 1e-7 * upper);
    }

    private static double[] numbers(List<Map<String, String>> rows, String column) {
        return rows.stream()
                .mapToDouble(row -> Double.parseDouble(row.get(column)))
                .toArray();
    }

    private static void compare(String name, String expected, double actual) {
        if (!expected.isEmpty()) {
            double limit = Double.parseDouble(expected);
            assertEquals(limit, actual, 1e-6 * Math.abs(limit), name);
        }
    }

    @Test
    void referenceCoversTheSets() {
        assertEquals(83, Sets.table("intervals-metafor.csv").size());
    }
}
