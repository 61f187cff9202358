package org.lozenge.stats.model;

import java.util.Optional;

/**
 * Mantel–Haenszel estimate of a common incidence rate difference.
 *
 * <pre>{@code IRD = Σ((x₁t₂ − x₂t₁)/t)/Σw,  w = t₁t₂/t,  v = Σw²(x₁/t₁² + x₂/t₂²)/(Σw)²}</pre>
 *
 * @see <a href="https://doi.org/10.2307/2530643">Greenland and Robins (1985), Biometrics 41, 55–68</a>
 */
public final class MantelHaenszelRateDifference {

    /** Creates the method. */
    public MantelHaenszelRateDifference() {}

    /**
     * Estimates the incidence rate difference.
     *
     * @param rates the studies
     * @return the fit, with weights in proportion to t₁t₂/t; empty if no study has an event
     */
    public Optional<StratifiedFit> fit(MantelHaenszelRates rates) {
        double sum = 0;
        double total = 0;
        double variance = 0;
        double[] weights = new double[rates.k()];
        for (int i = 0; i < rates.k(); i++) {
            double t = rates.time(i);
            double share1 = rates.t1[i] / t;
            double share2 = rates.t2[i] / t;
            sum += rates.x1[i] * share2 - rates.x2[i] * share1;
            variance += rates.x1[i] * share2 * share2 + rates.x2[i] * share1 * share1;
            weights[i] = rates.t1[i] * share2;
            total += weights[i];
        }
        double estimate = sum / total;
        double v = variance / (total * total);
        return StratifiedFit.isUsable(estimate, v)
                ? Optional.of(StratifiedFit.of(estimate, v, weights))
                : Optional.empty();
    }
}
