package org.lozenge.stats.glmm;

/** The Poisson family: κ(η) = e^η with η the logarithm of the expected number of events. */
record PoissonCumulant() implements Cumulant {

    @Override
    public void at(double eta, double[] out) {
        double exp = StrictMath.exp(eta);
        out[0] = exp;
        out[1] = exp;
        out[2] = exp;
    }

    @Override
    public void all(
            int n, double[] eta, double[] exp, double[] inverse, double[] value, double[] mean, double[] variance) {
        System.arraycopy(exp, 0, value, 0, n);
        System.arraycopy(exp, 0, mean, 0, n);
        System.arraycopy(exp, 0, variance, 0, n);
    }

    @Override
    public int end(double y) {
        return y == 0 ? -1 : 0;
    }
}
