package org.lozenge.stats.effect;

import org.lozenge.stats.numeric.Normal;

/**
 * Biserial correlation: of a measurement and the normal variable behind two groups.
 *
 * <pre>{@code y = √(pq)/f r,  r = d/√(d² + h),  f = φ(z),  z = Φ⁻¹(q)}</pre>
 *
 * <pre>{@code v = (y⁴ + y²(pqz²/f² + (2p−1)z/f − 5/2) + pq/f²)/(n−1)}</pre>
 *
 * <p>with {@code p = n₁/n = 1 − q} and {@code h} as in {@link PointBiserialCorrelation}. An estimate can lie beyond ±1; no
 * correlation of two variables does, so that the variance takes ±1 for such a y.
 *
 * @see <a href="https://doi.org/10.1093/biomet/10.2-3.384">Soper (1914), Biometrika 10, 384–390</a>
 * @see <a href="https://doi.org/10.1002/jrsm.1218">Jacobs and Viechtbauer (2017), Res. Synth. Methods 8, 161–180</a>
 */
public final class BiserialCorrelation implements EffectMeasure<TwoMeans> {

    private static final Description<TwoMeans> DESCRIPTION = new Description<>(
            "rbis", "biserial correlation", "Biserial correlation", TwoMeans.class, BackTransform.identity(), 0);

    /** Creates the measure. */
    public BiserialCorrelation() {}

    @Override
    public Description<TwoMeans> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(TwoMeans raw) {
        raw.requireTwoEach(label());
        double n = raw.n1() + raw.n2();
        double p = raw.n1() / n;
        double q = raw.n2() / n;
        double z = Normal.upperQuantile(p);
        double f = StrictMath.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
        double d = raw.cohenD();
        double h = (n - 2) / raw.n1() + (n - 2) / raw.n2();
        double y = Math.sqrt(p * q) / f * (d / Math.sqrt(d * d + h));
        double y2 = Math.min(y * y, 1);
        double ratio = p * q / (f * f);
        double v = (y2 * y2 + y2 * (ratio * z * z + (2 * p - 1) * z / f - 2.5) + ratio) / (n - 1);
        return Effect.of(this, raw, y, v);
    }
}
