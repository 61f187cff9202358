package org.lozenge.stats.tau2;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.lozenge.stats.ConvergenceException;
import org.lozenge.stats.EffectSizes;

/**
 * Finds the global maximum of the (restricted) likelihood in τ², and proves it.
 *
 * <p>The derivative of twice the log-likelihood is {@code A(t) − B(t)} with {@code A = y′PPy} and {@code B = tr P}
 * (restricted) or {@code Σw} (full). In the eigenvalues λ of the variances among contrasts both are sums of powers,
 * {@code A = Σ c/(λ+t)²} and {@code B = Σ 1/(λ+t)}, so that {@code a = A^(−1/2)} and {@code b = B^(−1)} are increasing
 * and concave in t (power means of linear functions). The likelihood rises where {@code h = b − a²} is positive. From
 * values and slopes at the ends of an interval, chords and tangents bound a and b inside it:
 * <ul>
 *   <li>h falls throughout [p, q] if {@code b′(p) < 2a(p)a′(q)}: at most one maximum lies inside;
 *   <li>h falls beyond p if {@code b′(p) < 2a(p)a′(∞)}, where {@code a′(∞)} is the inverse root of Σ(y − ȳ)²;
 *   <li>h stays negative beyond p if the tangent of b at p stays below {@code (a(p) + a′(∞)(t − p))²};
 *   <li>h keeps its sign on [p, q] if a chord and the tangents are on the right sides of each other.
 * </ul>
 * The Newton iteration on {@code a²/b = 1}, a straight line when all variances are equal, finds a root from the
 * DerSimonian–Laird value in about three evaluations, and these bounds usually prove with the values already at hand
 * that there is no other. Where they do not, intervals are halved until they do, which finds every maximum; the
 * likelihoods are then compared.
 */
final class LikelihoodSearch {

    private static final int MAX_STEPS = 300;

    /** Newton steps converge quadratically, so the step after one of this relative size changes nothing. */
    private static final double CLOSE = 1e-9;

    /** Two maxima closer than this are not told apart. */
    private static final double RESOLUTION = 1e-7;

    private final WeightedSums sums;
    private final boolean restricted;
    private final double slopeAtInfinity;
    private int evaluations;

    LikelihoodSearch(double[] y, double[] v, int from, int to, boolean restricted) {
        this.sums = new WeightedSums(y, v, from, to);
        this.restricted = restricted;
        this.slopeAtInfinity = 1 / Math.sqrt(sums.spread());
    }

    /** The values and slopes of a and b at one τ². */
    private static final class Node {
        final double t;
        final double a;
        final double aSlope;
        final double b;
        final double bSlope;

        Node(double t, WeightedSums sums, boolean restricted) {
            this.t = t;
            this.a = sums.root();
            this.aSlope = sums.rootSlope();
            this.b = sums.inverse(restricted);
            this.bSlope = sums.inverseSlope(restricted);
        }

        /** Whether the likelihood rises here. */
        boolean rises() {
            return b > a * a;
        }

        /** The root of the tangent of a²/b − 1; not finite or on the wrong side where that is useless. */
        double newton() {
            double ratio = a / b * a;
            return t + (1 - ratio) / ((2 * aSlope - a / b * bSlope) * a / b);
        }
    }

    /** All maxima for a typed caller. */
    static List<Tau2Mode> modes(EffectSizes effects, boolean restricted) {
        if (effects.k() == 1) {
            return List.of();
        }
        return new LikelihoodSearch(effects.y().toArray(), effects.v().toArray(), 0, effects.k(), restricted).modes();
    }

    int evaluations() {
        return evaluations;
    }

    /** The τ² of the global maximum. */
    double maximum() {
        if (Double.isInfinite(slopeAtInfinity)) {
            return 0;
        }
        Node zero = node(0);
        double start = momentStart();
        if (zero.rises()) {
            Peak peak = climb(0, Double.POSITIVE_INFINITY, start > 0 ? start : zero.newton());
            if (fallsBeyond(zero) || (fallsBetween(zero, peak.nearby) && fallsBeyond(peak.nearby))) {
                return peak.t;
            }
        } else if (fallsBeyond(zero) || negativeBeyond(zero)) {
            return 0;
        }
        return best(peaks(zero, Math.max(start, sums.unit())));
    }

    /** All maxima in ascending order. */
    List<Tau2Mode> modes() {
        if (Double.isInfinite(slopeAtInfinity)) {
            return List.of(new Tau2Mode(0, logLikelihood(0)));
        }
        Node zero = node(0);
        List<Double> peaks = peaks(zero, Math.max(momentStart(), sums.unit()));
        return peaks.stream().map(t -> new Tau2Mode(t, logLikelihood(t))).toList();
    }

    double logLikelihood(double tau2) {
        sums.evaluate(tau2);
        int k = sums.k();
        double twice = -sums.logVariances(tau2) - sums.q();
        if (restricted) {
            twice += StrictMath.log(k) - StrictMath.log(sums.weight());
        }
        return (twice - (restricted ? k - 1 : k) * StrictMath.log(2 * Math.PI)) / 2;
    }

    private double best(List<Double> peaks) {
        double best = peaks.get(0);
        double highest = peaks.size() > 1 ? logLikelihood(best) : 0;
        for (int i = 1; i < peaks.size(); i++) {
            double value = logLikelihood(peaks.get(i));
            if (value > highest) {
                highest = value;
                best = peaks.get(i);
            }
        }
        return best;
    }

