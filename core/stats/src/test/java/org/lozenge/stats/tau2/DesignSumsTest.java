package org.lozenge.stats.tau2;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.lozenge.stats.numeric.PivotedQr;

/** The sums of a regression on groups are those of the groups about their means. */
class DesignSumsTest {

    private static final int GROUPS = 3;

    private static double[][] basis(double[][] columns) {
        return PivotedQr.of(columns, 0).orthonormal(columns);
    }

    /** Effects of 1 lie beside errors of 1e-4, which leaves twelve digits of the errors. */
    private static void assertClose(double expected, double actual, String what) {
        assertEquals(expected, actual, 1e-11 * Math.abs(expected), what);
    }

    /** Variances of the groups differ by up to eight orders of magnitude, which takes both ways of factorisation. */
    @RepeatedTest(60)
    void addsUpOverGroups(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        int size = 2 + random.nextInt(200);
        double step = Math.pow(10, run.getCurrentRepetition() / 15.0);
        double[] y = new double[GROUPS * size];
        double[] v = new double[y.length];
        double[][] columns = new double[GROUPS][y.length];
        for (int i = 0; i < y.length; i++) {
            int group = i % GROUPS;
            v[i] = Math.pow(step, -group) * (0.1 + random.nextDouble());
            y[i] = 2 * Math.sqrt(v[i]) * random.nextGaussian();
            columns[0][i] = 1;
            columns[1][i] = group == 1 ? 1 : -0.3;
            columns[2][i] = group;
        }
        DesignSums all = new DesignSums(y, v, basis(columns));
        for (double tau2 : new double[] {0, 1e-3, 1}) {
            all.evaluate(tau2);
            double q = 0;
            double slope = 0;
            double trace = 0;
            double traceSquare = 0;
            double cubes = 0;
            double squares = 0;
            double variances = 0;
            for (int g = 0; g < GROUPS; g++) {
                WeightedSums one = group(y, v, g, size);
                one.evaluate(tau2);
                q += one.q();
                slope += one.qSlope();
                trace += one.traceP();
                traceSquare += one.tracePP();
                cubes += one.scaledCubes() / one.scale() / one.scale() / one.scale();
                squares += one.residualSquares();
                variances += one.varianceTrace();
            }
            assertClose(q, all.q(), "Q");
            assertClose(slope, all.qSlope(), "y'PPy");
            assertClose(trace, all.traceP(), "tr P");
            assertClose(traceSquare, all.tracePP(), "tr PP");
            assertClose(cubes, all.scaledCubes() / all.scale() / all.scale() / all.scale(), "y'PPPy");
            assertClose(squares, all.residualSquares(), "unweighted squares");
            assertClose(variances, all.varianceTrace(), "tr MV");
        }
    }

    private static WeightedSums group(double[] y, double[] v, int group, int size) {
        double[] ownY = new double[size];
        double[] ownV = new double[size];
        for (int i = 0; i < size; i++) {
            ownY[i] = y[GROUPS * i + group];
            ownV[i] = v[GROUPS * i + group];
        }
        return new WeightedSums(ownY, ownV, 0, size);
    }

    /** Pairs of studies have leverages of one half, where the equation for them has a double root. */
    @Test
    void keepsItsDigitsWhereLevelsAreSeenTwice() {
        int levels = 9;
        double[] y = new double[2 * levels];
        double[] v = new double[2 * levels];
        double[][] columns = new double[levels][2 * levels];
        double moment = 0;
        Random random = new Random(5);
        for (int i = 0; i < levels; i++) {
            for (int j = 0; j < 2; j++) {
                v[2 * i + j] = 0.01 + random.nextDouble();
                y[2 * i + j] = 3 * random.nextGaussian();
                columns[0][2 * i + j] = 1;
                if (i > 0) {
                    columns[i][2 * i + j] = 1;
                }
            }
            double d = y[2 * i] - y[2 * i + 1];
            moment += (d * d / 2 - (v[2 * i] + v[2 * i + 1]) / 2) / levels;
        }
        assertClose(moment, new HedgesOlkin().estimate(new DesignSums(y, v, basis(columns))), "HE");
    }
}
