package org.lozenge.stats.effect;

/**
 * Log relative excess heterozygosity, for deviations from the Hardy–Weinberg equilibrium.
 *
 * <pre>{@code y = log(b/(2√(ac))),  v = 1/(4a) + 1/b + 1/(4c)}</pre>
 *
 * @see <a href="https://doi.org/10.1007/s10549-010-1295-z">Ziegler, Van Steen and Wellek (2011), Breast Cancer Res. Treat. 128, 197–201</a>
 */
public final class RelativeExcessHeterozygosity implements EffectMeasure<Genotypes> {

    private static final Description<Genotypes> DESCRIPTION = new Description<>(
            "reh",
            "log relative excess heterozygosity",
            "Relative excess heterozygosity",
            Genotypes.class,
            BackTransform.exp(),
            1);

    /** Creates the measure. */
    public RelativeExcessHeterozygosity() {}

    @Override
    public Description<Genotypes> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(Genotypes raw) {
        double y = StrictMath.log(raw.heterozygous())
                - StrictMath.log(2)
                - (StrictMath.log(raw.dominant()) + StrictMath.log(raw.recessive())) / 2;
        return Effect.of(this, raw, y, 0.25 / raw.dominant() + 1 / raw.heterozygous() + 0.25 / raw.recessive());
    }
}
