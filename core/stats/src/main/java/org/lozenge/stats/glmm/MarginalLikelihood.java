package org.lozenge.stats.glmm;

import java.util.Arrays;

/**
 * The log-likelihood of all studies as a function of the global parameters: coefficients, baseline, standard deviations.
 *
 * <p>A parameter that each study has for itself (its baseline, or its effect in the saturated model) is maximised within the
 * study; gradient and second derivatives are then those of the profile, by the Schur complement, so that work stays linear in
 * the number of studies. Studies remember their last value, which the next evaluation starts from.
 */
final class MarginalLikelihood implements Surface {

    /** A study's own parameter that runs beyond this has no finite maximum; nothing changes there any more. */
    private static final double FAR = 40;

    /** Steps below this need not raise the value, which is rough where quadrature is. */
    private static final double SAFE = 0.3;

    private static final double AWAY = 0.1;
    private static final int NONE = -1;
    private static final int MAX_STEPS = 100;

    /** So many studies take milliseconds. */
    private static final int STRIDE = 16;

    private final GlmmData data;
    private final int own;
    private final int coefficients;
    private final boolean baseline;

    /** How much of the mean effect is added to random baselines, so that all of it is in the first arm. */
    private final double moved;

    private final int[] spreads;
    private final StudyIntegral integral;
    private final double[] owns;
    private final double[] modes;
    private final double[] parameters = new double[StudyIntegral.SIZE];
    private final int[] global;
    private final double[][] reduced = new double[StudyIntegral.SIZE][StudyIntegral.SIZE];
    private GaussHermite rule;
    private Runnable check = () -> {};
    private double settled = 1e-7;

    private MarginalLikelihood(GlmmData data, int own, boolean randomBaselines, boolean randomEffects) {
        this.data = data;
        this.own = own;
        this.coefficients = own == StudyIntegral.EFFECT ? 0 : data.coefficients();
        this.baseline = data.hasRandomBaselines();
        this.moved = baseline && own == NONE && data.k() > 0 ? 1 - data.study(0).x()[0] : 0;
        this.rule = new GaussHermite(1);
        int[] found = new int[2];
        int count = 0;
        if (randomEffects) {
            found[count++] = StudyIntegral.TAU;
        }
        if (randomBaselines) {
            found[count++] = StudyIntegral.SIGMA;
        }
        this.spreads = Arrays.copyOf(found, count);
        this.integral = new StudyIntegral(randomBaselines, randomEffects);
        this.owns = new double[data.k()];
        this.modes = new double[2 * data.k()];
        this.global = new int[StudyIntegral.SIZE];
        Arrays.fill(global, NONE);
        int next = coefficients;
        if (baseline) {
            global[StudyIntegral.BASELINE] = next++;
        }
        for (int spread : spreads) {
            global[spread] = next++;
        }
        for (int i = 0; i < owns.length; i++) {
            owns[i] = own == StudyIntegral.EFFECT ? data.start(i) : data.baselineStart(i);
        }
    }

    /** The likelihood with a common effect. */
    static MarginalLikelihood common(GlmmData data) {
        return new MarginalLikelihood(data, ownBaseline(data), data.hasRandomBaselines(), false);
    }

    /** The likelihood with random effects. */
    static MarginalLikelihood random(GlmmData data) {
        return new MarginalLikelihood(data, ownBaseline(data), data.hasRandomBaselines(), true);
    }

    /** The likelihood with an effect of its own for each study, for random baselines. */
    static MarginalLikelihood saturated(GlmmData data) {
        return new MarginalLikelihood(data, StudyIntegral.EFFECT, true, false);
    }

    private static int ownBaseline(GlmmData data) {
        return data.hasOwnBaselines() ? StudyIntegral.BASELINE : NONE;
    }

    // ---- layout

    /** Number of global parameters. */
    int size() {
        return coefficients + (baseline ? 1 : 0) + spreads.length;
    }

    /** Position of a parameter of {@link StudyIntegral}, or −1; coefficients come first. */
    int position(int parameter) {
        return global[parameter];
    }

    @Override
    public boolean isSpread(int parameter) {
        return parameter >= size() - spreads.length;
    }

    /** Moves standard deviations away from 0, from where a search would not leave it. */
    double[] away(double[] x) {
        double[] out = x.clone();
        for (int spread : spreads) {
            out[global[spread]] = Math.max(Math.abs(out[global[spread]]), AWAY);
        }
        return out;
    }

