package org.lozenge.stats.tau2;

import java.util.Locale;

/** A between-study variance that is known or assumed instead of estimated. */
public final class FixedTau2 implements Tau2Estimator {

    private final double value;

    /**
     * Creates the "estimator" of a given value.
     *
     * @param value τ², finite and at least 0
     * @throws IllegalArgumentException if the value is negative, infinite or NaN
     */
    public FixedTau2(double value) {
        if (!(value >= 0 && value <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "A fixed tau² must be finite and >= 0, but is %s", value));
        }
        this.value = value;
    }

    @Override
    public String code() {
        return "fixed";
    }

    @Override
    public String token() {
        return Double.toString(value);
    }

    /** Returns the fixed value, also for one study. */
    @Override
    public double estimate(TauSums sums) {
        return value;
    }

    /** Returns 0: the value is taken as known. */
    @Override
    public double standardError(TauSums sums, double tau2) {
        return 0;
    }
}
