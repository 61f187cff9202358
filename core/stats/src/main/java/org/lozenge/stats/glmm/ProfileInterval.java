package org.lozenge.stats.glmm;

import java.util.Arrays;
import org.lozenge.stats.ConvergenceException;
import org.lozenge.stats.Interval;

/**
 * Intervals from the profile likelihood: one parameter is held, all others are maximised again. The profile of a coefficient
 * is the higher one of those with and without variance between studies.
 *
 * <p>A limit is looked for with few quadrature points, found with those of the fit from there, and found again with half as
 * many more until that no longer moves it: the integrands there are less normal than at the estimate.
 */
final class ProfileInterval {

    /** A coefficient this many standard errors away without enough of a drop has no limit. */
    private static final double FAR = 1e6;

    /** The first step in a standard deviation that is estimated as 0. */
    private static final double FIRST = 0.2;

    private static final int FEWEST = 9;

    /** How much less than the points of the fit a first search takes. */
    private static final int COARSER = 3;

    /** What more points may change, as a share of the way from the estimate to the limit. */
    private static final double SETTLED = 1e-8;

    /** What the last step may change at the most. */
    private static final double ROUGH = 1e-3;

    /** Points of all studies together: a few tenths of a second. */
    private static final long MOST_WORK = 20_000_000;

    private static final double EXACT = 1e-11;
    private static final int STEPS = 50;

    private final GlmmFit fit;
    private final double quantile;
    private final MarginalLikelihood likelihood;
    private final MarginalLikelihood common;
    private final double[] best;
    private final int tau;

    ProfileInterval(GlmmFit fit, double quantile) {
        this(fit, quantile, fit.data(), fit.parameterValues());
    }

    private ProfileInterval(GlmmFit fit, double quantile, GlmmData data, double[] best) {
        this.fit = fit;
        this.quantile = quantile;
        this.likelihood = fit.likelihood(data);
        this.common = MarginalLikelihood.common(data).checking(fit.check());
        this.best = best;
        this.tau = likelihood.position(StudyIntegral.TAU);
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
        Limits limits = turned.coefficient(se);
        return new Interval(length * limits.lower, length * limits.upper, level);
    }

    private static final class Limits {
        private final double lower;
        private final double upper;

        Limits(double lower, double upper) {
            this.lower = lower;
            this.upper = upper;
        }
    }

    private Limits coefficient(double se) {
        double step = se * Math.sqrt(quantile);
        Search all = new Search(likelihood, best, 0, FAR * se);
        double lower = all.limit(-step, Double.NaN);
        double upper = all.limit(step, Double.NaN);
        if (tau >= 0) {
            double[] start = without(best, tau);
            double[] top = climbed(common.with(fit.rule()), common.away(start)).x;
            if (2 * (fit.logLikelihood() - value(common, top)) < quantile) {
                Search same = new Search(common, top, 0, FAR * se);
                lower = Math.min(lower, same.limit(Math.min(-step, best[0] - step - top[0]), Double.NaN));
                upper = Math.max(upper, same.limit(Math.max(step, best[0] + step - top[0]), Double.NaN));
            }
        }
        return new Limits(lower, upper);
    }

    private static double[] without(double[] all, int index) {
        double[] out = new double[all.length - 1];
        System.arraycopy(all, 0, out, 0, index);
        System.arraycopy(all, index + 1, out, index, out.length - index);
        return out;
    }

    private static NewtonAscent climbed(Surface surface, double[] start) {
        return NewtonAscent.climb(surface, start, EXACT, STEPS);
    }

    private static double value(Surface surface, double[] x) {
        return surface.at(x, new double[x.length], new double[x.length][x.length]);
    }

    Interval tau2(double level) {
        double estimate = best[tau];
        double se = fit.tauStandardError();
        double step = se > 0 ? se * Math.sqrt(quantile) : FIRST;
        Search search = new Search(likelihood, best, tau, PeakSearch.LARGEST - estimate);
        FixedParameter none = new FixedParameter(likelihood.with(fit.rule()), best.length, tau, 0);
        double lower = 0;
        if (estimate > 0
                && 2 * (fit.logLikelihood() - climbed(none, none.free(likelihood.away(best))).value) > quantile) {
            lower = search.limit(-Math.min(step, estimate / 2), 0);
        }
        double upper = search.limit(step, Double.NaN);
        return new Interval(lower * lower, upper * upper, level);
    }

    /** Looks for both limits of a parameter of one of the two likelihoods. */
    private final class Search {
        private final MarginalLikelihood surface;
        private final double[] top;
        private final int index;
        private final double reach;

        Search(MarginalLikelihood surface, double[] top, int index, double reach) {
            this.surface = surface;
            this.top = top;
            this.index = index;
            this.reach = reach;
        }

        double limit(double step, double outside) {
            double[] found;
            try {
                found = with(fit.points()).near(finite(coarse(step, outside)));
            } catch (ConvergenceException e) {
                found = with(fit.points(), step, outside);
            }
            int n = fit.points();
            double change = 0;
            while (fit.isRefined() && more(n) > n) {
                n = more(n);
                double before = found[index];
                found = Double.isFinite(before) ? near(n, found, step, outside) : with(n, step, outside);
                change = change(before, found[index]);
                if (change <= SETTLED) {
                    return found[index];
                }
            }
            if (Double.isNaN(found[index]) || change > ROUGH) {
                throw new ConvergenceException("A profile limit still moves with " + n
                        + " quadrature points, where the likelihood is too rough");
            }
            return found[index];
        }

        /** Half as many more points, if there may be so many. */
        private int more(int n) {
            int next = Math.min(n + n / 2, GaussHermite.MAX_POINTS);
            return surface.work(next) <= MOST_WORK ? next : n;
        }

        /** As a share of the way; 0 if both are infinite. */
        private double change(double before, double after) {
            return before == after ? 0 : Math.abs(after - before) / Math.abs(before - top[index]);
        }

        private double[] near(int n, double[] place, double step, double outside) {
            try {
                return with(n).near(place);
            } catch (ConvergenceException e) {
                return with(n, step, outside);
            }
        }

        /** NaN where a search fails: more points may help. */
        private double[] with(int n, double step, double outside) {
            try {
                return with(n).from(step, outside);
            } catch (ConvergenceException e) {
                double[] none = top.clone();
                none[index] = Double.NaN;
                return none;
            }
        }

        private double[] finite(double[] x) {
            if (Double.isInfinite(x[index])) {
                throw new ConvergenceException("No limit was found with few points");
            }
            return x;
        }

        private double[] coarse(double step, double outside) {
            int n = Math.min(fit.points(), Math.max(FEWEST, fit.points() / COARSER));
            double[] start = NewtonAscent.climb(surface.with(new GaussHermite(n)), top, EXACT, STEPS).x;
            double drop = surface == likelihood ? 0 : 2 * (fit.logLikelihood() - value(surface.with(fit.rule()), top));
            surface.with(new GaussHermite(n));
            double value = value(surface, start);
            return new ProfileLimit(surface, value, quantile - drop, index, start, reach).from(step, outside);
        }

        private ProfileLimit with(int n) {
            return new ProfileLimit(
                    surface.with(new GaussHermite(n)), fit.logLikelihood(), quantile, index, top, reach);
        }
    }
}
