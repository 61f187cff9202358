package org.lozenge.stats;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * One effect size and its sampling variance per study, on the analysis scale.
 *
 * <p>The ranges are wide enough for any real data and keep every sum of the methods inside the range
 * of a {@code double}:
 * <ul>
 *   <li>{@code y}: finite, at most {@value #MAX_EFFECT} in absolute value;
 *   <li>{@code v}: {@value #MIN_VARIANCE} to {@value #MAX_VARIANCE};
 *   <li>two effects differ by less than {@value #MAX_STANDARDISED} times the smallest standard error, since
 *       Cochran's Q would overflow otherwise.
 * </ul>
 *
 * @param studies names of the studies, at least one; they need not differ
 * @param y effect sizes, as many as studies
 * @param v sampling variances, as many as studies
 */
public record EffectSizes(List<String> studies, DoubleSeq y, DoubleSeq v) {

    /** The largest absolute effect size. */
    public static final double MAX_EFFECT = 1e150;

    /** The smallest sampling variance. */
    public static final double MIN_VARIANCE = 1e-150;

    /** The largest sampling variance. */
    public static final double MAX_VARIANCE = 1e150;

    /** The largest distance between two effects in units of the smallest standard error. */
    public static final double MAX_STANDARDISED = 1e140;

    /**
     * Checks and copies.
     *
     * @throws IllegalArgumentException if there is no study, if the sizes differ, or if a value is
     *     outside its range; the message names the study
     */
    public EffectSizes {
        studies = studies instanceof NumberedStudies ? studies : List.copyOf(studies);
        Objects.requireNonNull(y, "y");
        Objects.requireNonNull(v, "v");
        if (studies.isEmpty()) {
            throw new IllegalArgumentException("There is no study: at least one is needed");
        }
        if (y.size() != studies.size() || v.size() != studies.size()) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%d studies need as many effect sizes and variances, but there are %d and %d",
                    studies.size(),
                    y.size(),
                    v.size()));
        }
        checkRanges(studies, y, v);
        checkSpread(studies, y, v);
    }

    /**
     * Returns effect sizes of studies named {@code 1}, {@code 2}, ….
     *
     * @param y effect sizes
     * @param v sampling variances
     * @return the effect sizes
     * @throws IllegalArgumentException as the constructor does
     */
    public static EffectSizes of(double[] y, double[] v) {
        return new EffectSizes(new NumberedStudies(y.length), DoubleSeq.of(y), DoubleSeq.of(v));
    }

    /**
     * Returns some of the studies, named {@code 1}, {@code 2}, ….
     *
     * @param positions 0-based positions of the studies, in the order wanted; at least one
     * @return their effect sizes
     * @throws IllegalArgumentException if there is no position
     * @throws IndexOutOfBoundsException if a position is outside the studies
     */
    public EffectSizes at(int... positions) {
        return new EffectSizes(new NumberedStudies(positions.length), y.at(positions), v.at(positions));
    }

    /**
     * Returns the number of studies.
     *
     * @return the number of studies, at least 1
     */
    public int k() {
        return studies.size();
    }

    /**
     * Returns the standard error of one study.
     *
     * @param study 0-based position
     * @return the square root of its sampling variance
     */
    public double standardError(int study) {
        return Math.sqrt(v.get(study));
    }

    private static void checkRanges(List<String> studies, DoubleSeq y, DoubleSeq v) {
        for (int i = 0; i < v.size(); i++) {
            // Negated, so that NaN fails as well.
            if (!(Math.abs(y.get(i)) <= MAX_EFFECT)) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "Effect size of study '%s' must lie between -%s and %s, but is %s",
                        studies.get(i),
                        MAX_EFFECT,
                        MAX_EFFECT,
                        y.get(i)));
            }
            if (!(v.get(i) >= MIN_VARIANCE && v.get(i) <= MAX_VARIANCE)) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "Sampling variance of study '%s' must lie between %s and %s, but is %s",
                        studies.get(i),
                        MIN_VARIANCE,
                        MAX_VARIANCE,
                        v.get(i)));
            }
        }
    }

    private static void checkSpread(List<String> studies, DoubleSeq y, DoubleSeq v) {
        int smallest = 0;
        double least = v.get(0);
        for (int i = 1; i < v.size(); i++) {
            if (v.get(i) < least) {
                least = v.get(i);
                smallest = i;
            }
        }
        double limit = MAX_STANDARDISED * Math.sqrt(least);
        double first = y.get(0);
        for (int i = 0; i < y.size(); i++) {
            if (!(Math.abs(y.get(i) - first) < limit / 2)) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "Effect size of study '%s' (%s) is too far from that of study '%s' (%s) for the smallest"
                                + " sampling variance, %s of study '%s'",
                        studies.get(i),
                        y.get(i),
                        studies.get(0),
                        y.get(0),
                        v.get(smallest),
                        studies.get(smallest)));
            }
        }
    }
}
