package org.lozenge.stats.model;

import java.util.Optional;

/**
 * Mantel–Haenszel estimate of a common incidence rate ratio, with the variance of its logarithm by Greenland and Robins.
 *
 * <pre>{@code IRR = ΣR/ΣS,  R = x₁t₂/t,  S = x₂t₁/t,  v = Σ(t₁t₂(x₁+x₂)/t²)/(ΣR ΣS)}</pre>
 *
 * @see <a href="https://doi.org/10.2307/2530643">Greenland and Robins (1985), Biometrics 41, 55–68</a>
 */
public final class MantelHaenszelRateRatio {

    /** Creates the method. */
    public MantelHaenszelRateRatio() {}

    /**
     * Estimates the log incidence rate ratio.
     *
     * @param rates the studies
     * @return the fit, with weights in proportion to S; empty if a group has no event in any study
     */
    public Optional<StratifiedFit> fit(MantelHaenszelRates rates) {
        double r = 0;
        double s = 0;
        double sum = 0;
        double[] weights = new double[rates.k()];
        for (int i = 0; i < rates.k(); i++) {
            double t = rates.time(i);
            r += rates.x1[i] * rates.t2[i] / t;
            s += rates.x2[i] * rates.t1[i] / t;
            sum += rates.t1[i] / t * (rates.t2[i] / t) * (rates.x1[i] + rates.x2[i]);
            weights[i] = rates.x2[i] * rates.t1[i] / t;
        }
        double estimate = StrictMath.log(r / s);
        double variance = sum / (r * s);
        return StratifiedFit.isUsable(estimate, variance)
                ? Optional.of(StratifiedFit.of(estimate, variance, weights))
                : Optional.empty();
    }
}
