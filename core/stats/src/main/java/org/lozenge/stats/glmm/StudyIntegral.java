package org.lozenge.stats.glmm;

import java.util.Arrays;

/**
 * The marginal log-likelihood of one study and its derivatives by adaptive Gauss–Hermite quadrature.
 *
 * <p>The integrand over the standardised random effects z is log-concave, so Newton's method finds its mode; points are
 * placed around it and scaled by its curvature. With the posterior weights of the points the derivatives follow without
 * differences, since all parameters are linear given z:
 *
 * <pre>{@code
 * ∂ℓ = E[∂ log f],   ∂²ℓ = E[∂² log f + ∂ log f ∂ log f′] − ∂ℓ ∂ℓ′
 * }</pre>
 *
 * <p>A workspace for one thread; parameters are {@link #EFFECT}, {@link #BASELINE} and the standard deviations of the random effects.
 *
 * @see <a href="https://doi.org/10.1093/biomet/81.3.624">Liu and Pierce (1994), Biometrika 81, 624–629</a>
 */
final class StudyIntegral {

    /** θ, the study's effect without its random part. */
    static final int EFFECT = 0;

    /** α, the study's baseline without its random part. */
    static final int BASELINE = 1;

    /** τ, the standard deviation of effects. */
    static final int TAU = 2;

    /** σ, the standard deviation of baselines. */
    static final int SIGMA = 3;

    /** Number of parameters of a study. */
    static final int SIZE = 4;

    private static final int MAX_STEPS = 200;
    private static final double LOG_TWO_PI = StrictMath.log(2 * Math.PI);

    /** The parameters whose derivatives are wanted. */
    private final int[] active;

    private final boolean baseline;
    private final boolean effects;

    final double[] gradient = new double[SIZE];
    final double[][] hessian = new double[SIZE][SIZE];

    /** Posterior mean and variance of the study's own effect. */
    double mean;

    double variance;

    private final double[] cumulants = new double[3];
    private final double[] fixed = new double[2];
    private final double[][] load = new double[2][2];
    private final double[] mode = new double[2];
    private final double[] slope = new double[2];
    private final double[][] curve = new double[2][2];
    private double[] logs = new double[0];
    private double[] residual = new double[0];
    private double[] spread = new double[0];
    private double[] at = new double[0];
    private final double[] direction = new double[SIZE];

    /**
     * A workspace.
     *
     * @param active the parameters whose derivatives are wanted
     * @param baseline whether baselines are random
     * @param effects whether effects are random
     */
    StudyIntegral(int[] active, boolean baseline, boolean effects) {
        this.active = active;
        this.baseline = baseline;
        this.effects = effects;
    }

    /**
     * Says where to look for the mode of the next study.
     *
     * @param modes receives the mode afterwards: two coordinates a study
     * @param study 0-based
     */
    void startFrom(double[] modes, int study) {
        known = modes;
        place = 2 * study;
    }

    /**
     * Evaluates the log-likelihood with its derivatives.
     *
     * @param study the study
     * @param parameters as many as {@link #SIZE}
     * @param rule the quadrature rule for each dimension
     * @return the log-likelihood; minus infinity where it underflows
     */
    double evaluate(StudyTerms study, double[] parameters, GaussHermite rule) {
        int terms = study.size();
        for (int j = 0; j < terms; j++) {
            double x = study.x()[j];
            fixed[j] = study.offset()[j] + parameters[BASELINE] + x * parameters[EFFECT];
            load[j][0] = baseline ? parameters[SIGMA] : x * parameters[TAU];
            load[j][1] = x * parameters[TAU];
        }
        int dimensions = (baseline ? 1 : 0) + (effects ? 1 : 0);
        double log = switch (dimensions) {
            case 0 -> point(study);
            case 1 -> line(study, rule);
            default -> plane(study, rule);
        };
        if (!(log > Double.NEGATIVE_INFINITY)) {
            return Double.NEGATIVE_INFINITY;
        }
        derivatives(study, parameters);
        return log + study.constant();
    }

    // ---- nodes

