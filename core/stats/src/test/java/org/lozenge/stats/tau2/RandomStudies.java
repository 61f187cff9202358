package org.lozenge.stats.tau2;

import java.util.Random;

/** Random studies for invariants; the seed makes a failure repeatable. */
record RandomStudies(double[] y, double[] v) {

    static RandomStudies of(long seed) {
        Random random = new Random(seed);
        int k = 2 + random.nextInt(12);
        double spread = 2 * random.nextDouble();
        double tau = random.nextBoolean() ? 0 : random.nextDouble();
        double[] y = new double[k];
        double[] v = new double[k];
        for (int i = 0; i < k; i++) {
            v[i] = 0.1 * Math.exp(spread * random.nextGaussian());
            y[i] = 0.3 + Math.sqrt(v[i] + tau * tau) * random.nextGaussian();
        }
        return new RandomStudies(y, v);
    }

    int k() {
        return y.length;
    }

    RandomStudies transform(double scale, double shift) {
        double[] newY = new double[k()];
        double[] newV = new double[k()];
        for (int i = 0; i < k(); i++) {
            newY[i] = scale * y[i] + shift;
            newV[i] = scale * scale * v[i];
        }
        return new RandomStudies(newY, newV);
    }

    RandomStudies reversed() {
        double[] newY = new double[k()];
        double[] newV = new double[k()];
        for (int i = 0; i < k(); i++) {
            newY[i] = y[k() - 1 - i];
            newV[i] = v[k() - 1 - i];
        }
        return new RandomStudies(newY, newV);
    }

    double estimate(Tau2Estimator estimator) {
        return estimator.estimate(y, v, 0, k());
    }

    /** The generalised Q statistic by its textbook formula. */
    double q(double tau2) {
        double w = 0;
        double wy = 0;
        for (int i = 0; i < k(); i++) {
            w += 1 / (v[i] + tau2);
            wy += y[i] / (v[i] + tau2);
        }
        double q = 0;
        for (int i = 0; i < k(); i++) {
            q += (y[i] - wy / w) * (y[i] - wy / w) / (v[i] + tau2);
        }
        return q;
    }

    /** Twice the log-likelihood without constants, by its textbook formula. */
    double likelihood(double tau2, boolean restricted) {
        double w = 0;
        double logs = 0;
        for (int i = 0; i < k(); i++) {
            w += 1 / (v[i] + tau2);
            logs += Math.log(v[i] + tau2);
        }
        return -logs - q(tau2) - (restricted ? Math.log(w) : 0);
    }
}
