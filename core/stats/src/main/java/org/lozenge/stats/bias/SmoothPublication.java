package org.lozenge.stats.bias;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lozenge.stats.numeric.Quadrature;

/**
 * A smooth selection function: the integral of weight times density by Gauss–Legendre panels.
 *
 * <p>Within nine standard errors of 0 the weight changes on the scale of the standard error, so panels there are fixed in
 * units of it. Beyond, its logarithm is almost quadratic, and panels follow the Gaussian that it forms with the density.
 * The core is split at 0, where a two-sided P value has a corner; there the beta and the power weight are powers of the
 * distance, which panels in its logarithm take.
 */
final class SmoothPublication implements Published {

    private static final double CORE = 9;
    private static final double REACH = 10;
    private static final double PANEL = 1.5;

    private final SelectionFunction function;
    private final boolean twoSided;
    private final double[] coreZ;
    private final double[] coreLogWeight;
    private final double[] coreLogP;
    private final double[] coreLogQ;

    SmoothPublication(SelectionFunction function, boolean twoSided) {
        this.function = function;
        this.twoSided = twoSided;
        List<double[]> nodes = new ArrayList<>();
        double near = twoSided ? addNearZero(nodes, function) : 0;
        for (double z = near; z < CORE; z = (Math.floor(z / PANEL) + 1) * PANEL) {
            addPanel(nodes, z, (Math.floor(z / PANEL) + 1) * PANEL);
        }
        this.coreZ = new double[nodes.size()];
        this.coreLogWeight = new double[nodes.size()];
        this.coreLogP = new double[nodes.size()];
        this.coreLogQ = new double[nodes.size()];
        for (int i = 0; i < coreZ.length; i++) {
            coreZ[i] = nodes.get(i)[0];
            coreLogWeight[i] = StrictMath.log(nodes.get(i)[1]);
            coreLogP[i] = logP(coreZ[i], twoSided);
            coreLogQ[i] = logQ(coreZ[i], twoSided);
        }
    }

    /** Adds panels in log z, where a power of z is smooth, and returns where they end. */
    private static double addNearZero(List<double[]> nodes, SelectionFunction function) {
        if (function == SelectionFunction.BETA) {
            addLogPanels(nodes, -320, -70, 20);
        }
        if (function == SelectionFunction.BETA || function == SelectionFunction.POWER) {
            addLogPanels(nodes, -70, 0, 4);
            return 1;
        }
        return 0;
    }

    private static void addLogPanels(List<double[]> nodes, double from, double to, double width) {
        int panels = (int) Math.ceil((to - from) / width);
        for (int i = 0; i < panels; i++) {
            double low = from + (to - from) * i / panels;
            double high = from + (to - from) * (i + 1) / panels;
            Quadrature.panelNodes(low, high, (x, w) -> {
                double z = StrictMath.exp(x);
                nodes.add(new double[] {z, w * z});
                nodes.add(new double[] {-z, w * z});
            });
        }
    }

    private static void addPanel(List<double[]> nodes, double low, double high) {
        Quadrature.panelNodes(low, high, (x, w) -> {
            nodes.add(new double[] {x, w});
            nodes.add(new double[] {-x, w});
        });
    }

    /** The log of the P value of a standardised effect. */
    static double logP(double z, boolean twoSided) {
        return twoSided ? Math.min(0, StrictMath.log(2) + Tail.log(Math.abs(z))) : Tail.log(z);
    }

    /** The log of 1 − p. */
    static double logQ(double z, boolean twoSided) {
        if (!twoSided) {
            return Tail.log(-z);
        }
        double a = Math.abs(z);
        // Near 0 the difference of the tails cancels: erf by its series.
        return a < 0.1
                ? StrictMath.log(a
                        * Math.sqrt(2 / Math.PI)
                        * (1 - a * a / 6 * (1 - a * a * 0.15 * (1 - a * a * 5 / 42 * (1 - a * a * 7 / 72)))))
                : StrictMath.log1p(-StrictMath.exp(logP(z, true)));
    }

