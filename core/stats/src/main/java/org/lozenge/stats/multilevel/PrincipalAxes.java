package org.lozenge.stats.multilevel;

/**
 * The principal axes of a covariance matrix, in which errors are independent: V = UΛU′.
 *
 * <p>Columns of the Cholesky factor are rotated against each other until all are orthogonal (one-sided Jacobi), which finds
 * small variances as exactly as large ones, whatever the units of the rows.
 *
 * @see <a href="https://doi.org/10.1137/0613074">Demmel and Veselić (1992), SIAM J. Matrix Anal. Appl. 13, 1204–1245</a>
 */
final class PrincipalAxes {

    private static final int MAX_SWEEPS = 60;

    /** Columns whose cosine is less, for each row, are orthogonal to within rounding. */
    private static final double ORTHOGONAL = 1e-15;

    private final double[][] axes;
    private final double[] variances;

    private PrincipalAxes(double[][] axes, double[] variances) {
        this.axes = axes;
        this.variances = variances;
    }

    /**
     * The axes of a covariance.
     *
     * @param v symmetric and positive definite
     */
    static PrincipalAxes of(double[][] v) {
        int n = v.length;
        double[][] lower = new double[n][n];
        SymmetricMatrix.factor(v, lower);
        double[][] columns = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                columns[j][i] = lower[i][j];
            }
        }
        for (int sweep = 0; sweep < MAX_SWEEPS && rotate(columns); sweep++) {
            // Each sweep turns every pair once; a handful suffice.
        }
        double[] variances = new double[n];
        for (int k = 0; k < n; k++) {
            variances[k] = SymmetricMatrix.dot(columns[k], columns[k]);
            double length = Math.sqrt(variances[k]);
            for (int i = 0; i < n; i++) {
                columns[k][i] /= length;
            }
        }
        return new PrincipalAxes(columns, variances);
    }

    /** Turns every pair of columns; false if there was nothing to turn. */
    private static boolean rotate(double[][] columns) {
        boolean turned = false;
        for (int a = 1; a < columns.length; a++) {
            for (int b = 0; b < a; b++) {
                double[] x = columns[a];
                double[] y = columns[b];
                double xx = SymmetricMatrix.dot(x, x);
                double yy = SymmetricMatrix.dot(y, y);
                double xy = SymmetricMatrix.dot(x, y);
                if (Math.abs(xy) > ORTHOGONAL * x.length * Math.sqrt(xx) * Math.sqrt(yy)) {
                    double zeta = (yy - xx) / (2 * xy);
                    double t = Math.copySign(1, zeta) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
                    turn(x, y, t);
                    turned = true;
                }
            }
        }
        return turned;
    }

    private static void turn(double[] x, double[] y, double t) {
        double cosine = 1 / Math.sqrt(1 + t * t);
        double sine = cosine * t;
        for (int i = 0; i < x.length; i++) {
            double xi = x[i];
            x[i] = cosine * xi - sine * y[i];
            y[i] = sine * xi + cosine * y[i];
        }
    }

    /** The variance along an axis. */
    double variance(int axis) {
        return variances[axis];
    }

    /** The coordinate of a vector along an axis. */
    double coordinate(int axis, double[] x) {
        return SymmetricMatrix.dot(axes[axis], x);
    }
}
