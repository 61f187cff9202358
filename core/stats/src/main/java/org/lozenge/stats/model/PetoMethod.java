package org.lozenge.stats.model;

import java.util.Locale;
import java.util.Optional;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.numeric.ChiSquared;

/**
 * Peto's method: a common log odds ratio, or log hazard ratio, from observed minus expected events and their variances.
 *
 * <pre>{@code estimate = Σ(O − E)/ΣV,  v = 1/ΣV,  Q = Σ(O − E)²/V − (Σ(O − E))²/ΣV}</pre>
 *
 * <p>Studies with V = 0, in which nothing could vary, carry no weight.
 *
 * @see <a href="https://doi.org/10.1016/S0033-0620(85)80003-7">Yusuf and others (1985), Prog. Cardiovasc. Dis. 27,
 *     335–371</a>
 */
public final class PetoMethod {

    /**
     * Fit and heterogeneity.
     *
     * @param fit the common effect
     * @param heterogeneity Q with its degrees of freedom, the informative studies less one; NaN for one study
     */
    public record Result(StratifiedFit fit, TestResult heterogeneity) {}

    /** Creates the method. */
    public PetoMethod() {}

    /**
     * Estimates the common effect.
     *
     * @param observedMinusExpected events in the first group beyond expectation, one per study, finite
     * @param variance their variances, 0 or above
     * @return fit and heterogeneity; empty if all variances are 0
     * @throws IllegalArgumentException if the arrays differ in length or hold a number outside its range
     */
    public Optional<Result> fit(double[] observedMinusExpected, double[] variance) {
        check(observedMinusExpected, variance);
        double excess = 0;
        double information = 0;
        int informative = 0;
        for (int i = 0; i < variance.length; i++) {
            if (variance[i] > 0) {
                excess += observedMinusExpected[i];
                information += variance[i];
                informative++;
            }
        }
        if (informative == 0) {
            return Optional.empty();
        }
        double estimate = excess / information;
        StratifiedFit fit = StratifiedFit.of(estimate, 1 / information, variance);
        return Optional.of(new Result(fit, heterogeneity(observedMinusExpected, variance, estimate, informative - 1)));
    }

    /**
     * Estimates the common odds ratio of two-by-two tables.
     *
     * @param tables the studies
     * @return fit and heterogeneity; empty if no study has both events and others
     */
    public Optional<Result> fit(MantelHaenszelTables tables) {
        double[] excess = new double[tables.k()];
        double[] variance = new double[tables.k()];
        for (int i = 0; i < tables.k(); i++) {
            excess[i] = tables.excess(i);
            variance[i] = tables.variance(i);
        }
        return fit(excess, variance);
    }

    /** Two passes: the distance of each study from the estimate, so that nothing cancels. */
    private static TestResult heterogeneity(double[] excess, double[] variance, double estimate, int df) {
        if (df == 0) {
            return new TestResult(Double.NaN, 0, Double.NaN);
        }
        double q = 0;
        for (int i = 0; i < variance.length; i++) {
            if (variance[i] > 0) {
                double distance = excess[i] - estimate * variance[i];
                q += distance * distance / variance[i];
            }
        }
        return new TestResult(q, df, ChiSquared.upperTail(q, df));
    }

    private static void check(double[] excess, double[] variance) {
        if (excess.length == 0 || excess.length != variance.length) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "Observed minus expected events and variances must be as many, at least one, but there are %d and %d",
                    excess.length,
                    variance.length));
        }
        for (int i = 0; i < variance.length; i++) {
            if (!Double.isFinite(excess[i]) || !(variance[i] >= 0) || Double.isInfinite(variance[i])) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "Study %d has O - E = %s with variance %s; both must be finite and the variance not negative",
                        i + 1,
                        excess[i],
                        variance[i]));
            }
        }
    }
}
