package org.lozenge.stats.sensitivity;

import java.util.Optional;
import org.lozenge.stats.Interval;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.model.Heterogeneity;
import org.lozenge.stats.model.HeterogeneityBasis;
import org.lozenge.stats.model.PooledFit;

/**
 * What a model says about some of the studies, without the studies.
 *
 * @param k number of studies in it
 * @param estimate pooled effect on the analysis scale; NaN if there is a problem
 * @param standardError its standard error
 * @param classicStandardError its standard error that ignores the spread of the effects: 1/√Σw
 * @param test test of no effect; statistic and P value are NaN where the fit is degenerate
 * @param interval confidence interval of the effect; empty if there is a problem
 * @param q Cochran's Q of these studies; NaN for one study
 * @param tau2 between-study variance; 0 for a common effect, NaN for one study under random effects
 * @param i2 I² as a fraction; NaN for one study
 * @param h2 H²; NaN for one study
 * @param problem why there is no fit; empty if there is one
 */
public record SubsetFit(
        int k,
        double estimate,
        double standardError,
        double classicStandardError,
        TestResult test,
        Optional<Interval> interval,
        TestResult q,
        double tau2,
        double i2,
        double h2,
        Optional<String> problem) {

    /** Summarises a fit; I² and H² come from τ² or from Q. */
    static SubsetFit of(PooledFit fit, HeterogeneityBasis basis) {
        // Of a common effect τ² is 0 by assumption, so only Q tells how the studies differ.
        HeterogeneityBasis own = fit.isRandom() ? basis : HeterogeneityBasis.Q;
        Heterogeneity h = Heterogeneity.withoutErrors(fit, own);
        return new SubsetFit(
                fit.k(),
                fit.estimate(),
                fit.standardError(),
                fit.classicStandardError(),
                fit.test(),
                Optional.of(fit.confidenceInterval()),
                h.q(),
                fit.tau2(),
                h.i2(),
                h.h2(),
                Optional.empty());
    }

    static SubsetFit failed(int k, String problem) {
        double nan = Double.NaN;
        TestResult none = new TestResult(nan, nan, nan);
        return new SubsetFit(k, nan, nan, nan, none, Optional.empty(), none, nan, nan, nan, Optional.of(problem));
    }

    /** Returns the factor by which the test multiplies the classic variance: 1 for z and t. */
    double multiplier() {
        double ratio = standardError / classicStandardError;
        return ratio * ratio;
    }
}