    private List<Double> peaks(Node zero, double firstStep) {
        List<Double> peaks = new ArrayList<>();
        if (!zero.rises()) {
            peaks.add(0.0);
        }
        Node p = zero;
        for (int step = 0; step < MAX_STEPS * 10; step++) {
            if (fallsBeyond(p) || (!p.rises() && negativeBeyond(p))) {
                if (p.rises()) {
                    peaks.add(climb(p.t, Double.POSITIVE_INFINITY, p.newton()).t);
                }
                return peaks;
            }
            Node q = node(p.t + Math.max(p.t, firstStep));
            collect(p, q, peaks);
            p = q;
        }
        throw failure(p.t);
    }

    /** Adds the maxima between two nodes. */
    private void collect(Node p, Node q, List<Double> peaks) {
        boolean turns = p.rises() && !q.rises();
        boolean narrow = q.t - p.t <= RESOLUTION * (q.t + sums.smallestVariance());
        if (fallsBetween(p, q) || risesBetween(p, q) || narrow) {
            if (turns) {
                peaks.add(climb(p.t, q.t, p.t + (q.t - p.t) / 2).t);
            }
            return;
        }
        if (p.rises() == q.rises() && (p.rises() ? positiveBetween(p, q) : negativeBetween(p, q))) {
            return;
        }
        Node middle = node(p.t + (q.t - p.t) / 2);
        collect(p, middle, peaks);
        collect(middle, q, peaks);
    }

    private static boolean fallsBetween(Node p, Node q) {
        return p.bSlope < 2 * p.a * q.aSlope;
    }

    private static boolean risesBetween(Node p, Node q) {
        return q.bSlope > 2 * q.a * p.aSlope;
    }

    private boolean fallsBeyond(Node p) {
        return p.bSlope < 2 * p.a * slopeAtInfinity;
    }

    /** The tangent of b at a node stays below the slowest a can grow from there, squared. */
    private boolean negativeBeyond(Node p) {
        return below(p.b, p.bSlope, p.a, slopeAtInfinity, 0, Double.POSITIVE_INFINITY);
    }

    /** The chord of b lies above the tangents of a, squared; the worst place is where the tangents cross. */
    private static boolean positiveBetween(Node p, Node q) {
        double length = q.t - p.t;
        double x = crossing(p.a, p.aSlope, q.a, q.aSlope, length);
        double a = p.a + p.aSlope * x;
        return p.b + (q.b - p.b) * x / length > a * a;
    }

    /** The tangents of b lie below the chord of a, squared: line minus parabola, so the largest value is known. */
    private static boolean negativeBetween(Node p, Node q) {
        double length = q.t - p.t;
        double chord = (q.a - p.a) / length;
        double x = crossing(p.b, p.bSlope, q.b, q.bSlope, length);
        return below(p.b, p.bSlope, p.a, chord, 0, x)
                && below(q.b - q.bSlope * length, q.bSlope, p.a, chord, x, length);
    }

    private static boolean below(double b, double bSlope, double a, double chord, double from, double to) {
        double worst = Math.max(from, Math.min(to, (bSlope / (2 * chord) - a) / chord));
        double root = a + chord * worst;
        return b + bSlope * worst < root * root;
    }

    /** Where the tangents at the two ends of an interval cross, measured from the first. */
    private static double crossing(double p, double pSlope, double q, double qSlope, double length) {
        double x = (q - qSlope * length - p) / (pSlope - qSlope);
        return x >= 0 && x <= length ? x : length / 2;
    }

    /** A maximum and the evaluated node next to it. */
    private static final class Peak {
        final double t;
        final Node nearby;

        Peak(double t, Node nearby) {
            this.t = t;
            this.nearby = nearby;
        }
    }

    /** Newton's method kept between points where the likelihood rises and falls. */
    private Peak climb(double low, double high, double start) {
        double t = inside(low, high, start);
        for (int step = 0; step < MAX_STEPS; step++) {
            Node node = node(t);
            double newton = node.newton();
            if (newton >= 0 && Math.abs(newton - t) <= CLOSE * t + Math.ulp(sums.unit())) {
                return new Peak(newton, node);
            }
            if (node.rises()) {
                low = t;
            } else {
                high = t;
            }
            t = inside(low, high, newton);
            if (t == low || t == high) {
                return new Peak(t, node);
            }
        }
        throw failure(t);
    }

    /** The proposal if it lies between the points, else a point that does. */
    private double inside(double low, double high, double proposal) {
        if (proposal > low && proposal < high) {
            return proposal;
        }
        return Double.isInfinite(high) ? low + Math.max(low, sums.unit()) : low + (high - low) / 2;
    }

    private double momentStart() {
        return (sums.q() - (sums.k() - 1)) / sums.traceP();
    }

    private Node node(double t) {
        evaluations++;
        sums.evaluate(t);
        return new Node(t, sums, restricted);
    }

    private ConvergenceException failure(double last) {
        return new ConvergenceException(String.format(
                Locale.ROOT,
                "%s tau² did not converge in %d evaluations (k = %d, last tau² = %s). Try Paule-Mandel, which always"
                        + " converges",
                restricted ? "REML" : "ML",
                evaluations,
                sums.k(),
                last));
    }
}
