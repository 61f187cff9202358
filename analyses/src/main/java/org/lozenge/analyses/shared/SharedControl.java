package org.lozenge.analyses.shared;

import org.lozenge.stats.effect.PersonTime;
import org.lozenge.stats.effect.RawData;
import org.lozenge.stats.effect.TwoByTwo;
import org.lozenge.stats.effect.TwoMeans;

/**
 * Two comparisons of one study with the same control arm. Their covariance is the part of their variances that comes from
 * the control.
 *
 * <p>For standardised differences, whose standard deviations are pooled over the two arms of each comparison, the variances
 * pooled have a covariance, too, by way of the control. In large samples that of the differences is
 *
 * <pre>{@code 1/n_c + y₁ y₂ n_c / (2 (n₁ + n_c)(n₂ + n_c))}</pre>
 *
 * <p>whatever the number of other arms, and y²/(2N) + 1/n_c for an arm with itself, as in the variance. Gleser and Olkin,
 * "Stochastically dependent effect sizes", in Cooper, Hedges and Valentine, The Handbook of Research Synthesis and
 * Meta-Analysis (2009), have y₁y₂/(2N) with N the size of all arms instead, since they pool one standard deviation over all.
 *
 * @param first place of the one among the studies used, from 0
 * @param second place of the other, above the first
 * @param covariance of their effects on the analysis scale; NaN for measures for which it is not known
 */
public record SharedControl(int first, int second, double covariance) {

    /**
     * The covariance of two effects.
     *
     * @param measure code of the measure
     * @param one counts or means of the first comparison, after any constant for zero cells
     * @param other those of the second
     * @param y1 effect of the first
     * @param y2 effect of the second
     */
    static double covariance(String measure, RawData one, RawData other, double y1, double y2) {
        if (one instanceof TwoByTwo t) {
            return ofCounts(measure, t);
        } else if (one instanceof PersonTime t) {
            return ofRates(measure, t);
        } else if (one instanceof TwoMeans m && other instanceof TwoMeans o) {
            return ofMeans(measure, m, o, y1, y2);
        }
        return Double.NaN;
    }

    private static double ofCounts(String measure, TwoByTwo t) {
        double n = t.n2();
        return switch (measure) {
            case "or" -> 1 / t.c() + 1 / t.d();
            case "rr" -> 1 / t.c() - 1 / n;
            case "rd" -> t.c() * t.d() / (n * n * n);
            case "as" -> 1 / (4 * n);
            default -> Double.NaN;
        };
    }

    private static double ofRates(String measure, PersonTime t) {
        return switch (measure) {
            case "irr" -> 1 / t.events2();
            case "ird" -> t.events2() / (t.time2() * t.time2());
            case "irsd" -> 1 / (4 * t.time2());
            default -> Double.NaN;
        };
    }

    private static double ofMeans(String measure, TwoMeans one, TwoMeans other, double y1, double y2) {
        double v = one.sd2() * one.sd2() / one.n2();
        return switch (measure) {
            case "md" -> v;
            case "rom" -> v / (one.mean2() * one.mean2());
            case "smd" -> 1 / one.n2() + y1 * y2 * one.n2() / (2 * (one.n1() + one.n2()) * (other.n1() + other.n2()));
            default -> Double.NaN;
        };
    }
}
