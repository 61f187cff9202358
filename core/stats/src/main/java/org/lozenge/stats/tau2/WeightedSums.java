package org.lozenge.stats.tau2;

import java.util.Objects;

/**
 * The inverse-variance sums of a slice of studies at one value of τ²: the kernel under every estimator and model.
 *
 * <p>With weights {@code wᵢ = 1 / (vᵢ + τ²)}, mean {@code μ = Σ wᵢyᵢ / Σ wᵢ}, residuals {@code rᵢ = yᵢ − μ} and the
 * matrix {@code P = W − ww′/Σw}, one pass over the data yields
 *
 * <pre>{@code
 * weight   Σw               traceP   tr P   = Σw − Σw²/Σw
 * q        y′Py   = Σwr²    tracePP  tr PP
 * }</pre>
 *
 * and what the likelihood search needs. No matrix is formed. An object is a reusable workspace for one slice: it reads
 * the arrays and never changes or copies them, holds the result of the last {@link #evaluate}, and belongs to one
 * thread.
 *
 * <p>How digits are kept:
 * <ul>
 *   <li>Effects are centred on the mean of the previous evaluation; if that was too far off for the sums of squares,
 *       the pass is repeated with the better centre. So adding a constant to all effects changes nothing.
 *   <li>The study with the smallest variance is kept out of the loops and enters through the others (its weighted
 *       residual is minus the sum of theirs), because {@code Σw − Σw²/Σw} and its residual cancel when it dominates.
 *   <li>Weights are taken relative to the second smallest variance, so variances from 1e-150 to 1e150 neither overflow
 *       nor underflow.
 *   <li>Blocks of studies are summed plainly and the blocks with compensation, so that the order of the
 *       studies matters at rounding level only, also for a million of them.
 * </ul>
 */
public final class WeightedSums extends TauSums {

    private static final double[] NOTHING = {};

    /** How many times Q the square of the mean about the centre may be: two digits are lost at most. */
    private static final double FAR = 64;

    /** How many variances are compared without branches. */
    private static final int FEW = 24;

    /** How far, in units of weight, three terms of a series carry the sums to a relative 1e-16. */
    private static final double NEAR = 4e-6;

    private double[] y;
    private double[] v;
    private int from;
    private int to;

    /** The study with the smallest variance, kept out of the loops. */
    private int anchor;

    /** The second smallest variance: the unit of weight. */
    private double unit;

    /** The sums over all studies but the anchor. */
    private final StudySums sums = new StudySums();

    private double centre;

    /** The τ² of the sums, or NaN. */
    private double evaluated;

    private double scale;
    private double anchorWeight;
    private double totalWeight;
    private double inverseTotal;
    private double anchorShare;
    private double meanOffset;
    private double anchorScore;

    /** Creates a workspace without studies; {@link #reset} gives it some. */
    public WeightedSums() {
        this.y = NOTHING;
        this.v = NOTHING;
    }

    /**
     * Prepares sums over a slice.
     *
     * @param y effect sizes, finite
     * @param v sampling variances, within the range of {@link org.lozenge.stats.EffectSizes}
     * @param from first study
     * @param to one past the last study, above {@code from}
     * @throws IllegalArgumentException if the slice is empty
     * @throws IndexOutOfBoundsException if the slice is not within both arrays
     */
    public WeightedSums(double[] y, double[] v, int from, int to) {
        this();
        reset(y, v, from, to);
    }

    double[] y() {
        return y;
    }

