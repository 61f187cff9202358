package org.lozenge.stats.tau2;

/**
 * A slice of studies and what estimators compute in, so that estimating τ² of many slices allocates nothing.
 *
 * <p>Belongs to one thread. {@link #load} turns it to a slice; results do not depend on the slices before. The arrays are
 * read, never changed or copied.
 */
public final class Tau2Workspace {

    private static final double[] NOTHING = {};

    private final WeightedSums sums = new WeightedSums();
    private final LikelihoodSearch search = new LikelihoodSearch(sums);
    private double[] y = NOTHING;
    private double[] v = NOTHING;
    private int from;
    private int to;

    /** Creates a workspace without studies; it grows to what the slices need. */
    public Tau2Workspace() {}

    /**
     * Turns to a slice, which must hold what {@link org.lozenge.stats.EffectSizes} would accept. To be called again when
     * the values in the arrays have changed.
     *
     * @param effects effect sizes
     * @param variances sampling variances
     * @param start first study
     * @param end one past the last study, above {@code start}
     * @return this
     * @throws IllegalArgumentException if the slice is empty
     * @throws IndexOutOfBoundsException if the slice is not within both arrays
     */
    public Tau2Workspace load(double[] effects, double[] variances, int start, int end) {
        sums.reset(effects, variances, start, end);
        y = effects;
        v = variances;
        from = start;
        to = end;
        return this;
    }

    /**
     * Returns the sums over the slice, as if fresh.
     *
     * @return the sums; the same object each time
     */
    public WeightedSums sums() {
        sums.rewind();
        return sums;
    }

    /**
     * Returns the sums at a value of τ², usually one just estimated: from where the estimator left them, if that is near
     * enough for the last digit, else by a pass over the studies. Only {@link WeightedSums#mean}, {@link
     * WeightedSums#weight} and {@link WeightedSums#q} may be asked for.
     *
     * @param tau2 the between-study variance, finite and at least 0
     * @return the sums; the same object each time
     */
    public WeightedSums pooled(double tau2) {
        sums.carryMean(tau2);
        return sums;
    }

    /**
     * Returns the number of studies.
     *
     * @return the length of the slice
     */
    public int k() {
        return to - from;
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

    LikelihoodSearch search(boolean restricted) {
        sums.rewind();
        search.begin(restricted);
        return search;
    }
}
