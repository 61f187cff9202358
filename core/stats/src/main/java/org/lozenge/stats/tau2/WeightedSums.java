package org.lozenge.stats.tau2;

import java.util.Arrays;
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
 *   <li>Blocks of {@value #BLOCK} studies are summed plainly and the blocks with compensation, so that the order of the
 *       studies matters at rounding level only, also for a million of them.
 * </ul>
 */
public final class WeightedSums extends TauSums {

    private static final int BLOCK = 256;

    /** How many times Q the square of the mean about the centre may be: two digits are lost at most. */
    private static final double FAR = 64;

    private static final int W = 0;
    private static final int WD = 1;
    private static final int WDD = 2;
    private static final int WW = 3;
    private static final int WWD = 4;
    private static final int WWDD = 5;
    private static final int WWW = 6;
    private static final int WWWD = 7;
    private static final int WWWDD = 8;
    private static final int SUMS = 9;

    private final double[] y;
    private final double[] v;
    private final int from;
    private final int to;

    /** The study with the smallest variance, kept out of the loops. */
    private final int anchor;

    /** The second smallest variance: the unit of weight. */
    private final double unit;

    private final double[] sums = new double[SUMS];
    private final double[] lost = new double[SUMS];

    private double centre;
    private double scale;
    private double anchorWeight;
    private double totalWeight;
    private double meanOffset;
    private double anchorScore;

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
        Objects.checkFromToIndex(from, to, Math.min(y.length, v.length));
        if (from == to) {
            throw new IllegalArgumentException("There is no study: at least one is needed");
        }
        this.y = y;
        this.v = v;
        this.from = from;
        this.to = to;
        int smallest = from;
        double least = v[from];
        double second = Double.POSITIVE_INFINITY;
        for (int i = from + 1; i < to; i++) {
            double variance = v[i];
            if (variance < second) {
                second = Math.max(least, variance);
                if (variance < least) {
                    least = variance;
                    smallest = i;
                }
            }
        }
        this.anchor = smallest;
        this.unit = to - from == 1 ? least : second;
        this.centre = y[smallest];
    }

    @Override
    public void evaluate(double tau2) {
        pass(tau2);
        // Squares about a distant centre would lose digits: once more, about the mean just found.
        if (meanOffset * meanOffset * totalWeight > FAR * scaledQ()) {
            centre += meanOffset;
            pass(tau2);
        }
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
        return anchorTrue * anchorTrue + sums[WW] / scale / scale;
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
    double root() {
        return scale / Math.sqrt(scaledSquares());
    }

    @Override
    double rootSlope() {
        double squares = scaledSquares();
        return scaledCubes() / squares / Math.sqrt(squares);
    }

    @Override
    double inverse(boolean restricted) {
        return scale / (restricted ? scaledTrace() : totalWeight);
    }

    @Override
    double inverseSlope(boolean restricted) {
        if (restricted) {
            double trace = scaledTrace();
            return scaledTraceSquare() / trace / trace;
        }
        double share = anchorWeight / totalWeight;
        return share * share + sums[WW] / totalWeight / totalWeight;
    }

    @Override
    double spread() {
        double reference = y[anchor];
        double sum = 0;
        double squares = 0;
        double otherSum = 0;
        double otherSquares = 0;
        int i = from;
        // Two sums each, because one would wait for its last addition.
        for (; i + 1 < to; i += 2) {
            double d = y[i] - reference;
            double e = y[i + 1] - reference;
            sum += d;
            squares += d * d;
            otherSum += e;
            otherSquares += e * e;
        }
        if (i < to) {
            double d = y[i] - reference;
            sum += d;
            squares += d * d;
        }
        sum += otherSum;
        squares += otherSquares;
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

    private void pass(double tau2) {
        scale = unit + tau2;
        Arrays.fill(sums, 0);
        Arrays.fill(lost, 0);
        for (int block = from; block < to; block += BLOCK) {
            addBlock(block, Math.min(to, block + BLOCK), tau2);
        }
        for (int j = 0; j < SUMS; j++) {
            sums[j] += lost[j];
        }
        anchorWeight = scale / (v[anchor] + tau2);
        totalWeight = anchorWeight + sums[W];
        meanOffset = sums[WD] / totalWeight + anchorWeight / totalWeight * (y[anchor] - centre);
        anchorScore = meanOffset * sums[W] - sums[WD];
    }

    /**
     * Nine sums in one loop: they share one division, and independent sums keep the processor busy. Stepping over the
     * anchor inside the loop is faster than two loops, because it keeps the JIT from vectorising sums whose order counts.
     */
    private void addBlock(int start, int end, double tau2) {
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
        for (int i = start; i < end; i++) {
            if (i == skipped) {
                continue;
            }
            double w = scale / (v[i] + tau2);
            double d = y[i] - centre;
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
        add(W, w1);
        add(WD, wd1);
        add(WDD, wdd1);
        add(WW, w2);
        add(WWD, wd2);
        add(WWDD, wdd2);
        add(WWW, w3);
        add(WWWD, wd3);
        add(WWWDD, wdd3);
    }

    /** Neumaier's compensated addition. */
    private void add(int j, double value) {
        double sum = sums[j] + value;
        lost[j] += Math.abs(sums[j]) >= Math.abs(value) ? (sums[j] - sum) + value : (value - sum) + sums[j];
        sums[j] = sum;
    }

    /** Σwr² in units of the scale; the anchor adds (wr)²/w. */
    private double scaledQ() {
        double others = sums[WDD] - meanOffset * (2 * sums[WD] - meanOffset * sums[W]);
        return Math.max(0, others) + anchorScore / anchorWeight * anchorScore;
    }

    /** Σ(wr)². */
    private double scaledSquares() {
        double others = sums[WWDD] - meanOffset * (2 * sums[WWD] - meanOffset * sums[WW]);
        return Math.max(0, others) + anchorScore * anchorScore;
    }

    /** y′PPPy = Σw(u − ū)², where u = wr and ū is its weighted mean; taken about the anchor's u. */
    private double scaledCubes() {
        double m = meanOffset;
        double u = anchorScore;
        double wu = sums[WWD] - m * sums[WW];
        double wuu = sums[WWWDD] - m * (2 * sums[WWWD] - m * sums[WWW]);
        double about = wuu - u * (2 * wu - u * sums[W]);
        double shift = wu - u * sums[W];
        return Math.max(0, about - shift / totalWeight * shift);
    }

    private double scaledTrace() {
        return sums[W] * (1 + anchorWeight / totalWeight) - sums[WW] / totalWeight;
    }

    private double scaledTraceSquare() {
        double share = anchorWeight / totalWeight;
        double pull = share * sums[W];
        double others = sums[WW] / totalWeight;
        return Math.max(0, sums[WW] - 2 * sums[WWW] / totalWeight)
                + pull * pull
                + 2 * share * share * sums[WW]
                + others * others;
    }
}
