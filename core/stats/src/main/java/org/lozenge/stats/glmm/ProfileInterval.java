package org.lozenge.stats.glmm;

import java.util.Arrays;
import org.lozenge.stats.ConvergenceException;
import org.lozenge.stats.Interval;
import org.lozenge.stats.numeric.Roots;

/**
 * Intervals from the profile likelihood: one parameter is held, all others are maximised again. The profile of a coefficient
 * is the higher one of those with and without variance between studies.
 */
final class ProfileInterval {

    /** A coefficient this many standard errors away without enough of a drop has no limit. */
    private static final double FAR = 1e6;

    /** From a standard deviation of 0 the search would not leave it, since the likelihood is even there. */
    private static final double AWAY = 0.1;

    /** The profile is flat where the others are maximal, so its error is of the order of this. */
    private static final double GAIN = 1e-11;

    private static final int STEPS = 50;

    private final GlmmFit fit;
    private final double quantile;
    private final MarginalLikelihood likelihood;
    private final MarginalLikelihood common;
    private final double[] best;
    private final int tau;
    private double[] last;
    private double[] lastCommon = new double[0];

    ProfileInterval(GlmmFit fit, double quantile) {
        this(fit, quantile, fit.data(), fit.parameterValues());
    }

    private ProfileInterval(GlmmFit fit, double quantile, GlmmData data, double[] best) {
        this.fit = fit;
        this.quantile = quantile;
        this.likelihood = fit.likelihood(data).with(fit.rule());
        this.common = MarginalLikelihood.common(data).with(fit.rule());
        this.best = best;
        this.tau = likelihood.position(StudyIntegral.TAU);
        this.last = best.clone();
    }

    /** The interval of a combination of the terms: in coordinates of which it is the first. */
    Interval combination(double[] terms, double level) {
        double[] columns = fit.data().design().toColumns(terms);
        double length =
                Math.sqrt(Arrays.stream(columns).map(cell -> cell * cell).sum());
        Design.Turn turn = new Design.Turn(columns);
        ProfileInterval turned =
                new ProfileInterval(fit, quantile, fit.data().turned(turn), turn.of(fit.parameterValues()));
        double se = fit.inference(Double.POSITIVE_INFINITY).standardError(terms) / length;
        double lower = turned.limit(0, -se);
        return new Interval(length * lower, length * turned.limit(0, se), level);
    }

    private double limit(int index, double step) {
        restart();
        double inner = best[index];
        double reach = step * Math.sqrt(quantile);
        double outer = inner + reach;
        while (drop(index, outer) < quantile) {
            if (Math.abs(outer - best[index]) > FAR * Math.abs(step)) {
                return step < 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
            }
            inner = outer;
            reach *= 1.5;
            outer = inner + reach;
        }
        return root(index, Math.min(inner, outer), Math.max(inner, outer), "Profile limit of a coefficient");
    }

    private void restart() {
        last = best.clone();
        lastCommon = tau < 0 ? best.clone() : without(best, tau);
    }

    private static double[] without(double[] all, int index) {
        double[] out = new double[all.length - 1];
        System.arraycopy(all, 0, out, 0, index);
        System.arraycopy(all, index + 1, out, index, out.length - index);
        return out;
    }

    Interval tau2(double level) {
        double estimate = best[tau];
        restart();
        double lower = 0;
        if (estimate > 0 && drop(tau, 0) > quantile) {
            lower = root(tau, 0, estimate, "Lower profile limit of tau");
        }
        restart();
        double inner = estimate;
        double outer = Math.max(2 * estimate, 0.2);
        while (drop(tau, outer) < quantile) {
            if (outer > PeakSearch.LARGEST) {
                return new Interval(lower * lower, Double.POSITIVE_INFINITY, level);
            }
            inner = outer;
            outer *= 2;
        }
        double upper = root(tau, inner, outer, "Upper profile limit of tau");
        return new Interval(lower * lower, upper * upper, level);
    }

    private double root(int index, double low, double high, String name) {
        double[] from = last.clone();
        double[] fromCommon = lastCommon.clone();
        try {
            return Roots.between(
                    value -> {
                        // Always from the same start, so that the profile is a function.
                        last = from;
                        lastCommon = fromCommon;
                        return drop(index, value) - quantile;
                    },
                    low,
                    high,
                    name);
        } catch (IllegalArgumentException e) {
            throw new ConvergenceException(
                    name + " was not found between " + low + " and " + high + ", where the likelihood is too rough");
        }
    }

    /** Twice the drop of the profile log-likelihood at a value of a parameter. */
    private double drop(int index, double value) {
        double height;
        if (index == tau) {
            height = random(index, value);
        } else if (tau < 0) {
            height = common(index, value);
        } else {
            height = Math.max(random(index, value), common(index, value));
        }
        return 2 * (fit.logLikelihood() - height);
    }

    private double random(int index, double value) {
        double[] start = last.clone();
        if (index != tau) {
            start[tau] = Math.max(Math.abs(start[tau]), AWAY);
        }
        leaveZero(start, likelihood.position(StudyIntegral.SIGMA));
        FixedParameter rest = new FixedParameter(likelihood, best.length, index, value);
        NewtonAscent found = NewtonAscent.climb(rest, rest.free(start), GAIN, STEPS);
        if (index != tau && likelihood.position(StudyIntegral.SIGMA) < 0) {
            // The profile over τ may have two maxima; in a plane a second search would cost too much.
            double[] other = best.clone();
            other[tau] = Math.max(other[tau], AWAY);
            NewtonAscent second = NewtonAscent.climb(rest, rest.free(other), GAIN, STEPS);
            found = second.value > found.value ? second : found;
        }
        last = rest.whole(found.x, new double[best.length]);
        return found.value;
    }

    private double common(int index, double value) {
        double[] start = lastCommon.clone();
        leaveZero(start, common.position(StudyIntegral.SIGMA));
        FixedParameter rest = new FixedParameter(common, start.length, index, value);
        NewtonAscent found = NewtonAscent.climb(rest, rest.free(start), GAIN, STEPS);
        lastCommon = rest.whole(found.x, new double[start.length]);
        return found.value;
    }

    private static void leaveZero(double[] x, int spread) {
        if (spread >= 0) {
            x[spread] = Math.max(Math.abs(x[spread]), AWAY);
        }
    }
}
