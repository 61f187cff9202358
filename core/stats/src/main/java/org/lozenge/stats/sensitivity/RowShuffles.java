package org.lozenge.stats.sensitivity;

import java.util.Arrays;
import java.util.Locale;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.lozenge.stats.ConvergenceException;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.model.TestMethod;
import org.lozenge.stats.numeric.PivotedQr;
import org.lozenge.stats.tau2.DerSimonianLaird;
import org.lozenge.stats.tau2.DesignSums;
import org.lozenge.stats.tau2.FixedTau2;
import org.lozenge.stats.tau2.Tau2Estimator;

/**
 * The rows of moderators are assigned to the studies in another order. Rows that are equal are not told apart, so a
 * moderator with two values has far fewer arrangements than k!.
 */
final class RowShuffles implements PermutationTest.Scheme {

    /** The part of a moderator that must be left after the others are taken out. */
    private static final double DEPENDENT = 1e-9;

    private final EffectSizes effects;
    private final Tau2Estimator estimator;
    private final TestMethod test;
    private final int k;
    private final int columns;

    /** Distinct rows: 1 and the moderators about their means in units of their spread. */
    private final double[][] rows;

    /** Which distinct row each study has; distinct rows are numbered by first appearance. */
    private final int[] assigned;

    /** The distinct rows of an orthonormal basis of the moderators; none if they follow from each other. */
    private final double[][] basis;

    private final double[] means;
    private final double[] scales;

