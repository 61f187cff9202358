package org.lozenge.stats.effect;

/**
 * Fisher's z of the phi coefficient. The transformation does not stabilise the variance here.
 *
 * <pre>{@code y = atanh φ,  v = var(φ)/(1 − φ²)²}</pre>
 *
 * <p>Variance types as for {@link PhiCoefficient}.
 *
 * @see <a href="https://doi.org/10.2307/2340126">Yule (1912), J. R. Stat. Soc. 75, 579–652</a>
 */
public final class FisherZPhi implements EffectMeasure<TwoByTwo> {

    private static final Description<TwoByTwo> DESCRIPTION =
            new Description<>("zphi", "Fisher z of phi", "Phi coefficient", TwoByTwo.class, BackTransform.tanh(), 0);

    private final VarianceType type;

    /** Creates the measure with the usual variance. */
    public FisherZPhi() {
        this(VarianceType.CS);
    }

    /**
     * Creates the measure.
     *
     * @param type which formula gives the variance
     * @throws IllegalArgumentException if this measure has no such variance type
     */
    public FisherZPhi(VarianceType type) {
        this.type = type.require(DESCRIPTION.code(), VarianceType.ST, VarianceType.CS);
    }

    @Override
    public Description<TwoByTwo> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(TwoByTwo raw) {
        Effect phi = new PhiCoefficient(type).compute(raw);
        double rest = PhiTerms.rest(raw);
        if (Math.abs(phi.y()) < 0.5 || !(rest > 0)) {
            return FisherZ.ofCorrelation(this, raw, phi);
        }
        double z = StrictMath.log((1 + Math.abs(phi.y())) / Math.sqrt(rest));
        return Effect.of(this, raw, Math.copySign(z, phi.y()), phi.v() / (rest * rest));
    }

    @Override
    public double usualAdd() {
        return 0;
    }
}
