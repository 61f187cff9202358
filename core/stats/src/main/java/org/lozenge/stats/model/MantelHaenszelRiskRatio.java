package org.lozenge.stats.model;

import java.util.Optional;

/**
 * Mantel–Haenszel estimate of a common risk ratio, with the variance of its logarithm by Greenland and Robins.
 *
 * <pre>{@code RR = ΣR/ΣS,  R = a n₂/n,  S = c n₁/n,  v = Σ((n₁n₂(a+c) − acn)/n²)/(ΣR ΣS)}</pre>
 *
 * @see <a href="https://doi.org/10.2307/2530643">Greenland and Robins (1985), Biometrics 41, 55–68</a>
 */
public final class MantelHaenszelRiskRatio {

    /** Creates the method. */
    public MantelHaenszelRiskRatio() {}

    /**
     * Estimates the log risk ratio.
     *
     * @param tables the studies
     * @return the fit, with weights in proportion to S; empty if a group has no event in any study, or if nobody is
     *     without event
     */
    public Optional<StratifiedFit> fit(MantelHaenszelTables tables) {
        double r = 0;
        double s = 0;
        double sum = 0;
        double[] weights = new double[tables.k()];
        for (int i = 0; i < tables.k(); i++) {
            double n = tables.total(i);
            double n1 = tables.n1(i);
            double n2 = tables.n2(i);
            double a = tables.a[i];
            double c = tables.c[i];
            r += a * n2 / n;
            s += c * n1 / n;
            // n₁n₂(a+c) − acn without its cancellation.
            sum += (a * tables.d[i] * n1 + c * tables.b[i] * n2) / (n * n);
            weights[i] = c * n1 / n;
        }
        double estimate = StrictMath.log(r / s);
        double variance = sum / (r * s);
        return StratifiedFit.isUsable(estimate, variance)
                ? Optional.of(StratifiedFit.of(estimate, variance, weights))
                : Optional.empty();
    }
}
