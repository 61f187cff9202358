package org.lozenge.stats.tau2;

import java.util.Arrays;
import org.lozenge.stats.numeric.PivotedQr;

/**
 * The sums of squares and traces of a weighted regression of effects on moderators, at one value of τ².
 *
 * <p>The caller gives an orthonormal basis of the moderators' space. Each evaluation factorises the weighted basis by
 * Householder reflections with the heaviest studies first, so that studies of very different weight do not disturb each
 * other, and costs O(k·p²); no k×k matrix is formed. Where a study almost determines a coefficient, its
 * {@code 1 − hᵢ} is computed from the other studies.
 */
public final class DesignSums extends TauSums {

    /** A study with a higher leverage has its complement computed from the other studies. */
    private static final double DOMINANT = 0.5;

    private final int k;
    private final int p;
    private final int[] order;
    private final double[][] basis;
    private final double[] y;
    private final double[] v;
    private final double[] residual;
    private final double[] fitted;
    private final double unit;

    private final double[] w;
    private final double[][] q;
    private final double[] rest;
    private final double[] complement;
    private double scale;
    private PivotedQr factor;
    private double loggedAt = Double.NaN;
    private double logged;

    /**
     * Prepares sums.
     *
     * @param y effect sizes
     * @param v sampling variances, as {@link org.lozenge.stats.EffectSizes} allows
     * @param orthonormal a row per study: its cells of an orthonormal basis of the design; all rows have one length,
     *     from 1 to the number of studies
     */
    public DesignSums(double[] y, double[] v, double[][] orthonormal) {
        this.k = y.length;
        this.p = orthonormal[0].length;
        this.order = byVariance(v);
        this.basis = new double[k][];
        this.y = new double[k];
        this.v = new double[k];
        for (int i = 0; i < k; i++) {
            basis[i] = orthonormal[order[i]];
            this.y[i] = y[order[i]];
            this.v[i] = v[order[i]];
        }
        this.unit = this.v[Math.min(p, k - 1)];
        this.residual = new double[k];
        this.fitted = new double[p];
        this.w = new double[k];
        this.q = new double[k][p];
        this.rest = new double[k];
        this.complement = new double[k];
        this.factor = PivotedQr.of(new double[0][], 0);
        fitUnweighted();
    }

    /** Studies by their variance; variances that agree in all but their last bits stay in the order of the studies. */
    private static int[] byVariance(double[] v) {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(v.length);
        long low = (1L << bits) - 1;
        long[] keys = new long[v.length];
        for (int i = 0; i < keys.length; i++) {
            // The bits of positive doubles are in the order of the numbers.
            keys[i] = (Double.doubleToRawLongBits(v[i]) & ~low) | i;
        }
        Arrays.sort(keys);
        int[] order = new int[keys.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = (int) (keys[i] & low);
        }
        return order;
    }

    /** Effects are taken about their unweighted regression, so that a common part costs no digits. */
    private void fitUnweighted() {
        double centre = spansConstant() ? Moments.mean(y, 0, k) : 0;
        double size = 0;
        for (int i = 0; i < k; i++) {
            residual[i] = y[i] - centre;
            size += residual[i] * residual[i];
        }
        for (int pass = 0; pass < 2; pass++) {
            project(basis, residual);
        }
        double left = Arrays.stream(residual).map(r -> r * r).sum();
        if (left <= 1e-28 * size || k == p) {
            Arrays.fill(residual, 0);
        }
        for (int i = 0; i < k; i++) {
            double explained = y[i] - residual[i];
            for (int j = 0; j < p; j++) {
                fitted[j] += basis[i][j] * explained;
            }
        }
    }

    /** Whether a constant is in the space of the design: only then may effects be moved. */
    private boolean spansConstant() {
        boolean first = basis[0][0] != 0;
        for (int i = 1; first && i < k; i++) {
            first = basis[i][0] == basis[0][0];
        }
        if (first) {
            return true;
        }
        double[] ones = new double[k];
        Arrays.fill(ones, 1);
        project(basis, ones);
        return dot(ones, ones) < 1e-20 * k;
    }

