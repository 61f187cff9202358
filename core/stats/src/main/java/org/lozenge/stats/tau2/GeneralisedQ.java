package org.lozenge.stats.tau2;

import java.util.Locale;
import org.lozenge.stats.ConvergenceException;

/**
 * Solves {@code Q(τ²) = target} for the generalised Q statistic.
 *
 * <p>In the eigenvalues λ of the variances among contrasts {@code Q = Σ c/(λ + τ²)} with c of at least 0, so that 1/Q is
 * a weighted harmonic mean of linear functions: increasing and concave. Newton's method on {@code 1/Q = 1/target}
 * therefore rises from zero to the root without overshooting, and needs no bracket.
 */
final class GeneralisedQ {

    private static final int MAX_STEPS = 1000;

    private GeneralisedQ() {}

    /** The root, or 0 where Q(0) does not exceed the target. */
    static double solve(TauSums sums, double target) {
        double tau2 = 0;
        for (int step = 0; step < MAX_STEPS; step++) {
            sums.evaluate(tau2);
            double q = sums.q();
            double move = (q / target - 1) * (q / sums.qSlope());
            double next = tau2 + move;
            // At the root rounding decides the sign of the move.
            if (!(q > target) || next == tau2) {
                return tau2;
            }
            if (move <= 1e-9 * tau2) {
                return next;
            }
            tau2 = next;
        }
        throw new ConvergenceException(String.format(
                Locale.ROOT,
                "tau² with Q(tau²) = %s was not found in %d steps (k = %d, last tau² = %s)",
                target,
                MAX_STEPS,
                sums.k(),
                tau2));
    }
}
