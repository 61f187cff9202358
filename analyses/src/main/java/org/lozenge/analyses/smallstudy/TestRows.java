package org.lozenge.analyses.smallstudy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.lozenge.plugin.Tabular;
import org.lozenge.stats.ConvergenceException;
import org.lozenge.stats.Interval;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.bias.FunnelRegression;

/** Collects the rows of the table {@code tests}, and the tests that were left out. */
final class TestRows {

    private record Row(String test, TestResult result, double estimate, double lower, double upper, String note) {}

    /** A computation that may refuse its data. */
    interface Attempt {
        void run();
    }

    private final int k;
    private final List<Row> rows = new ArrayList<>();
    /** Which tests were left out for each reason. */
    private final Map<String, List<String>> omitted = new LinkedHashMap<>();

    /** Takes the number of studies. */
    TestRows(int k) {
        this.k = k;
    }

    void regression(String test, FunnelRegression regression, String note) {
        int used = regression.fit().effects().k();
        add(
                test,
                regression.test(),
                regression.slope(),
                regression.slopeInterval(),
                used == k ? note : note + "; " + used + " of " + k + " studies, those with events and non-events");
    }

    void limit(String test, FunnelRegression regression, String note) {
        add(test, regression.limitTest(), regression.limit(), regression.limitInterval(), note);
    }

    void add(String test, TestResult result, double estimate, Interval interval, String note) {
        add(new Row(test, result, estimate, interval.lower(), interval.upper(), note));
    }

    void add(String test, TestResult result, double estimate, String note) {
        add(new Row(test, result, estimate, Double.NaN, Double.NaN, note));
    }

    private void add(Row row) {
        if (Double.isNaN(row.result().pValue())) {
            omit(row.test(), "the effects lie on the fitted line, so there is no error to compare it with");
        } else {
            rows.add(row);
        }
    }

    /** Runs a test; if it refuses the data, notes why. */
    void attempt(String test, Attempt attempt) {
        try {
            attempt.run();
        } catch (IllegalArgumentException | ConvergenceException e) {
            omit(test, String.valueOf(e.getMessage()));
        }
    }

    void omit(String test, String reason) {
        omitted.computeIfAbsent(reason, none -> new ArrayList<>()).add(test);
    }

    boolean isComplete() {
        return omitted.isEmpty();
    }

    /** The tests that were left out and why, each reason once. */
    String omitted() {
        return omitted.entrySet().stream()
                .map(reason -> String.join(", ", reason.getValue()) + ": " + reason.getKey())
                .collect(Collectors.joining("; "));
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    Tabular table() {
        return Tabular.of("tests", "Tests of small-study effects")
                .texts("test", rows.stream().map(Row::test).toArray(String[]::new))
                .numbers("statistic", numbers(row -> row.result().statistic()))
                .numbers(
                        "df",
                        numbers(row -> Double.isInfinite(row.result().df())
                                ? Double.NaN
                                : row.result().df()))
                .numbers("p_value", numbers(row -> row.result().pValue()))
                .numbers("estimate", numbers(Row::estimate))
                .numbers("ci_lower", numbers(Row::lower))
                .numbers("ci_upper", numbers(Row::upper))
                .texts("note", rows.stream().map(Row::note).toArray(String[]::new));
    }

    private double[] numbers(ToDoubleFunction<Row> cell) {
        return rows.stream().mapToDouble(cell).toArray();
    }
}
