package org.lozenge.stats.model;

import org.lozenge.stats.numeric.ChiSquared;
import org.lozenge.stats.numeric.FisherF;
import org.lozenge.stats.numeric.PositiveDefinite;

/** Inference by the model itself: the covariance and the distribution of its test. */
final class ModelInference implements CoefficientInference {

    /** Combinations that leave a smaller part of a unit diagonal follow from the others. */
    static final double DEPENDENT = 1e-10;

    private final RegressionFit fit;

    ModelInference(RegressionFit fit) {
        this.fit = fit;
    }

    @Override
    public RegressionFit fit() {
        return fit;
    }

    @Override
    public double covariance(int a, int b) {
        return fit.covariance(a, b);
    }

    @Override
    public double df(double... combination) {
        return fit.df();
    }

    @Override
    public JointTest testAll(double[]... combinations) {
        int q = combinations.length;
        double[] values = new double[q];
        double[][] covariance = new double[q][q];
        for (int i = 0; i < q; i++) {
            values[i] = estimate(combinations[i]);
            for (int j = 0; j < q; j++) {
                covariance[i][j] = form(combinations[i], combinations[j]);
            }
        }
        PositiveDefinite factor = PositiveDefinite.of(covariance, DEPENDENT);
        int rank = factor.rank();
        if (rank == 0) {
            return new JointTest(Double.NaN, q, fit.df(), Double.NaN);
        }
        double form = factor.inverseForm(values);
        if (Double.isInfinite(fit.df())) {
            return new JointTest(form, rank, fit.df(), ChiSquared.upperTail(form, rank));
        }
        return new JointTest(form / rank, rank, fit.df(), FisherF.upperTail(form / rank, rank, fit.df()));
    }

    private double form(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b.length; j++) {
                if (a[i] != 0 && b[j] != 0) {
                    sum += a[i] * b[j] * covariance(i, j);
                }
            }
        }
        return sum;
    }
}
