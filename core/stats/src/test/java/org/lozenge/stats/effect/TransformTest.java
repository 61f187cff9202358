package org.lozenge.stats.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Back-transformations and quantile estimation against {@code transforms.csv}, and their invariants. */
class TransformTest {

    static List<String> lines() {
        return ReferenceTest.rows("transforms.csv");
    }

    @ParameterizedTest
    @MethodSource("lines")
    void matchesTheReference(String line) {
        String[] cells = line.split(",");
        if (cells[0].startsWith("qe-") || cells[0].startsWith("normal-")) {
            checkQuantiles(cells);
            return;
        }
        double y = Double.parseDouble(cells[1]);
        double expected = Double.parseDouble(cells[3]);
        double actual = transform(cells[0], Double.parseDouble(cells[2])).apply(y);
        assertThat(actual).as(line).isCloseTo(expected, offset(1e-12 * Math.max(Math.abs(expected), 1e-3)));
    }

    private static BackTransform transform(String name, double n) {
        return switch (name) {
            case "pft" -> BackTransform.freemanTukeyProportion(n);
            case "irft" -> BackTransform.freemanTukeyRate(n);
            case "ahw" -> BackTransform.hakstianWhalen();
            case "abt" -> BackTransform.bonett();
            case "tanh" -> BackTransform.tanh();
            case "logistic" -> BackTransform.logistic();
            default -> BackTransform.exp();
        };
    }

    private static void checkQuantiles(String[] cells) {
        double[] x = ReferenceTest.numbers(cells[1]);
        double[] expected = ReferenceTest.numbers(cells[3]);
        double nan = Double.NaN;
        double n = Double.parseDouble(cells[2]);
        FiveNumberSummary summary = switch (cells[0].substring(cells[0].indexOf('-'))) {
            case "-range" -> FiveNumberSummary.of(x[0], nan, x[2], nan, x[4], n);
            case "-quartiles" -> FiveNumberSummary.of(nan, x[1], x[2], x[3], nan, n);
            default -> FiveNumberSummary.of(x[0], x[1], x[2], x[3], x[4], n);
        };
        if (cells[0].startsWith("normal-")) {
            FiveNumberSummary.Moments normal = summary.normal();
            assertThat(normal.mean())
                    .as("mean of %s", (Object) cells)
                    .isCloseTo(expected[0], offset(1e-12 * expected[1]));
            assertThat(normal.sd()).as("sd of %s", (Object) cells).isCloseTo(expected[1], withPercentage(1e-10));
            return;
        }
        FiveNumberSummary.Moments moments = summary.quantileEstimation();
        // Both searches stop where losses no longer differ, which is 1e-8 of the shape.
        assertThat(moments.mean())
                .as("mean of %s %s", cells[0], cells[1])
                .isCloseTo(expected[0], offset(1e-6 * expected[1]));
        assertThat(moments.sd()).as("sd of %s %s", cells[0], cells[1]).isCloseTo(expected[1], withPercentage(1e-4));
    }

    @Test
    void referenceCoversEveryTransformation() {
        assertThat(lines().stream().map(line -> line.split(",")[0]).distinct())
                .containsExactlyInAnyOrder(
                        "pft",
                        "irft",
                        "ahw",
                        "abt",
                        "tanh",
                        "logistic",
                        "exp",
                        "normal-range",
                        "normal-quartiles",
                        "normal-all",
                        "qe-range",
                        "qe-quartiles",
                        "qe-all");
        assertThat(lines()).hasSize(77);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 3, 20, 1000, 1e6})
    void freemanTukeyComesBackToTheProportion(double n) {
        for (double share : new double[] {0, 0.1, 0.25, 0.5, 0.9, 1}) {
            double events = Math.rint(share * n);
            double y = FreemanTukeyProportion.transform(events, n);
            double back = BackTransform.freemanTukeyProportion(n).apply(y);
            assertThat(back).as("%s of %s", events, n).isCloseTo(events / n, offset(1e-12));
        }
    }

    @Test
    void freemanTukeyTakesTheHarmonicMeanOfThePooledSizes() {
        FreemanTukeyProportion measure = new FreemanTukeyProportion();
        // Miller's four proportions; the harmonic mean of 11, 17, 21 and 6 is 10.9885…
        List<Proportion> studies =
                List.of(new Proportion(3, 11), new Proportion(6, 17), new Proportion(10, 21), new Proportion(1, 6));
        double harmonic = 4 / (1.0 / 11 + 1.0 / 17 + 1.0 / 21 + 1.0 / 6);
        double y = 0.6;
        assertThat(measure.backTransform(studies).apply(y))
                .isEqualTo(BackTransform.freemanTukeyProportion(harmonic).apply(y));
    }

    @Test
    void everyMeasureComesBackToItsOwnScale() {
        assertThat(back(new LogOddsRatio(), new TwoByTwo(1, 3, 2, 8))).isCloseTo(8.0 / 6, offset(1e-14));
        assertThat(back(new LogitProportion(), new Proportion(3, 10))).isCloseTo(0.3, offset(1e-14));
        assertThat(back(new ProbitProportion(), new Proportion(3, 10))).isCloseTo(0.3, offset(1e-14));
        assertThat(back(new ArcsineProportion(), new Proportion(3, 10))).isCloseTo(0.3, offset(1e-14));
        assertThat(back(new LogProportion(), new Proportion(3, 10))).isCloseTo(0.3, offset(1e-14));
        assertThat(back(new FisherZ(), new Correlation(-0.7, 10))).isCloseTo(-0.7, offset(1e-14));
        assertThat(back(new SquareRootRate(), new Rate(3, 10))).isCloseTo(0.3, offset(1e-14));
        assertThat(back(new FreemanTukeyRate(), new Rate(3, 10))).isCloseTo(0.3, offset(1e-14));
        assertThat(back(new HakstianWhalenAlpha(), new Reliability(0.8, 5, 40))).isCloseTo(0.8, offset(1e-14));
        assertThat(back(new BonettAlpha(), new Reliability(-0.2, 5, 40))).isCloseTo(-0.2, offset(1e-14));
        assertThat(back(new FisherZDetermination(), new Determination(0.36, 2, 40)))
                .isCloseTo(0.36, offset(1e-14));
    }

    private static <R extends RawData> double back(EffectMeasure<R> measure, R raw) {
        return measure.backTransform(List.of(raw)).apply(measure.compute(raw).y());
    }
}
