package org.lozenge.stats.effect;

import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * Glass' delta: the difference of the means over the standard deviation of the second group.
 *
 * <pre>{@code y = J(m)(x̄₁ − x̄₂)/s₂,  m = n₂ − 1}</pre>
 *
 * <p>The first standard deviation is not used. Variance types, with g the corrected difference and d Cohen's d:
 * {@code LS}, {@code 1/n₁ + 1/n₂ + g²/(2N)}; {@code LS2}, {@code J²(1/n₁ + 1/n₂ + d²/(2N))}; {@code UB},
 * {@code 1/n₁ + 1/n₂ + (1 − (m−2)/(mJ²)) g²}, which is unbiased; {@code AV}, as {@code LS} with the average g
 * of all studies, weighted by their sizes. N is {@code n₂}.
 *
 * @see <a href="https://doi.org/10.3102/10769986006002107">Hedges (1981), J. Educ. Stat. 6, 107–128</a>
 */
public final class GlassDelta implements EffectMeasure<TwoMeans> {

    private static final Description<TwoMeans> DESCRIPTION =
            new Description<>("smd1", "Glass' delta", "Glass' delta", TwoMeans.class, BackTransform.identity(), 0);

    private final VarianceType type;
    private final BiasCorrection bias;
    private final OptionalDouble average;

    /** Creates the measure with the usual variance and the exact correction for small samples. */
    public GlassDelta() {
        this(VarianceType.LS, BiasCorrection.EXACT);
    }

    /**
     * Creates the measure.
     *
     * @param type which formula gives the variance
     * @param bias which correction for small samples is used
     * @throws IllegalArgumentException if this measure has no such variance type
     */
    public GlassDelta(VarianceType type, BiasCorrection bias) {
        this(type, bias, OptionalDouble.empty());
    }

    private GlassDelta(VarianceType type, BiasCorrection bias, OptionalDouble average) {
        this.type =
                type.require(DESCRIPTION.code(), VarianceType.LS, VarianceType.LS2, VarianceType.UB, VarianceType.AV);
        this.bias = Objects.requireNonNull(bias, "bias");
        this.average = average;
    }

    @Override
    public Description<TwoMeans> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(TwoMeans raw) {
        raw.requireTwoEach(label());
        double m = raw.n2() - 1;
        double j = bias.factor(m);
        double d = (raw.mean1() - raw.mean2()) / raw.sd2();
        double g = j * d;
        double base = 1 / raw.n1() + 1 / raw.n2();
        double size = 2 * raw.n2();
        double v = switch (type) {
            case LS2 -> j * j * (base + d * d / size);
            case UB -> base + unbiased(m) * g * g;
            case AV -> base + average.orElse(g) * average.orElse(g) / size;
            default -> base + g * g / size;
        };
        return Effect.of(this, raw, g, v);
    }

    @Override
    public EffectMeasure<TwoMeans> informedBy(List<TwoMeans> studies) {
        return type != VarianceType.AV
                ? this
                : new GlassDelta(
                        type,
                        bias,
                        Averages.ofEffects(new GlassDelta(VarianceType.LS, bias), studies, raw -> raw.n1() + raw.n2()));
    }

    /** The factor of g² in an unbiased variance; the correction in it belongs to the g in use. */
    private double unbiased(double m) {
        if (!(m > 2)) {
            throw new NotEstimableException("The unbiased variance of the " + label() + " needs a standard deviation"
                    + " with at least 3 degrees of freedom, but it has " + Texts.print(m)
                    + ". Choose variance type 'ls'.");
        }
        double j = bias.factor(m);
        return 1 - (m - 2) / (m * j * j);
    }
}
