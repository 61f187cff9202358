package org.lozenge.stats.tau2;

/**
 * Empirical Bayes (EB) estimator of the between-study variance τ². Its defining equation is that of {@link PauleMandel},
 * so the two are the same number.
 *
 * @see <a href="https://doi.org/10.1080/01621459.1983.10477920">Morris (1983), J. Am. Stat. Assoc. 78, 47–55</a>
 */
public final class EmpiricalBayes implements Tau2Estimator {

    /** Creates the estimator. */
    public EmpiricalBayes() {}

    @Override
    public String code() {
        return "EB";
    }

    @Override
    public String token() {
        return "eb";
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
