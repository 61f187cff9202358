package org.lozenge.stats.bias;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.EffectSizes;

/**
 * Tests of funnel plot asymmetry that avoid the correlation between an effect and its own standard error, from the
 * counts or sizes of two arms. Each is a weighted regression as Egger's with another effect, predictor or weight; t has
 * k − 2 degrees of freedom.
 *
 * <p>Agrees with the formulas computed to 50 digits ({@code direct.py}) to a relative 1e-12.
 */
public final class CountTests {

    private CountTests() {}

    /**
     * Harbord's test: the score Z over its variance V, on 1/√V with weight V.
     *
     * <pre>{@code Z = a − E(a),   V = n₁n₂ m (N − m) / (N²(N − 1))   with m events among N participants}</pre>
     *
     * <p>Studies without events or without non-events have no score and are left out.
     *
     * @param counts the studies
     * @param level the level of intervals as a fraction
     * @return the regression
     * @throws IllegalArgumentException if fewer than three studies have a score, or if all have one variance
     * @see <a href="https://doi.org/10.1002/sim.2380">Harbord, Egger and Sterne (2006), Stat. Med. 25, 3443–3457</a>
     */
    public static FunnelRegression harbord(TwoArmCounts counts, double level) {
        List<Integer> used = informative(counts);
        return regress(
                used,
                i -> score(counts, i) / scoreVariance(counts, i),
                i -> 1 / scoreVariance(counts, i),
                i -> 1 / Math.sqrt(scoreVariance(counts, i)),
                level);
    }

    /**
     * Peters' test: the effect on 1/N, weighted by the variance of the pooled event rate, m(N − m)/N.
     *
     * @param effects log odds ratios of the studies
     * @param counts their counts
     * @param level the level of intervals as a fraction
     * @return the regression
     * @throws IllegalArgumentException for fewer than three studies with events and non-events, or one size
     * @see <a href="https://doi.org/10.1001/jama.295.6.676">Peters et al. (2006), JAMA 295, 676–680</a>
     */
    public static FunnelRegression peters(EffectSizes effects, TwoArmCounts counts, double level) {
        return regress(
                informative(counts),
                i -> effects.y().get(i),
                i -> pooledVariance(counts, i),
                i -> 1 / counts.n(i),
                level);
    }

    /**
     * Macaskill's test (funnel plot regression with pooled variance, FPV): as Peters', on N.
     *
     * @param effects log odds ratios of the studies
     * @param counts their counts
     * @param level the level of intervals as a fraction
     * @return the regression
     * @throws IllegalArgumentException for fewer than three studies with events and non-events, or one size
     * @see <a href="https://doi.org/10.1002/sim.698">Macaskill, Walter and Irwig (2001), Stat. Med. 20, 641–654</a>
     */
    public static FunnelRegression macaskill(EffectSizes effects, TwoArmCounts counts, double level) {
        return regress(informative(counts), i -> effects.y().get(i), i -> pooledVariance(counts, i), counts::n, level);
    }

    /**
     * Deeks' test: the effect on 1/√ESS with weight ESS, the effective sample size {@code 4n₁n₂/(n₁ + n₂)}.
     *
     * @param effects log (diagnostic) odds ratios of the studies
     * @param n1 participants of the first group (with the disease)
     * @param n2 participants of the second group
     * @param level the level of intervals as a fraction
     * @return the regression
     * @throws IllegalArgumentException for fewer than three studies or one size
     * @see <a href="https://doi.org/10.1016/j.jclinepi.2005.01.016">Deeks, Macaskill and Irwig (2005), J. Clin.
     *     Epidemiol. 58, 882–893</a>
     */
    public static FunnelRegression deeks(EffectSizes effects, DoubleSeq n1, DoubleSeq n2, double level) {
        return regress(
                all(effects.k()),
                i -> effects.y().get(i),
                i -> 1 / ess(n1, n2, i),
                i -> 1 / Math.sqrt(ess(n1, n2, i)),
                level);
    }

