package org.lozenge.stats.tau2;

/**
 * The values and slopes of {@code a = A^(−1/2)} and {@code b = B^(−1)} of {@link LikelihoodSearch} at one τ², and what two
 * such points say of the likelihood between and beyond them. A workspace, set again and again.
 */
final class LikelihoodNode {

    /** Two maxima closer than this are not told apart. */
    private static final double RESOLUTION = 1e-7;

    private double t;
    private double a;
    private double aSlope;
    private double b;
    private double bSlope;

    /** a²/b: below 1 where the likelihood rises. */
    private double ratio;

    /** The inverse of its derivative. */
    private double tPerRatio;

    /** A maximum known to lie here, or NaN; rounding then decides on which side of it this node is. */
    private double maximum;

    /** Creates a node to be {@link #set}. */
    LikelihoodNode() {}

    void set(double tau2, TauSums sums, boolean restricted) {
        t = tau2;
        double scale = sums.scale();
        double squares = 1 / sums.scaledSquares();
        double cubes = sums.scaledCubes() * squares;
        double information = sums.scaledInformation(restricted);
        double informationSlope = sums.scaledInformationSlope(restricted);
        double quotient = information * squares;
        ratio = scale * quotient;
        tPerRatio = 1 / (2 * cubes * quotient - informationSlope * squares);
        double root = Math.sqrt(squares);
        a = scale * root;
        aSlope = cubes * root;
        double inverse = 1 / information;
        b = scale * inverse;
        bSlope = informationSlope * inverse * inverse;
        maximum = Double.NaN;
    }

    double t() {
        return t;
    }

    /** The maximum that was found from here, or NaN. */
    double maximum() {
        return maximum;
    }

    /** Notes that a maximum was found from here. */
    void peakAt(double tau2) {
        maximum = tau2;
    }

    boolean isPeak() {
        return !Double.isNaN(maximum);
    }

    /** Whether the likelihood rises here. */
    boolean rises() {
        return ratio < 1 && !isPeak();
    }

    /** Newton's step towards a²/b = 1. */
    double newton() {
        return t + (1 - ratio) * tPerRatio;
    }

    /** The τ² of ratio 1 by cubic Hermite interpolation of τ² as a function of the ratio. */
    double interpolate(LikelihoodNode q) {
        double width = q.ratio - ratio;
        double x = (1 - ratio) / width;
        double rest = 1 - x;
        return t + (q.t - t) * x * x * (3 - 2 * x) + x * rest * width * (rest * tPerRatio - x * q.tPerRatio);
    }

    /** Whether there is at most one maximum between this node and a later one, and none if only one of them rises. */
    boolean isPlainTo(LikelihoodNode q, double smallestVariance) {
        return bSlope < 2 * a * q.aSlope
                || q.bSlope > 2 * q.a * aSlope
                || q.t - t <= RESOLUTION * (q.t + smallestVariance);
    }

    /** Whether the likelihood surely rises all the way to a later node, or surely falls all the way. */
    boolean isMonotoneTo(LikelihoodNode q) {
        return rises() ? (q.rises() || q.isPeak()) && positiveTo(q) : !q.rises() && negativeTo(q);
    }

    /** Whether the likelihood has at most one maximum beyond, given the slope of a at infinity. */
    boolean fallsBeyond(double slopeAtInfinity) {
        return bSlope < 2 * a * slopeAtInfinity;
    }

    /** Whether the likelihood surely falls beyond: the tangent of b stays below the slowest a can grow, squared. */
    boolean isNegativeBeyond(double slopeAtInfinity) {
        return below(b, bSlope, a, slopeAtInfinity, 0, Double.POSITIVE_INFINITY);
    }

    /**
     * The chord of b lies above the tangents of a, squared. Line minus parabola is concave, so the worst place is where
     * the tangents cross; a zero at an end that is a peak does not matter.
     */
    private boolean positiveTo(LikelihoodNode q) {
        double length = q.t - t;
        double x = crossing(a, aSlope, q.a, q.aSlope, length);
        double tangent = a + aSlope * x;
        return b + (q.b - b) * x / length > tangent * tangent;
    }

    /** The tangents of b lie below the chord of a, squared; a zero at a first end that is a peak does not matter. */
    private boolean negativeTo(LikelihoodNode q) {
        double length = q.t - t;
        double chord = (q.a - a) / length;
        double x = crossing(b, bSlope, q.b, q.bSlope, length);
        boolean first = isPeak() ? bSlope < 2 * a * chord : below(b, bSlope, a, chord, 0, x);
        return first && below(q.b - q.bSlope * length, q.bSlope, a, chord, x, length);
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
}
