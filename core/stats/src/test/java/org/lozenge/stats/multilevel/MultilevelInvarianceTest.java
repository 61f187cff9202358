package org.lozenge.stats.multilevel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.Interval;
import org.lozenge.stats.model.DesignMatrix;
import org.lozenge.stats.robust.RobustType;

/** What may change with names, order, shift, scale and sign of effects, and what may not. */
class MultilevelInvarianceTest {

    private static final double CLOSE = 1e-9;

    /** Some rows in clusters, with a moderator; sampling errors of a cluster are correlated in every other set. */
    private record Data(double[] y, double[] v, double[] x, String[] cluster, String[] group, double rho) {

        static Data random(int seed) {
            Random random = new Random(seed);
            int clusters = 6 + random.nextInt(10);
            List<double[]> rows = new ArrayList<>();
            List<String> cluster = new ArrayList<>();
            List<String> group = new ArrayList<>();
            for (int c = 0; c < clusters; c++) {
                double common = random.nextGaussian();
                int size = 1 + random.nextInt(6);
                for (int i = 0; i < size; i++) {
                    double v = 0.05 + random.nextDouble();
                    double error = 0.7 * random.nextGaussian() + Math.sqrt(v) * random.nextGaussian();
                    rows.add(new double[] {0.4 + common + error, v, random.nextGaussian()});
                    cluster.add("c" + c);
                    // The same names in all clusters.
                    group.add("g" + i / 2);
                }
            }
            return new Data(
                    column(rows, 0),
                    column(rows, 1),
                    column(rows, 2),
                    cluster.toArray(String[]::new),
                    group.toArray(String[]::new),
                    seed % 2 == 0 ? 0 : 0.4);
        }

        private static double[] column(List<double[]> rows, int j) {
            return rows.stream().mapToDouble(row -> row[j]).toArray();
        }

        Data with(double[] effects, double[] variances) {
            return new Data(effects, variances, x, cluster, group, rho);
        }

        Data reordered(int[] order) {
            return new Data(
                    Arrays.stream(order).mapToDouble(i -> y[i]).toArray(),
                    Arrays.stream(order).mapToDouble(i -> v[i]).toArray(),
                    Arrays.stream(order).mapToDouble(i -> x[i]).toArray(),
                    Arrays.stream(order).mapToObj(i -> cluster[i]).toArray(String[]::new),
                    Arrays.stream(order).mapToObj(i -> group[i]).toArray(String[]::new),
                    rho);
        }

        Data renamed() {
            String[] clusters =
                    Arrays.stream(cluster).map(c -> "z" + c.hashCode()).toArray(String[]::new);
            String[] groups = IntStream.range(0, group.length)
                    .mapToObj(i -> cluster[i] + group[i])
                    .toArray(String[]::new);
            return new Data(y, v, x, clusters, groups, rho);
        }

        MultilevelFit fit(boolean restricted, List<DoubleSeq> more) {
            List<String> clusters = List.of(cluster);
            NestedLevels levels = NestedLevels.of(List.of("cluster", "group"), List.of(clusters, List.of(group)))
                    .withRows("row");
            int[] codes = clusters.stream().mapToInt(clusters::indexOf).toArray();
            List<DoubleSeq> columns = new ArrayList<>(List.of(DoubleSeq.of(x)));
            columns.addAll(more);
            List<String> names =
                    IntStream.range(0, columns.size()).mapToObj(j -> "x" + j).toList();
            return new MultilevelModel()
                    .withRestricted(restricted)
                    .withTest(CoefficientTest.CONTAINMENT)
                    .fit(
                            DoubleSeq.of(y),
                            SamplingCovariance.constant(DoubleSeq.of(v), codes, rho),
                            DesignMatrix.withIntercept(names, columns, y.length),
                            levels);
        }

        MultilevelFit fit() {
            return fit(true, List.of());
        }
    }