    /** Takes the part in the space of orthonormal columns out of a vector. */
    private static void project(double[][] rows, double[] x) {
        int p = rows[0].length;
        double[] z = new double[p];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < p; j++) {
                z[j] += rows[i][j] * x[i];
            }
        }
        for (int i = 0; i < x.length; i++) {
            x[i] -= dot(rows[i], z);
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += a[j] * b[j];
        }
        return sum;
    }

    @Override
    public void evaluate(double tau2) {
        scale = unit + tau2;
        double[][] columns = new double[p][k];
        for (int i = 0; i < k; i++) {
            w[i] = scale / (v[i] + tau2);
            double root = Math.sqrt(w[i]);
            for (int j = 0; j < p; j++) {
                columns[j][i] = root * basis[i][j];
            }
            rest[i] = root * residual[i];
        }
        factor = PivotedQr.of(columns, 0);
        double[] row = new double[p];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < p; j++) {
                row[j] = columns[j][i];
            }
            factor.orthonormalRow(row, q[i]);
        }
        for (int pass = 0; pass < 2; pass++) {
            project(q, rest);
        }
        complements(q, complement);
    }

    @Override
    public void evaluateMean(double tau2) {
        evaluate(tau2);
    }

    /** 1 − h for every row; from the other rows where h is large, since the difference would lose digits. */
    private static void complements(double[][] rows, double[] out) {
        for (int i = 0; i < rows.length; i++) {
            double leverage = dot(rows[i], rows[i]);
            out[i] = leverage < DOMINANT ? 1 - leverage : fromOthers(rows, i);
        }
    }

    /** With s = Σ h²ᵢⱼ over the others, g = 1 − h solves g(1 − g) = s. */
    private static double fromOthers(double[][] rows, int i) {
        double s = 0;
        for (int j = 0; j < rows.length; j++) {
            if (j != i) {
                double h = dot(rows[i], rows[j]);
                s += h * h;
            }
        }
        return 2 * s / (1 + Math.sqrt(Math.max(0, 1 - 4 * s)));
    }

    /**
     * Returns the coefficients of the orthonormal basis.
     *
     * @return as many as the basis has columns
     */
    public double[] coefficients() {
        double[] z = new double[p];
        for (int i = 0; i < k; i++) {
            double value = Math.sqrt(w[i]) * residual[i];
            for (int j = 0; j < p; j++) {
                z[j] += q[i][j] * value;
            }
        }
        double[] c = factor.coefficients(z);
        for (int j = 0; j < p; j++) {
            c[j] += fitted[j];
        }
        return c;
    }

    /**
     * Returns a factor of the covariance matrix of the coefficients: the matrix is the sum of the outer products of the
     * returned vectors.
     *
     * @return as many vectors as the basis has columns
     */
    public double[][] covarianceFactor() {
        double[][] vectors = new double[p][];
        double root = Math.sqrt(scale);
        for (int j = 0; j < p; j++) {
            double[] unitVector = new double[p];
            unitVector[j] = root;
            vectors[j] = factor.coefficients(unitVector);
        }
        return vectors;
    }

    /**
     * Returns the residuals of the weighted fit.
     *
     * @return effect minus fitted value, in the order of the studies
     */
    public double[] residuals() {
        double[] out = new double[k];
        for (int i = 0; i < k; i++) {
            out[order[i]] = rest[i] / Math.sqrt(w[i]);
        }
        return out;
    }

    /**
     * Returns the residuals of the weighted fit in units of the standard deviations of the effects.
     *
     * @return residual over √(v + τ²), in the order of the studies
     */
    public double[] standardResiduals() {
        double[] out = new double[k];
        for (int i = 0; i < k; i++) {
            out[order[i]] = rest[i] / Math.sqrt(scale);
        }
        return out;
    }

    /**
     * Returns the orthonormal basis of the weighted design, whose coordinates {@link #covarianceFactor} belongs to.
     *
     * @return a row per study, in the order of the studies; its squares add to the leverage
     */
    public double[][] orthonormalRows() {
        double[][] out = new double[k][];
        for (int i = 0; i < k; i++) {
            out[order[i]] = q[i].clone();
        }
        return out;
    }

    /**
     * Returns the leverages of the weighted fit.
     *
     * @return hᵢ in the order of the studies, from 0 to 1; they add to p
     */
    public double[] leverages() {
        double[] out = new double[k];
        for (int i = 0; i < k; i++) {
            out[order[i]] = dot(q[i], q[i]);
        }
        return out;
    }

    /**
     * Returns the log-likelihood at the last τ², constants included.
     *
     * @param tau2 the value that was evaluated last
     * @param restricted whether the restricted likelihood is meant
     * @return the log-likelihood
     */
    public double logLikelihood(double tau2, boolean restricted) {
        double twice = -logVariances(tau2) - q() + (restricted ? logDeterminants() : 0);
        return (twice - (restricted ? df() : k) * StrictMath.log(2 * Math.PI)) / 2;
    }

    @Override
    public int k() {
        return k;
    }

    @Override
    public int df() {
        return k - p;
    }

    @Override
    public double weight() {
        return scaledWeight() / scale;
    }

    private double scaledWeight() {
        double sum = 0;
        for (int i = 0; i < k; i++) {
            sum += w[i];
        }
        return sum;
    }

    @Override
    public double weightSquares() {
        return scaledWeightSquares() / scale / scale;
    }

    private double scaledWeightSquares() {
        double sum = 0;
        for (int i = 0; i < k; i++) {
            sum += w[i] * w[i];
        }
        return sum;
    }

    @Override
    public double q() {
        double sum = 0;
        for (int i = 0; i < k; i++) {
            sum += rest[i] * rest[i];
        }
        return sum / scale;
    }

    @Override
    public double qSlope() {
        return scaledSquares() / scale / scale;
    }

    @Override
    double scaledSquares() {
        double sum = 0;
        for (int i = 0; i < k; i++) {
            sum += w[i] * rest[i] * rest[i];
        }
        return sum;
    }

    @Override
    double scaledCubes() {
        double[] x = new double[k];
        for (int i = 0; i < k; i++) {
            x[i] = w[i] * rest[i];
        }
        project(q, x);
        project(q, x);
        return dot(x, x);
    }

    @Override
    public double traceP() {
        return scaledTrace() / scale;
    }

    private double scaledTrace() {
        double sum = 0;
        for (int i = 0; i < k; i++) {
            sum += w[i] * complement[i];
        }
        return sum;
    }

    @Override
    public double tracePP() {
        return squaredTrace(q, complement, w) / scale / scale;
    }

    /**
     * The sum of gᵢgⱼ(I − QQ′)ᵢⱼ² over all pairs. Dominant rows are summed pair by pair; among the rest no difference
     * cancels.
     */
    private static double squaredTrace(double[][] q, double[] complement, double[] g) {
        int p = q[0].length;
        double[][] m = new double[p][p];
        double sum = 0;
        for (int i = 0; i < q.length; i++) {
            boolean dominant = complement[i] <= DOMINANT;
            double own = g[i] * g[i];
            if (dominant) {
                sum += own * complement[i] * complement[i] + pairs(q, complement, g, i);
                continue;
            }
            sum += own * (2 * complement[i] - 1);
            for (int a = 0; a < p; a++) {
                for (int b = 0; b <= a; b++) {
                    m[a][b] += g[i] * q[i][a] * q[i][b];
                }
            }
        }
        for (int a = 0; a < p; a++) {
            for (int b = 0; b < a; b++) {
                sum += 2 * m[a][b] * m[a][b];
            }
            sum += m[a][a] * m[a][a];
        }
        return Math.max(0, sum);
    }

    /** What a dominant row adds with the others: with rows that are not dominant both orders, else one. */
    private static double pairs(double[][] q, double[] complement, double[] g, int i) {
        double sum = 0;
        for (int j = 0; j < q.length; j++) {
            if (j != i) {
                double h = dot(q[i], q[j]);
                sum += (complement[j] <= DOMINANT ? 1 : 2) * g[i] * g[j] * h * h;
            }
        }
        return sum;
    }

    @Override
    double unit() {
        return unit;
    }

    @Override
    double smallestVariance() {
        return v[0];
    }

    @Override
    double scale() {
        return scale;
    }

    @Override
    double scaledInformation(boolean restricted) {
        return restricted ? scaledTrace() : scaledWeight();
    }

    @Override
    double scaledInformationSlope(boolean restricted) {
        return restricted ? squaredTrace(q, complement, w) : scaledWeightSquares();
    }

    @Override
    double spread() {
        return residualSquares() * (1 + 1e-6);
    }

    @Override
    double logVariances(double tau2) {
        if (tau2 != loggedAt) {
            logged = 0;
            for (int i = 0; i < k; i++) {
                logged += StrictMath.log(v[i] + tau2);
            }
            loggedAt = tau2;
        }
        return logged;
    }

    @Override
    double logDeterminants() {
        return p * StrictMath.log(scale) - factor.logDeterminant();
    }

    @Override
    double effectSquares() {
        return Moments.squares(y, 0, k);
    }

    @Override
    double residualSquares() {
        return dot(residual, residual);
    }

    @Override
    double varianceTrace() {
        double[] free = new double[k];
        complements(basis, free);
        return dot(v, free);
    }

    @Override
    double varianceTraceSquare() {
        double[] free = new double[k];
        complements(basis, free);
        return squaredTrace(basis, free, v);
    }
}
