package org.lozenge.analyses.multiverse;

import java.util.Optional;
import org.lozenge.stats.ConvergenceException;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.model.PooledFit;

/**
 * One combination of choices and what it comes to, on the analysis scale.
 *
 * @param setup model, estimator and test
 * @param excluded what was left out; {@link #NOTHING} if nothing was
 * @param route the way to the effects
 * @param k number of studies
 * @param estimate pooled effect; this and all below are NaN if there is a problem
 * @param standardError its standard error
 * @param lower lower limit of its interval
 * @param upper upper limit of its interval
 * @param pValue P value of no effect
 * @param tau2 between-study variance
 * @param problem why there is no fit; empty if there is one
 */
record Specification(
        Setup setup,
        String excluded,
        String route,
        int k,
        double estimate,
        double standardError,
        double lower,
        double upper,
        double pValue,
        double tau2,
        String problem) {

    /** The value of {@link #excluded} if all studies are in. */
    static final String NOTHING = "none";

    static Specification fit(Setup setup, String excluded, String route, EffectSizes effects) {
        try {
            PooledFit fit = setup.fitter().apply(effects);
            return new Specification(
                    setup,
                    excluded,
                    route,
                    effects.k(),
                    fit.estimate(),
                    fit.standardError(),
                    fit.confidenceInterval().lower(),
                    fit.confidenceInterval().upper(),
                    fit.test().pValue(),
                    fit.tau2(),
                    "");
        } catch (ConvergenceException e) {
            double nan = Double.NaN;
            String problem = Optional.ofNullable(e.getMessage()).orElse("no convergence");
            return new Specification(setup, excluded, route, effects.k(), nan, nan, nan, nan, nan, nan, problem);
        }
    }

    boolean isFitted() {
        return problem.isEmpty();
    }

    /** The value of a choice. */
    String value(Dimension dimension) {
        return switch (dimension) {
            case MODEL -> setup.model();
            case TAU2 -> setup.tau2();
            case TEST -> setup.test();
            case EXCLUDED -> excluded;
            case ROUTE -> route;
        };
    }

    /** Whether it makes a choice at all: a common effect has no τ² and no choice of tests. */
    boolean chooses(Dimension dimension) {
        boolean ofRandom = dimension == Dimension.TAU2 || dimension == Dimension.TEST;
        return !ofRandom || setup.model().equals("random");
    }

    /** Whether another specification makes the same choices, but for one; a common effect has no τ² or test to choose. */
    boolean differsOnlyIn(Dimension dimension, Specification other) {
        for (Dimension each : Dimension.values()) {
            boolean free = dimension == Dimension.MODEL && (each == Dimension.TAU2 || each == Dimension.TEST);
            if (each != dimension && !free && !value(each).equals(other.value(each))) {
                return false;
            }
        }
        return !value(dimension).equals(other.value(dimension));
    }
}
