package org.lozenge.stats.tau2;

import java.util.Arrays;

/**
 * The sums over a slice of studies, except one, that {@link WeightedSums} works with: for weights w relative to a unit and
 * distances d of the effects from a centre, {@code wwd} is Σw²d, and so on. A workspace, computed again and again.
 *
 * <p>Blocks of {@value #BLOCK} studies are summed plainly and the blocks with compensation.
 */
final class StudySums {

    private static final int BLOCK = 256;
    private static final int SUMS = 9;

    double w;
    double wd;
    double wdd;
    double ww;
    double wwd;
    double wwdd;
    double www;
    double wwwd;
    double wwwdd;

    private double[] y = {};
    private double[] v = {};
    private int from;
    private int to;
    private int omitted;

    /** Only for more studies than one block holds. */
    private final double[] totals = new double[SUMS];

    private final double[] lost = new double[SUMS];

    /** Creates sums over nothing. */
    StudySums() {}

    /** Turns to the studies of a slice except one. */
    void reset(double[] effects, double[] variances, int start, int end, int except) {
        y = effects;
        v = variances;
        from = start;
        to = end;
        omitted = except;
    }

    /**
     * Computes the sums.
     *
     * @param tau2 added to the variances
     * @param unit the unit of weight: {@code w = unit / (v + tau2)}
     * @param centre what the distances are taken from
     * @param all false for only {@code w}, {@code wd}, {@code wdd} and {@code ww}, to the same bits; the others are NaN then
     */
    void sum(double tau2, double unit, double centre, boolean all) {
        if (to - from > BLOCK) {
            sumBlocks(tau2, unit, centre, all);
        } else if (all) {
            sumBlock(from, to, tau2, unit, centre);
        } else {
            sumBlockForMean(from, to, tau2, unit, centre);
        }
    }

    /** Carries the first three sums to another τ², this far away in units of weight, by three terms of their series. */
    void carry(double distance) {
        w -= distance * (ww - distance * www);
        wd -= distance * (wwd - distance * wwwd);
        wdd -= distance * (wwdd - distance * wwwdd);
    }

    private void sumBlocks(double tau2, double unit, double centre, boolean all) {
        Arrays.fill(totals, 0);
        Arrays.fill(lost, 0);
        for (int block = from; block < to; block += BLOCK) {
            int end = Math.min(to, block + BLOCK);
            if (all) {
                sumBlock(block, end, tau2, unit, centre);
            } else {
                sumBlockForMean(block, end, tau2, unit, centre);
            }
            add(0, w);
            add(1, wd);
            add(2, wdd);
            add(3, ww);
            add(4, wwd);
            add(5, wwdd);
            add(6, www);
            add(7, wwwd);
            add(8, wwwdd);
        }
        w = totals[0] + lost[0];
        wd = totals[1] + lost[1];
        wdd = totals[2] + lost[2];
        ww = totals[3] + lost[3];
        wwd = totals[4] + lost[4];
        wwdd = totals[5] + lost[5];
        www = totals[6] + lost[6];
        wwwd = totals[7] + lost[7];
        wwwdd = totals[8] + lost[8];
    }

    /**
     * Nine sums in one loop: they share one division, and independent sums keep the processor busy. Stepping over the
     * omitted study inside the loop is faster than two loops, because it keeps the JIT from vectorising sums whose order counts.
     */
    private void sumBlock(int start, int end, double tau2, double unit, double centre) {
        double w1 = 0;
        double wd1 = 0;
        double wdd1 = 0;
        double w2 = 0;
        double wd2 = 0;
        double wdd2 = 0;
        double w3 = 0;
        double wd3 = 0;
        double wdd3 = 0;
        int skipped = omitted;
        double[] effects = y;
        double[] variances = v;
        for (int i = start; i < end; i++) {
            if (i == skipped) {
                continue;
            }
            double weight = unit / (variances[i] + tau2);
            double d = effects[i] - centre;
            double first = weight * d;
            double second = first * d;
            double square = weight * weight;
            w1 += weight;
            wd1 += first;
            wdd1 += second;
            w2 += square;
            wd2 += weight * first;
            wdd2 += weight * second;
            w3 += weight * square;
            wd3 += square * first;
            wdd3 += square * second;
        }
        w = w1;
        wd = wd1;
        wdd = wdd1;
        ww = w2;
        wwd = wd2;
        wwdd = wdd2;
        www = w3;
        wwwd = wd3;
        wwwdd = wdd3;
    }

    /** The first four sums of {@link #sumBlock}, in the same order and so with the same bits. */
    private void sumBlockForMean(int start, int end, double tau2, double unit, double centre) {
        double w1 = 0;
        double wd1 = 0;
        double wdd1 = 0;
        double w2 = 0;
        int skipped = omitted;
        double[] effects = y;
        double[] variances = v;
        for (int i = start; i < end; i++) {
            if (i == skipped) {
                continue;
            }
            double weight = unit / (variances[i] + tau2);
            double d = effects[i] - centre;
            double first = weight * d;
            w1 += weight;
            wd1 += first;
            wdd1 += first * d;
            w2 += weight * weight;
        }
        w = w1;
        wd = wd1;
        wdd = wdd1;
        ww = w2;
        wwd = Double.NaN;
        wwdd = Double.NaN;
        www = Double.NaN;
        wwwd = Double.NaN;
        wwwdd = Double.NaN;
    }

    /** Neumaier's compensated addition. */
    private void add(int j, double value) {
        double sum = totals[j] + value;
        lost[j] += Math.abs(totals[j]) >= Math.abs(value) ? (totals[j] - sum) + value : (value - sum) + totals[j];
        totals[j] = sum;
    }
}
