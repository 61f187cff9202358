package org.lozenge.stats.bias;

import java.util.Arrays;
import org.lozenge.stats.numeric.BoundedNewton;

/**
 * The log-likelihood of the Copas model at one point (γ₀, γ₁), as a function of μ, τ², ρ and, where a trend is fitted, β;
 * in this order.
 *
 * <p>With {@code t = σ² + τ²}, {@code c = ρσ} and {@code m = y − μ − βs}, a study contributes {@code −½ log 2πt − m²/2t −
 * log Φ(u) + log Φ(v)}, where {@code v = (ut + cm)/√(t(t − c²))}. Derivatives are taken by m, t and c and then by the
 * chain rule.
 */
final class CopasLikelihood {

    private static final double HALF_LOG_TWO_PI = 0.5 * StrictMath.log(2 * Math.PI);

    private final double[] y;
    private final double[] s;
    private final double[] u;
    private final double[] shrink;
    private final double selected;
    private final int n;

    /** Effects and standard errors in one unit, and γ₀ + γ₁/s per study. */
    CopasLikelihood(double[] y, double[] s, double[] u, boolean trend) {
        this.y = y;
        this.s = s;
        this.u = u;
        this.n = trend ? 4 : 3;
        this.shrink = new double[u.length];
        double logs = 0;
        for (int i = 0; i < u.length; i++) {
            double mills = Tail.inverseMills(u[i]);
            shrink[i] = mills * (u[i] + mills);
            logs += Tail.log(-u[i]);
        }
        this.selected = logs;
    }

    /** The number of parameters. */
    int size() {
        return n;
    }

    /** The objective in μ, τ² and β for one ρ. */
    BoundedNewton.Objective given(double rho) {
        int[] kept = n == 4 ? new int[] {0, 1, 3} : new int[] {0, 1};
        return (x, gradient, hessian) -> {
            double[] all = new double[n];
            for (int a = 0; a < kept.length; a++) {
                all[kept[a]] = x[a];
            }
            all[2] = rho;
            double[] g = new double[n];
            double[][] h = new double[n][n];
            double value = at(all, g, h);
            for (int a = 0; a < kept.length; a++) {
                gradient[a] = g[kept[a]];
                for (int b = 0; b < kept.length; b++) {
                    hessian[a][b] = h[kept[a]][kept[b]];
                }
            }
            return value;
        };
    }

    /** What selection adds to the effect of each study on average, {@code ρσλ(u)}. */
    double[] expectedBias(double rho) {
        double[] bias = new double[s.length];
        for (int i = 0; i < bias.length; i++) {
            bias[i] = rho * s[i] / Math.sqrt(1 - rho * rho * shrink[i]) * Tail.inverseMills(u[i]);
        }
        return bias;
    }

    /** The objective in all parameters, with the angle θ of {@code ρ = bound · sin θ} in the place of ρ. */
    BoundedNewton.Objective inAngle(double bound) {
        return (x, gradient, hessian) -> {
            double[] at = x.clone();
            at[2] = bound * StrictMath.sin(x[2]);
            double value = at(at, gradient, hessian);
            double slope = bound * StrictMath.cos(x[2]);
            double bend = gradient[2] * -at[2];
            for (int a = 0; a < n; a++) {
                hessian[a][2] *= slope;
                hessian[2][a] *= slope;
            }
            hessian[2][2] += bend;
            gradient[2] *= slope;
            return value;
        };
    }

