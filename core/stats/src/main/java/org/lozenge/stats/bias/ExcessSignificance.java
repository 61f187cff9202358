package org.lozenge.stats.bias;

import java.util.Arrays;
import java.util.Objects;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.numeric.Normal;

/**
 * Ioannidis and Trikalinos' test of excess significance: are there more significant studies than their power allows?
 *
 * <pre>{@code E = Σ powerᵢ,   χ² = (O − E)²/E + (O − E)²/(k − E)}</pre>
 *
 * <p>The power of a study is that of its own two-sided z test if its true effect is the assumed one. All P values are for
 * an excess (one-sided). The exact one is the tail of the sum of independent events of unequal probability; the binomial
 * one takes the mean power for all.
 *
 * <p>Agrees with metafor 3.8.1 {@code tes()} to a relative 1e-12.
 *
 * @param observed the number of significant studies
 * @param expected the number expected
 * @param power the power of each study
 * @param chiSquared the test statistic with 1 degree of freedom and its one-sided P value
 * @param binomialP the P value of the binomial test
 * @param exactP the exact P value
 * @see <a href="https://doi.org/10.1177/1740774507079441">Ioannidis and Trikalinos (2007), Clin. Trials 4, 245–253</a>
 */
public record ExcessSignificance(
        int observed, double expected, DoubleSeq power, TestResult chiSquared, double binomialP, double exactP) {

    /** Checks that nothing is missing. */
    public ExcessSignificance {
        Objects.requireNonNull(power, "power");
        Objects.requireNonNull(chiSquared, "chiSquared");
    }

    /**
     * Performs the test.
     *
     * @param effects the studies
     * @param theta the true effect that is assumed, such as the common-effect estimate
     * @param alpha the two-sided P value below which a study counts as significant
     * @return the result
     */
    public static ExcessSignificance of(EffectSizes effects, double theta, double alpha) {
        int k = effects.k();
        double critical = Normal.upperQuantile(alpha / 2);
        double[] power = new double[k];
        int observed = 0;
        double expected = 0;
        for (int i = 0; i < k; i++) {
            double se = effects.standardError(i);
            power[i] = Normal.upperTail(critical - theta / se) + Normal.upperTail(critical + theta / se);
            expected += power[i];
            observed += Math.abs(effects.y().get(i) / se) >= critical ? 1 : 0;
        }
        double d = observed - expected;
        double statistic = d * d / expected + d * d / (k - expected);
        double z = Math.copySign(Math.sqrt(statistic), d);
        double[] same = new double[k];
        Arrays.fill(same, expected / k);
        return new ExcessSignificance(
                observed,
                expected,
                DoubleSeq.of(power),
                new TestResult(statistic, 1, Normal.upperTail(z)),
                atLeast(observed, same),
                atLeast(observed, power));
    }

    /** The probability of at least so many events of the given probabilities. */
    private static double atLeast(int count, double[] probabilities) {
        double[] exactly = new double[probabilities.length + 1];
        exactly[0] = 1;
        int n = 0;
        for (double p : probabilities) {
            n++;
            for (int j = n; j > 0; j--) {
                exactly[j] = exactly[j] * (1 - p) + exactly[j - 1] * p;
            }
            exactly[0] *= 1 - p;
        }
        double sum = 0;
        for (int j = exactly.length - 1; j >= count; j--) {
            sum += exactly[j];
        }
        return Math.min(1, sum);
    }
}
