package org.lozenge.stats.tau2;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.lozenge.stats.ConvergenceException;

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

    private final TauSums sums;

    /** The nodes of a search; the next one uses them again. */
    private LikelihoodNode[] nodes = {};

    private final LikelihoodAscent ascent = new LikelihoodAscent();

    private double[] peaks = new double[2];
    private int peakCount;
    private int evaluations;
    private boolean restricted;
    private double slopeAtInfinity;

    /** Creates a search that will work with the given sums. */
    LikelihoodSearch(TauSums sums) {
        this.sums = sums;
    }

    LikelihoodSearch(TauSums sums, boolean restricted) {
        this(sums);
        begin(restricted);
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
            twice += sums.logDeterminants();
        }
        return (twice - (restricted ? sums.df() : k) * StrictMath.log(2 * Math.PI)) / 2;
    }

    private void findPeaks() {
        evaluations = 0;
        peakCount = 0;
        // Effects that agree exactly: the likelihood falls everywhere.
        if (isFlat()) {
            addPeak(0);
            return;
        }
        LikelihoodNode p = node(0);
        double start = start();
        if (p.rises()) {
            LikelihoodNode known = climb(p, Double.POSITIVE_INFINITY, start);
            collect(p, known);
            addPeak(known.maximum());
            p = known;
        } else {
            addPeak(0);
        }
        double step = Math.max(start, sums.unit());
        while (!endsAt(p) && !p.fallsBeyond(slopeAtInfinity)) {
            LikelihoodNode q = node(p.t() + Math.max(p.t(), step));
            collect(p, q);
            p = q;
        }
        if (p.rises()) {
            addPeak(climb(p, Double.POSITIVE_INFINITY, 2 * p.t()).maximum());
        }
    }

    /** Whether all effects agree exactly. */
    private boolean isFlat() {
        return Double.isInfinite(slopeAtInfinity);
    }

    /** The DerSimonian–Laird value, from the sums at 0. */
    private double start() {
        return (sums.q() - sums.df()) / sums.traceP();
    }

    /** Whether there is surely no maximum beyond a node. */
    private boolean endsAt(LikelihoodNode p) {
        return !p.rises() && (p.fallsBeyond(slopeAtInfinity) || p.isNegativeBeyond(slopeAtInfinity));
    }

    private void addPeak(double t) {
        if (peakCount == peaks.length) {
            peaks = Arrays.copyOf(peaks, 2 * peakCount);
        }
        peaks[peakCount++] = t;
    }

    /** Adds the maxima between two nodes, except one known to be at the second. */
    private void collect(LikelihoodNode p, LikelihoodNode q) {
        if (p.isPlainTo(q, sums.smallestVariance())) {
            if (p.rises() && !q.rises() && !q.isPeak()) {
                addPeak(climb(p, q.t(), p.t() + (q.t() - p.t()) / 2).maximum());
            }
            return;
        }
        if (p.isMonotoneTo(q)) {
            return;
        }
        LikelihoodNode middle = node(p.t() + (q.t() - p.t()) / 2);
        collect(p, middle);
        collect(middle, q);
    }

    /** Returns the node next to the maximum, which it holds. */
    private LikelihoodNode climb(LikelihoodNode from, double limit, double start) {
        ascent.begin(from, limit, start, sums.unit());
        while (!ascent.isStuck()) {
            LikelihoodNode node = node(ascent.t());
            if (ascent.accept(node)) {
                return node;
            }
        }
        throw failure(ascent.t());
    }

    private LikelihoodNode node(double t) {
        if (evaluations == nodes.length) {
            nodes = Arrays.copyOf(nodes, Math.max(8, 2 * evaluations));
            Arrays.setAll(nodes, i -> i < evaluations ? nodes[i] : new LikelihoodNode());
        }
        LikelihoodNode node = nodes[evaluations++];
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
