package org.lozenge.stats.tau2;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
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
 * that there is no other: four evaluations are usual. Where they do not, intervals are halved until they do, which finds
 * every maximum; the likelihoods are then compared.
 *
 * <p>An object is a workspace for one thread: it searches one slice after another without allocating, and the result
 * does not depend on the slices before.
 */
final class LikelihoodSearch {

    private static final int MAX_STEPS = 300;

    /** The relative size of a Newton step after which another would change nothing: its error is squared. */
    private static final double CLOSE = 1e-8;

    /** Two maxima closer than this are not told apart. */
    private static final double RESOLUTION = 1e-7;

    private final WeightedSums sums;

    /** The nodes of a search; the next one uses them again. */
    private Node[] nodes = {};

    private double[] peaks = new double[2];
    private int peakCount;
    private int evaluations;
    private boolean restricted;
    private double slopeAtInfinity;

    /** Creates a search that will work with the given sums. */
    LikelihoodSearch(WeightedSums sums) {
        this.sums = sums;
    }

    LikelihoodSearch(double[] y, double[] v, int from, int to, boolean restricted) {
        this(new WeightedSums(y, v, from, to));
        begin(restricted);
    }

    /** Turns to the slice that the sums have been reset to. */
    void begin(boolean onRestricted) {
        restricted = onRestricted;
        slopeAtInfinity = 1 / Math.sqrt(sums.spread());
    }

    /** The values and slopes of a and b at one τ². */
    private static final class Node {
        double t;
        double a;
        double aSlope;
        double b;
        double bSlope;

        /** a²/b: below 1 where the likelihood rises. */
        double ratio;

        /** The inverse of its derivative. */
        double tPerRatio;

        /** A maximum known to lie here, or NaN; rounding then decides on which side of it this node is. */
        double maximum;

        void set(double tau2, WeightedSums sums, boolean restricted) {
            t = tau2;
            double scale = sums.scale();
            double root = sums.scaledRoot();
            double information = sums.scaledInformation(restricted);
            double inverse = 1 / information;
            double quotient = root * information;
            a = scale * root;
            aSlope = sums.scaledCubes() * root * root * root;
            b = scale * inverse;
            bSlope = sums.scaledInformationSlope(restricted) * inverse * inverse;
            ratio = quotient * a;
            tPerRatio = 1 / ((2 * aSlope - quotient * bSlope) * quotient);
            maximum = Double.NaN;
        }

        boolean isPeak() {
            return !Double.isNaN(maximum);
        }

        /** Whether the likelihood rises here. */
        boolean rises() {
            return b > a * a && !isPeak();
        }

        double newton() {
            return t + (1 - ratio) * tPerRatio;
        }

        /** Notes that a maximum was found from here. */
        Node peakAt(double tau2) {
            maximum = tau2;
            return this;
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
        findPeaks();
        double best = peaks[0];
        if (peakCount == 1) {
            return best;
        }
        double highest = logLikelihood(best);
        for (int i = 1; i < peakCount; i++) {
            double value = logLikelihood(peaks[i]);
            if (value > highest) {
                highest = value;
                best = peaks[i];
            }
        }
        return best;
    }

