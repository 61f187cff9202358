package org.lozenge.stats.multilevel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.Interval;
import org.lozenge.stats.model.DesignMatrix;
import org.lozenge.stats.robust.RobustType;

/** What may change with names, order, shift, scale and sign of effects, and what may not. */
class MultivariateInvarianceTest {

    private static final double CLOSE = 1e-9;
    private static final int SETS = 6;
    private static final List<String> NAMES = List.of("PFS", "OS", "ORR");

    private record Data(double[] y, double[] v, int[] study, int[] outcome) {

        /** Twelve to twenty studies of two or three outcomes, some of which are missing. */
        static Data random(int seed) {
            Random random = new Random(seed);
            int q = 2 + seed % 2;
            List<double[]> rows = new ArrayList<>();
            for (int s = 0; s < 12 + random.nextInt(9); s++) {
                double common = 0.3 * random.nextGaussian();
                for (int o = 0; o < q; o++) {
                    double v = 0.01 + 0.1 * random.nextDouble();
                    double error = 0.2 * random.nextGaussian() + Math.sqrt(v) * random.nextGaussian();
                    if (random.nextDouble() < 0.85) {
                        rows.add(new double[] {0.1 * o + common + error, v, s, o});
                    }
                }
            }
            return of(rows);
        }

        static Data of(List<double[]> rows) {
            return new Data(
                    rows.stream().mapToDouble(row -> row[0]).toArray(),
                    rows.stream().mapToDouble(row -> row[1]).toArray(),
                    rows.stream().mapToInt(row -> (int) row[2]).toArray(),
                    rows.stream().mapToInt(row -> (int) row[3]).toArray());
        }

        List<double[]> rows() {
            List<double[]> rows = new ArrayList<>();
            for (int i = 0; i < y.length; i++) {
                rows.add(new double[] {y[i], v[i], study[i], outcome[i]});
            }
            return rows;
        }

        int outcomes() {
            return Arrays.stream(outcome).max().orElseThrow() + 1;
        }

        MultivariateFit fit(CovarianceStructure structure) {
            List<String> names = NAMES.subList(0, outcomes());
            List<DoubleSeq> columns = IntStream.range(0, outcomes())
                    .mapToObj(o -> DoubleSeq.of(Arrays.stream(outcome)
                            .mapToDouble(at -> at == o ? 1 : 0)
                            .toArray()))
                    .toList();
            return new MultivariateModel(structure)
                    .withTest(CoefficientTest.CONTAINMENT)
                    .fit(
                            DoubleSeq.of(y),
                            SamplingCovariance.constant(DoubleSeq.of(v), study, 0.3),
                            DesignMatrix.withoutIntercept(names, columns, y.length),
                            study,
                            outcome,
                            names);
        }
    }

    /** Compares a fit with another one, whose outcomes are in another order. */
    private static void same(MultivariateFit a, MultivariateFit b, double[] shift, double scale, int... order) {
        double largest =
                IntStream.range(0, shift.length).mapToDouble(a::tau2).max().orElseThrow();
        RobustEffects robust = a.robust(RobustType.CR2);
        RobustEffects other = b.robust(RobustType.CR2);
        for (int o = 0; o < shift.length; o++) {
            int to = order[o];
            double se = a.coefficients().standardError(o);
            double moved = scale * (a.coefficients().coefficients().get(o) + shift[o]);
            assertEquals(moved, b.coefficients().coefficients().get(to), CLOSE * se * Math.abs(scale));
            close(Math.abs(scale) * se, b.coefficients().standardError(to));
            close(Math.abs(scale) * robust.standardError(o), other.standardError(to));
            close(robust.test(o).df(), other.test(to).df());
            assertEquals(scale * scale * a.tau2(o), b.tau2(to), CLOSE * scale * scale * largest);
            Interval first = a.tau2Interval(o);
            Interval second = b.tau2Interval(to);
            assertEquals(scale * scale * first.lower(), second.lower(), 1e-7 * scale * scale * largest);
            assertEquals(scale * scale * first.upper(), second.upper(), 1e-8 * scale * scale * first.upper());
            assertEquals(a.borrowedStrength(o, o), b.borrowedStrength(to, to), CLOSE);
        }
        assertEquals(a.rho(0, 1), b.rho(order[0], order[1]), 1e-8);
        close(a.residualHeterogeneity().statistic(), b.residualHeterogeneity().statistic());
    }

    private static void close(double expected, double actual) {
        assertEquals(expected, actual, CLOSE * Math.abs(expected));
    }

    private static int[] inOrder(Data data) {
        return IntStream.range(0, data.outcomes()).toArray();
    }

    @ParameterizedTest
    @EnumSource
    void orderOfRowsDoesNotMatter(CovarianceStructure structure) {
        for (int seed = 1; seed <= SETS; seed++) {
            Data data = Data.random(seed);
            List<double[]> rows = data.rows();
            Collections.shuffle(rows, new Random(seed));
            double[] none = new double[data.outcomes()];
            same(data.fit(structure), Data.of(rows).fit(structure), none, 1, inOrder(data));
        }
    }

    @ParameterizedTest
    @EnumSource
    void orderOfOutcomesAndNamesOfStudiesDoNotMatter(CovarianceStructure structure) {
        for (int seed = 1; seed <= SETS; seed++) {
            Data data = Data.random(seed);
            int last = data.outcomes() - 1;
            List<double[]> rows = data.rows();
            for (double[] row : rows) {
                row[2] = 1000 - 7 * row[2];
                row[3] = last - row[3];
            }
            int[] reversed = IntStream.rangeClosed(0, last).map(o -> last - o).toArray();
            same(data.fit(structure), Data.of(rows).fit(structure), new double[last + 1], 1, reversed);
        }
    }

    @ParameterizedTest
    @EnumSource
    void followsShiftScaleAndSign(CovarianceStructure structure) {
        for (int seed = 1; seed <= SETS; seed++) {
            Data data = Data.random(seed);
            double[] shift = new double[data.outcomes()];
            Arrays.setAll(shift, o -> 3 - 2.5 * o);
            for (double scale : new double[] {-1, 0.001, 500}) {
                List<double[]> rows = data.rows();
                for (double[] row : rows) {
                    row[0] = scale * (row[0] + shift[(int) row[3]]);
                    row[1] *= scale * scale;
                }
                same(data.fit(structure), Data.of(rows).fit(structure), shift, scale, inOrder(data));
            }
        }
    }
}
