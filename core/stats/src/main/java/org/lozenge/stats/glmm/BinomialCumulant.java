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
        double small = Exponential.of(-Math.abs(eta));
        double each = 1 / ((1 + small) * (2 + small));
        double rest = (2 + small) * each;
        out[0] = n * (Math.max(eta, 0) + twiceArtanh(small * (1 + small) * each));
        out[1] = n * (eta >= 0 ? rest : small * rest);
        out[2] = n * small * rest * rest;
    }

    @Override
    public void all(
            int count, double[] eta, double[] exp, double[] inverse, double[] value, double[] mean, double[] variance) {
        // Without branches and in several loops, since short ones are computed several numbers at once.
        for (int i = 0; i < count; i++) {
            double small = Math.min(exp[i], inverse[i]);
            variance[i] = small;
            value[i] = 1 / ((1 + small) * (2 + small));
        }
        for (int i = 0; i < count; i++) {
            double small = variance[i];
            double rest = (2 + small) * value[i];
            mean[i] = n * (rest * Math.min(exp[i], 1));
            variance[i] = n * small * rest * rest;
            value[i] *= small * (1 + small);
        }
        for (int i = 0; i < count; i++) {
            value[i] = n * (Math.max(eta[i], 0) + twiceArtanh(value[i]));
        }
    }

    /**
     * The series of twice the inverse hyperbolic tangent up to z³³, for 0 ≤ z ≤ 1/3. With z = x / (2 + x) it is log(1 + x) to a
     * few units in the last place; the library's takes several times as long.
     */
    private static double twiceArtanh(double z) {
        double w = z * z;
        double w2 = w * w;
        double w4 = w2 * w2;
        double w8 = w4 * w4;
        double a = (2 + w * (2 / 3.0)) + w2 * (2 / 5.0 + w * (2 / 7.0));
        double b = (2 / 9.0 + w * (2 / 11.0)) + w2 * (2 / 13.0 + w * (2 / 15.0));
        double c = (2 / 17.0 + w * (2 / 19.0)) + w2 * (2 / 21.0 + w * (2 / 23.0));
        double d = (2 / 25.0 + w * (2 / 27.0)) + w2 * (2 / 29.0 + w * (2 / 31.0));
        return z * ((a + w4 * b) + w8 * ((c + w4 * d) + w8 * (2 / 33.0)));
    }

    @Override
    public int end(double y) {
        return y == 0 ? -1 : y == n ? 1 : 0;
    }
}
