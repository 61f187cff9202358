package org.lozenge.stats.sensitivity;

/** The inverse of a small positive definite matrix by Gauss and Jordan, which needs no pivoting there. */
final class SmallSystem {

    /** A pivot that is a smaller share of its diagonal element means a column that follows from the others. */
    private static final double SINGULAR = 1e-12;

    private SmallSystem() {}

    /**
     * Inverts.
     *
     * @param a the lower triangle, left as it is
     * @param inverse where the inverse goes
     * @return false if the matrix is singular
     */
    static boolean invert(double[][] a, double[][] inverse) {
        int n = a.length;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                inverse[i][j] = a[i][j];
                inverse[j][i] = a[i][j];
            }
        }
        for (int step = 0; step < n; step++) {
            double pivot = inverse[step][step];
            // Negated, so that NaN fails as well.
            if (!(pivot > SINGULAR * a[step][step])) {
                return false;
            }
            double one = 1 / pivot;
            for (int j = 0; j < n; j++) {
                inverse[step][j] *= j == step ? 0 : one;
            }
            inverse[step][step] = one;
            for (int i = 0; i < n; i++) {
                if (i != step) {
                    double factor = inverse[i][step];
                    inverse[i][step] = 0;
                    for (int j = 0; j < n; j++) {
                        inverse[i][j] -= factor * inverse[step][j];
                    }
                }
            }
        }
        return true;
    }
}
