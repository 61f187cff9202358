package org.lozenge.stats.tau2;

import java.util.List;
import org.lozenge.stats.EffectSizes;

/**
 * Restricted maximum likelihood (REML) estimator of the between-study variance τ²: the global maximum of
 *
 * <pre>{@code
 * 2 log L(τ²) = −Σ log(vᵢ + τ²) − log Σ wᵢ − Σ wᵢ (yᵢ − μ̂)² + log k − (k − 1) log 2π,
 * wᵢ = 1 / (vᵢ + τ²),   μ̂ = Σ wᵢyᵢ / Σ wᵢ
 * }</pre>
 *
 * <p>A safeguarded Newton iteration starts at the DerSimonian–Laird value and converges to the last digits; bounds on
 * the derivative then prove that its result is the only maximum, or else find all maxima, of which the highest is the
 * estimate ({@link #modes} lists them). Fisher scoring, which other programs use, can fail to converge or end at
 * a lower maximum.
 *
 * <p>Special cases:
 * <ul>
 *   <li>maximum at the boundary, as when all effects agree: exactly 0;
 *   <li>{@code k = 1}: NaN.
 * </ul>
 *
 * <p>The standard error is {@code √(2 / tr PP)}, from the expected information. Agrees with metafor 3.8.1
 * {@code rma(method = "REML")} to the precision of its optimiser, and with 50-digit arithmetic to a relative 1e-12.
 *
 * @see <a href="https://doi.org/10.1093/biomet/58.3.545">Patterson and Thompson (1971), Biometrika 58, 545–554</a>
 */
public final class RestrictedMaximumLikelihood implements Tau2Estimator {

    /** Creates the estimator. */
    public RestrictedMaximumLikelihood() {}

    @Override
    public String code() {
        return "REML";
    }

    @Override
    public String token() {
        return "reml";
    }

    @Override
    public double estimate(double[] y, double[] v, int from, int to) {
        return estimate(new Tau2Workspace().load(y, v, from, to));
    }

    @Override
    public double estimate(Tau2Workspace slice) {
        return slice.k() == 1 ? Double.NaN : slice.search(true).maximum();
    }

    @Override
    public double standardError(double[] y, double[] v, int from, int to, double tau2) {
        WeightedSums sums = new WeightedSums(y, v, from, to);
        sums.evaluate(tau2);
        return to - from == 1 ? Double.NaN : Math.sqrt(2 / sums.tracePP());
    }

    @Override
    public List<Tau2Mode> modes(EffectSizes effects) {
        return LikelihoodSearch.modes(effects, true);
    }
}
