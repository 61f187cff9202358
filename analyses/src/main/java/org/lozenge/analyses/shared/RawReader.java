package org.lozenge.analyses.shared;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lozenge.plugin.NumberText;
import org.lozenge.stats.effect.Correlation;
import org.lozenge.stats.effect.Determination;
import org.lozenge.stats.effect.FiveNumberSummary;
import org.lozenge.stats.effect.Genotypes;
import org.lozenge.stats.effect.InvalidRawDataException;
import org.lozenge.stats.effect.MarginalPairs;
import org.lozenge.stats.effect.MatchedPairs;
import org.lozenge.stats.effect.OneMean;
import org.lozenge.stats.effect.OneSpread;
import org.lozenge.stats.effect.PairedMeans;
import org.lozenge.stats.effect.PairedSpreads;
import org.lozenge.stats.effect.PartialCorrelation;
import org.lozenge.stats.effect.PersonTime;
import org.lozenge.stats.effect.Proportion;
import org.lozenge.stats.effect.Rate;
import org.lozenge.stats.effect.RawData;
import org.lozenge.stats.effect.Reliability;
import org.lozenge.stats.effect.Reported;
import org.lozenge.stats.effect.SemiPartialCorrelation;
import org.lozenge.stats.effect.TableFromOddsRatio;
import org.lozenge.stats.effect.TwoByTwo;
import org.lozenge.stats.effect.TwoMeans;
import org.lozenge.stats.effect.TwoSpreads;

/**
 * Makes the record a measure needs from the cells of a row.
 *
 * <p>Several sets of columns lead to the same record: cells or events and sizes of a two-by-two table; means with standard
 * deviations, with standard errors, or quantiles; t statistics. What had to be derived is noted by row.
 */
final class RawReader {

    /** Something was derived rather than read. */
    enum Derivation {
        /** Mean or standard deviation from quantiles. */
        QUANTILES,
        /** The quantiles speak against a symmetric distribution. */
        SKEWED,
        /** A two-by-two table from an odds ratio and its margins. */
        TABLE,
        /** A standardised difference from d or t. */
        DIFFERENCE,
        /** Standard deviations from t, F or P. */
        TEST
    }

    private final RawCells cells;
    private final String measure;
    private final RawParams.Summaries summaries;
    private final Map<Derivation, List<Integer>> derivations = new LinkedHashMap<>();

    RawReader(RawCells cells, String measure, RawParams.Summaries summaries) {
        this.summaries = summaries;
        this.cells = cells;
        this.measure = measure;
    }

    /** The rows by what was derived in them. */
    Map<Derivation, List<Integer>> derivations() {
        return derivations;
    }

