package org.lozenge.stats.bias;

import org.lozenge.stats.numeric.Normal;

/** A step function: closed form. The parameters are the logs of δ from the second interval on. */
final class SteppedPublication implements Published {

    private final double[] bounds;
    private final boolean twoSided;

    /** Steps: the upper ends of the intervals of the P value, ascending, the last one 1. */
    SteppedPublication(double[] steps, boolean twoSided) {
        this.twoSided = twoSided;
        this.bounds = new double[steps.length];
        for (int j = 0; j < steps.length; j++) {
            // The lowest standardised effect that has such a P value.
            bounds[j] = steps[j] == 1
                    ? (twoSided ? 0 : Double.NEGATIVE_INFINITY)
                    : Normal.upperQuantile(twoSided ? steps[j] / 2 : steps[j]);
        }
    }

    @Override
    public double logProbability(double se, double[] x, double[] gradient, double[][] hessian) {
        int n = x.length;
        double total = 0;
        double[] first = new double[n];
        double[][] second = new double[n][n];
        for (int j = 0; j < bounds.length; j++) {
            double[] mass = new double[6];
            double upper = j == 0 ? Double.POSITIVE_INFINITY : bounds[j - 1];
            add(mass, 1, se * bounds[j], se * upper, se, x[0], x[1]);
            if (twoSided) {
                add(mass, 1, -se * upper, -se * bounds[j], se, x[0], x[1]);
            }
            double weight = j == 0 ? 1 : StrictMath.exp(x[1 + j]);
            total += weight * mass[0];
            first[0] += weight * mass[1];
            first[1] += weight * mass[2];
            second[0][0] += weight * mass[3];
            second[0][1] += weight * mass[4];
            second[1][1] += weight * mass[5];
            if (j > 0) {
                first[1 + j] = weight * mass[0];
                second[1 + j][1 + j] = weight * mass[0];
                second[0][1 + j] = weight * mass[1];
                second[1][1 + j] = weight * mass[2];
            }
        }
        for (int a = 0; a < n; a++) {
            gradient[a] = first[a] / total;
        }
        for (int a = 0; a < n; a++) {
            for (int b = a; b < n; b++) {
                hessian[a][b] = second[a][b] / total - gradient[a] * gradient[b];
                hessian[b][a] = hessian[a][b];
            }
        }
        return StrictMath.log(total);
    }

    /** Adds the mass between two effects and its derivatives by μ, τ², μμ, μτ², τ²τ². */
    private static void add(double[] mass, double sign, double low, double high, double se, double mu, double tau2) {
        double s = Math.sqrt(se * se + tau2);
        double a = (low - mu) / s;
        double b = (high - mu) / s;
        // The difference of the tails on the side where they are small.
        mass[0] += sign
                * (a > 0 ? Normal.upperTail(a) - Normal.upperTail(b) : Normal.upperTail(-b) - Normal.upperTail(-a));
        tail(mass, sign, a, s);
        tail(mass, -sign, b, s);
    }

    private static void tail(double[] mass, double sign, double u, double s) {
        if (Double.isInfinite(u)) {
            return;
        }
        double density = sign * Tail.density(u);
        mass[1] += density / s;
        mass[2] += density * u / (2 * s * s);
        mass[3] += density * u / (s * s);
        mass[4] += density * (u * u - 1) / (2 * s * s * s);
        mass[5] += density * u * (u * u - 3) / (4 * s * s * s * s);
    }
}
