package org.lozenge.stats.numeric;

import org.apache.commons.numbers.gamma.LogGamma;

/** The gamma function. */
public final class GammaFunction {

    private GammaFunction() {}

    /**
     * Returns the logarithm of the gamma function.
     *
     * @param x above 0
     * @return log Γ(x); NaN for NaN
     */
    public static double log(double x) {
        return LogGamma.value(x);
    }
}