    /**
     * The sets of roles from which a record follows, the most usual one first.
     *
     * @param type the type of the record
     */
    static List<List<String>> ways(Class<?> type) {
        return switch (type.getSimpleName()) {
            case "TwoByTwo" ->
                List.of(
                        List.of("events_t", "n_t", "events_c", "n_c"),
                        List.of("a", "b", "c", "d"),
                        List.of("a", "n_t", "c", "n_c"),
                        List.of("events_t", "b", "events_c", "d"),
                        List.of("ratio", "n_t", "n_c", "events"));
            case "MatchedPairs" -> List.of(List.of("a", "b", "c", "d"), List.of("events_t", "b", "events_c", "d"));
            case "MarginalPairs" ->
                List.of(List.of("a", "b", "c", "d", "r"), List.of("events_t", "b", "events_c", "d", "r"));
            case "PersonTime" -> List.of(List.of("events_t", "time_t", "events_c", "time_c"));
            case "TwoMeans" ->
                List.of(
                        List.of("mean_t", "sd_t", "n_t", "mean_c", "sd_c", "n_c"),
                        List.of("mean_t", "se_t", "n_t", "mean_c", "se_c", "n_c"),
                        List.of("median_t", "q1_t", "q3_t", "n_t", "median_c", "q1_c", "q3_c", "n_c"),
                        List.of("median_t", "min_t", "max_t", "n_t", "median_c", "min_c", "max_c", "n_c"),
                        List.of("mean_t", "n_t", "mean_c", "n_c", "t"),
                        List.of("mean_t", "n_t", "mean_c", "n_c", "f"),
                        List.of("mean_t", "n_t", "mean_c", "n_c", "p"),
                        List.of("cohen_d", "n_t", "n_c"),
                        List.of("t", "n_t", "n_c"));
            case "TwoSpreads" -> List.of(List.of("sd_t", "n_t", "sd_c", "n_c"), List.of("se_t", "n_t", "se_c", "n_c"));
            case "PairedMeans" ->
                List.of(
                        List.of("mean_pre", "sd_pre", "mean_post", "sd_post", "r", "n"),
                        List.of("mean_pre", "sd_pre", "mean_post", "r", "n"),
                        List.of("mean_change", "sd_change", "n"),
                        List.of("mean_t", "sd_t", "mean_c", "sd_c", "r", "n"));
            case "PairedSpreads" -> List.of(List.of("sd_pre", "sd_post", "r", "n"), List.of("sd_t", "sd_c", "r", "n"));
            case "OneMean" ->
                List.of(
                        List.of("mean", "sd", "n"),
                        List.of("m", "sd", "n"),
                        List.of("mean", "se_mean", "n"),
                        List.of("median", "q1", "q3", "n"),
                        List.of("median", "min", "max", "n"));
            case "OneSpread" -> List.of(List.of("sd", "n"));
            case "Correlation" -> List.of(List.of("r", "n"), List.of("t", "n"));
            case "PartialCorrelation" -> List.of(List.of("r", "m", "n"), List.of("t", "m", "n"));
            case "SemiPartialCorrelation" -> List.of(List.of("r", "r2", "m", "n"), List.of("t", "r2", "m", "n"));
            case "Determination" -> List.of(List.of("r2", "m", "n"));
            case "Proportion" -> List.of(List.of("events", "n"), List.of("events", "m"));
            case "Rate" -> List.of(List.of("events", "time"), List.of("events", "t"));
            case "Reliability" -> List.of(List.of("alpha", "m", "n"), List.of("a", "m", "n"));
            case "Genotypes" -> List.of(List.of("a", "b", "c"), List.of("events_t", "b", "events_c"));
            default -> throw new IllegalArgumentException("No columns are known for " + type);
        };
    }

    /** Whether the mapped columns can give such a record in any row; arms may be given in different ways. */
    boolean allows(Class<?> type) {
        if (type == Reported.class) {
            return false;
        }
        return ways(type).stream().anyMatch(way -> cells.hasAll(way) && (!way.contains("ratio") || isOddsRatio()))
                || switch (type.getSimpleName()) {
                    case "TwoByTwo" ->
                        hasAny("a", "events_t") && hasAny("b", "n_t") && hasAny("c", "events_c") && hasAny("d", "n_c");
                    case "TwoMeans" ->
                        cells.hasAll(List.of("n_t", "n_c")) && isArm("_t", "se_t") && isArm("_c", "se_c");
                    case "OneMean" -> cells.has("n") && isArm("", "se_mean");
                    default -> false;
                };
    }

    private boolean hasAny(String role, String other) {
        return cells.has(role) || cells.has(other);
    }

    private boolean isArm(String arm, String error) {
        boolean moments = cells.has("mean" + arm) && hasAny("sd" + arm, error);
        boolean quantiles = cells.hasAll(List.of("median" + arm, "q1" + arm, "q3" + arm))
                || cells.hasAll(List.of("median" + arm, "min" + arm, "max" + arm));
        return moments || quantiles || (measure.equals("smd1") && arm.equals("_t") && cells.has("mean_t"));
    }

    /** How quantiles are turned into means, for messages. */
    String summaryMethod() {
        return summaries == RawParams.Summaries.QE
                ? "McGrath and others 2020"
                : "Luo and others 2018, Wan and others 2014, Shi and others 2020";
    }

    /**
     * Reads a row.
     *
     * @return the record; empty if cells are missing
     * @throws RawCells.CellException if a cell holds no number
     * @throws org.lozenge.stats.effect.InvalidRawDataException if a number is impossible
     * @throws org.lozenge.stats.effect.NotEstimableException if the record does not follow from possible numbers
     */
    Optional<RawData> read(Class<?> type, int i) {
        return switch (type.getSimpleName()) {
            case "TwoByTwo" -> table(i);
            case "MatchedPairs" -> cells(i).map(x -> new MatchedPairs(x[0], x[1], x[2], x[3]));
            case "MarginalPairs" -> marginalPairs(i);
            case "PersonTime" ->
                numbers(i, "events_t", "time_t", "events_c", "time_c").map(x -> new PersonTime(x[0], x[1], x[2], x[3]));
            case "TwoMeans" -> twoMeans(i);
            case "TwoSpreads" ->
                all(sd(i, "_t"), number(i, "n_t"), sd(i, "_c"), number(i, "n_c"))
                        .map(x -> new TwoSpreads(x[0], x[1], x[2], x[3]));
            case "PairedMeans" -> pairedMeans(i);
            case "PairedSpreads" ->
                all(
                                cells.number(i, "sd_post", "sd_t"),
                                cells.number(i, "sd_pre", "sd_c"),
                                number(i, "r"),
                                number(i, "n"))
                        .map(x -> new PairedSpreads(x[0], x[1], x[2], x[3]));
            case "OneMean" -> oneMean(i);
            case "OneSpread" -> all(sd(i, ""), number(i, "n")).map(x -> new OneSpread(x[0], x[1]));
            default -> other(type, i);
        };
    }

