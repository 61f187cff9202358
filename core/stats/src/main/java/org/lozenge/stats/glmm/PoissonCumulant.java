package org.lozenge.stats.glmm;

/** The Poisson family: κ(η) = e^η with η the logarithm of the expected number of events. */
record PoissonCumulant() implements Cumulant {

    @Override
    public void at(double eta, double[] out) {
        at(eta, StrictMath.exp(eta), out);
    }

    @Override
    public void at(double eta, double exp, double[] out) {
        out[0] = exp;
        out[1] = exp;
        out[2] = exp;
    }

    @Override
    public int end(double y) {
        return y == 0 ? -1 : 0;
    }
}
