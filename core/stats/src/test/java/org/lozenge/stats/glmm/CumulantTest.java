package org.lozenge.stats.glmm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The functions that quadrature evaluates most often. */
class CumulantTest {

    @Test
    void theExponentialIsThatOfTheLibrary() {
        for (double x = -707.9; x < 709; x += 0.0137) {
            double expected = StrictMath.exp(x);
            assertThat(Exponential.of(x)).as("e^%s", x).isCloseTo(expected, within(2 * Math.ulp(expected)));
        }
        assertThat(Exponential.of(0)).isEqualTo(1);
    }

    @Test
    void theExponentialHasEnds() {
        assertThat(Exponential.of(-709)).isZero();
        assertThat(Exponential.of(Double.NEGATIVE_INFINITY)).isZero();
        assertThat(Exponential.of(710)).isInfinite();
        assertThat(Exponential.of(Double.NaN)).isNaN();
    }

    @Test
    void theBinomialFamilyKeepsItsDigitsInBothTails() {
        double[] out = new double[3];
        for (double eta = -600; eta <= 600; eta += 0.173) {
            new BinomialCumulant(7).at(eta, out);
            double small = StrictMath.exp(-Math.abs(eta));
            double log = Math.max(eta, 0) + StrictMath.log1p(small);
            assertThat(out[0]).as("eta %s", eta).isCloseTo(7 * log, within(7e-15 * log));
            double mean = eta < 0 ? small / (1 + small) : 1 / (1 + small);
            assertThat(out[1]).isCloseTo(7 * mean, within(7e-15 * mean));
            double variance = small / ((1 + small) * (1 + small));
            assertThat(out[2]).isCloseTo(7 * variance, within(7e-15 * variance));
        }
    }

    @Test
    void manyParametersAtOnceGiveWhatEachGives() {
        double[] eta = new double[201];
        double[] exp = new double[eta.length];
        double[] inverse = new double[eta.length];
        for (int i = 0; i < eta.length; i++) {
            eta[i] = 2.9 * (i - 100);
            exp[i] = StrictMath.exp(eta[i]);
            inverse[i] = 1 / exp[i];
        }
        List<Cumulant> families =
                List.of(new BinomialCumulant(12), new PoissonCumulant(), new HypergeometricCumulant(9, 14, 6));
        for (Cumulant kappa : families) {
            double[][] all = new double[3][eta.length];
            kappa.all(eta.length, eta, exp, inverse, all[0], all[1], all[2]);
            double[] one = new double[3];
            for (int i = 0; i < eta.length; i++) {
                kappa.at(eta[i], one);
                for (int d = 0; d < 3; d++) {
                    assertThat(all[d][i])
                            .as("%s, derivative %s at %s", kappa, d, eta[i])
                            .isCloseTo(one[d], within(4e-15 * Math.abs(one[d])));
                }
            }
        }
    }
}
