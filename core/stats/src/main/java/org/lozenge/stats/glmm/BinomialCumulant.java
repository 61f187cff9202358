package org.lozenge.stats.glmm;

/**
 * The binomial family: κ(η) = n log(1 + e^η) with η the logit of the probability.
 *
 * @param n number of trials, above 0
 */
record BinomialCumulant(double n) implements Cumulant {

    @Override
    public void at(double eta, double[] out) {
        // e^−|η| never overflows, and both tails keep their digits.
        double small = StrictMath.exp(-Math.abs(eta));
        double rest = 1 / (1 + small);
        out[0] = n * (Math.max(eta, 0) + StrictMath.log1p(small));
        out[1] = n * (eta >= 0 ? rest : small * rest);
        out[2] = n * small * rest * rest;
    }

    @Override
    public int end(double y) {
        return y == 0 ? -1 : y == n ? 1 : 0;
    }
}
