package org.lozenge.stats.multilevel;

/**
 * What a likelihood needs of all blocks, with first and second derivatives by the variance parameters θ: log|M| and
 * Q = Z′M⁻¹Z, where Z holds the design and, as its last column, the effects.
 *
 * <p>Of second derivatives only those with the second parameter not above the first are kept.
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
}
