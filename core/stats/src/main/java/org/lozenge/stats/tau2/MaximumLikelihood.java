package org.lozenge.stats.tau2;

import java.util.List;
import org.lozenge.stats.EffectSizes;

/**
 * Maximum likelihood (ML) estimator of the between-study variance τ²: the global maximum of
 *
 * <pre>{@code
 * 2 log L(τ²) = −Σ log(vᵢ + τ²) − Σ wᵢ (yᵢ − μ̂)² − k log 2π,
 * wᵢ = 1 / (vᵢ + τ²),   μ̂ = Σ wᵢyᵢ / Σ wᵢ
 * }</pre>
 *
 * <p>Solved like {@link RestrictedMaximumLikelihood}. It is biased downwards because it does not count the estimated
 * mean.
 *
 * <p>Special cases:
 * <ul>
 *   <li>maximum at the boundary, as when all effects agree: exactly 0;
 *   <li>{@code k = 1}: NaN.
 * </ul>
 *
 * <p>The standard error is {@code √(2 / Σ wᵢ²)}. Agrees with metafor 3.8.1 {@code rma(method = "ML")} to the precision
 * of its optimiser, and with 50-digit arithmetic to a relative 1e-12.
 *
 * @see <a href="https://doi.org/10.1002/(SICI)1097-0258(19960330)15:6%3C619::AID-SIM188%3E3.0.CO;2-A">Hardy and
 *     Thompson (1996), Stat. Med. 15, 619–629</a>
 */
public final class MaximumLikelihood implements Tau2Estimator {

    /** Creates the estimator. */
    public MaximumLikelihood() {}

    @Override
    public String code() {
        return "ML";
    }

    @Override
    public String token() {
        return "ml";
    }

    @Override
    public double estimate(double[] y, double[] v, int from, int to) {
        return estimate(new Tau2Workspace().load(y, v, from, to));
    }

    @Override
    public double estimate(Tau2Workspace slice) {
        return slice.k() == 1 ? Double.NaN : slice.search(false).maximum();
    }

    @Override
    public double standardError(double[] y, double[] v, int from, int to, double tau2) {
        WeightedSums sums = new WeightedSums(y, v, from, to);
        sums.evaluate(tau2);
        return to - from == 1 ? Double.NaN : Math.sqrt(2 / sums.weightSquares());
    }

    @Override
    public List<Tau2Mode> modes(EffectSizes effects) {
        return LikelihoodSearch.modes(effects, false);
    }
}
