package org.lozenge.stats.effect;

import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * Standardised mean difference: Hedges' g, or Cohen's d without correction.
 *
 * <pre>{@code y = J(m)(x̄₁ − x̄₂)/s,  s² = ((n₁−1)s₁² + (n₂−1)s₂²)/m,  m = n₁ + n₂ − 2}</pre>
 *
 * <p>Variance types, with g the corrected difference and d Cohen's d: {@code LS}, {@code 1/n₁ + 1/n₂ + g²/(2N)};
 * {@code LS2}, {@code J²(1/n₁ + 1/n₂ + d²/(2N))}; {@code UB}, {@code 1/n₁ + 1/n₂ + (1 − (m−2)/(mJ²)) g²},
 * which is unbiased; {@code AV}, as {@code LS} with the average g of all studies, weighted by their sizes;
 * {@code RM}, {@code 1/n₁ + 1/n₂ + g²/(2(N − 3.94))}, as Review Manager. N is {@code n₁ + n₂}.
 *
 * @see <a href="https://doi.org/10.3102/10769986006002107">Hedges (1981), J. Educ. Stat. 6, 107–128</a>
 * @see <a href="https://doi.org/10.1037/0033-2909.92.2.490">Hedges (1982), Psychol. Bull. 92, 490–499</a>
 */
public final class HedgesG implements EffectMeasure<TwoMeans> {

    private static final Description<TwoMeans> DESCRIPTION = new Description<>(
            "smd",
            "standardised mean difference",
            "Standardised mean difference",
            TwoMeans.class,
            BackTransform.identity(),
            0);

    private final VarianceType type;
    private final BiasCorrection bias;
    private final OptionalDouble average;

    /** Creates the measure with the usual variance and the exact correction for small samples. */
    public HedgesG() {
        this(VarianceType.LS, BiasCorrection.EXACT);
    }

    /**
     * Creates the measure.
     *
     * @param type which formula gives the variance
     * @param bias which correction for small samples is used
     * @throws IllegalArgumentException if this measure has no such variance type
     */
    public HedgesG(VarianceType type, BiasCorrection bias) {
        this(type, bias, OptionalDouble.empty());
    }

    private HedgesG(VarianceType type, BiasCorrection bias, OptionalDouble average) {
        this.type = type.require(
                DESCRIPTION.code(),
                VarianceType.LS,
                VarianceType.LS2,
                VarianceType.UB,
                VarianceType.AV,
                VarianceType.RM);
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
        double m = raw.n1() + raw.n2() - 2;
        double j = bias.factor(m);
        double d = raw.cohenD();
        double g = j * d;
        double base = 1 / raw.n1() + 1 / raw.n2();
        double size = 2 * (raw.n1() + raw.n2());
        double v = switch (type) {
            case LS2 -> j * j * (base + d * d / size);
            case UB -> base + unbiased(m) * g * g;
            case AV -> base + average.orElse(g) * average.orElse(g) / size;
            case RM -> base + g * g / (size - 2 * 3.94);
            default -> base + g * g / size;
        };
        return Effect.of(this, raw, g, v);
    }

    @Override
    public EffectMeasure<TwoMeans> informedBy(List<TwoMeans> studies) {
        return type != VarianceType.AV
                ? this
                : new HedgesG(
                        type,
                        bias,
                        Averages.ofEffects(new HedgesG(VarianceType.LS, bias), studies, raw -> raw.n1() + raw.n2()));
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
