package org.lozenge.stats.multilevel;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.lozenge.stats.ConvergenceException;
import org.lozenge.stats.Interval;
import org.lozenge.stats.numeric.ChiSquared;

/**
 * The profile-likelihood interval of one parameter: all values at which the likelihood, highest over the others, is not
 * lower than its maximum by more than half a chi-squared quantile.
 *
 * <p>Limits are found by Newton steps within a bracket; the slope of the profile is that of the likelihood by the parameter.
 * Values of the others follow from those of the value before; at a limit other starts tell whether a second peak is higher, in
 * which case the search goes on from there.
 */
final class ProfileInterval {

    private static final int MAX_STEPS = 200;

    /** Limits beyond this multiple of the spread of the effects are infinite. */
    private static final double FAR = 1e12;

    /** Likelihoods that differ by less are the same. */
    private static final double SAME = 1e-7;

    private final Climb climb;
    private final Climb.Peak peak;
    private final int parameter;
    private final double target;
    private final List<double[]> starts;

    private ProfileInterval(Climb climb, Climb.Peak peak, int parameter, double level, List<double[]> starts) {
        this.starts = starts;
        this.climb = climb;
        this.peak = peak;
        this.parameter = parameter;
        this.target = peak.value() - ChiSquared.upperQuantile(1 - level, 1) / 2;
    }

    /**
     * The interval of a variance, from 0, in the units of the search.
     *
     * @param climb with the parameter fixed
     * @param starts other points to look for higher peaks from
     */
    static Interval ofVariance(Climb climb, Climb.Peak peak, int parameter, double level, List<double[]> starts) {
        ProfileInterval profile = new ProfileInterval(climb, peak, parameter, level, starts);
        return new Interval(profile.limit(profile::lower), profile.limit(profile::upper), level);
    }

    /** A limit beyond which no peak is high enough. */
    private double limit(Function<Climb.Peak, Double> search) {
        Climb.Peak from = peak;
        double limit = search.apply(from);
        for (int round = 0; round < starts.size() && limit > 0 && !Double.isInfinite(limit); round++) {
            Climb.Peak best = higher(limit);
            if (!(best.value() > target + SAME)) {
                return limit;
            }
            limit = search.apply(best);
        }
        return limit;
    }

    /** The highest of the peaks that the other starts reach. */
    private Climb.Peak higher(double value) {
        Climb.Peak best = climb.at(peak.x);
        double highest = Double.NEGATIVE_INFINITY;
        for (double[] other : starts) {
            double[] start = other.clone();
            start[parameter] = value;
            Climb.Peak found = climb.from(start);
            if (found.value() > highest) {
                highest = found.value();
                best = found;
            }
        }
        return best;
    }

    /** The profile at a value. */
    Climb.Peak at(double value, double[] from) {
        double[] start = from.clone();
        start[parameter] = value;
        Climb.Peak found = climb.from(start);
        if (!found.stationary) {
            throw new ConvergenceException(String.format(
                    Locale.ROOT, "The profile likelihood did not converge at %s (%d steps)", value, found.steps));
        }
        return found;
    }

    private double lower(Climb.Peak from) {
        double estimate = from.x[parameter];
        if (estimate == 0) {
            return 0;
        }
        Climb.Peak zero = at(0, from.x);
        if (zero.value() >= target) {
            return 0;
        }
        double inside = estimate;
        double outside = estimate;
        Climb.Peak last = from;
        do {
            inside = outside;
            outside /= 4;
            last = at(outside, last.x);
        } while (last.value() > target && outside > 1e-300);
        return root(outside, inside, last);
    }

    private double upper(Climb.Peak from) {
        double inside = from.x[parameter];
        double outside = Math.max(inside, 1e-3);
        Climb.Peak last = from;
        do {
            inside = outside;
            outside *= 2;
            if (outside > FAR) {
                return Double.POSITIVE_INFINITY;
            }
            last = at(outside, last.x);
        } while (last.value() > target);
        if (inside == 1e-3 && at(inside, from.x).value() <= target) {
            return root(inside, Math.max(from.x[parameter], 1e-300), at(inside, from.x));
        }
        return root(outside, inside, last);
    }

    /** The value between one outside and one inside the interval, on the scale of logarithms. */
    private double root(double outside, double inside, Climb.Peak atOutside) {
        double out = outside;
        double in = inside;
        double x = outside;
        Climb.Peak here = atOutside;
        for (int step = 0; step < MAX_STEPS; step++) {
            double f = here.value() - target;
            double next = x * StrictMath.exp(-f / (x * here.gradient[parameter]));
            boolean within = next > Math.min(in, out) && next < Math.max(in, out);
            if (!within) {
                next = Math.sqrt(in) * Math.sqrt(out);
            }
            if (Math.abs(next - x) <= 1e-13 * x || Math.abs(out - in) <= 1e-14 * out) {
                return next;
            }
            x = next;
            here = at(x, here.x);
            if (here.value() > target) {
                in = x;
            } else {
                out = x;
            }
        }
        throw new ConvergenceException(String.format(
                Locale.ROOT,
                "The profile-likelihood limit did not converge in %d steps (last value %s)",
                MAX_STEPS,
                x));
    }
}