    /** Evaluates at μ, τ², ρ and β. */
    double at(double[] x, double[] gradient, double[][] hessian) {
        Arrays.fill(gradient, 0);
        for (double[] row : hessian) {
            Arrays.fill(row, 0);
        }
        double sum = -selected - HALF_LOG_TWO_PI * y.length;
        Study study = new Study();
        for (int i = 0; i < y.length; i++) {
            sum += study.evaluate(i, x, n);
            study.add(i, gradient, hessian, n);
        }
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < a; b++) {
                hessian[a][b] = hessian[b][a];
            }
        }
        return sum;
    }

    /** The contribution of a study with its derivatives by m, t and c. */
    private final class Study {
        private final double[] first = new double[3];

        /** By mm, mt, mc, tt, tc, cc. */
        private final double[] second = new double[6];

        private double tByRho;
        private double cByRho;
        private double tByRho2;
        private double cByRho2;

        double evaluate(int i, double[] x, int n) {
            double rho = x[2];
            double k = shrink[i];
            double rest = 1 - k * rho * rho;
            double variance = s[i] * s[i] / rest;
            double sigma = Math.sqrt(variance);
            tByRho = variance * 2 * k * rho / rest;
            tByRho2 = variance * 2 * k * (1 + 3 * k * rho * rho) / (rest * rest);
            double sigmaByRho = tByRho / (2 * sigma);
            cByRho = sigma + rho * sigmaByRho;
            cByRho2 = 2 * sigmaByRho + rho * (tByRho2 / 2 - sigmaByRho * sigmaByRho) / sigma;
            double t = variance + x[1];
            double c = rho * sigma;
            double m = y[i] - x[0] - (n == 4 ? x[3] * s[i] : 0);
            first[0] = -m / t;
            first[1] = (m * m / t - 1) / (2 * t);
            first[2] = 0;
            second[0] = -1 / t;
            second[1] = m / (t * t);
            second[2] = 0;
            second[3] = (0.5 - m * m / t) / (t * t);
            second[4] = 0;
            second[5] = 0;
            return -0.5 * StrictMath.log(t) - m * m / (2 * t) + selection(u[i], m, t, c);
        }

        /** log Φ(v), its derivatives added. */
        private double selection(double at, double m, double t, double c) {
            // t − c² = (1 − ρ²)σ² + τ², which ρ away from ±1 keeps from cancelling.
            double rest = t - c * c;
            double d = t * rest;
            double root = 1 / Math.sqrt(d);
            double top = at * t + c * m;
            double v = top * root;
            double log = Tail.log(-v);
            double mills = StrictMath.exp(-v * v / 2 - HALF_LOG_TWO_PI - log);
            double curve = -mills * (v + mills);
            // v = top · d^(−1/2): first its derivatives by m, t and c, with those of d by t and c.
            double dByT = t + rest;
            double dByC = -2 * t * c;
            double half = 0.5 * top / d;
            double byM = root * c;
            double byT = root * (at - half * dByT);
            double byC = root * (m - half * dByC);
            first[0] += mills * byM;
            first[1] += mills * byT;
            first[2] += mills * byC;
            double three = 1.5 * half / d;
            double mt = -0.5 * c * dByT / d;
            double mc = 1 - 0.5 * c * dByC / d;
            double tt = -at * dByT / d - 2 * half + three * dByT * dByT;
            double tc = -0.5 * (at * dByC + m * dByT) / d + 2 * half * c + three * dByT * dByC;
            double cc = -m * dByC / d + 2 * half * t + three * dByC * dByC;
            second[0] += curve * byM * byM;
            second[1] += mills * root * mt + curve * byM * byT;
            second[2] += mills * root * mc + curve * byM * byC;
            second[3] += mills * root * tt + curve * byT * byT;
            second[4] += mills * root * tc + curve * byT * byC;
            second[5] += mills * root * cc + curve * byC * byC;
            return log;
        }

        /** The chain rule to μ, τ², ρ and β. */
        void add(int i, double[] gradient, double[][] hessian, int n) {
            double rhoByM = tByRho * second[1] + cByRho * second[2];
            double rhoByT = tByRho * second[3] + cByRho * second[4];
            double rhoByC = tByRho * second[4] + cByRho * second[5];
            gradient[0] -= first[0];
            gradient[1] += first[1];
            gradient[2] += tByRho * first[1] + cByRho * first[2];
            hessian[0][0] += second[0];
            hessian[0][1] -= second[1];
            hessian[0][2] -= rhoByM;
            hessian[1][1] += second[3];
            hessian[1][2] += rhoByT;
            hessian[2][2] += tByRho * rhoByT + cByRho * rhoByC + first[1] * tByRho2 + first[2] * cByRho2;
            if (n == 4) {
                gradient[3] -= s[i] * first[0];
                hessian[0][3] += s[i] * second[0];
                hessian[1][3] -= s[i] * second[1];
                hessian[2][3] -= s[i] * rhoByM;
                hessian[3][3] += s[i] * s[i] * second[0];
            }
        }
    }
}
