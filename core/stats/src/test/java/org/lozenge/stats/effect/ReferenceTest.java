package org.lozenge.stats.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All measures against metafor on the data sets of {@code effects.csv}, and against 30 digits on {@code exact.csv}. */
class ReferenceTest {

    /** Closed forms. Differences next to 0 are judged by their standard error, the scale on which they matter. */
    private static final double CLOSED_FORM = 1e-12;

    record Line(
            String set,
            String measure,
            VarianceType type,
            double add,
            ZeroCells.To to,
            boolean drop00,
            List<double[]> raw,
            double[] y,
            double[] v) {

        static Line of(String text) {
            String[] cells = text.split(",", -1);
            return new Line(
                    cells[0],
                    cells[1],
                    VarianceType.valueOf(cells[2].toUpperCase(Locale.ROOT)),
                    Double.parseDouble(cells[3]),
                    ZeroCells.To.valueOf(cells[4].toUpperCase(Locale.ROOT)),
                    cells[5].equals("1"),
                    Arrays.stream(cells[6].split(";"))
                            .map(ReferenceTest::numbers)
                            .toList(),
                    numbers(cells[7]),
                    numbers(cells[8]));
        }

        @Override
        public String toString() {
            return set + " " + measure + " " + type + " " + to + " " + add + (drop00 ? " drop00" : "");
        }
    }

    static final List<Line> LINES = rows("effects.csv").stream().map(Line::of).toList();

