package org.lozenge.stats.glmm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.lozenge.stats.ConvergenceException;

/**
 * Finds the maxima of a likelihood.
 *
 * <p>For given standard deviations the likelihood is log-concave in all other parameters (Prékopa 1973), so only standard
 * deviations need a search. With one of them, the profile is followed over a grid from 0 to {@value #LARGEST}; each change of
 * its slope from up to down starts Newton's method in all parameters, and 0 counts if the profile falls from there. With two,
 * Newton's method starts from several pairs. The likelihood is even in a standard deviation, so none needs a bound.
 */
final class PeakSearch {

    /** Standard deviations of log odds or log rates beyond this are said to be infinite. */
    static final double LARGEST = 15;

    private static final double SMALLEST = 0.05;
    /** What a last step may promise: the error after it is of the order of that, in units of the log-likelihood. */
    private static final double EXACT = 1e-13;

    private static final double ROUGH = 1e-4;

    /** In a plane a finer rule follows, which moves the maximum by as much. */
    private static final double ROUGHER = 0.05;

    /** Steps of a rough search: along the grid each starts next to its end. */
    private static final int FEW = 4;

    private static final int MANY = 30;

    /** Steps from the maximum by one rule to that by another. */
    private static final int FOLLOWING = 6;

    /** Steps longer than this, in standard errors, may end at another maximum. */
    private static final double LONG = 0.1;

    private static final double RATIO = 2.5;
    private static final int ROUGH_POINTS = 7;
    private static final int ROUGH_PLANE = 5;

    /** A point this many standard errors from a maximum is on the way to it. */
    private static final double NEIGHBOUR = 0.3;

    /** Below this share of the smallest grid value a standard deviation is taken for 0. */
    private static final double ZERO = 1e-7;

    private final MarginalLikelihood likelihood;
    private final int tau;
    private final int sigma;
    private boolean lost;

    /** The standard deviations that ran away, and where. */
    private final Map<Integer, double[]> away = new TreeMap<>();

    PeakSearch(MarginalLikelihood likelihood) {
        this.likelihood = likelihood;
        this.tau = likelihood.position(StudyIntegral.TAU);
        this.sigma = likelihood.position(StudyIntegral.SIGMA);
    }

    /**
     * Finds all maxima.
     *
     * @param rule the quadrature at which they count
     * @param fineness how many times as many points as usual the search for starts takes
     * @return at least one, the highest first
     * @throws ConvergenceException if the likelihood is highest where a standard deviation is said to be infinite, or if no
     *     maximum is found
     */
    List<Peak> all(GaussHermite rule, int fineness) {
        lost = false;
        away.clear();
        likelihood.roughly(new GaussHermite(fineness * (isPlane() ? ROUGH_PLANE : ROUGH_POINTS)));
        List<double[]> starts = isPlane() ? pairs() : tau >= 0 || sigma >= 0 ? grid() : plain();
        likelihood.with(rule);
        List<Peak> peaks = new ArrayList<>();
        for (double[] start : starts) {
            polish(start)
                    .filter(found -> peaks.stream().noneMatch(known -> same(known, found)))
                    .ifPresent(peaks::add);
        }
        peaks.sort((a, b) -> Double.compare(b.value(), a.value()));
        requireHighest(peaks, starts.size());
        return peaks;
    }

    /** A likelihood that runs away may all the same be lower there than at a maximum. */
    private void requireHighest(List<Peak> peaks, int starts) {
        for (Map.Entry<Integer, double[]> far : away.entrySet()) {
            double[] x = far.getValue();
            FixedParameter rest = new FixedParameter(likelihood, x.length, far.getKey(), LARGEST);
            double value = NewtonAscent.climb(rest, rest.free(x), ROUGH, MANY).value;
            if (peaks.isEmpty() || value > peaks.get(0).value()) {
                throw new ConvergenceException(
                        "The likelihood rises for ever: a standard deviation of the random effects runs beyond "
                                + LARGEST + ", since studies lie at opposite ends of their ranges");
            }
        }
        if (peaks.isEmpty()) {
            throw new ConvergenceException("The likelihood has no maximum that Newton's method reaches from any of "
                    + starts + " starts. Try more quadrature points");
        }
    }

    private boolean isPlane() {
        return tau >= 0 && sigma >= 0;
    }

    /** Whether Newton's method got nowhere or ran away in the last search, as it may where there are too few points. */
    boolean isUnsure() {
        return lost || !away.isEmpty();
    }

    /**
     * Follows a maximum to another rule, by Newton's method from where it was.
     *
     * @param peak a maximum by a rule with fewer points
     * @param rule the rule
     * @param near how far the last step may go, in standard errors
     * @param far from where on the maximum need not be found exactly, since a finer rule will move it again
     * @return the maximum by the rule
     */
    Peak follow(Peak peak, GaussHermite rule, double near, double far) {
        likelihood.with(rule);
        double[] x = peak.x();
        double[] gradient = new double[x.length];
        double[][] hessian = new double[x.length][x.length];
        double before = Double.POSITIVE_INFINITY;
        for (int step = 0; step < FOLLOWING; step++) {
            double value = likelihood.at(x, gradient, hessian);
            double[][] covariance = Information.inverse(hessian, x, tau, sigma);
            double[] next = Information.step(covariance, gradient, x);
            double moved = Information.distance(next, x, covariance);
            if (!(moved < before && moved < LONG) || !isFalling(hessian, x, tau) || !isFalling(hessian, x, sigma)) {
                break;
            }
            if (moved <= near || Information.distance(next, peak.x(), covariance) > far) {
                return new Peak(next, value, covariance);
            }
            x = next;
            before = moved;
        }
        return polish(peak.x())
                .orElseThrow(() -> new ConvergenceException("The maximum of the likelihood is lost with " + rule.size()
                        + " quadrature points. Try more points"));
    }