    /**
     * Pustejovsky and Rodgers' test for standardised mean differences: the effect on √(1/n₁ + 1/n₂), the part of its
     * standard error that does not depend on it, which gives the weights as well.
     *
     * @param effects standardised mean differences of the studies
     * @param n1 participants of the first group
     * @param n2 participants of the second group
     * @param level the level of intervals as a fraction
     * @return the regression
     * @throws IllegalArgumentException for fewer than three studies or one size
     * @see <a href="https://doi.org/10.1002/jrsm.1332">Pustejovsky and Rodgers (2019), Res. Synth. Methods 10,
     *     57–71</a>
     */
    public static FunnelRegression pustejovskyRodgers(EffectSizes effects, DoubleSeq n1, DoubleSeq n2, double level) {
        return regress(
                all(effects.k()),
                i -> effects.y().get(i),
                i -> 1 / n1.get(i) + 1 / n2.get(i),
                i -> Math.sqrt(1 / n1.get(i) + 1 / n2.get(i)),
                level);
    }

    /**
     * Rücker's arcsine effects, whose variances do not depend on the event rates; any test of asymmetry can be applied
     * to them.
     *
     * <pre>{@code y = asin √(a/n₁) − asin √(c/n₂),   v = 1/(4n₁) + 1/(4n₂)}</pre>
     *
     * @param counts the studies
     * @param studies their names
     * @return arcsine differences of risks
     * @see <a href="https://doi.org/10.1002/sim.2971">Rücker, Schwarzer and Carpenter (2008), Stat. Med. 27,
     *     746–763</a>
     */
    public static EffectSizes arcsine(TwoArmCounts counts, List<String> studies) {
        double[] y = new double[counts.k()];
        double[] v = new double[counts.k()];
        for (int i = 0; i < y.length; i++) {
            y[i] = StrictMath.asin(
                            Math.sqrt(counts.eventsT().get(i) / counts.nT().get(i)))
                    - StrictMath.asin(
                            Math.sqrt(counts.eventsC().get(i) / counts.nC().get(i)));
            v[i] = 0.25 / counts.nT().get(i) + 0.25 / counts.nC().get(i);
        }
        return new EffectSizes(studies, DoubleSeq.of(y), DoubleSeq.of(v));
    }

    private static FunnelRegression regress(
            List<Integer> used, IntToDoubleFunction y, IntToDoubleFunction v, IntToDoubleFunction x, double level) {
        if (used.size() < 3) {
            throw new IllegalArgumentException("a regression needs at least 3 studies with events and non-events, but"
                    + " there are " + used.size());
        }
        double[] effects = new double[used.size()];
        double[] variances = new double[used.size()];
        double[] predictor = new double[used.size()];
        for (int j = 0; j < effects.length; j++) {
            effects[j] = y.applyAsDouble(used.get(j));
            variances[j] = v.applyAsDouble(used.get(j));
            predictor[j] = x.applyAsDouble(used.get(j));
        }
        return FunnelRegression.weighted(EffectSizes.of(effects, variances), DoubleSeq.of(predictor), level);
    }

    private static List<Integer> all(int k) {
        List<Integer> out = new ArrayList<>();
        for (int i = 0; i < k; i++) {
            out.add(i);
        }
        return out;
    }

    private static List<Integer> informative(TwoArmCounts counts) {
        List<Integer> used = all(counts.k());
        used.removeIf(i -> counts.events(i) == 0 || counts.events(i) == counts.n(i) || counts.n(i) <= 1);
        return used;
    }

    private static double score(TwoArmCounts counts, int i) {
        return counts.eventsT().get(i) - counts.nT().get(i) / counts.n(i) * counts.events(i);
    }

    private static double scoreVariance(TwoArmCounts counts, int i) {
        double n = counts.n(i);
        double m = counts.events(i);
        return counts.nT().get(i) / n * counts.nC().get(i) / n * m * (n - m) / (n - 1);
    }

    private static double pooledVariance(TwoArmCounts counts, int i) {
        return 1 / counts.events(i) + 1 / (counts.n(i) - counts.events(i));
    }

    private static double ess(DoubleSeq n1, DoubleSeq n2, int i) {
        return 4 * n1.get(i) / (n1.get(i) + n2.get(i)) * n2.get(i);
    }
}
