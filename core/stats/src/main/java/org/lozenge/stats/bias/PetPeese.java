package org.lozenge.stats.bias;

import java.util.Objects;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.Interval;

/**
 * The precision-effect test (PET), the precision-effect estimate with standard error (PEESE), and the choice between
 * them: weighted regressions on the standard error and on the variance, whose fitted values at 0 are estimates free of
 * small-study effects. PEESE is taken where PET finds an effect at all: its intercept differs from 0 with a two-sided P
 * below 0.10, which is 5 % on one side.
 *
 * @param pet the regression on the standard error
 * @param peese the regression on the variance
 * @see <a href="https://doi.org/10.1002/jrsm.1095">Stanley and Doucouliagos (2014), Res. Synth. Methods 5, 60–78</a>
 */
public record PetPeese(FunnelRegression pet, FunnelRegression peese) {

    /** The two-sided P value of PET below which PEESE is taken. */
    public static final double THRESHOLD = 0.10;

    /** Checks that nothing is missing. */
    public PetPeese {
        Objects.requireNonNull(pet, "pet");
        Objects.requireNonNull(peese, "peese");
    }

    /**
     * Fits both regressions.
     *
     * @param effects at least three studies with standard errors that differ
     * @param level the level of intervals as a fraction
     * @return both
     * @throws IllegalArgumentException for fewer than three studies or equal standard errors
     */
    public static PetPeese of(EffectSizes effects, double level) {
        return new PetPeese(
                FunnelRegression.egger(effects, level), FunnelRegression.weighted(effects, effects.v(), level));
    }

    /**
     * Tells which of the two is taken.
     *
     * @return true for PEESE
     */
    public boolean takesPeese() {
        return pet.limitTest().pValue() < THRESHOLD;
    }

    /**
     * Returns the regression that is taken.
     *
     * @return PET or PEESE
     */
    public FunnelRegression chosen() {
        return takesPeese() ? peese : pet;
    }

    /**
     * Returns the estimate.
     *
     * @return the fitted effect at a standard error of 0
     */
    public double estimate() {
        return chosen().limit();
    }

    /**
     * Returns the interval of the estimate.
     *
     * @return its confidence interval
     */
    public Interval interval() {
        return chosen().limitInterval();
    }
}
