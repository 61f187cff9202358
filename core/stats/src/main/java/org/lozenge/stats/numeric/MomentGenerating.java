package org.lozenge.stats.numeric;

/**
 * The moment generating function M of a weighted sum of squared residuals, which is divided by the largest of its
 * {@code dᵢ = aᵢsᵢ}. An object is a workspace for one thread.
 */
abstract class MomentGenerating {

    /** Above this a square overflows. */
    static final double LARGE = 1e150;

    /** {@code dᵢ}, divided by the largest. */
    final double[] d;

    /** The largest {@code dᵢ}. */
    final double unit;

    /** The form is divided by its value, so that all points are of the order of 1. */
    double stretch = 1;

    /** The last evaluation of log M. */
    double logReal;

    double logImaginary;

    /** The expectation of the form; each kind sets it. */
    double mean;

    /** A bound of the singularity 1/(2λ) of the largest eigenvalue from above, before stretching; each kind sets it. */
    double limit;

    MomentGenerating(double[] a, double[] s) {
        d = new double[a.length];
        double top = 0;
        for (int i = 0; i < d.length; i++) {
            d[i] = a[i] * s[i];
            top = Math.max(top, d[i]);
        }
        for (int i = 0; i < d.length; i++) {
            d[i] /= top;
        }
        unit = top;
    }

    /** Whether a real point above 0 lies at or beyond the singularity. */
    abstract boolean beyond(double point);

    /** Finds log M at a point of the upper half-plane, or on the axis below the singularity. */
    abstract void evaluate(double re, double im);
}
