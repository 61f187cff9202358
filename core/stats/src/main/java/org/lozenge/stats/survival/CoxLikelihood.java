package org.lozenge.stats.survival;

/**
 * Log partial likelihood of the Cox model, its gradient and its information at a point, and the pieces at each event time.
 *
 * <p>With d tied events at a time, Efron's approximation takes them out of the risk set one after the other, each time
 * the average of the d; Breslow's leaves all of them in.
 */
final class CoxLikelihood {

    /** What an event time contributes. Arrays are reused: whoever wants them later copies them. */
    interface Step {
        /**
         * @param from first position of those who leave at this time
         * @param to end of those who leave at this time, which is the end of the risk set
         * @param shift logarithm of the unit of the hazards, so that sums neither overflow nor vanish
         * @param s0 for each tied event the sum of hazards at risk, in that unit
         * @param mean for each tied event the mean covariates at risk, weighted by hazard
         * @param score sum of covariates of those with an event minus the means
         * @param information covariance of the covariates at risk, summed over tied events
         */
        void at(int from, int to, double shift, double[] s0, double[][] mean, double[] score, double[][] information);
    }

    private final CoxDesign design;
    private final boolean efron;
    private final double[] eta;

    double value;
    final double[] gradient;
    final double[][] information;

    CoxLikelihood(CoxDesign design, boolean efron) {
        this.design = design;
        this.efron = efron;
        eta = new double[design.rows.length];
        gradient = new double[design.rank()];
        information = new double[design.rank()][design.rank()];
    }

    void evaluate(double[] gamma) {
        evaluate(gamma, (from, to, shift, s0, mean, score, info) -> {});
    }

    void evaluate(double[] gamma, Step step) {
        value = 0;
        for (int k = 0; k < gradient.length; k++) {
            gradient[k] = 0;
            java.util.Arrays.fill(information[k], 0);
        }
        for (int s = 0; s + 1 < design.starts.length; s++) {
            linearPredictors(gamma, design.starts[s], design.starts[s + 1]);
            stratum(design.starts[s], design.starts[s + 1], step);
        }
    }

    /** The log hazard of a position relative to the largest of its stratum, at the last point evaluated. */
    double logHazard(int position) {
        return eta[position];
    }

    private void linearPredictors(double[] gamma, int start, int end) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = start; i < end; i++) {
            double sum = 0;
            for (int k = 0; k < gamma.length; k++) {
                sum += design.q[i][k] * gamma[k];
            }
            eta[i] = sum;
            largest = Math.max(largest, sum);
        }
        for (int i = start; i < end; i++) {
            eta[i] -= largest;
        }
    }

    /**
     * Sums over a set of positions of hazard, hazard · x and hazard · x xᵀ, in units of the largest hazard so far: whoever is
     * at risk late may have a hazard that is nothing beside that of someone who left early.
     */
    private static final class Moments {
        private double shift = Double.NEGATIVE_INFINITY;
        private double s0;
        private final double[] s1;
        private final double[][] s2;

        Moments(int p) {
            s1 = new double[p];
            s2 = new double[p][p];
        }

        void add(double logHazard, double[] x) {
            if (logHazard > shift) {
                scale(StrictMath.exp(shift - logHazard));
                shift = logHazard;
            }
            double h = StrictMath.exp(logHazard - shift);
            s0 += h;
            for (int j = 0; j < x.length; j++) {
                double hx = h * x[j];
                s1[j] += hx;
                for (int k = 0; k <= j; k++) {
                    s2[j][k] += hx * x[k];
                }
            }
        }

        private void scale(double factor) {
            s0 *= factor;
            for (int j = 0; j < s1.length; j++) {
                s1[j] *= factor;
                for (int k = 0; k <= j; k++) {
                    s2[j][k] *= factor;
                }
            }
        }

        /** Empties the sums for hazards in a unit that is large enough for all to come. */
        void clear(double unit) {
            scale(0);
            shift = unit;
        }
    }

    private void stratum(int start, int end, Step step) {
        int p = gradient.length;
        Moments risk = new Moments(p);
        Moments tied = new Moments(p);
        for (int i = start; i < end; ) {
            int from = i;
            for (; i < end && design.time[i] == design.time[from]; i++) {
                risk.add(eta[i], design.q[i]);
            }
            int d = 0;
            tied.clear(risk.shift);
            double[] score = new double[p];
            for (int k = from; k < i; k++) {
                if (design.event[k]) {
                    d++;
                    tied.add(eta[k], design.q[k]);
                    value += eta[k] - risk.shift;
                    add(score, design.q[k]);
                }
            }
            if (d > 0) {
                eventTime(from, i, d, risk, tied, score, step);
            }
        }
    }

    private static void add(double[] sum, double[] x) {
        for (int k = 0; k < sum.length; k++) {
            sum[k] += x[k];
        }
    }

    private void eventTime(int from, int to, int d, Moments risk, Moments tied, double[] score, Step step) {
        int p = gradient.length;
        double[] s0 = new double[d];
        double[][] mean = new double[d][p];
        double[][] info = new double[p][p];
        for (int l = 0; l < d; l++) {
            double part = efron ? (double) l / d : 0;
            s0[l] = risk.s0 - part * tied.s0;
            value -= StrictMath.log(s0[l]);
            for (int j = 0; j < p; j++) {
                mean[l][j] = (risk.s1[j] - part * tied.s1[j]) / s0[l];
                score[j] -= mean[l][j];
                for (int k = 0; k <= j; k++) {
                    info[j][k] += (risk.s2[j][k] - part * tied.s2[j][k]) / s0[l] - mean[l][j] * mean[l][k];
                }
            }
        }
        for (int j = 0; j < p; j++) {
            gradient[j] += score[j];
            for (int k = 0; k <= j; k++) {
                info[k][j] = info[j][k];
            }
            for (int k = 0; k < p; k++) {
                information[j][k] += info[k][j];
            }
        }
        step.at(from, to, risk.shift, s0, mean, score, info);
    }
}
