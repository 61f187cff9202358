package org.lozenge.stats.glmm;

import org.lozenge.stats.numeric.PositiveDefinite;

/**
 * The studies' own effects in a saturated model with the information about them: a diagonal less what the global parameters
 * take, so that quadratic forms are linear in the number of studies.
 */
final class OwnInformation {

    private final double[] effect;
    private final double[] information;
    private final double[][] mixed;
    private final double[][] shared;

    /**
     * Holds these values; nothing is copied.
     *
     * @param effect the own effects
     * @param information the diagonal
     * @param mixed minus the mixed derivatives with the global parameters, a row a study
     * @param shared minus the second derivatives by the global parameters
     */
    OwnInformation(double[] effect, double[] information, double[][] mixed, double[][] shared) {
        this.effect = effect;
        this.information = information;
        this.mixed = mixed;
        this.shared = shared;
    }

    double[] effect() {
        return effect;
    }

    double[] information() {
        return information;
    }

    double[][] mixed() {
        return mixed;
    }

    double[][] shared() {
        return shared;
    }

    /** Returns u′Mw. */
    double form(double[] u, double[] w) {
        double sum = 0;
        for (int i = 0; i < u.length; i++) {
            sum += u[i] * information[i] * w[i];
        }
        if (shared.length == 0) {
            return sum;
        }
        double[] solved = PositiveDefinite.of(shared, 1e-13).solve(project(w));
        double[] left = project(u);
        for (int p = 0; p < left.length; p++) {
            sum -= left[p] * solved[p];
        }
        return sum;
    }

    private double[] project(double[] u) {
        double[] out = new double[shared.length];
        for (int i = 0; i < u.length; i++) {
            for (int p = 0; p < out.length; p++) {
                out[p] += mixed[i][p] * u[i];
            }
        }
        return out;
    }

    /** Returns the weighted sum of squares of the effects around their regression on a design. */
    double residual(double[][] columns) {
        int p = columns.length;
        double[][] normal = new double[p][p];
        double[] right = new double[p];
        for (int a = 0; a < p; a++) {
            right[a] = form(columns[a], effect);
            for (int b = 0; b <= a; b++) {
                normal[a][b] = form(columns[a], columns[b]);
                normal[b][a] = normal[a][b];
            }
        }
        double[] beta = PositiveDefinite.of(normal, 1e-12).solve(right);
        double[] rest = effect.clone();
        for (int i = 0; i < rest.length; i++) {
            for (int a = 0; a < p; a++) {
                rest[i] -= columns[a][i] * beta[a];
            }
        }
        return form(rest, rest);
    }
}