    private static boolean same(Peak a, Peak b) {
        for (int i = 0; i < a.x().length; i++) {
            if (Math.abs(a.x()[i] - b.x()[i]) > 1e-5 * (1 + Math.abs(a.x()[i]))) {
                return false;
            }
        }
        return true;
    }

    // ---- starts

    private List<double[]> plain() {
        return List.of(likelihood.start(0, 0));
    }

    private List<double[]> grid() {
        int spread = Math.max(tau, sigma);
        List<double[]> starts = new ArrayList<>();
        double[] zero = at(spread, 0, likelihood.start(0, 0), FEW).x;
        boolean rising = curvature(zero, spread) > 0;
        if (!rising) {
            starts.add(zero);
        }
        double before = 0;
        double[] last = zero;
        for (double s = SMALLEST; s <= LARGEST; s *= RATIO) {
            Slope here = at(spread, s, last, FEW);
            if (rising && !(here.slope > 0)) {
                double[] start = here.x.clone();
                start[spread] = before == 0 ? s / 2 : Math.sqrt(before * s);
                starts.add(start);
            }
            rising = here.slope > 0;
            before = s;
            last = here.x;
        }
        if (rising) {
            // The quadrature is rough there; what is not a maximum will not converge.
            starts.add(last);
        }
        return starts;
    }

    /** Where a rough search ended, and the slope of the profile there. */
    private static final class Slope {
        private final double[] x;
        private final double slope;

        Slope(double[] x, double slope) {
            this.x = x;
            this.slope = slope;
        }
    }

    private Slope at(int spread, double value, double[] from, int steps) {
        FixedParameter rest = new FixedParameter(likelihood, likelihood.size(), spread, value);
        double[] free = rest.free(from);
        double[] x = rest.whole(NewtonAscent.climb(rest, free, ROUGH, steps).x, new double[likelihood.size()]);
        return new Slope(x, rest.slope());
    }

    private double curvature(double[] x, int spread) {
        double[][] hessian = new double[x.length][x.length];
        likelihood.at(x, new double[x.length], hessian);
        return hessian[spread][spread];
    }

    private List<double[]> pairs() {
        List<NewtonAscent> ends = new ArrayList<>();
        double[] common = at(tau, 0, likelihood.start(0, 0.7), MANY).x;
        double spread = Math.max(Math.abs(common[sigma]), 0.1);
        for (double t : new double[] {0.5, 0.1, 2}) {
            for (double s : new double[] {spread, 0.3 * spread}) {
                double[] start = common.clone();
                start[tau] = t;
                start[sigma] = s;
                NewtonAscent end = NewtonAscent.climb(
                        likelihood, start, ROUGHER, MANY, x -> ends.stream().anyMatch(known -> leadsTo(known, x)));
                if (ends.stream().noneMatch(known -> leadsTo(known, end.x))) {
                    ends.add(end);
                }
            }
        }
        List<double[]> starts = new ArrayList<>(ends.stream().map(end -> end.x).toList());
        if (curvature(common, tau) <= 0) {
            starts.add(common);
        }
        return starts;
    }

    /** Whether a point is so near to a maximum, in standard errors, that Newton's method goes there. */
    private boolean leadsTo(NewtonAscent end, double[] x) {
        if (!end.converged) {
            return false;
        }
        double[] apart = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            boolean even = i == tau || i == sigma;
            apart[i] = even ? Math.abs(x[i]) - Math.abs(end.x[i]) : x[i] - end.x[i];
        }
        double form = 0;
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < x.length; j++) {
                // With the sign of the other side of 0, mixed derivatives turn, too.
                double sign = side(end.x, i) * side(end.x, j);
                form -= sign * apart[i] * end.hessian[i][j] * apart[j];
            }
        }
        return form < NEIGHBOUR * NEIGHBOUR;
    }

    private double side(double[] x, int i) {
        return (i == tau || i == sigma) && x[i] < 0 ? -1 : 1;
    }

    // ---- the end

    /** Newton's method in all parameters; empty where it does not end at a maximum. */
    private Optional<Peak> polish(double[] start) {
        NewtonAscent found = NewtonAscent.climb(likelihood, start, EXACT, NewtonAscent.MAX_STEPS);
        double[] x = found.x;
        boolean noTau = snap(x, tau);
        boolean noSigma = snap(x, sigma);
        if (ranAway(x, tau) || ranAway(x, sigma)) {
            return Optional.empty();
        }
        double[][] hessian = found.hessian;
        double value = found.value;
        if (noTau || noSigma) {
            hessian = new double[x.length][x.length];
            value = likelihood.at(x, new double[x.length], hessian);
            if (!isFalling(hessian, x, tau) || !isFalling(hessian, x, sigma)) {
                // A saddle: another start leads to the maximum beside it.
                return Optional.empty();
            }
        }
        lost |= !found.converged;
        return found.converged
                ? Optional.of(new Peak(x, value, Information.inverse(hessian, x, tau, sigma)))
                : Optional.empty();
    }

    /** Makes a standard deviation positive, or 0 if it is next to it. */
    private static boolean snap(double[] x, int spread) {
        if (spread < 0) {
            return false;
        }
        x[spread] = Math.abs(x[spread]) < ZERO ? 0 : Math.abs(x[spread]);
        return x[spread] == 0;
    }

    private static boolean isFalling(double[][] hessian, double[] x, int spread) {
        return spread < 0 || x[spread] != 0 || hessian[spread][spread] <= 0;
    }

    private boolean ranAway(double[] x, int spread) {
        boolean far = spread >= 0 && x[spread] > LARGEST;
        if (far) {
            away.put(spread, x);
        }
        return far;
    }
}
