package org.lozenge.stats.multilevel;

import java.util.ArrayList;
import java.util.List;

/**
 * What a likelihood needs of all blocks, with first and second derivatives by the variance parameters θ: log|M| and
 * Q = Z′M⁻¹Z, where Z holds the design and, as its last column, the effects.
 *
 * <p>Of second derivatives only those with the second parameter not above the first are kept. Those of Q are needed only in
 * two contractions, which a block may compute itself once the coefficients are known, see {@link Curvature}.
 */
final class Jets {

    final int parameters;
    final int columns;
    double logDet;
    final double[] logDet1;
    final double[][] logDet2;
    final double[][] q;
    final double[][][] q1;
    final double[][][][] q2;
    final List<Curvature> curvatures = new ArrayList<>();

    /** The second derivatives of Q of one block. */
    interface Curvature {

        /**
         * Adds c′Q″c and tr CQ″ for each pair of parameters.
         *
         * @param contrast c: the effects less what the design explains
         * @param covariance C: that of the coefficients
         * @param residual receives the first
         * @param trace receives the second
         */
        void add(double[] contrast, double[][] covariance, double[][] residual, double[][] trace);
    }

    Jets(int parameters, int columns) {
        this.parameters = parameters;
        this.columns = columns;
        logDet1 = new double[parameters];
        logDet2 = new double[parameters][parameters];
        q = new double[columns][columns];
        q1 = new double[parameters][columns][columns];
        q2 = new double[parameters][][][];
        for (int k = 0; k < parameters; k++) {
            q2[k] = new double[k + 1][columns][columns];
        }
    }

    /**
     * Contracts the second derivatives of Q of all blocks.
     *
     * @param contrast c, see {@link Curvature}
     * @param covariance C
     * @param residual receives c′Q″c
     * @param trace receives tr CQ″
     */
    void contract(double[] contrast, double[][] covariance, double[][] residual, double[][] trace) {
        for (Curvature block : curvatures) {
            block.add(contrast, covariance, residual, trace);
        }
        for (int k = 0; k < parameters; k++) {
            for (int l = 0; l <= k; l++) {
                residual[k][l] += SymmetricMatrix.dot(contrast, SymmetricMatrix.multiply(q2[k][l], contrast));
                trace[k][l] += SymmetricMatrix.traceOfProduct(covariance, q2[k][l]);
            }
        }
    }
}