    double[] v() {
        return v;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    /**
     * Turns to another slice; what {@link #evaluate} then gives does not depend on the slices before.
     *
     * @param effects effect sizes, finite
     * @param variances sampling variances, within the range of {@link org.lozenge.stats.EffectSizes}
     * @param start first study
     * @param end one past the last study, above {@code start}
     * @throws IllegalArgumentException if the slice is empty
     * @throws IndexOutOfBoundsException if the slice is not within both arrays
     */
    public void reset(double[] effects, double[] variances, int start, int end) {
        Objects.checkFromToIndex(start, end, Math.min(effects.length, variances.length));
        if (start == end) {
            throw new IllegalArgumentException("There is no study: at least one is needed");
        }
        y = effects;
        v = variances;
        from = start;
        to = end;
        findAnchor();
        sums.reset(y, v, from, to, anchor);
        rewind();
    }

    /**
     * Finds the two smallest variances. Among the first few studies a branch would be a guess, so masks choose; the bits
     * of positive numbers are in the order of the numbers. Later ones are rarely smaller.
     */
    private void findAnchor() {
        int smallest = from;
        long least = Double.doubleToRawLongBits(v[from]);
        long second = Double.doubleToRawLongBits(Double.POSITIVE_INFINITY);
        int few = Math.min(to, from + FEW);
        for (int i = from + 1; i < few; i++) {
            long bits = Double.doubleToRawLongBits(v[i]);
            long smaller = (bits - least) >> 63;
            long difference = (bits ^ least) & smaller;
            long larger = bits ^ difference;
            least ^= difference;
            smallest += (i - smallest) & (int) smaller;
            second ^= (larger ^ second) & ((larger - second) >> 63);
        }
        double low = Double.longBitsToDouble(least);
        double next = Double.longBitsToDouble(second);
        for (int i = few; i < to; i++) {
            double variance = v[i];
            if (variance < next) {
                next = Math.max(low, variance);
                if (variance < low) {
                    low = variance;
                    smallest = i;
                }
            }
        }
        anchor = smallest;
        unit = to - from == 1 ? low : next;
    }

    @Override
    public void evaluate(double tau2) {
        pass(tau2, true);
        if (isFar()) {
            centre += meanOffset;
            pass(tau2, true);
        }
    }

    /**
     * Computes, in fewer steps and to the same bits, only what a pooled effect needs: {@link #mean}, {@link #weight},
     * {@link #weightSquares}, {@link #q} and {@link #traceP}. The other methods give NaN until {@link #evaluate} is
     * called.
     *
     * @param tau2 the between-study variance, finite and at least 0
     */
    @Override
    public void evaluateMean(double tau2) {
        pass(tau2, false);
        if (isFar()) {
            centre += meanOffset;
            pass(tau2, false);
        }
    }

    /**
     * As {@link #evaluateMean}, for {@link #mean}, {@link #weight} and {@link #q} only, by three terms of their series from
     * the last evaluation where τ² is near enough: the last step of an iteration is, and then no pass is needed.
     */
    void carryMean(double tau2) {
        double distance = (tau2 - evaluated) / scale;
        if (distance == 0) {
            return;
        }
        // Negated, so that NaN, which sums for the mean alone have, fails as well.
        if (!(Math.abs(distance) * sums.www <= NEAR * sums.www)) {
            evaluateMean(tau2);
            return;
        }
        sums.carry(distance);
        evaluated = Double.NaN;
        combine(tau2);
    }

    /** Puts the centre back to where {@link #reset} put it, so that the bits to come do not depend on the past. */
    void rewind() {
        centre = y[anchor];
        evaluated = Double.NaN;
    }

    /** Squares about a distant centre would lose digits: once more, about the mean just found. */
    private boolean isFar() {
        return meanOffset * meanOffset * totalWeight > FAR * scaledQ();
    }

    @Override
    public int k() {
        return to - from;
    }

    /**
     * Returns the weighted mean of the effects.
     *
     * @return μ on the analysis scale
     */
    public double mean() {
        return centre + meanOffset;
    }

    @Override
    public double weight() {
        return totalWeight / scale;
    }

    @Override
    public double weightSquares() {
        double anchorTrue = anchorWeight / scale;
        return anchorTrue * anchorTrue + sums.ww / scale / scale;
    }

    @Override
    public double q() {
        return scaledQ() / scale;
    }

    @Override
    public double qSlope() {
        return scaledSquares() / scale / scale;
    }

    @Override
    public double traceP() {
        return scaledTrace() / scale;
    }

    @Override
    public double tracePP() {
        return scaledTraceSquare() / scale / scale;
    }

    @Override
    double unit() {
        return unit;
    }

    @Override
    double smallestVariance() {
        return v[anchor];
    }

    @Override
    double scale() {
        return scale;
    }

    @Override
    double scaledInformation(boolean restricted) {
        return restricted ? scaledTrace() : totalWeight;
    }

    @Override
    double scaledInformationSlope(boolean restricted) {
        return restricted ? scaledTraceSquare() : anchorWeight * anchorWeight + sums.ww;
    }

    @Override
    double spread() {
        double reference = y[anchor];
        double sum = 0;
        double squares = 0;
        double sum2 = 0;
        double squares2 = 0;
        double sum3 = 0;
        double squares3 = 0;
        double sum4 = 0;
        double squares4 = 0;
        int i = from;
        // Four sums each, because one would wait for its last addition.
        for (; i + 3 < to; i += 4) {
            double d = y[i] - reference;
            double e = y[i + 1] - reference;
            double f = y[i + 2] - reference;
            double g = y[i + 3] - reference;
            sum += d;
            squares += d * d;
            sum2 += e;
            squares2 += e * e;
            sum3 += f;
            squares3 += f * f;
            sum4 += g;
            squares4 += g * g;
        }
        for (; i < to; i++) {
            double d = y[i] - reference;
            sum += d;
            squares += d * d;
        }
        sum += sum2 + (sum3 + sum4);
        squares += squares2 + (squares3 + squares4);
        return (squares - sum / k() * sum) * (1 + 1e-6);
    }

    @Override
    double logVariances(double tau2) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += StrictMath.log(v[i] + tau2);
        }
        return sum;
    }

    @Override
    public int df() {
        return k() - 1;
    }

    @Override
    double logDeterminants() {
        return StrictMath.log(k()) - StrictMath.log(weight());
    }

    @Override
    double effectSquares() {
        return Moments.squares(y, from, to);
    }

    @Override
    double residualSquares() {
        return Moments.squares(y, from, to);
    }

    @Override
    double varianceTrace() {
        return (k() - 1) * Moments.mean(v, from, to);
    }

    @Override
    double varianceTraceSquare() {
        double largest = Moments.largest(v, from, to);
        double mean = Moments.mean(v, from, to) / largest;
        double squares = 0;
        for (int i = from; i < to; i++) {
            double relative = v[i] / largest;
            squares += relative * relative;
        }
        return largest * largest * (squares * (k() - 2) / k() + mean * mean);
    }

    private void pass(double tau2, boolean all) {
        scale = unit + tau2;
        sums.sum(tau2, scale, centre, all);
        evaluated = tau2;
        combine(tau2);
    }

    /** What follows from the sums over the others and the anchor. */
    private void combine(double tau2) {
        anchorWeight = scale / (v[anchor] + tau2);
        totalWeight = anchorWeight + sums.w;
        inverseTotal = 1 / totalWeight;
        anchorShare = anchorWeight * inverseTotal;
        meanOffset = sums.wd * inverseTotal + anchorShare * (y[anchor] - centre);
        anchorScore = meanOffset * sums.w - sums.wd;
    }

    /** Σwr² in units of the scale; the anchor adds (wr)²/w. */
    private double scaledQ() {
        double others = sums.wdd - meanOffset * (2 * sums.wd - meanOffset * sums.w);
        return Math.max(0, others) + anchorScore / anchorWeight * anchorScore;
    }

    /** Σ(wr)². */
    @Override
    double scaledSquares() {
        double others = sums.wwdd - meanOffset * (2 * sums.wwd - meanOffset * sums.ww);
        return Math.max(0, others) + anchorScore * anchorScore;
    }

    /** y′PPPy = Σw(u − ū)², where u = wr and ū is its weighted mean; taken about the anchor's u. */
    @Override
    double scaledCubes() {
        double m = meanOffset;
        double u = anchorScore;
        double wu = sums.wwd - m * sums.ww;
        double wuu = sums.wwwdd - m * (2 * sums.wwwd - m * sums.www);
        double about = wuu - u * (2 * wu - u * sums.w);
        double shift = wu - u * sums.w;
        return Math.max(0, about - shift * inverseTotal * shift);
    }

    private double scaledTrace() {
        return sums.w * (1 + anchorShare) - sums.ww * inverseTotal;
    }

    private double scaledTraceSquare() {
        double pull = anchorShare * sums.w;
        double others = sums.ww * inverseTotal;
        return Math.max(0, sums.ww - 2 * sums.www * inverseTotal)
                + pull * pull
                + 2 * anchorShare * anchorShare * sums.ww
                + others * others;
    }
}
