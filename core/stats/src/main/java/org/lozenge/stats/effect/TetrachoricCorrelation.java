package org.lozenge.stats.effect;

import org.lozenge.stats.numeric.BivariateNormal;
import org.lozenge.stats.numeric.Normal;

/**
 * Tetrachoric correlation: of the two normal variables behind two binary ones, by maximum likelihood.
 *
 * <p>The model has as many parameters as the table has free cells, so the likelihood is greatest where both thresholds
 * reproduce the margins and the correlation reproduces the first cell; that equation is solved to the last digits. The
 * variance is the asymptotic one of that maximum, by the delta method from the multinomial table.
 *
 * <p>Nothing is added to zero cells by default, and the estimate is ±1 then, without a variance: such a table is not
 * estimable.
 *
 * @see <a href="https://doi.org/10.1098/rsta.1900.0022">Pearson (1900), Philos. Trans. R. Soc. A 195, 1–47</a>
 * @see <a href="https://doi.org/10.1007/BF02291118">Kirk (1973), Psychometrika 38, 259–268</a>
 */
public final class TetrachoricCorrelation implements EffectMeasure<TwoByTwo> {

    private static final Description<TwoByTwo> DESCRIPTION = new Description<>(
            "rtet", "tetrachoric correlation", "Tetrachoric correlation", TwoByTwo.class, BackTransform.identity(), 0);

    /** Creates the measure. */
    public TetrachoricCorrelation() {}

    @Override
    public Description<TwoByTwo> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(TwoByTwo raw) {
        return correlation(this, raw);
    }

    @Override
    public double usualAdd() {
        return 0;
    }

    static Effect correlation(EffectMeasure<?> measure, TwoByTwo raw) {
        if (raw.hasZero()) {
            throw new NotEstimableException("The " + measure.label() + " and its variance do not follow from "
                    + raw.describe() + ": with an empty cell it would be 1 or -1." + raw.remedy());
        }
        double n = raw.total();
        double h = -Normal.upperQuantile(raw.n1() / n);
        double k = -Normal.upperQuantile((raw.a() + raw.c()) / n);
        // The excess of the first cell over independence, without the cancellation of a/n − n₁m₁/n².
        double excess = (raw.a() * raw.d() - raw.b() * raw.c()) / (n * n);
        double rho = BivariateNormal.correlation(h, k, excess);
        double root = Math.sqrt((1 - rho) * (1 + rho));
        double rowWeight = Normal.upperTail(-(k - rho * h) / root);
        double columnWeight = Normal.upperTail(-(h - rho * k) / root);
        // Weights of the cells in the linear form whose variance, over that of the density, is sought.
        double w11 = 1 - rowWeight - columnWeight;
        double mean = (raw.a() * w11 - raw.b() * rowWeight - raw.c() * columnWeight) / n;
        double square =
                (raw.a() * w11 * w11 + raw.b() * rowWeight * rowWeight + raw.c() * columnWeight * columnWeight) / n;
        double density = BivariateNormal.density(h, k, rho);
        return Effect.of(measure, raw, rho, (square - mean * mean) / (n * density * density));
    }
}