    /** The number of quadrature points of all studies together. */
    long work(int points) {
        return data.k() * (spreads.length == 2 ? (long) points * points : points);
    }

    /** Chooses what is called every few studies; it may throw to stop. */
    MarginalLikelihood checking(Runnable each) {
        this.check = each;
        return this;
    }

    /** Chooses the quadrature rule of further evaluations. */
    MarginalLikelihood with(GaussHermite points) {
        this.rule = points;
        this.settled = 1e-7;
        integral.roughly(false);
        return this;
    }

    /** Chooses the quadrature rule of a search whose answers need not be exact. */
    MarginalLikelihood roughly(GaussHermite points) {
        this.rule = points;
        this.settled = 1e-2;
        integral.roughly(true);
        return this;
    }

    /** A start: the regression of the effects, the mean baseline, and given standard deviations. */
    double[] start(double tau, double sigma) {
        double[] x = new double[size()];
        double base = 0;
        for (int i = 0; i < data.k(); i++) {
            // Least squares: the columns are orthogonal, with k as the sum of their squares.
            for (int c = 0; c < coefficients; c++) {
                x[c] += data.row(i)[c] * data.start(i) / data.k();
            }
            base += data.baselineStart(i) / data.k();
        }
        if (baseline) {
            x[global[StudyIntegral.BASELINE]] = base;
        }
        if (global[StudyIntegral.TAU] != NONE) {
            x[global[StudyIntegral.TAU]] = tau;
        }
        if (global[StudyIntegral.SIGMA] != NONE) {
            x[global[StudyIntegral.SIGMA]] = sigma;
        }
        return x;
    }

    // ---- evaluation

    @Override
    public double at(double[] x, double[] gradient, double[][] hessian) {
        Arrays.fill(gradient, 0);
        for (double[] row : hessian) {
            Arrays.fill(row, 0);
        }
        double sum = 0;
        for (int i = 0; i < data.k(); i++) {
            sum += study(i, x);
            if (!(sum > Double.NEGATIVE_INFINITY)) {
                return Double.NEGATIVE_INFINITY;
            }
            move();
            add(data.row(i), gradient, hessian);
        }
        return sum;
    }

    /** Evaluates one study; its derivatives are left in the integral and in {@link #reduced}. */
    private double study(int i, double[] x) {
        if (i % STRIDE == 0) {
            check.run();
        }
        load(i, x);
        double value = own == NONE ? evaluate(i) : maximise(i);
        reduce();
        return value;
    }

    private void load(int i, double[] x) {
        double effect = 0;
        double[] row = data.row(i);
        for (int c = 0; c < coefficients; c++) {
            effect += row[c] * x[c];
        }
        parameters[StudyIntegral.EFFECT] = effect;
        for (int p = 1; p < StudyIntegral.SIZE; p++) {
            parameters[p] = global[p] == NONE ? 0 : x[global[p]];
        }
        parameters[StudyIntegral.BASELINE] += moved * effect;
    }

    private double evaluate(int i) {
        integral.startFrom(modes, i);
        return integral.evaluate(data.study(i), parameters, rule);
    }

    /** Newton's method in the study's own parameter, in which its likelihood is log-concave. */
    private double maximise(int i) {
        parameters[own] = owns[i];
        double value = evaluate(i);
        for (int step = 0; step < MAX_STEPS; step++) {
            double g = integral.gradient[own];
            double h = integral.hessian[own][own];
            double move = Math.max(-3, Math.min(3, h < 0 ? -g / h : Math.signum(g)));
            double from = parameters[own];
            if (Math.abs(from + move) > FAR || Math.abs(move) <= 1e-13 * (1 + Math.abs(from))) {
                break;
            }
            double next = Double.NEGATIVE_INFINITY;
            for (double share = 1; share > 1e-9 && !(next >= value); share /= 2) {
                parameters[own] = from + share * move;
                next = evaluate(i);
                if (Math.abs(move) < SAFE && next > Double.NEGATIVE_INFINITY) {
                    break;
                }
            }
            value = next;
            // Convergence is quadratic: the error after a step is of the order of its square.
            if (Math.abs(move) < settled) {
                break;
            }
        }
        owns[i] = parameters[own];
        return value;
    }