    static Set<String> measures() {
        return LINES.stream().map(Line::measure).collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("measures")
    void matchesMetafor(String measure) {
        for (Line line : LINES) {
            if (line.measure.equals(measure)) {
                check(line);
            }
        }
    }

    /** The terms for small samples of some measures came into metafor after the version at hand. */
    static BiasCorrection bias(Line line) {
        boolean plain = Set.of("rom", "romc", "cvrc").contains(line.measure);
        return plain ? BiasCorrection.NONE : BiasCorrection.EXACT;
    }

    private static void check(Line line) {
        List<Optional<Effect>> effects = compute(line, bias(line));
        for (int i = 0; i < effects.size(); i++) {
            String where = line + " study " + (i + 1) + " " + Arrays.toString(line.raw.get(i));
            if (Double.isNaN(line.y[i]) || Double.isNaN(line.v[i]) || line.v[i] == 0) {
                assertThat(effects.get(i)).as(where).isEmpty();
                continue;
            }
            assertThat(effects.get(i)).as(where).isPresent();
            Effect effect = effects.get(i).orElseThrow();
            double y = line.measure.equals("cvr") ? effect.y() + meanTerm(line.raw.get(i)) : effect.y();
            double scale = Math.max(Math.abs(line.y[i]), Math.sqrt(line.v[i]));
            assertThat(Math.abs(y - line.y[i]))
                    .as("y of %s: %s, not %s", where, y, line.y[i])
                    .isLessThanOrEqualTo(CLOSED_FORM * scale);
            assertThat(Math.abs(effect.v() - line.v[i]))
                    .as("v of %s: %s, not %s", where, effect.v(), line.v[i])
                    .isLessThanOrEqualTo(tolerance(line) * line.v[i]);
        }
    }

    /** The unbiased variances subtract (m−2)/(mJ²) from 1, and metafor's J is a difference of large logarithms. */
    private static double tolerance(Line line) {
        return line.type == VarianceType.UB ? 1e-10 : CLOSED_FORM;
    }

    static double meanTerm(double[] r) {
        return (r[1] * r[1] / (r[2] * r[0] * r[0]) - r[4] * r[4] / (r[5] * r[3] * r[3])) / 2;
    }

    static List<Optional<Effect>> compute(Line line, BiasCorrection bias) {
        EffectMeasure<?> measure = EffectMeasures.of(line.measure, Optional.of(line.type), bias);
        return compute(line, measure);
    }

    private static <R extends RawData> List<Optional<Effect>> compute(Line line, EffectMeasure<R> measure) {
        Class<R> type = measure.description().rawType();
        List<R> raws = line.raw.stream()
                .map(numbers -> type.cast(raw(line.measure, type, numbers)))
                .toList();
        List<Optional<R>> treated = treat(line, raws, type);
        EffectMeasure<R> informed =
                measure.informedBy(treated.stream().flatMap(Optional::stream).toList());
        return treated.stream()
                .map(raw -> raw.flatMap(r -> effect(informed, r)))
                .toList();
    }

    private static <R extends RawData> Optional<Effect> effect(EffectMeasure<R> measure, R raw) {
        try {
            return Optional.of(measure.compute(raw));
        } catch (NotEstimableException e) {
            return Optional.empty();
        }
    }

    private static <R extends RawData> List<Optional<R>> treat(Line line, List<R> raws, Class<R> type) {
        ZeroCells zeros = new ZeroCells(line.add, line.to, ZeroCells.Split.CONSTANT, line.drop00);
        return zeros.apply(raws).stream()
                .map(t -> t.dropped() ? Optional.<R>empty() : Optional.of(type.cast(t.data())))
                .toList();
    }

    static RawData raw(String measure, Class<?> type, double[] r) {
        return switch (type.getSimpleName()) {
            case "TwoByTwo" -> new TwoByTwo(r[0], r[1], r[2], r[3]);
            case "MatchedPairs" -> new MatchedPairs(r[0], r[1], r[2], r[3]);
            case "MarginalPairs" -> new MarginalPairs(r[0], r[1], r[2], r[3], r[4]);
            case "PersonTime" -> new PersonTime(r[0], r[1], r[2], r[3]);
            case "TwoMeans" -> new TwoMeans(r[0], r[1], r[2], r[3], r[4], r[5]);
            case "TwoSpreads" -> new TwoSpreads(r[0], r[1], r[2], r[3]);
            case "PairedMeans" -> new PairedMeans(r[0], r[1], r[2], r[3], r[4], r[5]);
            case "PairedSpreads" -> new PairedSpreads(r[0], r[1], r[2], r[3]);
            case "OneMean" -> new OneMean(r[0], r[1], r[2]);
            case "OneSpread" -> new OneSpread(r[0], r[1]);
            case "Correlation" -> new Correlation(r[0], r[1]);
            case "PartialCorrelation" -> PartialCorrelation.ofT(r[0], r[1], r[2]);
            case "SemiPartialCorrelation" -> SemiPartialCorrelation.ofT(r[0], r[1], r[2], r[3]);
            case "Proportion" -> new Proportion(r[0], r[1]);
            case "Rate" -> new Rate(r[0], r[1]);
            case "Reliability" -> new Reliability(r[0], r[1], r[2]);
            case "Genotypes" -> new Genotypes(r[0], r[1], r[2]);
            default -> throw new AssertionError(measure + " works on " + type);
        };
    }

    @Test
    void coversEveryMeasureOfMetafor() {
        Set<String> missing = new TreeSet<>(EffectMeasures.codes());
        missing.removeAll(measures());
        // Not in the version at hand: ClosedFormTest; without a closed form: below.
        assertThat(missing)
                .containsExactly(
                        "cles", "generic", "hr", "prz", "r2", "rtet", "smd1h", "ucor", "zbis", "zpb", "zphi", "zr2",
                        "zspcor", "ztet");
    }

    @Test
    void coversManyDataSets() {
        assertThat(LINES.stream().map(Line::set).distinct().count()).isGreaterThanOrEqualTo(50);
        assertThat(LINES.stream().mapToInt(line -> 2 * line.y.length).sum()).isGreaterThan(25_000);
    }

    static List<String[]> exact() {
        return rows("exact.csv").stream().map(line -> line.split(",", -1)).toList();
    }

    @Test
    void matchesThirtyDigits() {
        int checked = 0;
        for (String[] line : exact()) {
            double[] raw = numbers(line[1]);
            double value = Double.parseDouble(line[2]);
            Function<String, String> name = what -> what + " of " + line[0] + " " + line[1];
            switch (line[0]) {
                case "j" -> close(name.apply("J"), BiasCorrection.EXACT.factor(raw[0]), value, 1e-15);
                case "ucor" -> {
                    Effect effect = new UnbiasedCorrelation(VarianceType.UB).compute(new Correlation(raw[0], raw[1]));
                    close(name.apply("y"), effect.y(), value, 1e-13);
                    // y² − 1 + … of terms near 1: absolute rounding of 1e-13.
                    assertThat(effect.v()).as(name.apply("v")).isCloseTo(Double.parseDouble(line[3]), offset(1e-13));
                }
                case "rtet" -> {
                    Effect effect = new TetrachoricCorrelation().compute(new TwoByTwo(raw[0], raw[1], raw[2], raw[3]));
                    close(name.apply("y"), effect.y(), value, 1e-12);
                    close(name.apply("v"), effect.v(), Double.parseDouble(line[3]), 1e-11);
                }
                default -> throw new AssertionError(line[0]);
            }
            checked++;
        }
        assertThat(checked).isEqualTo(40);
    }

    private static void close(String what, double actual, double expected, double tolerance) {
        assertThat(Math.abs(actual - expected))
                .as("%s: %s, not %s", what, actual, expected)
                .isLessThanOrEqualTo(tolerance * Math.abs(expected));
    }

    static double[] numbers(String text) {
        return Arrays.stream(text.split(" "))
                .mapToDouble(cell -> cell.equals("NA") ? Double.NaN : Double.parseDouble(cell))
                .toArray();
    }

    /** The lines of a file without comments and header. */
    static List<String> rows(String file) {
        try (InputStream in = Objects.requireNonNull(ReferenceTest.class.getResourceAsStream(file), file);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            List<String> lines = new ArrayList<>(
                    reader.lines().filter(l -> !l.startsWith("#")).toList());
            return lines.subList(1, lines.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
