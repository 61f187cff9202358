package org.lozenge.stats.tau2;

/** What the closed-form estimators share. */
final class Moments {

    private Moments() {}

    static double truncate(double tau2) {
        return tau2 < 0 ? 0 : tau2;
    }

    /** The standard deviation of Q when the between-study variance is τ²; the sums stand at their weights. */
    static double qDeviation(TauSums sums, double tau2) {
        double p = tau2 * sums.traceP();
        double pp = tau2 * Math.sqrt(sums.tracePP());
        return Math.sqrt(2 * sums.df() + 4 * p + 2 * pp * pp);
    }

    static double largest(double[] x, int from, int to) {
        double largest = x[from];
        for (int i = from + 1; i < to; i++) {
            largest = Math.max(largest, x[i]);
        }
        return largest;
    }

    /** The mean, taken about the first value. */
    static double mean(double[] x, int from, int to) {
        double sum = 0;
        double lost = 0;
        for (int i = from; i < to; i++) {
            double value = x[i] - x[from];
            double next = sum + value;
            lost += Math.abs(sum) >= Math.abs(value) ? (sum - next) + value : (value - next) + sum;
            sum = next;
        }
        return x[from] + (sum + lost) / (to - from);
    }

    /** The sum of squared distances from the mean, corrected for the rounding of the mean. */
    static double squares(double[] x, int from, int to) {
        double mean = mean(x, from, to);
        double squares = 0;
        double rest = 0;
        for (int i = from; i < to; i++) {
            double d = x[i] - mean;
            squares += d * d;
            rest += d;
        }
        return Math.max(0, squares - rest * rest / (to - from));
    }
}
