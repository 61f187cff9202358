package org.lozenge.stats.model;

import java.util.Optional;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.numeric.ChiSquared;

/**
 * Tests that go with the methods of Mantel and Haenszel. Statistics have chi-squared distributions.
 *
 * @see <a href="https://doi.org/10.2307/3001616">Cochran (1954), Biometrics 10, 417–451</a>
 * @see <a href="https://doi.org/10.1093/jnci/22.4.719">Mantel and Haenszel (1959), J. Natl. Cancer Inst. 22, 719–748</a>
 * @see <a href="https://doi.org/10.1093/biomet/72.1.91">Tarone (1985), Biometrika 72, 91–95</a>
 */
public final class MantelHaenszelTests {

    private static final double CONTINUITY = 0.5;

    private MantelHaenszelTests() {}

    /**
     * Cochran–Mantel–Haenszel test that the odds ratio is 1 in all studies.
     *
     * @param tables the studies
     * @param correct whether to take the continuity correction of one half, but never more than the difference itself
     * @return {@code (|Σ(O − E)| − ½)²/ΣV} with one degree of freedom; empty if no study can vary
     */
    public static Optional<TestResult> cochranMantelHaenszel(MantelHaenszelTables tables, boolean correct) {
        double excess = 0;
        double variance = 0;
        for (int i = 0; i < tables.k(); i++) {
            excess += tables.excess(i);
            variance += tables.variance(i);
        }
        return score(excess, variance, correct);
    }

    /**
     * Mantel–Haenszel test that the incidence rate ratio is 1 in all studies.
     *
     * @param rates the studies
     * @param correct as in {@link #cochranMantelHaenszel}
     * @return {@code (|Σ(O − E)| − ½)²/ΣV} with one degree of freedom; empty if no study has an event
     */
    public static Optional<TestResult> personTime(MantelHaenszelRates rates, boolean correct) {
        double excess = 0;
        double variance = 0;
        for (int i = 0; i < rates.k(); i++) {
            double share1 = rates.t1[i] / rates.time(i);
            double share2 = rates.t2[i] / rates.time(i);
            excess += rates.x1[i] * share2 - rates.x2[i] * share1;
            variance += (rates.x1[i] + rates.x2[i]) * share1 * share2;
        }
        return score(excess, variance, correct);
    }

    private static Optional<TestResult> score(double excess, double variance, boolean correct) {
        if (!(variance > 0)) {
            return Optional.empty();
        }
        double distance = Math.max(0, Math.abs(excess) - (correct ? CONTINUITY : 0));
        double statistic = distance * distance / variance;
        return Optional.of(new TestResult(statistic, 1, ChiSquared.upperTail(statistic, 1)));
    }

    /**
     * Breslow and Day's test that all studies have the same odds ratio.
     *
     * @param tables the studies
     * @param logOddsRatio the Mantel–Haenszel estimate
     * @return {@code Σ(a − e)²/v}, e and v being expectation and variance of a given the margins and the common odds ratio;
     *     degrees of freedom are the informative studies less one; empty for fewer than two of them
     */
    public static Optional<TestResult> breslowDay(MantelHaenszelTables tables, double logOddsRatio) {
        return heterogeneity(tables, logOddsRatio, false);
    }

    /**
     * Tarone's correction of Breslow and Day's test, which makes its distribution that of chi-squared.
     *
     * @param tables the studies
     * @param logOddsRatio the Mantel–Haenszel estimate
     * @return {@code Σ(a − e)²/v − (Σ(a − e))²/Σv}; empty for fewer than two informative studies
     */
    public static Optional<TestResult> tarone(MantelHaenszelTables tables, double logOddsRatio) {
        return heterogeneity(tables, logOddsRatio, true);
    }

    private static Optional<TestResult> heterogeneity(
            MantelHaenszelTables tables, double logOddsRatio, boolean tarone) {
        double oddsRatio = StrictMath.exp(logOddsRatio);
        double statistic = 0;
        double excess = 0;
        double variance = 0;
        int informative = 0;
        for (int i = 0; i < tables.k(); i++) {
            if (tables.variance(i) > 0) {
                double e = expected(tables, i, oddsRatio);
                double n1 = tables.n1(i);
                double events = tables.events(i);
                double v = 1 / (1 / e + 1 / (n1 - e) + 1 / (events - e) + 1 / (tables.n2(i) - events + e));
                double distance = tables.a[i] - e;
                statistic += distance * distance / v;
                excess += distance;
                variance += v;
                informative++;
            }
        }
        if (informative < 2) {
            return Optional.empty();
        }
        double corrected = tarone ? Math.max(0, statistic - excess * excess / variance) : statistic;
        int df = informative - 1;
        return Optional.of(new TestResult(corrected, df, ChiSquared.upperTail(corrected, df)));
    }

    /** The first cell under a given odds ratio: the root of the quadratic that stays finite at an odds ratio of 1. */
    private static double expected(MantelHaenszelTables tables, int i, double oddsRatio) {
        double n1 = tables.n1(i);
        double events = tables.events(i);
        double half = oddsRatio * (n1 + events) + (tables.n2(i) - events);
        double discriminant = half * half - 4 * (oddsRatio - 1) * oddsRatio * n1 * events;
        return 2 * oddsRatio * n1 * events / (half + Math.sqrt(Math.max(0, discriminant)));
    }
}