    private void reduce() {
        for (int a = 0; a < StudyIntegral.SIZE; a++) {
            System.arraycopy(integral.hessian[a], 0, reduced[a], 0, StudyIntegral.SIZE);
        }
        if (own == NONE) {
            return;
        }
        double pivot = integral.hessian[own][own];
        if (pivot > -1e-10) {
            // The study's own parameter has run away: it no longer moves with the others.
            return;
        }
        for (int a = 0; a < StudyIntegral.SIZE; a++) {
            for (int b = 0; b < StudyIntegral.SIZE; b++) {
                reduced[a][b] -= integral.hessian[a][own] * integral.hessian[own][b] / pivot;
            }
        }
    }

    /** Derivatives by the effect where the baseline moves with it. */
    private void move() {
        if (moved == 0) {
            return;
        }
        integral.gradient[StudyIntegral.EFFECT] += moved * integral.gradient[StudyIntegral.BASELINE];
        for (int p = 0; p < StudyIntegral.SIZE; p++) {
            reduced[StudyIntegral.EFFECT][p] += moved * reduced[StudyIntegral.BASELINE][p];
        }
        for (int p = 0; p < StudyIntegral.SIZE; p++) {
            reduced[p][StudyIntegral.EFFECT] += moved * reduced[p][StudyIntegral.BASELINE];
        }
    }

    private void add(double[] row, double[] gradient, double[][] hessian) {
        for (int c = 0; c < coefficients; c++) {
            gradient[c] += row[c] * integral.gradient[StudyIntegral.EFFECT];
            for (int d = 0; d < coefficients; d++) {
                hessian[c][d] += row[c] * row[d] * reduced[StudyIntegral.EFFECT][StudyIntegral.EFFECT];
            }
            for (int p = 1; p < StudyIntegral.SIZE; p++) {
                if (global[p] != NONE) {
                    double mixed = row[c] * reduced[StudyIntegral.EFFECT][p];
                    hessian[c][global[p]] += mixed;
                    hessian[global[p]][c] += mixed;
                }
            }
        }
        for (int p = 1; p < StudyIntegral.SIZE; p++) {
            if (global[p] == NONE) {
                continue;
            }
            gradient[global[p]] += integral.gradient[p];
            for (int q = 1; q < StudyIntegral.SIZE; q++) {
                if (global[q] != NONE) {
                    hessian[global[p]][global[q]] += reduced[p][q];
                }
            }
        }
    }

    // ---- by study

    /** The posterior mean and variance of each study's own effect, the other parameters taken as known. */
    double[][] posterior(double[] x) {
        double[][] out = new double[2][data.k()];
        for (int i = 0; i < data.k(); i++) {
            study(i, x);
            out[0][i] = integral.mean;
            out[1][i] = integral.variance;
        }
        return out;
    }

    /** Minus the second derivative of each study's log-likelihood by its effect. */
    double[] information(double[] x) {
        double[] out = new double[data.k()];
        for (int i = 0; i < out.length; i++) {
            study(i, x);
            out[i] = -reduced[StudyIntegral.EFFECT][StudyIntegral.EFFECT];
        }
        return out;
    }

    /**
     * The information about the studies' own effects in the saturated model, for a test of their differences.
     *
     * @param x the maximum
     * @return the quadratic form of that information, after elimination of the global parameters
     */
    OwnInformation ownEffects(double[] x) {
        int n = size();
        double[] effect = new double[data.k()];
        double[] information = new double[data.k()];
        double[][] mixed = new double[data.k()][n];
        double[][] shared = new double[n][n];
        for (int i = 0; i < data.k(); i++) {
            study(i, x);
            effect[i] = owns[i];
            information[i] = -integral.hessian[StudyIntegral.EFFECT][StudyIntegral.EFFECT];
            for (int p = 1; p < StudyIntegral.SIZE; p++) {
                if (global[p] == NONE) {
                    continue;
                }
                mixed[i][global[p]] = -integral.hessian[StudyIntegral.EFFECT][p];
                for (int q = 1; q < StudyIntegral.SIZE; q++) {
                    if (global[q] != NONE) {
                        shared[global[p]][global[q]] -= integral.hessian[p][q];
                    }
                }
            }
        }
        return new OwnInformation(effect, information, mixed, shared);
    }
}
