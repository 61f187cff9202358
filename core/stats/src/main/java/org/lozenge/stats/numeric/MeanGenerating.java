package org.lozenge.stats.numeric;

/**
 * M for residuals from a weighted mean: with {@code πᵢ = aᵢ / Σ a}
 *
 * <pre>{@code M(s)⁻² = Π (1 − 2sdᵢ) · Σ πᵢ / (1 − 2sdᵢ)}</pre>
 *
 * <p>The study with the largest d is drawn into the sum, which removes the pole between the largest eigenvalue and it.
 */
final class MeanGenerating extends MomentGenerating {

    private final double[] share;
    private final int largest;
    private final TurningProduct product = new TurningProduct();

    MeanGenerating(double[] a, double[] s) {
        super(a, s);
        int k = d.length;
        share = new double[k];
        double total = 0;
        int top = 0;
        for (int i = 0; i < k; i++) {
            total += a[i];
            top = d[i] > d[top] ? i : top;
        }
        largest = top;
        double second = 0;
        for (int i = 0; i < k; i++) {
            share[i] = a[i] / total;
            second = i == top ? second : Math.max(second, d[i]);
        }
        double sum = 0;
        for (int i = 0; i < k; i++) {
            sum += d[i] * restOf(share, i);
        }
        mean = sum;
        limit = 0.5 / second;
    }

    /** 1 − πᵢ, added up from the others where πᵢ dominates. */
    private static double restOf(double[] share, int i) {
        if (share[i] < 0.5) {
            return 1 - share[i];
        }
        double rest = 0;
        for (int j = 0; j < share.length; j++) {
            rest += j == i ? 0 : share[j];
        }
        return rest;
    }

    @Override
    boolean beyond(double point) {
        double sum = 0;
        for (int i = 0; i < d.length; i++) {
            if (i != largest) {
                double factor = 1 - 2 * point * (d[i] * stretch);
                if (!(factor > 0)) {
                    return true;
                }
                sum += share[i] / factor;
            }
        }
        return !(share[largest] + (1 - 2 * point * (d[largest] * stretch)) * sum > 0);
    }

    @Override
    void evaluate(double re, double im) {
        product.clear();
        double sumRe = 0;
        double sumIm = 0;
        for (int i = 0; i < d.length; i++) {
            if (i == largest) {
                continue;
            }
            double scale = d[i] * stretch;
            double p = 1 - 2 * re * scale;
            double q = -2 * im * scale;
            double size = Math.max(Math.abs(p), Math.abs(q));
            if (size > LARGE) {
                product.multiplyByExp(StrictMath.log(size));
                p /= size;
                q /= size;
            } else {
                size = 1;
            }
            double weight = share[i] / (p * p + q * q) / size;
            sumRe += weight * p;
            sumIm -= weight * q;
            product.multiply(p, q);
        }
        double p = 1 - 2 * re * (d[largest] * stretch);
        double q = -2 * im * (d[largest] * stretch);
        double gRe = share[largest] + p * sumRe - q * sumIm;
        double gIm = p * sumIm + q * sumRe;
        logReal = -(product.logModulus() + StrictMath.log(Math.hypot(gRe, gIm))) / 2;
        logImaginary = -(product.angle() + StrictMath.atan2(gIm, gRe)) / 2;
    }
}
