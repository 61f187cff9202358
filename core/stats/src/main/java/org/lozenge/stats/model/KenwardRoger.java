package org.lozenge.stats.model;

/**
 * Kenward and Roger's adjusted variance of the pooled effect and the degrees of freedom of its t distribution, with the
 * expected information of the restricted likelihood. For one mean and one variance component they reduce to
 *
 * <pre>{@code
 * Φ = 1/Σw,   var τ̂² = 2 / tr PP
 * SE² = Φ + 2Φ² var τ̂² · Σ w(w − w̄)²,   w̄ = Σw²/Σw
 * ν = 2 / (var τ̂² · Φ² (Σw²)²)
 * }</pre>
 *
 * <p>The scale factor of their F statistic is 1. Equal variances give SE² = Φ and ν = k − 1.
 *
 * @see <a href="https://doi.org/10.2307/2533558">Kenward and Roger (1997), Biometrics 53, 983–997</a>
 * @see <a href="https://doi.org/10.1002/sim.7140">Partlett and Riley (2017), Stat. Med. 36, 301–317</a>
 */
record KenwardRoger(double standardError, double df) {

    /** For at least two studies. */
    static KenwardRoger of(double[] v, double tau2) {
        double smallest = v[0];
        int top = 0;
        for (int i = 1; i < v.length; i++) {
            if (v[i] < smallest) {
                smallest = v[i];
                top = i;
            }
        }
        // Weights relative to the largest; the others first, since tr PP cancels when one weight dominates.
        double unit = smallest + tau2;
        double w1 = 0;
        double w2 = 0;
        for (int i = 0; i < v.length; i++) {
            double w = i == top ? 0 : unit / (v[i] + tau2);
            w1 += w;
            w2 += w * w;
        }
        double sum = 1 + w1;
        double mean = (1 + w2) / sum;
        double spread = 0;
        double w3 = 0;
        for (int i = 0; i < v.length; i++) {
            double w = i == top ? 1 : unit / (v[i] + tau2);
            spread += w * (w - mean) * (w - mean);
            w3 += i == top ? 0 : w * w * w;
        }
        // tr PP with w = 1 for the largest: Σ' w²(1 − 2w/Σw) + (Σ'w/Σw)² + 2Σ'w²/Σw² + (Σ'w²)²/Σw².
        double pp = w2 - 2 * w3 / sum + (w1 * w1 + 2 * w2 + w2 * w2) / (sum * sum);
        double phi = 1 / sum;
        double variance = 2 / pp;
        double adjusted = phi + 2 * phi * phi * variance * spread;
        double slope = phi * (1 + w2);
        return new KenwardRoger(Math.sqrt(adjusted * unit), 2 / (variance * slope * slope));
    }
}
