package org.lozenge.stats.numeric;

import org.apache.commons.numbers.gamma.LogBeta;

/**
 * Gauss's hypergeometric function F(a, b; c; z) for arguments from 0 to 1, as corrections of correlations need it.
 *
 * <p>Up to z = 0.7 the series is summed. Above, Euler's integral is computed by the tanh–sinh rule, whose nodes crowd at the
 * ends, where the integrand is steep.
 */
public final class GaussHypergeometric {

    private static final double SERIES_UP_TO = 0.7;
    private static final int MAX_TERMS = 10_000;
    private static final double LAST_NODE = 5.2;
    private static final int STEPS = 520;

    private GaussHypergeometric() {}

    /**
     * Returns F(a, b; c; 1 − complement).
     *
     * @param a first parameter, above 0
     * @param b second parameter, above 0
     * @param c third parameter, above a + b, so that the function is finite at z = 1
     * @param complement 1 − z, from 0 to 1; given instead of z, because z is close to 1 for small correlations
     * @return the value, to about a relative 1e-13
     * @throws IllegalArgumentException if a parameter is outside its range
     */
    public static double value(double a, double b, double c, double complement) {
        if (!(a > 0 && b > 0 && c > a + b) || !(complement >= 0 && complement <= 1)) {
            throw new IllegalArgumentException("F(" + a + ", " + b + "; " + c + "; 1 - " + complement
                    + ") needs 0 < a, 0 < b, a + b < c and an argument from 0 to 1");
        }
        double z = 1 - complement;
        return z <= SERIES_UP_TO ? series(a, b, c, z) : integral(a, b, c, complement);
    }

    private static double series(double a, double b, double c, double z) {
        double sum = 1;
        double term = 1;
        for (int i = 0; i < MAX_TERMS; i++) {
            term *= (a + i) * (b + i) / ((c + i) * (1 + i)) * z;
            sum += term;
            if (term <= 1e-17 * sum) {
                return sum;
            }
        }
        return sum;
    }

    /** ∫ t^(b−1) (1−t)^(c−b−1) (1−zt)^(−a) dt / B(b, c−b), with 1 − zt = (1−t) + (1−z)t. */
    private static double integral(double a, double b, double c, double complement) {
        double sum = 0;
        double step = LAST_NODE / STEPS;
        for (int i = -STEPS; i <= STEPS; i++) {
            double u = i * step;
            double s = Math.PI / 2 * StrictMath.sinh(u);
            // Logarithms of t and 1 − t, and the slope of t, stay exact where t itself rounds to 0 or 1.
            double logT = -softplus(-2 * s);
            double logRest = -softplus(2 * s);
            double slope = Math.PI * StrictMath.cosh(u);
            double t = StrictMath.exp(logT);
            double rest = StrictMath.exp(logRest);
            double bracket = rest + complement * t;
            if (bracket == 0) {
                continue;
            }
            sum += slope * StrictMath.exp(b * logT + (c - b) * logRest - a * StrictMath.log(bracket));
        }
        return sum * step / StrictMath.exp(LogBeta.value(b, c - b));
    }

    /** log(1 + exp x) without overflow. */
    private static double softplus(double x) {
        return x > 0 ? x + StrictMath.log1p(StrictMath.exp(-x)) : StrictMath.log1p(StrictMath.exp(x));
    }
}
