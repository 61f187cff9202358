package org.lozenge.stats.multilevel;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * One block with any sampling covariance: M = V + S(Σ θₖBₖ)S′, where S picks for each row its random effect.
 *
 * <p>With T = S′M⁻¹S and U = S′M⁻¹Z, all derivatives are small products: ∂Q/∂θₖ = −U′BₖU,
 * ∂²Q/∂θₖ∂θₗ = U′BₖTBₗU + U′BₗTBₖU, ∂log|M|/∂θₖ = tr TBₖ and ∂²log|M|/∂θₖ∂θₗ = −tr TBₖTBₗ. The second derivatives of Q are not
 * formed: with E = UCU′ over the design, tr C ∂²Q/∂θₖ∂θₗ = 2 tr EBₖTBₗ.
 */
final class DenseBlock implements Blocks {

    private final double[][] v;
    private final double[][] z;
    private final int[] slot;
    private final double[][][] b;
    private final int slots;

    /** The parameters whose derivatives are not 0. */
    private final int[] active;

    /**
     * A block.
     *
     * @param v sampling covariance of its rows
     * @param z columns by row: design, then effects
     * @param slot the random effect of each row
     * @param b the matrix of each parameter, over random effects; symmetric
     */
    DenseBlock(double[][] v, double[][] z, int[] slot, double[][][] b) {
        this.v = v;
        this.z = z;
        this.slot = slot;
        this.b = b;
        this.slots = b[0].length;
        this.active = IntStream.range(0, b.length).filter(this::concerns).toArray();
    }

    /** Whether a parameter has to do with random effects that rows of the block have. */
    private boolean concerns(int parameter) {
        return Arrays.stream(slot).anyMatch(i -> Arrays.stream(slot).anyMatch(j -> b[parameter][i][j] != 0));
    }

    /** The covariance of the rows. */
    double[][] covariance(double[] theta) {
        double[][] g = new double[slots][slots];
        for (int k = 0; k < b.length; k++) {
            for (int i = 0; i < slots; i++) {
                for (int j = 0; j < slots; j++) {
                    g[i][j] += theta[k] * b[k][i][j];
                }
            }
        }
        double[][] m = new double[v.length][v.length];
        for (int i = 0; i < v.length; i++) {
            for (int j = 0; j < v.length; j++) {
                m[i][j] = v[i][j] + g[slot[i]][slot[j]];
            }
        }
        return m;
    }

    @Override
    public boolean evaluate(double[] theta, Jets out) {
        double[][] lower = covariance(theta);
        if (!SymmetricMatrix.factor(lower, lower)) {
            return false;
        }
        double[][] w = SymmetricMatrix.inverse(lower);
        double[][] wz = SymmetricMatrix.multiply(w, z);
        out.logDet += SymmetricMatrix.logDeterminant(lower);
        double[][] t = new double[slots][slots];
        double[][] u = new double[slots][out.columns];
        for (int i = 0; i < v.length; i++) {
            for (int j = 0; j < v.length; j++) {
                t[slot[i]][slot[j]] += w[i][j];
            }
            for (int a = 0; a < out.columns; a++) {
                u[slot[i]][a] += wz[i][a];
                for (int c = 0; c < out.columns; c++) {
                    out.q[a][c] += z[i][a] * wz[i][c];
                }
            }
        }
        if (out.parameters > 0) {
            derivatives(t, u, out);
        }
        return true;
    }

    private void derivatives(double[][] t, double[][] u, Jets out) {
        double[][][] tb = new double[b.length][][];
        for (int i : active) {
            tb[i] = SymmetricMatrix.multiply(t, b[i]);
            for (int s = 0; s < slots; s++) {
                out.logDet1[i] += tb[i][s][s];
            }
            subtract(u, SymmetricMatrix.multiply(b[i], u), out.q1[i]);
            for (int j : active) {
                if (j <= i) {
                    out.logDet2[i][j] -= SymmetricMatrix.traceOfProduct(tb[i], tb[j]);
                }
            }
        }
        out.curvatures.add(
                (contrast, covariance, residual, trace) -> curve(u, tb, contrast, covariance, residual, trace));
    }

    private void curve(
            double[][] u,
            double[][][] tb,
            double[] contrast,
            double[][] covariance,
            double[][] residual,
            double[][] trace) {
        double[] left = SymmetricMatrix.multiply(u, contrast);
        double[][] e = spread(u, covariance);
        double[][] br = new double[b.length][];
        double[][] tbr = new double[b.length][];
        for (int i : active) {
            br[i] = SymmetricMatrix.multiply(b[i], left);
            tbr[i] = SymmetricMatrix.multiply(tb[i], left);
            double[][] eb = SymmetricMatrix.multiply(e, b[i]);
            for (int j : active) {
                if (j <= i) {
                    residual[i][j] += 2 * SymmetricMatrix.dot(br[i], tbr[j]);
                    trace[i][j] += 2 * SymmetricMatrix.traceOfProduct(eb, tb[j]);
                }
            }
        }
    }

    /** UCU′, where C covers the design only. */
    private static double[][] spread(double[][] u, double[][] c) {
        double[][] out = new double[u.length][u.length];
        for (int i = 0; i < u.length; i++) {
            double[] cu = SymmetricMatrix.multiply(c, Arrays.copyOf(u[i], c.length));
            for (int j = 0; j < u.length; j++) {
                for (int a = 0; a < cu.length; a++) {
                    out[j][i] += u[j][a] * cu[a];
                }
            }
        }
        return out;
    }

    private static void subtract(double[][] x, double[][] y, double[][] to) {
        for (int s = 0; s < x.length; s++) {
            for (int a = 0; a < to.length; a++) {
                double cell = x[s][a];
                for (int c = 0; c < to.length && cell != 0; c++) {
                    to[a][c] -= cell * y[s][c];
                }
            }
        }
    }
}