    @Override
    public double logProbability(double se, double[] x, double[] gradient, double[][] hessian) {
        double mu = x[0];
        double variance = se * se + x[1];
        double s = Math.sqrt(variance);
        double[] parameters = Arrays.copyOfRange(x, 2, x.length);
        Sums sums = new Sums(x.length, mu, variance, parameters);
        double unit = StrictMath.log(se);
        for (int i = 0; i < coreZ.length; i++) {
            sums.add(se * coreZ[i], unit + coreLogWeight[i], coreLogP[i], coreLogQ[i]);
        }
        boolean integrable = tail(sums, se, 1, function.exponentAtZero(parameters), mu, s)
                && tail(
                        sums,
                        se,
                        -1,
                        twoSided ? function.exponentAtZero(parameters) : function.exponentAtOne(parameters),
                        mu,
                        s);
        return integrable ? sums.result(gradient, hessian) : Double.NaN;
    }

    /** Adds the panels beyond the core on one side; false if the integral diverges there. */
    private boolean tail(Sums sums, double se, int side, double exponent, double mu, double s) {
        double curvature = exponent / (se * se) + 1 / (s * s);
        if (!(curvature > 0)) {
            return false;
        }
        double mode = side * mu / (s * s) / curvature;
        double width = 1 / Math.sqrt(curvature);
        double start = Math.max(CORE * se, mode - REACH * width);
        double end = mode + REACH * width;
        if (end <= start) {
            return true;
        }
        int panels = (int) Math.ceil((end - start) / (PANEL * width));
        for (int i = 0; i < panels; i++) {
            double low = start + (end - start) * i / panels;
            double high = start + (end - start) * (i + 1) / panels;
            Quadrature.panelNodes(low, high, (value, weight) -> {
                double z = side * value / se;
                sums.add(side * value, StrictMath.log(weight), logP(z, twoSided), logQ(z, twoSided));
            });
        }
        return true;
    }

    /** Weighted sums of the integrand and its derivatives, scaled by its largest value so far. */
    private final class Sums {
        private final double mu;
        private final double variance;
        private final double[] parameters;
        private final int n;
        private final double[] out;
        private final double[] first;
        private final double[] slopes;
        private final double[][] second;
        private double largest = Double.NEGATIVE_INFINITY;
        private double total;

        Sums(int n, double mu, double variance, double[] parameters) {
            this.n = n;
            this.mu = mu;
            this.variance = variance;
            this.parameters = parameters;
            this.out = new double[1 + 2 * parameters.length];
            this.first = new double[n];
            this.slopes = new double[n];
            this.second = new double[n][n];
        }

        void add(double value, double logWeight, double logP, double logQ) {
            function.at(logP, logQ, parameters, out);
            double r = value - mu;
            double h = out[0] + logWeight - r * r / (2 * variance);
            if (h < largest - 60) {
                return;
            }
            if (h > largest) {
                rescale(h);
            }
            double g = StrictMath.exp(h - largest);
            slopes[0] = r / variance;
            slopes[1] = (r * r / variance - 1) / (2 * variance);
            for (int j = 2; j < n; j++) {
                slopes[j] = out[j - 1];
            }
            total += g;
            for (int a = 0; a < n; a++) {
                first[a] += g * slopes[a];
                for (int b = a; b < n; b++) {
                    second[a][b] += g * slopes[a] * slopes[b];
                }
            }
            second[0][0] -= g / variance;
            second[0][1] -= g * r / (variance * variance);
            second[1][1] += g * (0.5 - r * r / variance) / (variance * variance);
            for (int j = 2; j < n; j++) {
                second[j][j] += g * out[n - 3 + j];
            }
        }

        private void rescale(double h) {
            double factor = total == 0 ? 0 : StrictMath.exp(largest - h);
            total *= factor;
            for (int a = 0; a < n; a++) {
                first[a] *= factor;
                for (int b = a; b < n; b++) {
                    second[a][b] *= factor;
                }
            }
            largest = h;
        }

        double result(double[] gradient, double[][] hessian) {
            for (int a = 0; a < n; a++) {
                gradient[a] = first[a] / total;
            }
            for (int a = 0; a < n; a++) {
                for (int b = a; b < n; b++) {
                    hessian[a][b] = second[a][b] / total - gradient[a] * gradient[b];
                    hessian[b][a] = hessian[a][b];
                }
            }
            return largest + StrictMath.log(total) - 0.5 * StrictMath.log(2 * Math.PI * variance);
        }
    }
}
