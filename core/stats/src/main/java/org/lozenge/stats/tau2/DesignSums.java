package org.lozenge.stats.tau2;

import java.util.Arrays;
import org.lozenge.stats.numeric.Vectors;

/**
 * The sums of squares and traces of a weighted regression of effects on moderators, at one value of τ².
 *
 * <p>The caller gives an orthonormal basis of the moderators' space. Each evaluation makes the weighted basis orthonormal
 * again and costs O(k·p²) without allocating; no k×k matrix is formed. Where a study almost determines a coefficient, its
 * {@code 1 − hᵢ} is computed from the other studies.
 */
public final class DesignSums extends TauSums {

    private final int k;
    private final int p;
    private final OrthonormalColumns basis;
    private final double[] y;
    private final double[] v;
    private final double[] residual;
    private final double[] fitted;
    private final double unit;
    private final double smallest;

    private final double[] w;
    private final double[] root;
    private final double[] rest;
    private final double[] complement;
    private final double[] buffer;
    private final WeightedBasis weighted;
    private double scale;
    private boolean complete;
    private double loggedAt = Double.NaN;
    private double logged;

    /**
     * Prepares sums.
     *
     * @param y effect sizes; only read, like the other arrays
     * @param v sampling variances, as {@link org.lozenge.stats.EffectSizes} allows
     * @param orthonormal the columns of an orthonormal basis of the design, a cell per study each; at least one, and not
     *     more than there are studies
     */
    public DesignSums(double[] y, double[] v, double[][] orthonormal) {
        this.k = y.length;
        this.p = orthonormal.length;
        this.basis = new OrthonormalColumns(orthonormal, k);
        this.y = y;
        this.v = v;
        double[] few = smallest(v, Math.min(p + 1, k));
        this.smallest = few[0];
        this.unit = few[few.length - 1];
        this.residual = new double[k];
        this.fitted = new double[p];
        this.w = new double[k];
        this.root = new double[k];
        this.rest = new double[k];
        this.complement = new double[k];
        this.buffer = new double[k];
        this.weighted = new WeightedBasis(orthonormal, v);
        fitUnweighted();
    }

    /** The generalised Q statistic of these studies with other weights. */
    DesignMoments moments(MomentWeights weights) {
        return new DesignMoments(weights, y, v, basis.columns());
    }

    /** The smallest variances, sorted. */
    private static double[] smallest(double[] v, int count) {
        double[] few = Arrays.copyOf(v, count);
        Arrays.sort(few);
        for (int i = count; i < v.length; i++) {
            if (v[i] < few[count - 1]) {
                int at = count - 1;
                for (; at > 0 && few[at - 1] > v[i]; at--) {
                    few[at] = few[at - 1];
                }
                few[at] = v[i];
            }
        }
        return few;
    }

    /** Effects are taken about their unweighted regression, so that a common part costs no digits. */
    private void fitUnweighted() {
        double centre = spansConstant() ? Moments.mean(y, 0, k) : 0;
        for (int i = 0; i < k; i++) {
            residual[i] = y[i] - centre;
        }
        double size = Vectors.dot(residual, residual, 0, k);
        basis.projectOnce(residual);
        basis.projectOnce(residual);
        if (residualSquares() <= 1e-28 * size || k == p) {
            Arrays.fill(residual, 0);
        }
        for (int i = 0; i < k; i++) {
            buffer[i] = y[i] - residual[i];
        }
        System.arraycopy(basis.coordinates(buffer), 0, fitted, 0, p);
    }

    /** Whether a constant is in the space of the design: only then may effects be moved. */
    private boolean spansConstant() {
        double[] column = basis.columns()[0];
        boolean first = column[0] != 0;
        for (int i = 1; first && i < k; i++) {
            first = column[i] == column[0];
        }
        if (first) {
            return true;
        }
        double[] ones = new double[k];
        Arrays.fill(ones, 1);
        basis.projectOnce(ones);
        return Vectors.dot(ones, ones, 0, k) < 1e-20 * k;
    }

    @Override
    public void evaluate(double tau2) {
        scale = unit + tau2;
        for (int i = 0; i < k; i++) {
            w[i] = scale / (v[i] + tau2);
        }
        for (int i = 0; i < k; i++) {
            root[i] = Math.sqrt(w[i]);
            rest[i] = root[i] * residual[i];
        }
        weighted.weigh(root);
        weighted.columns().project(rest);
        complete = false;
    }

