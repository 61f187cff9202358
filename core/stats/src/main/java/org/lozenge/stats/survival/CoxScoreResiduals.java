package org.lozenge.stats.survival;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Score residuals of a Cox fit, summed over clusters: the meat of the sandwich variance.
 *
 * <p>The residual of a participant is what the participant adds to the score: at an own event the covariates minus their
 * mean at risk, and at every event while at risk the same difference times the hazard over the sum of hazards, with a
 * minus sign. Under Efron's approximation someone who has one of d tied events counts only by 1 − l / d in the l-th of the
 * d risk sets.
 *
 * <p>Where hazards in one stratum differ by more than a factor of 1e300 the sums overflow and the result is NaN.
 */
final class CoxScoreResiduals {

    /** What one event time adds: over the risk sets l of its tied events. */
    private static final class Increment {
        private final int to;
        private double a;
        private double tiedA;
        private final double[] b;
        private final double[] tiedB;
        private final double[] mean;

        Increment(int to, int p) {
            this.to = to;
            b = new double[p];
            tiedB = new double[p];
            mean = new double[p];
        }
    }

    private final CoxData data;
    private final CoxDesign design;
    private final List<Increment> increments = new ArrayList<>();

    CoxScoreResiduals(CoxData data, CoxDesign design) {
        this.data = data;
        this.design = design;
    }

    void add(int to, double shift, double[] s0, double[][] mean) {
        int p = design.rank();
        int d = s0.length;
        // With Breslow's approximation all risk sets are the same, and nobody leaves before the next time.
        boolean efron = d > 1 && s0[0] != s0[d - 1];
        Increment now = new Increment(to, p);
        for (int l = 0; l < d; l++) {
            double left = efron ? (double) l / d : 0;
            double share = StrictMath.exp(-shift) / s0[l];
            now.a += share;
            now.tiedA += left * share;
            for (int k = 0; k < p; k++) {
                now.b[k] += mean[l][k] * share;
                now.tiedB[k] += left * mean[l][k] * share;
                now.mean[k] += mean[l][k] / d;
            }
        }
        increments.add(now);
    }

    /** Σ over clusters of (sum of residuals)(sum of residuals)ᵀ. */
    double[][] crossProduct(CoxLikelihood likelihood) {
        Map<Integer, double[]> sums = new LinkedHashMap<>();
        int e = increments.size() - 1;
        for (int s = design.starts.length - 2; s >= 0; s--) {
            e = addStratum(design.starts[s], e, likelihood, sums);
        }
        int p = design.rank();
        double[][] product = new double[p][p];
        for (double[] u : sums.values()) {
            for (int j = 0; j < p; j++) {
                for (int k = 0; k < p; k++) {
                    product[j][k] += u[j] * u[k];
                }
            }
        }
        return product;
    }

    /** Goes forward in time, which is backward in position, and returns the last increment of the stratum before. */
    private int addStratum(int start, int last, CoxLikelihood likelihood, Map<Integer, double[]> sums) {
        int p = design.rank();
        double a = 0;
        double[] b = new double[p];
        int e = last;
        while (e >= 0 && increments.get(e).to > start) {
            Increment now = increments.get(e);
            a += now.a;
            for (int k = 0; k < p; k++) {
                b[k] += now.b[k];
            }
            int next = e == 0 ? start : Math.max(start, increments.get(e - 1).to);
            for (int i = next; i < now.to; i++) {
                double[] u = sums.computeIfAbsent(data.cluster(design.rows[i]), c -> new double[p]);
                addResidual(i, StrictMath.exp(likelihood.logHazard(i)), a, b, now, u);
            }
            e--;
        }
        return e;
    }

    private void addResidual(int i, double h, double a, double[] b, Increment now, double[] u) {
        double[] x = design.q[i];
        for (int k = 0; k < u.length; k++) {
            u[k] -= h * (x[k] * a - b[k]);
            if (design.event[i]) {
                u[k] += x[k] - now.mean[k] + h * (x[k] * now.tiedA - now.tiedB[k]);
            }
        }
    }
}
