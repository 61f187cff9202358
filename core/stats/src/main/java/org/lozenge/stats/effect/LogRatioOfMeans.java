package org.lozenge.stats.effect;

import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * Log ratio of means, the log response ratio. Both means must have the same sign.
 *
 * <pre>{@code y = log(x̄₁/x̄₂) + (cv₁²/n₁ − cv₂²/n₂)/2,  cvᵢ = sᵢ/x̄ᵢ}</pre>
 *
 * <p>The second term corrects the bias and is left out unless asked for, since most published results do without. Variance types: {@code LS}, {@code cv₁²/n₁ +
 * cv₂²/n₂}; {@code HO}, with the pooled standard deviation in both groups; {@code AV}, with the average {@code
 * cv} of each group over all studies, weighted by its sizes; {@code AVHO}, with one average over both groups.
 *
 * @see <a href="https://doi.org/10.1890/0012-9658(1999)080[1150:TMAORR]2.0.CO;2">Hedges, Gurevitch and Curtis (1999), Ecology 80, 1150–1156</a>
 * @see <a href="https://doi.org/10.1890/14-2402.1">Lajeunesse (2015), Ecology 96, 2056–2063</a>
 */
public final class LogRatioOfMeans implements EffectMeasure<TwoMeans> {

    private static final Description<TwoMeans> DESCRIPTION =
            new Description<>("rom", "log ratio of means", "Ratio of means", TwoMeans.class, BackTransform.exp(), 1);

    private final VarianceType type;
    private final BiasCorrection bias;
    private final OptionalDouble average1;
    private final OptionalDouble average2;

    /** Creates the measure with the usual variance and without correction for small samples. */
    public LogRatioOfMeans() {
        this(VarianceType.LS, BiasCorrection.NONE);
    }

    /**
     * Creates the measure.
     *
     * @param type which formula gives the variance
     * @param bias which correction for small samples is used
     * @throws IllegalArgumentException if this measure has no such variance type
     */
    public LogRatioOfMeans(VarianceType type, BiasCorrection bias) {
        this(type, bias, OptionalDouble.empty(), OptionalDouble.empty());
    }

    private LogRatioOfMeans(VarianceType type, BiasCorrection bias, OptionalDouble average1, OptionalDouble average2) {
        this.type =
                type.require(DESCRIPTION.code(), VarianceType.LS, VarianceType.HO, VarianceType.AV, VarianceType.AVHO);
        this.bias = Objects.requireNonNull(bias, "bias");
        this.average1 = average1;
        this.average2 = average2;
    }

    @Override
    public Description<TwoMeans> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(TwoMeans raw) {
        raw.requireTwoEach(label());
        if (!(raw.mean1() / raw.mean2() > 0)) {
            throw new NotEstimableException("The " + label() + " needs two means above 0, or two below, but mean_t = "
                    + Texts.print(raw.mean1()) + " and mean_c = " + Texts.print(raw.mean2()) + ".");
        }
        double cv1 = raw.sd1() / raw.mean1();
        double cv2 = raw.sd2() / raw.mean2();
        double pooled = raw.pooledSd();
        double v = switch (type) {
            case HO -> term(pooled / raw.mean1(), raw.n1()) + term(pooled / raw.mean2(), raw.n2());
            case AV, AVHO -> term(average1.orElse(cv1), raw.n1()) + term(average2.orElse(cv2), raw.n2());
            default -> term(cv1, raw.n1()) + term(cv2, raw.n2());
        };
        double correction = bias.isOn() ? (term(cv1, raw.n1()) - term(cv2, raw.n2())) / 2 : 0;
        return Effect.of(this, raw, StrictMath.log(raw.mean1() / raw.mean2()) + correction, v);
    }

    @Override
    public EffectMeasure<TwoMeans> informedBy(List<TwoMeans> studies) {
        OptionalDouble cv1 = Averages.weighted(studies, raw -> raw.sd1() / raw.mean1(), TwoMeans::n1);
        OptionalDouble cv2 = Averages.weighted(studies, raw -> raw.sd2() / raw.mean2(), TwoMeans::n2);
        return switch (type) {
            case AV -> new LogRatioOfMeans(type, bias, cv1, cv2);
            case AVHO -> {
                OptionalDouble both = Averages.combined(
                        cv1, Averages.sum(studies, TwoMeans::n1), cv2, Averages.sum(studies, TwoMeans::n2));
                yield new LogRatioOfMeans(type, bias, both, both);
            }
            default -> this;
        };
    }

    private static double term(double cv, double n) {
        return cv * cv / n;
    }
}
