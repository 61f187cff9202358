package org.lozenge.stats.tau2;

/**
 * The way up to a maximum: Newton steps, interpolated where possible and kept between a node and a point beyond which the
 * likelihood falls. It says where to evaluate next and is shown the node there, so that whoever evaluates may do so for
 * one slice or for many at once. A workspace, begun again and again.
 */
final class LikelihoodAscent {

    private static final int MAX_STEPS = 300;

    /** The relative size of a Newton step after which another would change nothing: its error is squared. */
    private static final double CLOSE = 1e-8;

    /** The same for the product of two interpolated steps: the error is about its square. */
    private static final double CLOSE_PAIR = 1e-7;

    private LikelihoodNode last;
    private double low;
    private double high;
    private double unit;
    private double t;
    private int steps;

    /** Creates an ascent to be {@link #begin}-ed. */
    LikelihoodAscent() {
        this.last = new LikelihoodNode();
    }

    /**
     * Begins at a node where the likelihood rises.
     *
     * @param from the node
     * @param limit a τ² beyond which the likelihood falls; may be infinite
     * @param start the first guess, used if it lies between
     * @param firstStep a natural step from 0
     */
    void begin(LikelihoodNode from, double limit, double start, double firstStep) {
        last = from;
        low = from.t();
        high = limit;
        unit = firstStep;
        steps = 0;
        t = inside(start);
    }

    /** The τ² to evaluate next. */
    double t() {
        return t;
    }

    /** Whether it takes so many steps that it will not end. */
    boolean isStuck() {
        return steps == MAX_STEPS;
    }

    /** Takes the node at {@link #t}; returns whether the maximum, which the node then holds, is found. */
    boolean accept(LikelihoodNode node) {
        steps++;
        double before = Math.abs(t - last.t());
        double next = last.interpolate(node);
        // Interpolation pays near the root; where it strays from Newton's step that is the safer one.
        if (!(Math.abs(next - node.newton()) <= 0.1 * before)) {
            next = node.newton();
            before = Double.POSITIVE_INFINITY;
        }
        double move = Math.abs(next - t);
        // Newton squares the error; the interpolation squares the product of the last two.
        boolean close = move <= CLOSE * t + Math.ulp(unit) || move * before <= CLOSE_PAIR * t * t;
        if (close && next >= 0) {
            node.peakAt(next);
            return true;
        }
        if (node.rises()) {
            low = t;
        } else {
            high = t;
        }
        t = inside(next);
        if (t == low || t == high) {
            node.peakAt(t);
            return true;
        }
        last = node;
        return false;
    }

    /** The proposal if it lies between the points, else a point that does. */
    private double inside(double proposal) {
        if (proposal > low && proposal < high) {
            return proposal;
        }
        return Double.isInfinite(high) ? low + Math.max(low, unit) : low + (high - low) / 2;
    }
}
