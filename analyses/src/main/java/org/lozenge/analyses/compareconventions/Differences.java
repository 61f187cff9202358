package org.lozenge.analyses.compareconventions;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lozenge.plugin.Tabular;
import org.lozenge.stats.Interval;

/** What differs between Lozenge's own numbers and those of another convention, and why. */
final class Differences {

    /** Below this, relative to the value or the standard error, two numbers are the same. */
    private static final double SAME = 1e-12;

    private record Row(String convention, String quantity, double value, double lozenge, String why) {}

    private final List<Row> rows = new ArrayList<>();

    private Differences() {}

    static Tabular table(Fitted own, List<Fitted> others) {
        Differences differences = new Differences();
        others.forEach(other -> differences.compare(own, other));
        List<Row> rows = differences.rows;
        return Tabular.of("differences", "What differs from Lozenge's defaults, and why")
                .texts("convention", rows.stream().map(Row::convention).toArray(String[]::new))
                .texts("quantity", rows.stream().map(Row::quantity).toArray(String[]::new))
                .numbers("value", rows.stream().mapToDouble(Row::value).toArray())
                .numbers("lozenge", rows.stream().mapToDouble(Row::lozenge).toArray())
                .numbers(
                        "difference",
                        rows.stream().mapToDouble(r -> r.value() - r.lozenge()).toArray())
                .texts("why", rows.stream().map(Row::why).toArray(String[]::new))
                .label("why", "because");
    }

    private void compare(Fitted own, Fitted other) {
        String effects = sameEffects(own, other) ? "" : effects(own, other);
        add(other, "k", other.k(), own.k(), effects);
        String common = other.stratified()
                ? "the common effect is pooled from the counts by Mantel and Haenszel, not by inverse variance"
                : effects;
        add(other, "common estimate", other.estimate(false), own.estimate(false), common);
        limits(other, "common ci", Optional.of(other.interval(false)), Optional.of(own.interval(false)), common);
        String q = other.hasOtherQ() ? "Q is taken about the Mantel-Haenszel estimate" : effects;
        add(other, "q", other.q().statistic(), own.q().statistic(), q);
        String tau2 = reason(
                other.tau2Method().equals(own.tau2Method())
                        ? ""
                        : "τ² by " + other.tau2Method() + " instead of " + own.tau2Method(),
                effects);
        add(other, "tau2", other.tau2(), own.tau2(), tau2);
        add(other, "random estimate", other.estimate(true), own.estimate(true), tau2);
        String test = reason(
                other.test().equals(own.test()) ? "" : "test " + other.test() + " instead of " + own.test(), tau2);
        limits(other, "random ci", Optional.of(other.interval(true)), Optional.of(own.interval(true)), test);
        add(other, "random p_value", other.pValue(true), own.pValue(true), test);
        String prediction = reason(
                other.predictionMethod().equals(own.predictionMethod())
                        ? ""
                        : "prediction interval " + other.predictionMethod() + " instead of " + own.predictionMethod(),
                test);
        limits(other, "pi", other.prediction(), own.prediction(), prediction);
        String i2 = other.basis().equals(own.basis())
                ? tau2
                : "I² from " + (other.basis().equals("q") ? "Q" : "τ²") + " instead of "
                        + (own.basis().equals("q") ? "Q" : "τ²")
                        + (q.isEmpty() || q.equals(effects) ? "" : "; " + q);
        add(other, "i2", other.i2(), own.i2(), i2);
    }

    private static String reason(String first, String then) {
        return first.isEmpty() ? then : then.isEmpty() ? first : first + "; " + then;
    }

    private static boolean sameEffects(Fitted own, Fitted other) {
        return own.pooled().effects().equals(other.pooled().effects());
    }

    private static String effects(Fitted own, Fitted other) {
        if (own.k() != other.k() && !own.measure().token().startsWith("smd")) {
            return "studies without events in both groups, or with events only, are "
                    + (other.k() > own.k() ? "kept, with the constant added" : "left out");
        }
        return switch (own.measure().token()) {
            case "rd", "ird" -> "the constant for zero cells enters the variances, but not the differences";
            case "peto" -> "no constant is added to zero cells";
            case "smd" ->
                own.k() == other.k()
                        ? "another correction for small samples or formula of the variance"
                        : "another formula of the variance, which groups of 2 may be too small for";
            default ->
                "effects and variances differ: another correction for small samples or variance of differences of means";
        };
    }

    private void limits(Fitted other, String name, Optional<Interval> value, Optional<Interval> ours, String why) {
        double nan = Double.NaN;
        add(
                other,
                name + " lower",
                value.map(Interval::lower).orElse(nan),
                ours.map(Interval::lower).orElse(nan),
                why);
        add(
                other,
                name + " upper",
                value.map(Interval::upper).orElse(nan),
                ours.map(Interval::upper).orElse(nan),
                why);
    }

    private void add(Fitted other, String quantity, double value, double ours, String why) {
        boolean bothMissing = Double.isNaN(value) && Double.isNaN(ours);
        double scale = Math.max(Math.abs(value), Math.abs(ours));
        if (!bothMissing && !(Math.abs(value - ours) <= SAME * scale)) {
            rows.add(new Row(other.name(), quantity, value, ours, why));
        }
    }
}
