package org.lozenge.stats.model;

import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.numeric.DoubledSum;

/**
 * Iterative refinement of weighted least squares where a coefficient is so small beside the effects that their rounding
 * would cost it digits. Solves {@code Φu + Xβ = y, X′u = 0} with residuals of doubled precision.
 *
 * @see <a href="https://doi.org/10.1007/BF01939321">Björck (1967), Iterative refinement of linear least squares solutions</a>
 */
final class Refinement {

    private static final int MAX_STEPS = 5;

    /** A coefficient is refined if the effects, in units of its standard error, are so many times larger. */
    private static final double SMALL = 1e5;

    private final double[] y;
    private final double[] phi;
    private final double[][] x;
    private final double[][] factors;

    private Refinement(EffectSizes effects, DesignMatrix design, double tau2, double[][] factors) {
        int k = effects.k();
        this.y = effects.y().toArray();
        this.phi = new double[k];
        for (int i = 0; i < k; i++) {
            phi[i] = effects.v().get(i) + tau2;
        }
        this.x = design.columns().stream().map(DoubleSeq::toArray).toArray(double[][]::new);
        this.factors = factors;
    }

    /**
     * Refines coefficients.
     *
     * @param factors vectors whose outer products add to the covariance of the coefficients
     * @param start the coefficients
     * @param residuals effects less fitted values
     * @return the coefficients, refined where that is needed and converges
     */
    static double[] of(
            EffectSizes effects,
            DesignMatrix design,
            double tau2,
            double[][] factors,
            double[] start,
            double[] residuals) {
        return isNeeded(effects, tau2, factors, start)
                ? new Refinement(effects, design, tau2, factors).refine(start, residuals)
                : start;
    }

    private static boolean isNeeded(EffectSizes effects, double tau2, double[][] factors, double[] start) {
        double squares = 0;
        for (int i = 0; i < effects.k(); i++) {
            squares += effects.y().get(i) * effects.y().get(i) / (effects.v().get(i) + tau2);
        }
        for (int j = 0; j < start.length; j++) {
            double variance = 0;
            for (double[] factor : factors) {
                variance += factor[j] * factor[j];
            }
            if (start[j] != 0 && Math.sqrt(squares) * Math.sqrt(variance) > SMALL * Math.abs(start[j])) {
                return true;
            }
        }
        return false;
    }

    private double[] refine(double[] start, double[] residuals) {
        double[] beta = start.clone();
        double[] u = new double[y.length];
        for (int i = 0; i < u.length; i++) {
            u[i] = residuals[i] / phi[i];
        }
        double before = Double.POSITIVE_INFINITY;
        for (int step = 0; step < MAX_STEPS; step++) {
            double[] f = effectResiduals(beta, u);
            double[] coordinates = coordinates(f, u);
            double size = 0;
            for (double c : coordinates) {
                size = Math.max(size, Math.abs(c));
            }
            if (!(size < before / 2)) {
                return step < 2 ? start : beta;
            }
            before = size;
            double[] change = combined(coordinates);
            for (int i = 0; i < u.length; i++) {
                double fitted = 0;
                for (int j = 0; j < beta.length; j++) {
                    fitted += x[j][i] * change[j];
                }
                u[i] += (f[i] - fitted) / phi[i];
            }
            for (int j = 0; j < beta.length; j++) {
                beta[j] += change[j];
            }
        }
        return beta;
    }

    /** y − Φu − Xβ. */
    private double[] effectResiduals(double[] beta, double[] u) {
        double[] f = new double[y.length];
        for (int i = 0; i < f.length; i++) {
            DoubledSum sum = new DoubledSum();
            sum.add(y[i]);
            sum.addProduct(-phi[i], u[i]);
            for (int j = 0; j < beta.length; j++) {
                sum.addProduct(-x[j][i], beta[j]);
            }
            f[i] = sum.value();
        }
        return f;
    }

    /** X′(Wf + u), each factor's part. */
    private double[] coordinates(double[] f, double[] u) {
        double[] s = new double[x.length];
        for (int j = 0; j < s.length; j++) {
            DoubledSum sum = new DoubledSum();
            for (int i = 0; i < f.length; i++) {
                sum.addProduct(x[j][i], u[i]);
                sum.addProduct(x[j][i], f[i] / phi[i]);
            }
            s[j] = sum.value();
        }
        double[] out = new double[factors.length];
        for (int c = 0; c < out.length; c++) {
            DoubledSum sum = new DoubledSum();
            for (int j = 0; j < s.length; j++) {
                sum.addProduct(factors[c][j], s[j]);
            }
            out[c] = sum.value();
        }
        return out;
    }

    private double[] combined(double[] coordinates) {
        double[] out = new double[x.length];
        for (int j = 0; j < out.length; j++) {
            for (int c = 0; c < coordinates.length; c++) {
                out[j] += factors[c][j] * coordinates[c];
            }
        }
        return out;
    }
}
