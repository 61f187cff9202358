package org.lozenge.stats.tau2;

import java.util.Arrays;
import org.lozenge.stats.numeric.QuadraticForm;

/**
 * The generalised Q statistic of the residuals of a regression with arbitrary weights a, {@code y′Py} with
 * {@code P = A − AX(X′AX)⁻¹X′A}, and what its moments and its distribution are made of. Linear in the number of studies.
 */
final class DesignMoments {

    private final double[] a;
    private final double[] v;
    private final OrthonormalColumns columns;
    private final double[] complement;
    private final double q;

    DesignMoments(MomentWeights weights, double[] y, double[] v, double[][] basis) {
        this.a = weights.of(v, 0, v.length);
        this.v = v;
        // A regression with these weights is one without τ² whose sampling variances are 1/a.
        DesignSums sums = new DesignSums(y, Arrays.stream(a).map(x -> 1 / x).toArray(), basis);
        sums.evaluate(0);
        this.q = sums.q();
        this.columns = new OrthonormalColumns(sums.orthonormalColumns(), v.length);
        this.complement = new double[v.length];
        columns.complements(complement);
    }

    /** y′Py. */
    double q() {
        return q;
    }

    /** tr P. */
    double trace() {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * complement[i];
        }
        return sum;
    }

    /** tr PV. */
    double traceOfVariances() {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * v[i] * complement[i];
        }
        return sum;
    }

    /** The variance of y′Py: 2 tr PSPS with S = diag(v + τ²). */
    double variance(double tau2) {
        double[] d = new double[a.length];
        for (int i = 0; i < d.length; i++) {
            d[i] = a[i] * (v[i] + tau2);
        }
        return 2 * columns.squaredTrace(complement, d);
    }

    /** The distribution of y′Py. */
    QuadraticForm form(double tau2) {
        return new QuadraticForm(a, Arrays.stream(v).map(x -> x + tau2).toArray(), columns.columns(), complement);
    }
}
