package org.lozenge.stats.glmm;

import java.util.List;
import org.lozenge.stats.ConvergenceException;
import org.lozenge.stats.numeric.PositiveDefinite;

/**
 * Where the profile of a likelihood over one parameter has fallen by a given amount.
 *
 * <p>One evaluation with second derivatives tells how the other parameters follow the one that is held, and with that the
 * height, the slope and the next place of all of them. The root of the drop is nearly linear in the parameter that is held, so
 * its Newton steps end after a few evaluations (after Venzon and Moolgavkar, who solve for all parameters at once). Brackets
 * keep them from running away, and a search over the others steps in where they are far from their maximum.
 *
 * @see <a href="https://doi.org/10.2307/2347496">Venzon and Moolgavkar (1988), Appl. Stat. 37, 87–94</a>
 */
final class ProfileLimit {

    private static final int MAX_ROUNDS = 100;

    /** Steps of a search over the other parameters. */
    private static final int STEPS = 50;

    /** The gain by the other parameters (twice) beyond which their correction is not relied on. */
    private static final double FAR = 0.2;

    /** The same for telling on which side of the limit a place is. */
    private static final double SURE = 1e-2;

    /** The same for the end; what is left out is about its power of 1.5. */
    private static final double DONE = 1e-8;

    /** A last step, as a share of the way to the limit: after it about its square is left. */
    private static final double CLOSE = 1e-7;

    /** A bracket of this share of the way that still does not hold the limit. */
    private static final double NARROW = 1e-13;

    /** A step goes at most this many times as far as all before it. */
    private static final double GROWTH = 1.5;

    /** A step back leaves this share of the way. */
    private static final double BACK = 0.9;

    /** Another maximum over the other parameters counts if it is higher by this. */
    private static final double HIGHER = 1e-6;

    private static final int MOST_OTHERS = 5;

    private final MarginalLikelihood likelihood;
    private final double top;
    private final double quantile;
    private final int index;
    private final double[] best;
    private final double reach;
    private final int size;

    // At the last place: height, slope and curvature of the profile, and how the others must move.
    private double height;
    private double slope;
    private double promised;
    private double[] correction;
    private double[] tangent;

    private double inner;
    private double outer;
    private boolean hasOuter;

    /**
     * A search.
     *
     * @param likelihood with its rule
     * @param top the log-likelihood from which the drop counts
     * @param quantile twice the drop
     * @param index the parameter that is held
     * @param best where the search starts: the drop is smaller there
     * @param reach the farthest that the limit may be from there; beyond, it is infinite
     */
    ProfileLimit(MarginalLikelihood likelihood, double top, double quantile, int index, double[] best, double reach) {
        this.likelihood = likelihood;
        this.top = top;
        this.quantile = quantile;
        this.index = index;
        this.best = best;
        this.reach = reach;
        this.size = best.length;
        this.correction = new double[size - 1];
        this.tangent = new double[size - 1];
    }

    /**
     * Finds the limit.
     *
     * @param first the first step from the start: its sign is the direction
     * @param outside a place beyond the limit; NaN if none is known
     * @return all parameters at the limit, infinite for the one that is held if there is none
     */
    double[] from(double first, double outside) {
        hasOuter = !Double.isNaN(outside);
        outer = outside;
        inner = best[index];
        double[] x = best.clone();
        for (int others = 0; others <= MOST_OTHERS; others++) {
            double[] found = search(moved(x, inside(inner + first)));
            if (Double.isInfinite(found[index])) {
                return found;
            }
            double[] higher = higher(found);
            if (higher.length == 0) {
                return found;
            }
            x = higher;
            inner = x[index];
            hasOuter = !Double.isNaN(outside);
            outer = outside;
        }
        throw rough();
    }

    /** Finds the limit next to a place. */
    double[] near(double[] place) {
        hasOuter = false;
        inner = best[index];
        return search(place);
    }

