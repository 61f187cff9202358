package org.lozenge.stats.model;

import org.lozenge.stats.Interval;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.numeric.ChiSquared;
import org.lozenge.stats.numeric.Quadrature;
import org.lozenge.stats.numeric.Roots;

/**
 * Henmi and Copas' inference on the pooled effect: common-effect weights, which small studies influence least, with the
 * variance of the random-effects model and the distribution of the pivot
 *
 * <pre>{@code U = √W₁ (μ̂ − μ) / √(1 + τ̂² W₂/W₁),   Wⱼ = Σ v⁻ʲ,   τ̂² by DerSimonian and Laird}</pre>
 *
 * <p>computed from the joint distribution of numerator and Q: given the numerator, Q is taken as a gamma variable with
 * its exact conditional mean and variance under τ̂². P(|U| > u) is then one integral over the numerator.
 *
 * @see <a href="https://doi.org/10.1002/sim.4029">Henmi and Copas (2010), Stat. Med. 29, 2969–2983</a>
 */
final class HenmiCopas {

    /** Beyond this many standard deviations from its start the normal density adds nothing. */
    private static final double FAR = 40;

    private static final double NEAR = 6;
    private static final int MAX_DOUBLINGS = 200;

    private final int k;
    private final double ratio;
    private final double spreadOfNumerator;
    private final double mean0;
    private final double mean2;
    private final double variance0;
    private final double variance2;

    private HenmiCopas(double[] v, double tau2) {
        k = v.length;
        double unit = v[0];
        for (double x : v) {
            unit = Math.min(unit, x);
        }
        double t = tau2 / unit;
        double w1 = 0;
        double w2 = 0;
        for (double x : v) {
            double w = unit / x;
            w1 += w;
            w2 += w * w;
        }
        double centre = w2 / w1;
        double cross = 0;
        double b = 0;
        double c = 0;
        double diagonal = 0;
        double before = 0;
        double off = 0;
        for (double x : v) {
            double w = unit / x;
            double distance = w - centre;
            b += w * distance * distance;
            c += w * distance * (w * distance);
            cross += w * (w1 - w);
            double rest = w * ((w1 - w) / w1);
            diagonal += rest * rest;
            off += w * w * before;
            before += w * w;
        }
        double trace = cross / w1;
        double traceSquare = diagonal + 2 * off / (w1 * w1);
        double vr = 1 + t * centre;
        double p = t * t / (w1 * vr);
        // Given z = r√vr: mean and variance of Q are linear in r².
        mean0 = k - 1 + t * trace - p * b;
        mean2 = p * b;
        double inner = b + t * c;
        variance0 = 2 * (k - 1 + 2 * t * trace + t * t * traceSquare - 2 * p * inner + p * b * (p * b));
        variance2 = 4 * p * Math.max(0, inner - p * b * b);
        ratio = cross / w2;
        spreadOfNumerator = Math.sqrt(vr);
    }

    /** For at least two studies; the standard error is that of common-effect weights under τ². */
    static MeanInference of(double estimate, double standardError, double[] v, double tau2, double level) {
        HenmiCopas pivot = new HenmiCopas(v, tau2);
        double u = pivot.criticalValue(1 - level);
        double statistic = estimate / standardError;
        return new MeanInference(
                standardError,
                new TestResult(statistic, Double.POSITIVE_INFINITY, pivot.twoSided(Math.abs(statistic))),
                new Interval(estimate - u * standardError, estimate + u * standardError, level));
    }

    /** P(|U| > u). */
    private double twoSided(double u) {
        if (u == 0) {
            return 1;
        }
        double start = u / spreadOfNumerator;
        double density = 2 * StrictMath.exp(-start * start / 2) / Math.sqrt(2 * Math.PI);
        double near = Quadrature.integrate(r -> integrand(start, r), 0, NEAR);
        double far = Quadrature.integrate(r -> integrand(start, r), NEAR, FAR);
        return Math.min(1, density * (near + far));
    }

    /** P(Q < f | r) φ(r) / φ(start) at r = start + step, with f where the pivot is as large as u. */
    private double integrand(double start, double step) {
        double r = start + step;
        double f = k - 1 + ratio * (step / start) * (2 + step / start);
        double mean = mean0 + mean2 * r * r;
        double variance = variance0 + variance2 * r * r;
        double probability = ChiSquared.lowerTail(2 * f * (mean / variance), 2 * mean * (mean / variance));
        return probability * StrictMath.exp(-step * (start + step / 2));
    }

    private double criticalValue(double tail) {
        double high = 1;
        for (int i = 0; i < MAX_DOUBLINGS && twoSided(high) > tail; i++) {
            high *= 2;
        }
        double low = high > 1 ? high / 4 : 0;
        return Roots.between(u -> 1 - twoSided(u) / tail, low, high, "Critical value of Henmi and Copas");
    }
}
