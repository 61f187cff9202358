package org.lozenge.stats.multilevel;

import java.util.Arrays;
import java.util.List;

/**
 * The (restricted) log-likelihood of effects with covariance M(θ), linear in θ, with gradient, second derivatives and average
 * information; sums over them come from {@link Blocks}.
 *
 * <p>Columns of the design are orthonormal, so that the restricted likelihood is that of any set of orthonormal contrasts.
 */
final class Likelihood {

    private static final double LOG_2_PI = StrictMath.log(2 * Math.PI);

    private final List<? extends Blocks> blocks;
    private final int rows;
    private final int p;
    private final int parameters;
    private final boolean restricted;

    Likelihood(List<? extends Blocks> blocks, int rows, int p, int parameters, boolean restricted) {
        this.blocks = blocks;
        this.rows = rows;
        this.p = p;
        this.parameters = parameters;
        this.restricted = restricted;
    }

    Likelihood withRestricted(boolean other) {
        return new Likelihood(blocks, rows, p, parameters, other);
    }

    int parameters() {
        return parameters;
    }

    /** The likelihood at one θ. */
    static final class Point {
        double value;
        final double[] gradient;
        final double[][] hessian;
        final double[][] information;
        double[] beta = new double[0];
        double[][] betaCovariance = new double[0][];
        double rss;

        Point(int parameters) {
            gradient = new double[parameters];
            hessian = new double[parameters][parameters];
            information = new double[parameters][parameters];
        }
    }

    /** Returns the likelihood with derivatives; of value −∞ where a covariance is not positive definite. */
    Point at(double[] theta) {
        return at(theta, parameters);
    }

    /** Returns the likelihood alone; −∞ where a covariance is not positive definite. */
    double value(double[] theta) {
        return at(theta, 0).value;
    }

    private Point at(double[] theta, int derivatives) {
        Jets jets = new Jets(derivatives, p + 1);
        Point point = new Point(derivatives);
        point.value = Double.NEGATIVE_INFINITY;
        for (Blocks part : blocks) {
            if (!part.evaluate(theta, jets)) {
                return point;
            }
        }
        double[][] lower = new double[p][p];
        if (!SymmetricMatrix.factor(jets.q, p, lower)) {
            return point;
        }
        fill(point, jets, lower);
        return point;
    }

    private void fill(Point point, Jets jets, double[][] lower) {
        double[] beta = new double[p];
        for (int a = 0; a < p; a++) {
            beta[a] = jets.q[a][p];
        }
        SymmetricMatrix.solve(lower, beta);
        double[][] c = SymmetricMatrix.inverse(lower);
        double[] contrast = new double[p + 1];
        contrast[p] = 1;
        double rss = jets.q[p][p];
        for (int a = 0; a < p; a++) {
            contrast[a] = -beta[a];
            rss -= beta[a] * jets.q[a][p];
        }
        double logs = jets.logDet + (restricted ? SymmetricMatrix.logDeterminant(lower) : 0);
        point.beta = beta;
        point.betaCovariance = c;
        point.rss = Math.max(0, rss);
        point.value = -0.5 * ((restricted ? rows - p : rows) * LOG_2_PI + logs + rss);
        if (jets.parameters > 0) {
            derivatives(point, jets, contrast, c);
        }
    }

    private void derivatives(Point point, Jets jets, double[] contrast, double[][] c) {
        double[][][] cb = new double[parameters][][];
        double[][] slope = new double[parameters][];
        for (int k = 0; k < parameters; k++) {
            double[] qz = SymmetricMatrix.multiply(jets.q1[k], contrast);
            slope[k] = Arrays.copyOf(qz, p);
            double logs = jets.logDet1[k];
            if (restricted) {
                cb[k] = SymmetricMatrix.multiply(c, square(jets.q1[k]));
                for (int a = 0; a < p; a++) {
                    logs += cb[k][a][a];
                }
            }
            point.gradient[k] = -0.5 * (logs + SymmetricMatrix.dot(contrast, qz));
        }
        double[][] squares = new double[parameters][parameters];
        double[][] traces = new double[parameters][parameters];
        jets.contract(contrast, c, squares, traces);
        for (int k = 0; k < parameters; k++) {
            for (int l = 0; l <= k; l++) {
                double logs = jets.logDet2[k][l];
                if (restricted) {
                    logs += traces[k][l] - SymmetricMatrix.traceOfProduct(cb[k], cb[l]);
                }
                double residual =
                        squares[k][l] - 2 * SymmetricMatrix.dot(slope[k], SymmetricMatrix.multiply(c, slope[l]));
                point.hessian[k][l] = -0.5 * (logs + residual);
                point.hessian[l][k] = point.hessian[k][l];
                point.information[k][l] = 0.25 * residual;
                point.information[l][k] = point.information[k][l];
            }
        }
    }

    /** The part of a matrix over the design. */
    private double[][] square(double[][] q) {
        double[][] part = new double[p][];
        for (int a = 0; a < p; a++) {
            part[a] = Arrays.copyOf(q[a], p);
        }
        return part;
    }
}
