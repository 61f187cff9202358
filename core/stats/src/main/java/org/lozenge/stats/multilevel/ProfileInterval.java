package org.lozenge.stats.multilevel;

import java.util.Locale;
import org.lozenge.stats.ConvergenceException;
import org.lozenge.stats.Interval;
import org.lozenge.stats.numeric.ChiSquared;

/**
 * The profile-likelihood interval of one parameter: all values at which the likelihood, highest over the others, is not
 * lower than its maximum by more than half a chi-squared quantile.
 *
 * <p>Limits are found by Newton steps within a bracket; the slope of the profile is that of the likelihood by the parameter.
 */
final class ProfileInterval {

    private static final int MAX_STEPS = 200;

    /** Limits beyond this multiple of the spread of the effects are infinite. */
    private static final double FAR = 1e12;

    private final Climb climb;
    private final Climb.Peak peak;
    private final int parameter;
    private final double target;

    private ProfileInterval(Climb climb, Climb.Peak peak, int parameter, double level) {
        this.climb = climb;
        this.peak = peak;
        this.parameter = parameter;
        this.target = peak.value() - ChiSquared.upperQuantile(1 - level, 1) / 2;
    }

    /** The interval of a variance, from 0, in the units of the search. */
    static Interval ofVariance(
            Likelihood likelihood, Structure structure, Climb.Peak peak, int parameter, double level) {
        boolean[] fixed = new boolean[structure.size()];
        fixed[parameter] = true;
        ProfileInterval profile = new ProfileInterval(new Climb(likelihood, structure, fixed), peak, parameter, level);
        return new Interval(profile.lower(), profile.upper(), level);
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

    private double lower() {
        double estimate = peak.x[parameter];
        if (estimate == 0) {
            return 0;
        }
        Climb.Peak zero = at(0, peak.x);
        if (zero.value() >= target) {
            return 0;
        }
        double inside = estimate;
        double outside = estimate;
        Climb.Peak last = peak;
        do {
            inside = outside;
            outside /= 4;
            last = at(outside, last.x);
        } while (last.value() > target && outside > 1e-300);
        return root(outside, inside, last);
    }

    private double upper() {
        double inside = peak.x[parameter];
        double outside = Math.max(inside, 1e-3);
        Climb.Peak last = peak;
        do {
            inside = outside;
            outside *= 2;
            if (outside > FAR) {
                return Double.POSITIVE_INFINITY;
            }
            last = at(outside, last.x);
        } while (last.value() > target);
        if (inside == 1e-3 && at(inside, peak.x).value() <= target) {
            return root(inside, Math.max(peak.x[parameter], 1e-300), at(inside, peak.x));
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
