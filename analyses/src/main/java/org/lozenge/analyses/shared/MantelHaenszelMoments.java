package org.lozenge.analyses.shared;

import org.lozenge.stats.tau2.DerSimonianLaird;
import org.lozenge.stats.tau2.Tau2Estimator;
import org.lozenge.stats.tau2.TauSums;

/**
 * DerSimonian and Laird's equation with Q about the Mantel–Haenszel estimate, as Review Manager has it.
 *
 * @param q {@code Σ(y − MH estimate)²/v}
 */
record MantelHaenszelMoments(double q) implements Tau2Estimator {

    private static final Tau2Estimator USUAL = new DerSimonianLaird();

    @Override
    public String code() {
        return USUAL.code();
    }

    @Override
    public String token() {
        return USUAL.token();
    }

    @Override
    public double estimate(TauSums sums) {
        if (sums.df() == 0) {
            return Double.NaN;
        }
        sums.evaluateMean(0);
        return Math.max(0, (q - sums.df()) / sums.traceP());
    }

    @Override
    public double standardError(TauSums sums, double tau2) {
        return USUAL.standardError(sums, tau2);
    }
}