    private Optional<RawData> other(Class<?> type, int i) {
        return switch (type.getSimpleName()) {
            case "Correlation" ->
                numbers(i, "r", "n")
                        .<RawData>map(x -> new Correlation(x[0], x[1]))
                        .or(() -> numbers(i, "t", "n").map(x -> Correlation.ofT(x[0], x[1])));
            case "PartialCorrelation" ->
                numbers(i, "r", "m", "n")
                        .<RawData>map(x -> new PartialCorrelation(x[0], x[1], x[2]))
                        .or(() -> numbers(i, "t", "m", "n").map(x -> PartialCorrelation.ofT(x[0], x[1], x[2])));
            case "SemiPartialCorrelation" ->
                numbers(i, "r", "r2", "m", "n")
                        .<RawData>map(x -> new SemiPartialCorrelation(x[0], x[1], x[2], x[3]))
                        .or(() -> numbers(i, "t", "r2", "m", "n")
                                .map(x -> SemiPartialCorrelation.ofT(x[0], x[1], x[2], x[3])));
            case "Determination" -> numbers(i, "r2", "m", "n").map(x -> new Determination(x[0], x[1], x[2]));
            case "Proportion" -> proportion(i);
            case "Rate" ->
                all(number(i, "events"), cells.number(i, "time", "t")).map(x -> new Rate(x[0], x[1]));
            case "Reliability" ->
                all(cells.number(i, "alpha", "a"), number(i, "m"), number(i, "n"))
                        .map(x -> new Reliability(x[0], x[1], x[2]));
            case "Genotypes" ->
                all(cells.number(i, "a", "events_t"), number(i, "b"), cells.number(i, "c", "events_c"))
                        .map(x -> new Genotypes(x[0], x[1], x[2]));
            default -> throw new IllegalArgumentException("No columns are known for " + type);
        };
    }

    /** The column in which a field of a record stands, for messages. */
    String columnOf(String field, int i) {
        String role = switch (field) {
            case "a" -> filled("a", "events_t", i);
            case "c" -> filled("c", "events_c", i);
            case "events_t" -> filled("events_t", "a", i);
            case "events_c" -> filled("events_c", "c", i);
            case "b" -> filled("b", "n_t", i);
            case "d" -> filled("d", "n_c", i);
            case "mean_1" -> filled("mean_post", filled("mean_change", "mean_t", i), i);
            case "mean_2" -> filled("mean_pre", "mean_c", i);
            case "sd_1" -> dividesByFirst() ? filled("sd_pre", "sd_t", i) : filled("sd_post", "sd_t", i);
            case "sd_2" -> dividesByFirst() ? filled("sd_post", "sd_c", i) : filled("sd_pre", "sd_c", i);
            case "mean" -> filled("mean", "m", i);
            case "time" -> filled("time", "t", i);
            case "alpha" -> filled("alpha", "a", i);
            case "or" -> "ratio";
            default -> field;
        };
        return cells.column(role);
    }

    private String filled(String role, String otherwise, int i) {
        return cells.isMissing(role, i) ? otherwise : role;
    }

    // ---- counts

