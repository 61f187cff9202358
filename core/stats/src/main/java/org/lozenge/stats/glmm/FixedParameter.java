package org.lozenge.stats.glmm;

/** A function of all parameters but one, which is held at a value. */
final class FixedParameter implements Surface {

    private final Surface whole;
    private final int fixed;
    private final double value;
    private final double[] x;
    private final double[] gradient;
    private final double[][] hessian;

    /**
     * Holds a parameter.
     *
     * @param whole the function
     * @param size its number of parameters
     * @param fixed the parameter that is held
     * @param value where
     */
    FixedParameter(Surface whole, int size, int fixed, double value) {
        this.whole = whole;
        this.fixed = fixed;
        this.value = value;
        this.x = new double[size];
        this.gradient = new double[size];
        this.hessian = new double[size][size];
    }

    @Override
    public double at(double[] free, double[] g, double[][] h) {
        double result = whole.at(whole(free, x), gradient, hessian);
        for (int i = 0; i < free.length; i++) {
            g[i] = gradient[i < fixed ? i : i + 1];
            for (int j = 0; j < free.length; j++) {
                h[i][j] = hessian[i < fixed ? i : i + 1][j < fixed ? j : j + 1];
            }
        }
        return result;
    }

    @Override
    public boolean isSpread(int free) {
        return whole.isSpread(free < fixed ? free : free + 1);
    }

    /** The derivative by the parameter that is held, at the last point. */
    double slope() {
        return gradient[fixed];
    }

    /** The second derivatives by the parameter that is held and each other one, at the last point. */
    double[] mixed() {
        return free(hessian[fixed]);
    }

    double[] whole(double[] free, double[] out) {
        for (int i = 0; i < out.length; i++) {
            out[i] = i == fixed ? value : free[i < fixed ? i : i - 1];
        }
        return out;
    }

    double[] free(double[] all) {
        double[] out = new double[all.length - 1];
        for (int i = 0; i < out.length; i++) {
            out[i] = all[i < fixed ? i : i + 1];
        }
        return out;
    }
}