    RowShuffles(EffectSizes effects, double[][] moderators, Tau2Estimator estimator, TestMethod test) {
        this.effects = effects;
        this.estimator = estimator;
        this.test = test;
        this.k = effects.k();
        this.columns = moderators.length + 1;
        if (k < columns + 1) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%d studies are too few for %d moderators: at least %d are needed",
                    k,
                    moderators.length,
                    columns + 1));
        }
        this.means = new double[columns];
        this.scales = new double[columns];
        double[][] all = standardise(moderators);
        this.assigned = new int[k];
        double[][] distinct = new double[k][];
        int count = 0;
        for (int i = 0; i < k; i++) {
            int same = 0;
            while (same < count && !Arrays.equals(distinct[same], all[i])) {
                same++;
            }
            if (same == count) {
                distinct[count++] = all[i];
            }
            assigned[i] = same;
        }
        this.rows = Arrays.copyOf(distinct, count);
        this.basis = basis(all);
    }

    private double[][] basis(double[][] all) {
        double[][] design = new double[columns][k];
        for (int j = 0; j < columns; j++) {
            for (int i = 0; i < k; i++) {
                design[j][i] = all[i][j];
            }
        }
        PivotedQr qr = PivotedQr.of(design, DEPENDENT);
        if (qr.rank() < columns) {
            return new double[0][];
        }
        double[][] orthonormal = new double[rows.length][columns];
        for (int i = 0; i < rows.length; i++) {
            qr.orthonormalRow(rows[i], orthonormal[i]);
        }
        return orthonormal;
    }

    private double[][] standardise(double[][] moderators) {
        double[][] all = new double[k][columns];
        scales[0] = 1;
        for (int j = 1; j < columns; j++) {
            double[] x = moderators[j - 1];
            if (x.length != k) {
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT, "Moderator %d has %d values for %d studies", j, x.length, k));
            }
            double sum = 0;
            double largest = 0;
            for (double value : x) {
                if (!(Math.abs(value) <= Double.MAX_VALUE)) {
                    throw new IllegalArgumentException(
                            String.format(Locale.ROOT, "Moderator %d has the value %s; it must be finite", j, value));
                }
                sum += value / k;
            }
            for (double value : x) {
                largest = Math.max(largest, Math.abs(value - sum));
            }
            means[j] = sum;
            scales[j] = largest;
            if (largest <= 1e-14 * Math.abs(sum)) {
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT, "Moderator %d has the same value in all studies", j));
            }
            for (int i = 0; i < k; i++) {
                all[i][j] = (x[i] - sum) / largest;
            }
        }
        for (int i = 0; i < k; i++) {
            all[i][0] = 1;
        }
        return all;
    }

    /** The factor by which the test multiplies variances. */
    static double multiplier(TestMethod test, double spread) {
        return switch (test) {
            case HARTUNG_KNAPP -> spread;
            case HARTUNG_KNAPP_AD_HOC -> Math.max(1, spread);
            default -> 1;
        };
    }

    @Override
    public long total() {
        long total = 1;
        int[] left = new int[rows.length];
        int placed = 0;
        for (int row : assigned) {
            placed++;
            left[row]++;
            // Stays a whole number: a binomial coefficient is extended by one element at a time.
            if (total > Long.MAX_VALUE / 64 / placed) {
                return Long.MAX_VALUE;
            }
            total = total * placed / left[row];
        }
        return total;
    }

    @Override
    public int statistics() {
        return columns + 1;
    }

    @Override
    public double[][] observed() {
        Fits fits = new Fits();
        double[] statistics = new double[columns + 1];
        double[][] observed = new double[columns + 1][3];
        try {
            fits.fitAsObserved(statistics);
        } catch (ConvergenceException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        if (Double.isNaN(statistics[0])) {
            throw new IllegalArgumentException(
                    "The moderators follow from each other: leave one out, or look for one that is constant");
        }
        for (int j = 0; j < columns; j++) {
            observed[j][0] = fits.coefficient(j);
            observed[j][1] = fits.error(j);
            observed[j][2] = observed[j][0] / observed[j][1];
        }
        observed[columns] = new double[] {Double.NaN, Double.NaN, statistics[columns]};
        return observed;
    }

    @Override
    public PermutationTest.Worker worker() {
        return new Fits();
    }

    /** Weighted least squares on rearranged rows. Belongs to one thread. */
    private final class Fits implements PermutationTest.Worker {
        private final int[] order = assigned.clone();
        private final double[] y = centred();
        private final double[] v = effects.v().toArray();
        private final double[] weight = new double[k];
        private final double[][] a = new double[columns][columns];
        private final double[][] inverse = new double[columns][columns];
        private final double[] b = new double[columns];
        private final double[] beta = new double[columns];
        private double residualQ;
        private double nullQ;
        private double scale;

        private double shift;

        private double[] centred() {
            double[] values = effects.y().toArray();
            double sum = 0;
            for (double value : values) {
                sum += value / k;
            }
            for (int i = 0; i < k; i++) {
                values[i] -= sum;
            }
            shift = sum;
            return values;
        }

        @Override
        public void go(long number) {
            int[] left = new int[rows.length];
            for (int row : assigned) {
                left[row]++;
            }
            long rest = number;
            long arrangements = total();
            for (int place = 0; place < k; place++) {
                int row = 0;
                long here = arrangements * left[0] / (k - place);
                while (rest >= here) {
                    rest -= here;
                    row++;
                    here = arrangements * left[row] / (k - place);
                }
                order[place] = row;
                left[row]--;
                arrangements = here;
            }
        }

        /** The next order of a multiset in the order of a dictionary. */
        @Override
        public void next() {
            int i = k - 2;
            while (i >= 0 && order[i] >= order[i + 1]) {
                i--;
            }
            if (i < 0) {
                return;
            }
            int j = k - 1;
            while (order[j] <= order[i]) {
                j--;
            }
            swap(i, j);
            for (int low = i + 1, high = k - 1; low < high; low++, high--) {
                swap(low, high);
            }
        }

        @Override
        public void draw(SplittableGenerator random) {
            // From the same start each time: who drew before must not matter.
            System.arraycopy(assigned, 0, order, 0, k);
            for (int i = k - 1; i > 0; i--) {
                swap(i, random.nextInt(i + 1));
            }
        }

        private void swap(int i, int j) {
            int row = order[i];
            order[i] = order[j];
            order[j] = row;
        }

        @Override
        public void fit(double[] statistics) {
            try {
                fitAsObserved(statistics);
            } catch (ConvergenceException e) {
                Arrays.fill(statistics, Double.NaN);
            }
        }

        void fitAsObserved(double[] statistics) {
            double tau2 = tau2();
            if (Double.isNaN(tau2) || !solve(tau2)) {
                Arrays.fill(statistics, Double.NaN);
                return;
            }
            scale = multiplier(test, residualQ / (k - columns));
            for (int j = 0; j < columns; j++) {
                statistics[j] = Math.abs(coefficient(j) / error(j));
            }
            double joint = Math.max(0, nullQ - residualQ) / scale;
            statistics[columns] = test.isHartungKnapp() ? joint / (columns - 1) : joint;
        }

        private double tau2() {
            if (estimator instanceof FixedTau2) {
                return estimator.estimate(y, v, 0, k);
            }
            if (!(estimator instanceof DerSimonianLaird)) {
                return general();
            }
            if (!solve(0)) {
                return Double.NaN;
            }
            double trace = 0;
            for (int i = 0; i < k; i++) {
                double[] x = rows[order[i]];
                double leverage = 0;
                for (int p = 0; p < columns; p++) {
                    for (int q = 0; q < columns; q++) {
                        leverage += x[p] * inverse[p][q] * x[q];
                    }
                }
                trace += weight[i] * (1 - weight[i] * leverage);
            }
            return Math.max(0, (residualQ - (k - columns)) / trace);
        }

        /** By the sums that meta-regression uses; an orthonormal basis stays one when its rows change places. */
        private double general() {
            if (basis.length == 0) {
                return Double.NaN;
            }
            double[][] shuffled = new double[columns][k];
            for (int i = 0; i < k; i++) {
                for (int j = 0; j < columns; j++) {
                    shuffled[j][i] = basis[order[i]][j];
                }
            }
            return estimator.estimate(new DesignSums(y, v, shuffled));
        }

        private boolean solve(double tau2) {
            for (double[] row : a) {
                Arrays.fill(row, 0);
            }
            Arrays.fill(b, 0);
            double total = 0;
            double totalY = 0;
            for (int i = 0; i < k; i++) {
                double w = 1 / (v[i] + tau2);
                double[] x = rows[order[i]];
                weight[i] = w;
                total += w;
                totalY += w * y[i];
                for (int p = 0; p < columns; p++) {
                    double wx = w * x[p];
                    b[p] += wx * y[i];
                    for (int q = 0; q <= p; q++) {
                        a[p][q] += wx * x[q];
                    }
                }
            }
            if (!SmallSystem.invert(a, inverse)) {
                return false;
            }
            for (int p = 0; p < columns; p++) {
                double sum = 0;
                for (int q = 0; q < columns; q++) {
                    sum += inverse[p][q] * b[q];
                }
                beta[p] = sum;
            }
            squares(totalY / total);
            return true;
        }

        private void squares(double mean) {
            residualQ = 0;
            nullQ = 0;
            for (int i = 0; i < k; i++) {
                double[] x = rows[order[i]];
                double residual = y[i];
                for (int p = 0; p < columns; p++) {
                    residual -= beta[p] * x[p];
                }
                residualQ += weight[i] * residual * residual;
                nullQ += weight[i] * (y[i] - mean) * (y[i] - mean);
            }
        }

        /** In the units of the moderators; the intercept is where all of them are 0. */
        double coefficient(int j) {
            if (j > 0) {
                return beta[j] / scales[j];
            }
            double value = beta[0] + shift;
            for (int p = 1; p < columns; p++) {
                value -= beta[p] * means[p] / scales[p];
            }
            return value;
        }

        double error(int j) {
            if (j > 0) {
                return Math.sqrt(inverse[j][j] * scale) / scales[j];
            }
            double variance = 0;
            for (int p = 0; p < columns; p++) {
                double cp = p == 0 ? 1 : -means[p] / scales[p];
                for (int q = 0; q < columns; q++) {
                    double cq = q == 0 ? 1 : -means[q] / scales[q];
                    variance += cp * inverse[p][q] * cq;
                }
            }
            return Math.sqrt(variance * scale);
        }
    }
}