    private Optional<RawData> table(int i) {
        double a = cells.number(i, "a", "events_t");
        double c = cells.number(i, "c", "events_c");
        double b = cells.number(i, "b");
        double d = cells.number(i, "d");
        double n1 = number(i, "n_t");
        double n2 = number(i, "n_c");
        boolean counted = !Double.isNaN(a) && !Double.isNaN(c);
        if (counted && !Double.isNaN(n1) && !Double.isNaN(n2) && cells.isMissing("b", i)) {
            return Optional.of(TwoByTwo.of(a, n1, c, n2));
        }
        if (counted && !Double.isNaN(b) && !Double.isNaN(d)) {
            return Optional.of(new TwoByTwo(a, b, c, d));
        }
        if (counted && !Double.isNaN(n1) && !Double.isNaN(n2)) {
            return Optional.of(TwoByTwo.of(a, n1, c, n2));
        }
        boolean margins =
                isOddsRatio() && numbers(i, "ratio", "n_t", "n_c", "events").isPresent();
        if (margins && !counted && !hasStatedInterval(i)) {
            note(Derivation.TABLE, i);
            return Optional.of(TableFromOddsRatio.of(number(i, "ratio"), n1, n2, number(i, "events")));
        }
        return Optional.empty();
    }

    /** A ratio of unknown kind is taken for one of odds only where odds ratios are asked for. */
    private boolean isOddsRatio() {
        return Measure.named(cells.column("ratio"))
                .map(named -> named.equals(Measure.OR))
                .orElse(measure.equals("or"));
    }

    private boolean hasStatedInterval(int i) {
        return !cells.isMissing("ci_low", i) && !cells.isMissing("ci_high", i);
    }

    private Optional<double[]> cells(int i) {
        return all(
                cells.number(i, "a", "events_t"),
                cells.number(i, "b"),
                cells.number(i, "c", "events_c"),
                cells.number(i, "d"));
    }

    private Optional<RawData> marginalPairs(int i) {
        double r = number(i, "r");
        return Double.isNaN(r) ? Optional.empty() : cells(i).map(x -> new MarginalPairs(x[0], x[1], x[2], x[3], r));
    }

    private Optional<RawData> proportion(int i) {
        double events = number(i, "events");
        double n = number(i, "n");
        // metafor's mi is the number without the event.
        double total = Double.isNaN(n) ? events + number(i, "m") : n;
        return all(events, total).map(x -> new Proportion(x[0], x[1]));
    }

    // ---- means

    private Optional<RawData> twoMeans(int i) {
        Optional<double[]> first = mean(i, "_t");
        Optional<double[]> second = mean(i, "_c");
        double n1 = number(i, "n_t");
        double n2 = number(i, "n_c");
        if (Double.isNaN(n1) || Double.isNaN(n2)) {
            return Optional.empty();
        }
        if (first.isPresent() && second.isPresent()) {
            double[] x = first.orElseThrow();
            double[] y = second.orElseThrow();
            // Glass' delta does not look at the first standard deviation.
            double sd1 = Double.isNaN(x[1]) && measure.equals("smd1") ? y[1] : x[1];
            if (!Double.isNaN(sd1) && !Double.isNaN(y[1])) {
                return Optional.of(new TwoMeans(x[0], sd1, n1, y[0], y[1], n2));
            }
        }
        Optional<RawData> standardised = standardised(i, n1, n2);
        return standardised.isPresent() ? standardised : fromTest(i, n1, n2);
    }

    /** Not for measures that are about the difference of the two standard deviations. */
    private Optional<RawData> fromTest(int i, double n1, double n2) {
        boolean comparesSds = measure.equals("cvr") || measure.equals("smd1h") || measure.equals("smdh");
        Optional<TwoMeans> groups = comparesSds ? Optional.empty() : new TestStatistics(cells, i, n1, n2).groups();
        groups.ifPresent(found -> note(Derivation.TEST, i));
        return groups.map(found -> found);
    }

    private Optional<RawData> standardised(int i, double n1, double n2) {
        double d = number(i, "cohen_d");
        double t = number(i, "t");
        if (!usesPooledSd() || (Double.isNaN(d) && Double.isNaN(t))) {
            return Optional.empty();
        }
        note(Derivation.DIFFERENCE, i);
        return Optional.of(Double.isNaN(d) ? TwoMeans.ofT(t, n1, n2) : TwoMeans.ofCohenD(d, n1, n2));
    }

    private boolean usesPooledSd() {
        return switch (measure) {
            case "smd", "rpb", "rbis", "zpb", "zbis", "d2orn", "d2orl" -> true;
            default -> false;
        };
    }

    private Optional<RawData> oneMean(int i) {
        double n = number(i, "n");
        return mean(i, "").flatMap(x -> all(x[0], x[1], n)).map(x -> new OneMean(x[0], x[1], x[2]));
    }

