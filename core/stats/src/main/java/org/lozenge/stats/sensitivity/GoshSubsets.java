package org.lozenge.stats.sensitivity;

import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * Subsets of studies with their pooled effects: the result of {@link Gosh}. Numbers are on the analysis scale. Subsets
 * are counted from 0.
 */
public final class GoshSubsets {

    private static final int WORD = 64;

    private final int studies;
    private final int requested;
    private final int size;

    /** The members of drawn subsets, a few words each; empty if subset i is the number i + 1. */
    private final long[] members;

    private final int[] k;
    private final double[] estimate;
    private final double[] q;
    private final double[] tau2;
    private final double[] i2;

    private GoshSubsets(int studies, int requested, long[] members) {
        this.studies = studies;
        this.requested = requested;
        this.size = requested;
        this.members = members;
        this.k = new int[requested];
        this.estimate = new double[requested];
        this.q = new double[requested];
        this.tau2 = new double[requested];
        this.i2 = new double[requested];
    }

    private GoshSubsets(GoshSubsets room, int size) {
        this.studies = room.studies;
        this.requested = room.requested;
        this.size = size;
        this.members = room.members;
        this.k = room.k;
        this.estimate = room.estimate;
        this.q = room.q;
        this.tau2 = room.tau2;
        this.i2 = room.i2;
    }

    static GoshSubsets ofAll(int studies, int subsets) {
        return new GoshSubsets(studies, subsets, new long[0]);
    }

    static GoshSubsets drawn(int studies, int subsets) {
        return new GoshSubsets(studies, subsets, new long[Math.multiplyExact(words(studies), subsets)]);
    }

    private static int words(int studies) {
        return (studies + WORD - 1) / WORD;
    }

    /**
     * Returns the first of the subsets.
     *
     * @param count how many, at most {@link #size}
     * @return those, on the same numbers
     * @throws IllegalArgumentException if there are fewer
     */
    public GoshSubsets first(int count) {
        if (count < 0 || count > size) {
            throw new IllegalArgumentException("There are " + size + " subsets, not " + count);
        }
        return new GoshSubsets(this, count);
    }

    void draw(int from, int to, RandomGenerator random) {
        int words = words(studies);
        long last = -1L >>> (words * WORD - studies);
        for (int subset = from; subset < to; subset++) {
            long any = 0;
            while (any == 0) {
                for (int word = 0; word < words; word++) {
                    long bits = random.nextLong() & (word == words - 1 ? last : -1L);
                    members[subset * words + word] = bits;
                    any |= bits;
                }
            }
        }
    }

    void set(int subset, int studiesIn, double mean, double cochran, double between, double share) {
        k[subset] = studiesIn;
        estimate[subset] = mean;
        q[subset] = cochran;
        tau2[subset] = between;
        i2[subset] = share;
    }

    /**
     * Returns the number of subsets that are here.
     *
     * @return as many as were asked for, or fewer if the run was stopped
     */
    public int size() {
        return size;
    }

    /**
     * Returns the number of subsets that were asked for.
     *
     * @return all, or as many as were to be drawn
     */
    public int requested() {
        return requested;
    }

    /**
     * Tells whether the subsets are all there are rather than a sample.
     *
     * @return true if all were asked for
     */
    public boolean isExhaustive() {
        return members.length == 0;
    }

    /**
     * Returns the number of studies the subsets were taken from.
     *
     * @return all studies
     */
    public int studies() {
        return studies;
    }

    /**
     * Tells whether a study is in a subset.
     *
     * @param subset the subset
     * @param study the study, from 0
     * @return true if it is
     */
    public boolean contains(int subset, int study) {
        Objects.checkIndex(subset, requested);
        Objects.checkIndex(study, studies);
        long bits = isExhaustive() ? subset + 1L : members[subset * words(studies) + study / WORD];
        return (bits >>> study % WORD & 1) != 0;
    }

    /**
     * Returns the number of studies in a subset.
     *
     * @param subset the subset
     * @return at least 1
     */
    public int k(int subset) {
        return k[subset];
    }

    /**
     * Returns the pooled effect of a subset.
     *
     * @param subset the subset
     * @return μ; NaN if τ² was not found
     */
    public double estimate(int subset) {
        return estimate[subset];
    }

    /**
     * Returns Cochran's Q of a subset.
     *
     * @param subset the subset
     * @return Q at τ² = 0; 0 for a single study
     */
    public double q(int subset) {
        return q[subset];
    }

    /**
     * Returns the between-study variance of a subset.
     *
     * @param subset the subset
     * @return τ²; 0 under a common effect; NaN for a single study under random effects, or if it was not found
     */
    public double tau2(int subset) {
        return tau2[subset];
    }

    /**
     * Returns I² of a subset.
     *
     * @param subset the subset
     * @return a fraction from 0 to 1; NaN for a single study
     */
    public double i2(int subset) {
        return i2[subset];
    }
}
