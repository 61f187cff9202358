package org.lozenge.stats.glmm;

import org.lozenge.stats.numeric.BoundedNewton;

/** A log-likelihood of parameters of which some are standard deviations. */
interface Surface extends BoundedNewton.Objective {

    /** Whether a parameter is a standard deviation, in which the likelihood is even. */
    boolean isSpread(int parameter);
}
