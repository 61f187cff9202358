package org.lozenge.stats.tau2;

import java.util.Arrays;
import java.util.Objects;
import org.lozenge.stats.ConvergenceException;

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
 *   <li>Blocks of {@value #BLOCK} studies are summed plainly and the blocks with compensation, so that the order of the
 *       studies matters at rounding level only, also for a million of them.
 * </ul>
 */
public final class WeightedSums extends TauSums {

    private static final int BLOCK = 256;

    /** How many times Q the square of the mean about the centre may be: two digits are lost at most. */
    private static final double FAR = 64;

    /** How many variances are compared without branches. */
    private static final int FEW = 24;

    private static final int SUMS = 9;

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

    /** The sums over all studies but the anchor: {@code sumWWD} is Σw²d with d the distance from the centre. */
    private double sumW;

    private double sumWD;
    private double sumWDD;
    private double sumWW;
    private double sumWWD;
    private double sumWWDD;
    private double sumWWW;
    private double sumWWWD;
    private double sumWWWDD;

    /** Only for more studies than one block holds. */
    private final double[] blockTotals = new double[SUMS];

    private final double[] lost = new double[SUMS];

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
        this.y = lost;
        this.v = lost;
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

    /** The sums as those about a mean, for an estimator that needs the studies themselves. */
    static WeightedSums withoutModerators(TauSums sums, String estimator) {
        if (sums instanceof WeightedSums studies) {
            return studies;
        }
        throw new ConvergenceException("The estimator " + estimator
                + " of tau² pools studies without moderators; choose another, such as REML or DL");
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
        if (!(Math.abs(distance) * sumWWW <= NEAR * sumWWW)) {
            evaluateMean(tau2);
            return;
        }
        sumW -= distance * (sumWW - distance * sumWWW);
        sumWD -= distance * (sumWWD - distance * sumWWWD);
        sumWDD -= distance * (sumWWDD - distance * sumWWWDD);
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
        return anchorTrue * anchorTrue + sumWW / scale / scale;
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
        return restricted ? scaledTraceSquare() : anchorWeight * anchorWeight + sumWW;
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
        if (to - from > BLOCK) {
            sumBlocks(tau2, all);
        } else if (all) {
            sumBlock(from, to, tau2);
        } else {
            sumBlockForMean(from, to, tau2);
        }
        evaluated = tau2;
        combine(tau2);
    }

    /** What follows from the sums over the others and the anchor. */
    private void combine(double tau2) {
        anchorWeight = scale / (v[anchor] + tau2);
        totalWeight = anchorWeight + sumW;
        inverseTotal = 1 / totalWeight;
        anchorShare = anchorWeight * inverseTotal;
        meanOffset = sumWD * inverseTotal + anchorShare * (y[anchor] - centre);
        anchorScore = meanOffset * sumW - sumWD;
    }

    private void sumBlocks(double tau2, boolean all) {
        Arrays.fill(blockTotals, 0);
        Arrays.fill(lost, 0);
        for (int block = from; block < to; block += BLOCK) {
            int end = Math.min(to, block + BLOCK);
            if (all) {
                sumBlock(block, end, tau2);
            } else {
                sumBlockForMean(block, end, tau2);
            }
            add(0, sumW);
            add(1, sumWD);
            add(2, sumWDD);
            add(3, sumWW);
            add(4, sumWWD);
            add(5, sumWWDD);
            add(6, sumWWW);
            add(7, sumWWWD);
            add(8, sumWWWDD);
        }
        sumW = blockTotals[0] + lost[0];
        sumWD = blockTotals[1] + lost[1];
        sumWDD = blockTotals[2] + lost[2];
        sumWW = blockTotals[3] + lost[3];
        sumWWD = blockTotals[4] + lost[4];
        sumWWDD = blockTotals[5] + lost[5];
        sumWWW = blockTotals[6] + lost[6];
        sumWWWD = blockTotals[7] + lost[7];
        sumWWWDD = blockTotals[8] + lost[8];
    }

    /**
     * Nine sums in one loop: they share one division, and independent sums keep the processor busy. Stepping over the
     * anchor inside the loop is faster than two loops, because it keeps the JIT from vectorising sums whose order counts.
     */
    private void sumBlock(int start, int end, double tau2) {
        double w1 = 0;
        double wd1 = 0;
        double wdd1 = 0;
        double w2 = 0;
        double wd2 = 0;
        double wdd2 = 0;
        double w3 = 0;
        double wd3 = 0;
        double wdd3 = 0;
        int skipped = anchor;
        double middle = centre;
        double unitWeight = scale;
        double[] effects = y;
        double[] variances = v;
        for (int i = start; i < end; i++) {
            if (i == skipped) {
                continue;
            }
            double w = unitWeight / (variances[i] + tau2);
            double d = effects[i] - middle;
            double wd = w * d;
            double wdd = wd * d;
            double ww = w * w;
            w1 += w;
            wd1 += wd;
            wdd1 += wdd;
            w2 += ww;
            wd2 += w * wd;
            wdd2 += w * wdd;
            w3 += w * ww;
            wd3 += ww * wd;
            wdd3 += ww * wdd;
        }
        sumW = w1;
        sumWD = wd1;
        sumWDD = wdd1;
        sumWW = w2;
        sumWWD = wd2;
        sumWWDD = wdd2;
        sumWWW = w3;
        sumWWWD = wd3;
        sumWWWDD = wdd3;
    }

    /** The first four sums of {@link #sumBlock}, in the same order and so with the same bits. */
    private void sumBlockForMean(int start, int end, double tau2) {
        double w1 = 0;
        double wd1 = 0;
        double wdd1 = 0;
        double w2 = 0;
        int skipped = anchor;
        double middle = centre;
        double unitWeight = scale;
        double[] effects = y;
        double[] variances = v;
        for (int i = start; i < end; i++) {
            if (i == skipped) {
                continue;
            }
            double w = unitWeight / (variances[i] + tau2);
            double d = effects[i] - middle;
            double wd = w * d;
            w1 += w;
            wd1 += wd;
            wdd1 += wd * d;
            w2 += w * w;
        }
        sumW = w1;
        sumWD = wd1;
        sumWDD = wdd1;
        sumWW = w2;
        sumWWD = Double.NaN;
        sumWWDD = Double.NaN;
        sumWWW = Double.NaN;
        sumWWWD = Double.NaN;
        sumWWWDD = Double.NaN;
    }

    /** Neumaier's compensated addition. */
    private void add(int j, double value) {
        double sum = blockTotals[j] + value;
        lost[j] += Math.abs(blockTotals[j]) >= Math.abs(value)
                ? (blockTotals[j] - sum) + value
                : (value - sum) + blockTotals[j];
        blockTotals[j] = sum;
    }

    /** Σwr² in units of the scale; the anchor adds (wr)²/w. */
    private double scaledQ() {
        double others = sumWDD - meanOffset * (2 * sumWD - meanOffset * sumW);
        return Math.max(0, others) + anchorScore / anchorWeight * anchorScore;
    }

    /** Σ(wr)². */
    @Override
    double scaledSquares() {
        double others = sumWWDD - meanOffset * (2 * sumWWD - meanOffset * sumWW);
        return Math.max(0, others) + anchorScore * anchorScore;
    }

    /** y′PPPy = Σw(u − ū)², where u = wr and ū is its weighted mean; taken about the anchor's u. */
    @Override
    double scaledCubes() {
        double m = meanOffset;
        double u = anchorScore;
        double wu = sumWWD - m * sumWW;
        double wuu = sumWWWDD - m * (2 * sumWWWD - m * sumWWW);
        double about = wuu - u * (2 * wu - u * sumW);
        double shift = wu - u * sumW;
        return Math.max(0, about - shift * inverseTotal * shift);
    }

    private double scaledTrace() {
        return sumW * (1 + anchorShare) - sumWW * inverseTotal;
    }

    private double scaledTraceSquare() {
        double pull = anchorShare * sumW;
        double others = sumWW * inverseTotal;
        return Math.max(0, sumWW - 2 * sumWWW * inverseTotal)
                + pull * pull
                + 2 * anchorShare * anchorShare * sumWW
                + others * others;
    }
}
