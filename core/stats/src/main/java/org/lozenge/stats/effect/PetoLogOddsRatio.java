package org.lozenge.stats.effect;

/**
 * Peto's one-step log odds ratio.
 *
 * <pre>{@code y = (O − E)/V,  v = 1/V,  O = a,  E = n₁(a+c)/n,  V = n₁n₂(a+c)(b+d)/(n²(n−1))}</pre>
 *
 * <p>Meant for rare events, arms of similar size and small effects; biased otherwise.
 *
 * @see <a href="https://doi.org/10.1016/S0033-0620(85)80003-7">Yusuf and others (1985), Prog. Cardiovasc. Dis. 27, 335–371</a>
 */
public final class PetoLogOddsRatio implements EffectMeasure<TwoByTwo> {

    private static final Description<TwoByTwo> DESCRIPTION =
            new Description<>("peto", "Peto log odds ratio", "Peto odds ratio", TwoByTwo.class, BackTransform.exp(), 1);

    /** Creates the measure. */
    public PetoLogOddsRatio() {}

    @Override
    public Description<TwoByTwo> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(TwoByTwo raw) {
        double n = raw.total();
        double events = raw.a() + raw.c();
        // O − E without its cancellation.
        double excess = (raw.a() * raw.d() - raw.b() * raw.c()) / n;
        double information = raw.n1() * raw.n2() * events * (raw.b() + raw.d()) / (n * n * (n - 1));
        return Effect.of(this, raw, excess / information, 1 / information);
    }

    @Override
    public boolean ignoresDoubleZeros() {
        return true;
    }
}