    private double point(StudyTerms study) {
        reserve(1, study.size());
        at[0] = 0;
        at[1] = 0;
        double log = integrand(study, 0, 0, 0);
        logs[0] = 1;
        count = 1;
        return log;
    }

    private int count;
    private double[] known = new double[2];
    private int place;

    private double line(StudyTerms study, GaussHermite rule) {
        findMode(study, 1);
        double scale = Math.sqrt(2 / -curve[0][0]);
        int n = rule.size();
        reserve(n, study.size());
        for (int i = 0; i < n; i++) {
            double z = mode[0] + scale * rule.point(i);
            at[2 * i] = z;
            at[2 * i + 1] = z;
            logs[i] = integrand(study, i, z, 0) - z * z / 2;
        }
        double top = top(n);
        double sum = 0;
        for (int i = 0; i < n; i++) {
            logs[i] = rule.weight(i) * StrictMath.exp(logs[i] - top);
            sum += logs[i];
        }
        normalise(n, sum);
        return top + StrictMath.log(sum * scale) - LOG_TWO_PI / 2;
    }

    private double plane(StudyTerms study, GaussHermite rule) {
        findMode(study, 2);
        // The factor of the inverse of the curvature.
        double root = Math.sqrt(-curve[1][1]);
        double cross = -curve[0][1] / root;
        double first = Math.sqrt(Math.max(-curve[0][0] - cross * cross, Double.MIN_NORMAL));
        int n = rule.size();
        reserve(n * n, study.size());
        int i = 0;
        for (int a = 0; a < n; a++) {
            double u = Math.sqrt(2) * rule.point(a) / first;
            for (int b = 0; b < n; b++) {
                double z0 = mode[0] + u;
                double z1 = mode[1] + (Math.sqrt(2) * rule.point(b) - cross * u) / root;
                at[2 * i] = z0;
                at[2 * i + 1] = z1;
                logs[i] = integrand(study, i, z0, z1) - (z0 * z0 + z1 * z1) / 2;
                i++;
            }
        }
        double top = top(n * n);
        double sum = 0;
        i = 0;
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < n; b++) {
                logs[i] = rule.weight(a) * rule.weight(b) * StrictMath.exp(logs[i] - top);
                sum += logs[i];
                i++;
            }
        }
        normalise(n * n, sum);
        return top + StrictMath.log(2 * sum / (first * root)) - LOG_TWO_PI;
    }

    private double top(int n) {
        double top = logs[0];
        for (int i = 1; i < n; i++) {
            top = Math.max(top, logs[i]);
        }
        return top;
    }

    private void normalise(int n, double sum) {
        count = n;
        for (int i = 0; i < n; i++) {
            logs[i] /= sum;
        }
    }

    private void reserve(int nodes, int terms) {
        if (logs.length < nodes) {
            logs = new double[nodes];
            at = new double[2 * nodes];
        }
        if (residual.length < nodes * terms) {
            residual = new double[nodes * terms];
            spread = new double[nodes * terms];
        }
    }

    /** The logarithm of the integrand without the density of z; keeps what the derivatives need. */
    private double integrand(StudyTerms study, int node, double z0, double z1) {
        int terms = study.size();
        double log = 0;
        for (int j = 0; j < terms; j++) {
            double eta = fixed[j] + load[j][0] * z0 + load[j][1] * z1;
            study.kappa()[j].at(eta, cumulants);
            log += study.y()[j] * eta - cumulants[0];
            residual[node * terms + j] = study.y()[j] - cumulants[1];
            spread[node * terms + j] = cumulants[2];
        }
        return log;
    }

    // ---- the mode

    /** Newton's method with halved steps; the objective is strictly concave. */
    private void findMode(StudyTerms study, int dimensions) {
        if (dimensions == 1) {
            for (int j = 0; j < study.size(); j++) {
                load[j][1] = 0;
            }
        }
        mode[0] = known[place];
        mode[1] = dimensions == 1 ? 0 : known[place + 1];
        climb(study, dimensions);
        known[place] = mode[0];
        known[place + 1] = mode[1];
    }

    private void climb(StudyTerms study, int dimensions) {
        double value = height(study, mode[0], mode[1]);
        for (int step = 0; step < MAX_STEPS; step++) {
            double d0;
            double d1 = 0;
            if (dimensions == 1) {
                d0 = -slope[0] / curve[0][0];
            } else {
                double det = curve[0][0] * curve[1][1] - curve[0][1] * curve[0][1];
                d0 = -(curve[1][1] * slope[0] - curve[0][1] * slope[1]) / det;
                d1 = -(curve[0][0] * slope[1] - curve[0][1] * slope[0]) / det;
            }
            double promised = slope[0] * d0 + slope[1] * d1;
            if (!(promised > 1e-8)) {
                return;
            }
            double share = 1;
            double next = height(study, mode[0] + d0, mode[1] + d1);
            while (!(next > value) && share > 1e-12) {
                share /= 2;
                next = height(study, mode[0] + share * d0, mode[1] + share * d1);
            }
            if (!(next > value)) {
                // Rounding: the point before was the mode.
                height(study, mode[0], mode[1]);
                return;
            }
            mode[0] += share * d0;
            mode[1] += share * d1;
            value = next;
        }
    }

    private double height(StudyTerms study, double z0, double z1) {
        double log = -(z0 * z0 + z1 * z1) / 2;
        slope[0] = -z0;
        slope[1] = -z1;
        curve[0][0] = -1;
        curve[0][1] = 0;
        curve[1][1] = -1;
        for (int j = 0; j < study.size(); j++) {
            double l0 = load[j][0];
            double l1 = load[j][1];
            double eta = fixed[j] + l0 * z0 + l1 * z1;
            study.kappa()[j].at(eta, cumulants);
            log += study.y()[j] * eta - cumulants[0];
            double r = study.y()[j] - cumulants[1];
            slope[0] += l0 * r;
            slope[1] += l1 * r;
            curve[0][0] -= l0 * l0 * cumulants[2];
            curve[0][1] -= l0 * l1 * cumulants[2];
            curve[1][1] -= l1 * l1 * cumulants[2];
        }
        return log;
    }

    // ---- derivatives

    private void derivatives(StudyTerms study, double[] parameters) {
        Arrays.fill(gradient, 0);
        for (double[] row : hessian) {
            Arrays.fill(row, 0);
        }
        int terms = study.size();
        double first = 0;
        double second = 0;
        for (int i = 0; i < count; i++) {
            double w = logs[i];
            double z0 = at[2 * i];
            double z1 = at[2 * i + 1];
            double own = effects ? parameters[TAU] * z1 : 0;
            first += w * own;
            second += w * own * own;
            node(study, i, w, z0, z1, terms);
        }
        mean = parameters[EFFECT] + first;
        variance = Math.max(0, second - first * first);
        for (int a : active) {
            for (int b : active) {
                if (b <= a) {
                    hessian[a][b] -= gradient[a] * gradient[b];
                    hessian[b][a] = hessian[a][b];
                }
            }
        }
    }

    private void node(StudyTerms study, int i, double w, double z0, double z1, int terms) {
        Arrays.fill(direction, 0);
        for (int j = 0; j < terms; j++) {
            double x = study.x()[j];
            double r = residual[i * terms + j];
            double v = w * spread[i * terms + j];
            for (int a : active) {
                double da = share(a, x, z0, z1);
                direction[a] += da * r;
                for (int b : active) {
                    if (b <= a) {
                        hessian[a][b] -= v * da * share(b, x, z0, z1);
                    }
                }
            }
        }
        for (int a : active) {
            gradient[a] += w * direction[a];
            for (int b : active) {
                if (b <= a) {
                    hessian[a][b] += w * direction[a] * direction[b];
                }
            }
        }
    }

    /** The derivative of η by a parameter. */
    private static double share(int parameter, double x, double z0, double z1) {
        return switch (parameter) {
            case EFFECT -> x;
            case BASELINE -> 1;
            case TAU -> x * z1;
            default -> z0;
        };
    }
}