    /** Mean and standard deviation of an arm; the latter may be NaN, the former not. */
    private Optional<double[]> mean(int i, String arm) {
        double mean = arm.isEmpty() ? cells.number(i, "mean", "m") : cells.number(i, "mean" + arm);
        double sd = sd(i, arm);
        if (!Double.isNaN(mean) && !Double.isNaN(sd)) {
            return Optional.of(new double[] {mean, sd});
        }
        boolean summary = !cells.isMissing("median" + arm, i)
                && (hasBoth(i, "q1" + arm, "q3" + arm) || hasBoth(i, "min" + arm, "max" + arm));
        if (summary) {
            FiveNumberSummary.Moments moments = quantiles(i, arm);
            return Optional.of(
                    new double[] {Double.isNaN(mean) ? moments.mean() : mean, Double.isNaN(sd) ? moments.sd() : sd});
        }
        return Double.isNaN(mean) ? Optional.empty() : Optional.of(new double[] {mean, Double.NaN});
    }

    private boolean hasBoth(int i, String low, String high) {
        return !cells.isMissing(low, i) && !cells.isMissing(high, i);
    }

    private FiveNumberSummary.Moments quantiles(int i, String arm) {
        FiveNumberSummary summary = FiveNumberSummary.of(
                number(i, "min" + arm),
                number(i, "q1" + arm),
                number(i, "median" + arm),
                number(i, "q3" + arm),
                number(i, "max" + arm),
                number(i, "n" + arm));
        FiveNumberSummary.Moments moments =
                summaries == RawParams.Summaries.QE ? summary.quantileEstimation() : summary.normal();
        note(Derivation.QUANTILES, i);
        if (summary.isSkewed() && summaries == RawParams.Summaries.NORMAL) {
            note(Derivation.SKEWED, i);
        }
        return moments;
    }

    private double sd(int i, String arm) {
        double sd = number(i, "sd" + arm);
        double error = number(i, arm.isEmpty() ? "se_mean" : "se" + arm);
        if (Double.isNaN(sd) && error <= 0) {
            throw new InvalidRawDataException(
                    arm.isEmpty() ? "se_mean" : "se" + arm,
                    error,
                    "is a standard error and must be above 0, but is " + NumberText.print(error));
        }
        return Double.isNaN(sd) ? error * Math.sqrt(number(i, "n" + arm)) : sd;
    }

    // ---- pairs

    /** The change is after minus before; columns in metafor's names are first minus second. */
    private Optional<RawData> pairedMeans(int i) {
        double n = number(i, "n");
        double change = number(i, "mean_change");
        double sdChange = number(i, "sd_change");
        boolean changeScores = measure.equals("mc") || measure.equals("smcc");
        if (changeScores && !Double.isNaN(change) && !Double.isNaN(sdChange) && !Double.isNaN(n)) {
            return Optional.of(new PairedMeans(change, sdChange, 0, 0, 0, n));
        }
        boolean named = cells.has("mean_post") || cells.has("mean_pre");
        double before = number(i, named ? "mean_pre" : "mean_c");
        double after = number(i, named ? "mean_post" : "mean_t");
        double sdFirst = number(i, named ? (dividesByFirst() ? "sd_pre" : "sd_post") : "sd_t");
        double sdSecond = number(i, named ? (dividesByFirst() ? "sd_post" : "sd_pre") : "sd_c");
        if (Double.isNaN(sdSecond) && measure.equals("smcr")) {
            sdSecond = sdFirst;
        }
        return all(after, sdFirst, before, sdSecond, number(i, "r"), n)
                .map(x -> new PairedMeans(x[0], x[1], x[2], x[3], x[4], x[5]));
    }

    /** Whether the measure divides by the standard deviation of one occasion, which should be the one before. */
    private boolean dividesByFirst() {
        return measure.equals("smcr") || measure.equals("smcrh");
    }

    // ---- cells

    private double number(int i, String role) {
        return cells.number(i, role);
    }

    private Optional<double[]> numbers(int i, String... roles) {
        double[] values = new double[roles.length];
        for (int j = 0; j < roles.length; j++) {
            values[j] = number(i, roles[j]);
        }
        return all(values);
    }

    /** The values if none is missing. */
    private static Optional<double[]> all(double... values) {
        for (double value : values) {
            if (Double.isNaN(value)) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }

    private void note(Derivation derivation, int i) {
        List<Integer> rows = derivations.computeIfAbsent(derivation, key -> new ArrayList<>());
        if (rows.isEmpty() || rows.get(rows.size() - 1) != i) {
            rows.add(i);
        }
    }
}