    private double[] search(double[] start) {
        double[] x = start;
        for (int round = 0; round < MAX_ROUNDS; round++) {
            if (!look(x) || promised > FAR) {
                x = climbed(x);
                if (!look(x)) {
                    outer = x[index];
                    hasOuter = true;
                    x = moved(x, inside(outer));
                    continue;
                }
            }
            double at = x[index];
            double drop = 2 * (top - height);
            if (promised < SURE) {
                bracket(at, drop);
            }
            double next = next(at, drop);
            double way = Math.abs(next - best[index]);
            if (promised < DONE && Math.abs(next - at) <= CLOSE * way) {
                return follow(x, next);
            }
            if (hasOuter && Math.abs(outer - inner) <= NARROW * way) {
                throw rough();
            }
            if (way > reach) {
                x[index] = Math.signum(next - best[index]) * Double.POSITIVE_INFINITY;
                return x;
            }
            x = follow(x, inside(next));
        }
        throw rough();
    }

    private ConvergenceException rough() {
        return new ConvergenceException(
                "The profile limit beyond " + inner + " was not found, where the likelihood is too" + " rough");
    }

    private void bracket(double at, double drop) {
        if (drop >= quantile) {
            outer = at;
            hasOuter = true;
        } else {
            inner = at;
            if (hasOuter && Math.abs(at - best[index]) >= Math.abs(outer - best[index])) {
                hasOuter = false;
            }
        }
    }

    /** The next place by Newton's method for the root of the drop, which is nearly linear. */
    private double next(double at, double drop) {
        double root = Math.sqrt(Math.max(drop, 0));
        double way = at - best[index];
        double step = root * (root - Math.sqrt(quantile)) / slope;
        boolean outwards = drop < quantile;
        if (!(Math.abs(step) < Double.POSITIVE_INFINITY) || outwards != step * way > 0) {
            step = outwards ? GROWTH * way : -way / 2;
        }
        double most = (outwards ? GROWTH : BACK) * Math.abs(way);
        return at + Math.copySign(Math.min(Math.abs(step), most), step);
    }

    /** A place strictly within the bracket. */
    private double inside(double place) {
        if (!hasOuter) {
            return place;
        }
        boolean within = (place - inner) * (outer - place) > 0;
        return within ? place : (inner + outer) / 2;
    }

    // ---- the other parameters

    private double[] moved(double[] x, double value) {
        double[] out = x.clone();
        out[index] = value;
        return out;
    }

    /** The place at a value of the parameter that is held, the others as the last evaluation says. */
    private double[] follow(double[] x, double value) {
        double[] out = moved(x, value);
        for (int i = 0; i < size - 1; i++) {
            out[i < index ? i : i + 1] += correction[i] + tangent[i] * (value - x[index]);
        }
        return out;
    }

    /** Evaluates the profile next to a place; false if the others are not near a maximum. */
    private boolean look(double[] x) {
        FixedParameter rest = new FixedParameter(likelihood, size, index, x[index]);
        double[] gradient = new double[size - 1];
        double[][] hessian = new double[size - 1][size - 1];
        double value = rest.at(rest.free(x), gradient, hessian);
        double[] mixed = rest.mixed();
        for (double[] row : hessian) {
            for (int j = 0; j < row.length; j++) {
                row[j] = -row[j];
            }
        }
        PositiveDefinite factor = PositiveDefinite.of(hessian, 1e-14);
        if (!(value > Double.NEGATIVE_INFINITY) || factor.rank() < size - 1) {
            return false;
        }
        correction = factor.solve(gradient);
        tangent = factor.solve(mixed);
        promised = 0;
        slope = rest.slope();
        for (int i = 0; i < size - 1; i++) {
            promised += correction[i] * gradient[i];
            slope += correction[i] * mixed[i];
        }
        height = value + promised / 2;
        return true;
    }

    private double[] climbed(double[] x) {
        FixedParameter rest = new FixedParameter(likelihood, size, index, x[index]);
        NewtonAscent found = NewtonAscent.climb(rest, rest.free(likelihood.away(x)), SURE, STEPS);
        return rest.whole(found.x, new double[size]);
    }

    /** A higher place at the same value, from where the others are at the start, or from spreads beside 0; empty if none is. */
    private double[] higher(double[] limit) {
        boolean spread = false;
        for (int i = 0; i < size; i++) {
            spread |= i != index && likelihood.isSpread(i);
        }
        if (!spread) {
            return new double[0];
        }
        double known = height;
        for (double[] start : List.of(limit, best)) {
            double[] x = climbed(moved(start, limit[index]));
            if (look(x) && height > known + HIGHER) {
                return x;
            }
        }
        return new double[0];
    }
}
