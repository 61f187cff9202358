package org.lozenge.stats.glmm;

/**
 * The binomial family: κ(η) = n log(1 + e^η) with η the logit of the probability.
 *
 * @param n number of trials, above 0
 */
record BinomialCumulant(double n) implements Cumulant {

    private static final double ROOT_TWO = Math.sqrt(2);
    private static final double HALF_LOG_TWO = StrictMath.log(2) / 2;

    @Override
    public void at(double eta, double[] out) {
        // e^−|η| never overflows, and both tails keep their digits.
        tails(eta, StrictMath.exp(-Math.abs(eta)), out);
    }

    @Override
    public void at(double eta, double exp, double[] out) {
        tails(eta, eta < 0 ? exp : 1 / exp, out);
    }

    private void tails(double eta, double small, double[] out) {
        double rest = 1 / (1 + small);
        out[0] = n * (Math.max(eta, 0) + log1p(small));
        out[1] = n * (eta >= 0 ? rest : small * rest);
        out[2] = n * small * rest * rest;
    }

    /** log(1 + x) for 0 ≤ x ≤ 1 to a few units in the last place; the library's takes several times as long. */
    static double log1p(double x) {
        double sum = 1 + x;
        return sum < ROOT_TWO
                ? twiceArtanh(x / (2 + x))
                : HALF_LOG_TWO + twiceArtanh((sum - ROOT_TWO) / (sum + ROOT_TWO));
    }

    /** The series up to z²³, for |z| ≤ 0.172. */
    private static double twiceArtanh(double z) {
        double w = z * z;
        double w2 = w * w;
        double w4 = w2 * w2;
        double low = (2 + w * (2 / 3.0)) + w2 * (2 / 5.0 + w * (2 / 7.0));
        double middle = (2 / 9.0 + w * (2 / 11.0)) + w2 * (2 / 13.0 + w * (2 / 15.0));
        double high = (2 / 17.0 + w * (2 / 19.0)) + w2 * (2 / 21.0 + w * (2 / 23.0));
        return z * (low + w4 * (middle + w4 * high));
    }

    @Override
    public int end(double y) {
        return y == 0 ? -1 : y == n ? 1 : 0;
    }
}