    /** 1 − hᵢ at the last τ². */
    private double[] complement() {
        if (!complete) {
            weighted.columns().complements(complement);
            complete = true;
        }
        return complement;
    }

    @Override
    public void evaluateMean(double tau2) {
        evaluate(tau2);
    }

    /**
     * Returns the coefficients of the orthonormal basis.
     *
     * @return as many as the basis has columns
     */
    public double[] coefficients() {
        for (int i = 0; i < k; i++) {
            buffer[i] = root[i] * residual[i];
        }
        double[] c = weighted.toBasis(weighted.columns().coordinates(buffer));
        for (int j = 0; j < p; j++) {
            c[j] += fitted[j];
        }
        return c;
    }

    /**
     * Returns the coefficients in the coordinates of {@link #covarianceFactor}, in which they are uncorrelated and have the
     * variance 1.
     *
     * @param zero what is taken from each effect
     * @return as many as the basis has columns
     */
    public double[] standardCoordinates(double zero) {
        for (int i = 0; i < k; i++) {
            buffer[i] = root[i] * (y[i] - zero);
        }
        double[] z = weighted.columns().coordinates(buffer);
        for (int j = 0; j < p; j++) {
            z[j] /= Math.sqrt(scale);
        }
        return z;
    }

    /**
     * Returns a factor of the covariance matrix of the coefficients: the matrix is the sum of the outer products of the
     * returned vectors.
     *
     * @return as many vectors as the basis has columns
     */
    public double[][] covarianceFactor() {
        double[][] vectors = new double[p][];
        for (int j = 0; j < p; j++) {
            double[] unitVector = new double[p];
            unitVector[j] = Math.sqrt(scale);
            vectors[j] = weighted.toBasis(unitVector);
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
            out[i] = rest[i] / root[i];
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
            out[i] = rest[i] / Math.sqrt(scale);
        }
        return out;
    }

    /**
     * Returns the orthonormal basis of the weighted design, whose coordinates {@link #covarianceFactor} belongs to.
     *
     * @return its columns, a cell per study each; a study's squares add to its leverage
     */
    public double[][] orthonormalColumns() {
        return Arrays.stream(weighted.columns().columns()).map(double[]::clone).toArray(double[][]::new);
    }

    /**
     * Returns the leverages of the weighted fit.
     *
     * @return hᵢ in the order of the studies, from 0 to 1; they add to p
     */
    public double[] leverages() {
        double[] out = new double[k];
        for (int i = 0; i < k; i++) {
            out[i] = weighted.columns().leverage(i);
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
        return dot(w, w);
    }

    private double dot(double[] a, double[] b) {
        return Vectors.dot(a, b, 0, k);
    }

    @Override
    public double q() {
        return dot(rest, rest) / scale;
    }

    @Override
    public double qSlope() {
        return scaledSquares() / scale / scale;
    }

    @Override
    double scaledSquares() {
        for (int i = 0; i < k; i++) {
            buffer[i] = w[i] * rest[i];
        }
        return dot(buffer, rest);
    }

    @Override
    double scaledCubes() {
        for (int i = 0; i < k; i++) {
            buffer[i] = w[i] * rest[i];
        }
        weighted.columns().project(buffer);
        return dot(buffer, buffer);
    }

    @Override
    public double traceP() {
        return scaledTrace() / scale;
    }

    private double scaledTrace() {
        return dot(w, complement());
    }

    @Override
    public double tracePP() {
        return scaledTraceSquare() / scale / scale;
    }

    private double scaledTraceSquare() {
        return weighted.columns().squaredTrace(complement(), w);
    }

    @Override
    double unit() {
        return unit;
    }

    @Override
    double smallestVariance() {
        return smallest;
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
        return restricted ? scaledTraceSquare() : scaledWeightSquares();
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
        return p * StrictMath.log(scale) - weighted.logDeterminant();
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
        basis.complements(buffer);
        return dot(v, buffer);
    }

    @Override
    double varianceTraceSquare() {
        basis.complements(buffer);
        return basis.squaredTrace(buffer, v);
    }
}
