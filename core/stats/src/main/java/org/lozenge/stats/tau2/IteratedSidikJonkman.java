package org.lozenge.stats.tau2;

/**
 * Sidik–Jonkman estimator of the between-study variance τ², iterated until it no longer changes (SJIT). A fixed point of
 * {@code τ² ← τ² Q(τ²) / (k − 1)} satisfies {@code Q(τ²) = k − 1}, the equation of {@link PauleMandel}, or is 0; so the
 * converged value is that estimator's, found without the iteration.
 */
public final class IteratedSidikJonkman implements Tau2Estimator {

    /** Creates the estimator. */
    public IteratedSidikJonkman() {}

    @Override
    public String code() {
        return "SJIT";
    }

    @Override
    public String token() {
        return "sjit";
    }

    @Override
    public double estimate(double[] y, double[] v, int from, int to) {
        return estimate(new Tau2Workspace().load(y, v, from, to));
    }

    @Override
    public double estimate(Tau2Workspace slice) {
        return PauleMandel.solve(slice);
    }

    @Override
    public double standardError(double[] y, double[] v, int from, int to, double tau2) {
        return PauleMandel.informationError(y, v, from, to, tau2);
    }
}