    private static void same(MultilevelFit a, MultilevelFit b, double shift, double scale) {
        double unit = a.coefficients().standardError(0);
        for (int t = 0; t < 2; t++) {
            double moved = scale * (a.coefficients().coefficients().get(t) + (t == 0 ? shift : 0));
            assertEquals(moved, b.coefficients().coefficients().get(t), CLOSE * unit * Math.abs(scale));
            close(
                    Math.abs(scale) * a.coefficients().standardError(t),
                    b.coefficients().standardError(t));
            close(a.coefficients().df(t), b.coefficients().df(t));
            RobustEffects robust = a.robust(RobustType.CR2);
            RobustEffects other = b.robust(RobustType.CR2);
            close(Math.abs(scale) * robust.standardError(t), other.standardError(t));
            close(robust.test(t).df(), other.test(t).df());
        }
        double all = Arrays.stream(a.sigma2().toArray()).sum();
        for (int l = 0; l < a.sigma2().size(); l++) {
            assertEquals(scale * scale * a.sigma2().get(l), b.sigma2().get(l), CLOSE * scale * scale * all);
            Interval first = a.sigma2Interval(l);
            Interval second = b.sigma2Interval(l);
            assertEquals(scale * scale * first.lower(), second.lower(), 1e-8 * scale * scale * all);
            close(scale * scale * first.upper(), second.upper());
            assertEquals(a.componentTest(l).statistic(), b.componentTest(l).statistic(), 1e-8);
        }
        close(a.residualHeterogeneity().statistic(), b.residualHeterogeneity().statistic());
    }

    private static void close(double expected, double actual) {
        assertEquals(expected, actual, CLOSE * Math.abs(expected));
    }

    @RepeatedTest(12)
    void orderOfRowsDoesNotMatter(RepetitionInfo run) {
        Data data = Data.random(run.getCurrentRepetition());
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, data.y().length).boxed().toList());
        Collections.shuffle(order, new Random(run.getCurrentRepetition()));
        same(
                data.fit(),
                data.reordered(order.stream().mapToInt(Integer::intValue).toArray())
                        .fit(),
                0,
                1);
    }

    @RepeatedTest(12)
    void namesDoNotMatter(RepetitionInfo run) {
        Data data = Data.random(run.getCurrentRepetition());
        same(data.fit(), data.renamed().fit(), 0, 1);
    }

    @RepeatedTest(12)
    void followsShiftScaleAndSign(RepetitionInfo run) {
        Data data = Data.random(run.getCurrentRepetition());
        for (double scale : new double[] {-1, 1e-4, 1000}) {
            double shift = scale == -1 ? 25 : -3;
            double[] y = Arrays.stream(data.y()).map(e -> scale * (e + shift)).toArray();
            double[] v = Arrays.stream(data.v()).map(e -> scale * scale * e).toArray();
            same(data.fit(), data.with(y, v).fit(), shift, scale);
        }
    }

    @RepeatedTest(6)
    void aModeratorGivenTwiceCountsOnce(RepetitionInfo run) {
        Data data = Data.random(run.getCurrentRepetition());
        DoubleSeq twice =
                DoubleSeq.of(Arrays.stream(data.x()).map(e -> 3 - 2 * e).toArray());
        MultilevelFit fit = data.fit(true, List.of(twice));
        assertEquals(2, fit.coefficients().terms().size());
        same(data.fit(), fit, 0, 1);
    }

    /** By full likelihood, all clusters again give the same variances and mean, with half the variance of the mean. */
    @RepeatedTest(6)
    void twoCopiesHalveTheVarianceOfTheMean(RepetitionInfo run) {
        Data data = Data.random(run.getCurrentRepetition());
        int n = data.y().length;
        Data both = data.reordered(IntStream.range(0, 2 * n).map(i -> i % n).toArray());
        String[] clusters = IntStream.range(0, 2 * n)
                .mapToObj(i -> both.cluster()[i] + "/" + i / n)
                .toArray(String[]::new);
        Data copies = new Data(both.y(), both.v(), both.x(), clusters, both.group(), data.rho());
        MultilevelFit one = data.fit(false, List.of());
        MultilevelFit two = copies.fit(false, List.of());
        double all = Arrays.stream(one.sigma2().toArray()).sum();
        for (int l = 0; l < one.sigma2().size(); l++) {
            assertEquals(one.sigma2().get(l), two.sigma2().get(l), CLOSE * all);
        }
        close(one.coefficients().covariance(0, 0), 2 * two.coefficients().covariance(0, 0));
        close(2 * one.logLikelihood(false), two.logLikelihood(false));
        close(
                2 * one.residualHeterogeneity().statistic(),
                two.residualHeterogeneity().statistic());
    }
}
