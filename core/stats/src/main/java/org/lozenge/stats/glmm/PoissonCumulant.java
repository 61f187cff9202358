package org.lozenge.stats.glmm;

/** The Poisson family: κ(η) = e^η with η the logarithm of the expected number of events. */
record PoissonCumulant() implements Cumulant {

    @Override
    public void at(double eta, double[] out) {
        double mean = StrictMath.exp(eta);
        out[0] = mean;
        out[1] = mean;
        out[2] = mean;
    }

    @Override
    public int end(double y) {
        return y == 0 ? -1 : 0;
    }
}
