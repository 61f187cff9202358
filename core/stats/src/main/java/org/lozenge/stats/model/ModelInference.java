package org.lozenge.stats.model;

import org.lozenge.stats.numeric.ChiSquared;
import org.lozenge.stats.numeric.FisherF;

/** Inference by the model itself: the covariance and the distribution of its test. */
final class ModelInference implements CoefficientInference {

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
    public double standardError(double... combination) {
        return fit.predictionError(combination);
    }

    @Override
    public double df(double... combination) {
        return fit.df();
    }

    @Override
    public JointTest testAll(double[]... combinations) {
        Contrasts contrasts = fit.contrasts(combinations);
        int rank = contrasts.rank();
        if (rank == 0 || fit.factor() == 0) {
            return new JointTest(Double.NaN, combinations.length, fit.df(), Double.NaN);
        }
        double form = contrasts.form() / fit.factor();
        if (Double.isInfinite(fit.df())) {
            return new JointTest(form, rank, fit.df(), ChiSquared.upperTail(form, rank));
        }
        return new JointTest(form / rank, rank, fit.df(), FisherF.upperTail(form / rank, rank, fit.df()));
    }
}