    /** All maxima in ascending order. */
    List<Tau2Mode> modes() {
        findPeaks();
        return IntStream.range(0, peakCount)
                .mapToObj(i -> new Tau2Mode(peaks[i], logLikelihood(peaks[i])))
                .toList();
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

    private void findPeaks() {
        evaluations = 0;
        peakCount = 0;
        // Effects that agree exactly: the likelihood falls everywhere.
        if (Double.isInfinite(slopeAtInfinity)) {
            addPeak(0);
            return;
        }
        Node p = node(0);
        double start = (sums.q() - (sums.k() - 1)) / sums.traceP();
        if (p.rises()) {
            Node known = climb(p, Double.POSITIVE_INFINITY, start);
            collect(p, known);
            addPeak(known.maximum);
            p = known;
        } else {
            addPeak(0);
        }
        double step = Math.max(start, sums.unit());
        while (!fallsBeyond(p) && (p.rises() || !negativeBeyond(p))) {
            Node q = node(p.t + Math.max(p.t, step));
            collect(p, q);
            p = q;
        }
        if (p.rises()) {
            addPeak(climb(p, Double.POSITIVE_INFINITY, 2 * p.t).maximum);
        }
    }

    private void addPeak(double t) {
        if (peakCount == peaks.length) {
            peaks = Arrays.copyOf(peaks, 2 * peakCount);
        }
        peaks[peakCount++] = t;
    }

    /** Adds the maxima between two nodes, except one known to be at the second. */
    private void collect(Node p, Node q) {
        boolean narrow = q.t - p.t <= RESOLUTION * (q.t + sums.smallestVariance());
        if (fallsBetween(p, q) || risesBetween(p, q) || narrow) {
            if (p.rises() && !q.rises() && !q.isPeak()) {
                addPeak(climb(p, q.t, p.t + (q.t - p.t) / 2).maximum);
            }
            return;
        }
        boolean settled =
                p.rises() ? (q.rises() || q.isPeak()) && positiveBetween(p, q) : !q.rises() && negativeBetween(p, q);
        if (settled) {
            return;
        }
        Node middle = node(p.t + (q.t - p.t) / 2);
        collect(p, middle);
        collect(middle, q);
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

    /**
     * The chord of b lies above the tangents of a, squared. Line minus parabola is concave, so the worst place is where
     * the tangents cross; a zero at an end that is a peak does not matter.
     */
    private static boolean positiveBetween(Node p, Node q) {
        double length = q.t - p.t;
        double x = crossing(p.a, p.aSlope, q.a, q.aSlope, length);
        double a = p.a + p.aSlope * x;
        return p.b + (q.b - p.b) * x / length > a * a;
    }

    /** The tangents of b lie below the chord of a, squared; a zero at a first end that is a peak does not matter. */
    private static boolean negativeBetween(Node p, Node q) {
        double length = q.t - p.t;
        double chord = (q.a - p.a) / length;
        double x = crossing(p.b, p.bSlope, q.b, q.bSlope, length);
        boolean first = p.isPeak() ? p.bSlope < 2 * p.a * chord : below(p.b, p.bSlope, p.a, chord, 0, x);
        return first && below(q.b - q.bSlope * length, q.bSlope, p.a, chord, x, length);
    }

    /** A line stays below a squared line: the largest value of line minus parabola is known. */
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

    /**
     * Newton steps, interpolated where possible and kept between a node and a point beyond which the likelihood falls.
     *
     * @return the node next to the maximum, which it holds
     */
    private Node climb(Node from, double limit, double start) {
        double low = from.t;
        double high = limit;
        double t = inside(low, high, start);
        Node last = from;
        for (int step = 0; step < MAX_STEPS; step++) {
            Node node = node(t);
            double before = Math.abs(t - last.t);
            double next = interpolate(last, node);
            // Interpolation pays near the root; where it strays from Newton's step that is the safer one.
            if (!(Math.abs(next - node.newton()) <= 0.1 * before)) {
                next = node.newton();
                before = Double.POSITIVE_INFINITY;
            }
            double move = Math.abs(next - t);
            // Newton squares the error; the interpolation squares the product of the last two.
            boolean close = move <= CLOSE * t + Math.ulp(sums.unit()) || move * before <= CLOSE * t * t / 10;
            if (close && next >= 0) {
                return node.peakAt(next);
            }
            if (node.rises()) {
                low = t;
            } else {
                high = t;
            }
            t = inside(low, high, next);
            if (t == low || t == high) {
                return node.peakAt(t);
            }
            last = node;
        }
        throw failure(t);
    }

    /** The τ² of ratio 1 by cubic Hermite interpolation of τ² as a function of the ratio. */
    private static double interpolate(Node p, Node q) {
        double width = q.ratio - p.ratio;
        double x = (1 - p.ratio) / width;
        double rest = 1 - x;
        return p.t + (q.t - p.t) * x * x * (3 - 2 * x) + x * rest * width * (rest * p.tPerRatio - x * q.tPerRatio);
    }

    /** The proposal if it lies between the points, else a point that does. */
    private double inside(double low, double high, double proposal) {
        if (proposal > low && proposal < high) {
            return proposal;
        }
        return Double.isInfinite(high) ? low + Math.max(low, sums.unit()) : low + (high - low) / 2;
    }

    private Node node(double t) {
        if (evaluations == nodes.length) {
            nodes = Arrays.copyOf(nodes, Math.max(8, 2 * evaluations));
            Arrays.setAll(nodes, i -> i < evaluations ? nodes[i] : new Node());
        }
        Node node = nodes[evaluations++];
        sums.evaluate(t);
        node.set(t, sums, restricted);
        return node;
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
