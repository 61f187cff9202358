package org.lozenge.stats.glmm;

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
 * <p>In a plane the axes of the points are turned so that the second count depends on the first coordinate alone: it takes
 * n evaluations instead of n².
 *
 * <p>A workspace for one thread; parameters are {@link #EFFECT}, {@link #BASELINE} and the standard deviations of the random
 * effects. Derivatives by those that a model does not have are meaningless.
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

    private static final double LOG_TWO_PI = StrictMath.log(2 * Math.PI);
    private static final double ROOT_TWO = Math.sqrt(2);

    /** Within this, products of two exponentials neither overflow nor lose digits. */
    private static final double MODERATE = 300;

    private final boolean baseline;
    private final boolean effects;
    private final Mode mode = new Mode();

    final double[] gradient = new double[SIZE];
    final double[][] hessian = new double[SIZE][SIZE];

    /** Posterior mean and variance of the study's own effect. */
    double mean;

    double variance;

    private double[] known = new double[2];
    private int place;

    private final double[] cumulants = new double[3];
    private final double[] second = new double[3];
    private int count;
    private double[] weight = new double[0];
    private double[] z0 = new double[0];
    private double[] z1 = new double[0];
    // Slope and curvature of the integrand at each point, by the effect and by the baseline.
    private double[] byEffect = new double[0];
    private double[] byBaseline = new double[0];
    private double[] effectCurve = new double[0];
    private double[] mixedCurve = new double[0];
    private double[] baselineCurve = new double[0];

    /**
     * A workspace.
     *
     * @param baseline whether baselines are random
     * @param effects whether effects are random
     */
    StudyIntegral(boolean baseline, boolean effects) {
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
        mode.load(study, parameters, baseline, effects);
        double log = baseline && effects ? plane(study, rule) : baseline || effects ? line(study, rule) : point(study);
        if (!(log > Double.NEGATIVE_INFINITY)) {
            return Double.NEGATIVE_INFINITY;
        }
        derivatives(parameters);
        return log + study.constant();
    }

    // ---- points

    private void reserve(int points) {
        count = points;
        if (weight.length < points) {
            weight = new double[points];
            z0 = new double[points];
            z1 = new double[points];
            byEffect = new double[points];
            byBaseline = new double[points];
            effectCurve = new double[points];
            mixedCurve = new double[points];
            baselineCurve = new double[points];
        }
    }

    private double point(StudyTerms study) {
        reserve(1);
        z0[0] = 0;
        z1[0] = 0;
        double log = integrand(study, 0, 0);
        weight[0] = 1;
        return log;
    }

    private double line(StudyTerms study, GaussHermite rule) {
        mode.find(study, known, place, 1);
        double scale = Math.sqrt(2 / -mode.curve00);
        reserve(rule.size());
        for (int i = 0; i < count; i++) {
            double z = mode.z0 + scale * rule.point(i);
            z0[i] = z;
            z1[i] = z;
            weight[i] = integrand(study, i, z) - z * z / 2;
        }
        double top = top();
        double sum = 0;
        for (int i = 0; i < count; i++) {
            weight[i] = rule.weight(i) * StrictMath.exp(weight[i] - top);
            sum += weight[i];
        }
        normalise(sum);
        return top + StrictMath.log(sum * scale) - LOG_TWO_PI / 2;
    }

    /** The logarithm of the integrand at a point of a line; keeps what the derivatives need. */
    private double integrand(StudyTerms study, int i, double z) {
        double log = 0;
        clear(i);
        for (int j = 0; j < study.size(); j++) {
            double eta = mode.fixed[j] + mode.load0[j] * z;
            study.kappa()[j].at(eta, cumulants);
            log += study.y()[j] * eta - cumulants[0];
            add(i, study.x()[j], study.y()[j] - cumulants[1], cumulants[2]);
        }
        return log;
    }

    private void clear(int i) {
        byEffect[i] = 0;
        byBaseline[i] = 0;
        effectCurve[i] = 0;
        mixedCurve[i] = 0;
        baselineCurve[i] = 0;
    }

    private void add(int i, double x, double residual, double spread) {
        byEffect[i] += x * residual;
        byBaseline[i] += residual;
        effectCurve[i] += x * x * spread;
        mixedCurve[i] += x * spread;
        baselineCurve[i] += spread;
    }

    /** Both random effects: axes are conjugate with respect to the curvature, the second does not move the second count. */
    private double plane(StudyTerms study, GaussHermite rule) {
        mode.find(study, known, place, 2);
        double k00 = -mode.curve00;
        double k01 = -mode.curve01;
        double k11 = -mode.curve11;
        double det = k00 * k11 - k01 * k01;
        double l0 = mode.load0[1];
        double l1 = mode.load1[1];
        if (l0 == 0 && l1 == 0) {
            l0 = 1;
        }
        double first = ROOT_TWO / Math.sqrt((k11 * l0 * l0 - 2 * k01 * l0 * l1 + k00 * l1 * l1) * det);
        double a0 = (k11 * l0 - k01 * l1) * first;
        double a1 = (k00 * l1 - k01 * l0) * first;
        double across = ROOT_TWO / Math.sqrt(k00 * l1 * l1 - 2 * k01 * l0 * l1 + k11 * l0 * l0);
        double b0 = -l1 * across;
        double b1 = l0 * across;
        int n = rule.size();
        reserve(n * n);
        double centre = mode.fixed[0] + mode.load0[0] * mode.z0 + mode.load1[0] * mode.z1;
        double alongU = mode.load0[0] * a0 + mode.load1[0] * a1;
        double alongV = mode.load0[0] * b0 + mode.load1[0] * b1;
        double far = rule.point(n - 1);
        boolean moderate = Math.abs(centre) + (Math.abs(alongU) + Math.abs(alongV)) * far < MODERATE;
        double[] exp = moderate ? rule.exponentials(alongV) : new double[0];
        for (int a = 0; a < n; a++) {
            double u = rule.point(a);
            double m0 = mode.z0 + a0 * u;
            double m1 = mode.z1 + a1 * u;
            double eta1 = mode.fixed[1] + mode.load0[1] * m0 + mode.load1[1] * m1;
            study.kappa()[1].at(eta1, second);
            double outer = study.y()[1] * eta1 - second[0];
            double eta0 = centre + alongU * u;
            double expU = moderate ? StrictMath.exp(eta0) : 0;
            for (int b = 0; b < n; b++) {
                int i = a * n + b;
                double v = rule.point(b);
                z0[i] = m0 + b0 * v;
                z1[i] = m1 + b1 * v;
                double eta = eta0 + alongV * v;
                if (moderate) {
                    study.kappa()[0].at(eta, expU * exp[b], cumulants);
                } else {
                    study.kappa()[0].at(eta, cumulants);
                }
                weight[i] = outer + study.y()[0] * eta - cumulants[0] - (z0[i] * z0[i] + z1[i] * z1[i]) / 2;
                clear(i);
                add(i, study.x()[0], study.y()[0] - cumulants[1], cumulants[2]);
                add(i, study.x()[1], study.y()[1] - second[1], second[2]);
            }
        }
        double top = top();
        double sum = 0;
        for (int a = 0; a < n; a++) {
            for (int i = a * n, b = 0; b < n; i++, b++) {
                weight[i] = rule.weight(a) * rule.weight(b) * StrictMath.exp(weight[i] - top);
                sum += weight[i];
            }
        }
        normalise(sum);
        return top + StrictMath.log(2 * sum / Math.sqrt(det)) - LOG_TWO_PI;
    }

    private double top() {
        double top = weight[0];
        for (int i = 1; i < count; i++) {
            top = Math.max(top, weight[i]);
        }
        return top;
    }

    private void normalise(double sum) {
        for (int i = 0; i < count; i++) {
            weight[i] /= sum;
        }
    }

    // ---- derivatives

    private void derivatives(double[] parameters) {
        double e = 0;
        double t = 0;
        double b = 0;
        double s = 0;
        double ee = 0;
        double et = 0;
        double tt = 0;
        double eb = 0;
        double bt = 0;
        double es = 0;
        double st = 0;
        double bb = 0;
        double bs = 0;
        double ss = 0;
        double one = 0;
        double two = 0;
        for (int i = 0; i < count; i++) {
            double w = weight[i];
            double u = z0[i];
            double v = z1[i];
            double re = byEffect[i];
            double rb = byBaseline[i];
            double p = w * (re * re - effectCurve[i]);
            double q = w * (re * rb - mixedCurve[i]);
            double r = w * (rb * rb - baselineCurve[i]);
            e += w * re;
            t += w * re * v;
            b += w * rb;
            s += w * rb * u;
            ee += p;
            et += p * v;
            tt += p * v * v;
            eb += q;
            bt += q * v;
            es += q * u;
            st += q * u * v;
            bb += r;
            bs += r * u;
            ss += r * u * u;
            one += w * v;
            two += w * v * v;
        }
        gradient[EFFECT] = e;
        gradient[BASELINE] = b;
        gradient[TAU] = t;
        gradient[SIGMA] = s;
        set(EFFECT, EFFECT, ee);
        set(EFFECT, BASELINE, eb);
        set(EFFECT, TAU, et);
        set(EFFECT, SIGMA, es);
        set(BASELINE, BASELINE, bb);
        set(BASELINE, TAU, bt);
        set(BASELINE, SIGMA, bs);
        set(TAU, TAU, tt);
        set(TAU, SIGMA, st);
        set(SIGMA, SIGMA, ss);
        double tau = effects ? parameters[TAU] : 0;
        mean = parameters[EFFECT] + tau * one;
        variance = tau * tau * Math.max(0, two - one * one);
    }

    private void set(int a, int b, double sum) {
        hessian[a][b] = sum - gradient[a] * gradient[b];
        hessian[b][a] = hessian[a][b];
    }
}
