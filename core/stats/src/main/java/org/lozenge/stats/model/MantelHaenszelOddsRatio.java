package org.lozenge.stats.model;

import java.util.Optional;

/**
 * Mantel–Haenszel estimate of a common odds ratio.
 *
 * <pre>{@code OR = ΣR/ΣS,  R = ad/n,  S = bc/n}</pre>
 *
 * <p>The variance of its logarithm is that of Robins, Breslow and Greenland, which holds for few large and for many small
 * studies:
 *
 * <pre>{@code ΣPR/(2(ΣR)²) + Σ(PS + QR)/(2 ΣR ΣS) + ΣQS/(2(ΣS)²),  P = (a+d)/n,  Q = (b+c)/n}</pre>
 *
 * @see <a href="https://doi.org/10.1093/jnci/22.4.719">Mantel and Haenszel (1959), J. Natl. Cancer Inst. 22, 719–748</a>
 * @see <a href="https://doi.org/10.2307/2531052">Robins, Breslow and Greenland (1986), Biometrics 42, 311–323</a>
 */
public final class MantelHaenszelOddsRatio {

    /** Creates the method. */
    public MantelHaenszelOddsRatio() {}

    /**
     * Estimates the log odds ratio.
     *
     * @param tables the studies
     * @return the fit, with weights in proportion to S; empty if no study has both a treated without event or untreated
     *     with event and the reverse, so that the odds ratio would be 0, infinite or anything
     */
    public Optional<StratifiedFit> fit(MantelHaenszelTables tables) {
        double r = 0;
        double s = 0;
        double pr = 0;
        double mixed = 0;
        double qs = 0;
        double[] weights = new double[tables.k()];
        for (int i = 0; i < tables.k(); i++) {
            double n = tables.total(i);
            double ri = tables.a[i] * tables.d[i] / n;
            double si = tables.b[i] * tables.c[i] / n;
            double p = (tables.a[i] + tables.d[i]) / n;
            double q = (tables.b[i] + tables.c[i]) / n;
            r += ri;
            s += si;
            pr += p * ri;
            mixed += p * si + q * ri;
            qs += q * si;
            weights[i] = si;
        }
        if (r == 0 || s == 0) {
            return Optional.empty();
        }
        double variance = (pr / (r * r) + mixed / (r * s) + qs / (s * s)) / 2;
        return Optional.of(StratifiedFit.of(StrictMath.log(r / s), variance, weights));
    }
}
