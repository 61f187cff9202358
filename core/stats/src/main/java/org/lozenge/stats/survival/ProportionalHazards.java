package org.lozenge.stats.survival;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.numeric.ChiSquared;
import org.lozenge.stats.numeric.PositiveDefinite;

/**
 * Score test of θ = 0 in {@code β(t) = β + θ g(t)} at the maximum for β, from the score and information of each event time.
 */
final class ProportionalHazards {

    private static final double SINGULAR = 1e-10;

    /** One event time: how many events, and what they add to score and information (basis of the design). */
    static final class Time {
        private final double time;
        private final int events;
        private final double[] score;
        private final double[][] information;

        Time(double time, int events, double[] score, double[][] information) {
            this.time = time;
            this.events = events;
            this.score = score;
            this.information = information;
        }
    }

    private final SurvivalTimes all;
    private final CoxDesign design;
    private final List<Time> times;

    ProportionalHazards(SurvivalTimes all, CoxDesign design, List<Time> times) {
        this.all = all;
        this.design = design;
        this.times = List.copyOf(times);
    }

    TestResult test(TimeTransform transform, int... columns) {
        double[] g = centred(values(transform));
        int p = design.rank();
        double[] u = new double[p];
        double[][] plain = new double[p][p];
        double[][] once = new double[p][p];
        double[][] twice = new double[p][p];
        for (int i = 0; i < g.length; i++) {
            Time t = times.get(i);
            for (int j = 0; j < p; j++) {
                u[j] += g[i] * t.score[j];
                for (int k = 0; k < p; k++) {
                    double v = t.information[j][k];
                    plain[j][k] += v;
                    once[j][k] += g[i] * v;
                    twice[j][k] += g[i] * g[i] * v;
                }
            }
        }
        return statistic(
                design.scoreToCovariates(u),
                design.informationToCovariates(plain),
                design.informationToCovariates(once),
                design.informationToCovariates(twice),
                positions(columns));
    }

    /** Positions among the kept columns. */
    private int[] positions(int... columns) {
        return Arrays.stream(columns)
                .map(column -> Arrays.binarySearch(design.kept, column))
                .filter(position -> position >= 0)
                .toArray();
    }

    /** The score test of the θ at these positions: information of θ minus what β already explains of it. */
    private static TestResult statistic(double[] u, double[][] plain, double[][] once, double[][] twice, int[] at) {
        PositiveDefinite beta = PositiveDefinite.of(plain, 1e-14);
        int q = at.length;
        double[] score = new double[q];
        double[][] rest = new double[q][q];
        for (int i = 0; i < q; i++) {
            score[i] = u[at[i]];
            double[] explained = beta.solve(once[at[i]]);
            for (int j = 0; j < q; j++) {
                rest[i][j] = twice[at[i]][at[j]];
                for (int k = 0; k < explained.length; k++) {
                    rest[i][j] -= explained[k] * once[k][at[j]];
                }
            }
            if (rest[i][i] < SINGULAR * twice[at[i]][at[i]]) {
                rest[i][i] = 0;
            }
        }
        PositiveDefinite factor = PositiveDefinite.of(rest, SINGULAR);
        double statistic = factor.inverseForm(score);
        return factor.rank() == 0
                ? new TestResult(Double.NaN, 0, Double.NaN)
                : new TestResult(statistic, factor.rank(), ChiSquared.upperTail(statistic, factor.rank()));
    }

    /** A shift of g changes nothing in exact arithmetic; centring keeps the digits. */
    private double[] centred(double[] g) {
        double sum = 0;
        int events = 0;
        for (int i = 0; i < g.length; i++) {
            sum += g[i] * times.get(i).events;
            events += times.get(i).events;
        }
        double mean = sum / events;
        return Arrays.stream(g).map(value -> value - mean).toArray();
    }

    private double[] values(TimeTransform transform) {
        return switch (transform) {
            case IDENTITY -> times.stream().mapToDouble(t -> t.time).toArray();
            case LOG -> times.stream().mapToDouble(t -> log(t.time)).toArray();
            case RANK -> ranks();
            case KM -> survivalBefore();
        };
    }

    private static double log(double time) {
        if (time == 0) {
            throw new IllegalArgumentException("An event has time 0, which has no logarithm; choose another transform");
        }
        return StrictMath.log(time);
    }

    /** The rank among all times; ties share their mean rank. */
    private double[] ranks() {
        double[] sorted = all.times().toArray();
        Arrays.sort(sorted);
        Map<Double, Double> rank = new HashMap<>();
        for (int i = 0; i < sorted.length; ) {
            int first = i;
            while (i < sorted.length && sorted[i] == sorted[first]) {
                i++;
            }
            rank.put(sorted[first], (first + 1 + i) / 2.0);
        }
        return times.stream()
                .mapToDouble(t -> rank.getOrDefault(t.time, Double.NaN))
                .toArray();
    }

    private double[] survivalBefore() {
        KaplanMeierCurve curve = new KaplanMeier(CurveInterval.PLAIN, 0.95).estimate(all);
        return times.stream()
                .mapToDouble(t -> {
                    int step = curve.stepAt(t.time) - 1;
                    return step < 0 ? 0 : 1 - curve.survival().get(step);
                })
                .toArray();
    }
}
