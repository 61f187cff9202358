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
    private final PosteriorSums sums = new PosteriorSums();

    // Of the plane: how random effects and the parameter of the first count move along a row.
    private double b0;
    private double b1;
    private double along;
    private boolean moderate;
    private double[] rising = new double[0];
    private double[] falling = new double[0];

    // Of a row: the parameter of the first count, its exponentials, and its cumulants.
    private double[] eta = new double[0];
    private double[] exp = new double[0];
    private double[] inverse = new double[0];
    private double[] value = new double[0];
    private double[] first = new double[0];
    private double[] spread = new double[0];

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

    /** Chooses how near to the mode points are placed. */
    void roughly(boolean rough) {
        mode.roughly(rough);
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
        sums.clear();
        double log = baseline && effects ? plane(study, rule) : baseline || effects ? line(study, rule) : point(study);
        if (!(Math.abs(log) < Double.POSITIVE_INFINITY)) {
            return Double.NEGATIVE_INFINITY;
        }
        sums.derivatives(gradient, hessian);
        double tau = effects ? parameters[TAU] : 0;
        mean = parameters[EFFECT] + tau * sums.mean();
        variance = tau * tau * sums.variance();
        return log + study.constant();
    }

    // ---- points

    private double point(StudyTerms study) {
        double log = integrand(study, 0);
        sums.add(1, 0);
        return log;
    }

    private double line(StudyTerms study, GaussHermite rule) {
        mode.find(study, known, place, 1);
        double scale = Math.sqrt(2 / -mode.curve00);
        for (int i = 0; i < rule.size(); i++) {
            double z = mode.z0 + scale * rule.point(i);
            double log = integrand(study, z) - z * z / 2;
            sums.add(rule.weight(i) * Exponential.of(log - mode.height), z);
        }
        return mode.height + StrictMath.log(sums.total() * scale) - LOG_TWO_PI / 2;
    }

    /** The logarithm of the integrand at a point of a line; its slope and curvature are left in the sums. */
    private double integrand(StudyTerms study, double z) {
        double log = 0;
        sums.begin();
        for (int j = 0; j < study.size(); j++) {
            double eta = mode.fixed[j] + mode.load0[j] * z;
            study.kappa()[j].at(eta, cumulants);
            log += study.y()[j] * eta - cumulants[0];
            sums.count(study.x()[j], study.y()[j] - cumulants[1], cumulants[2]);
        }
        return log;
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
        double down = ROOT_TWO / Math.sqrt((k11 * l0 * l0 - 2 * k01 * l0 * l1 + k00 * l1 * l1) * det);
        double a0 = (k11 * l0 - k01 * l1) * down;
        double a1 = (k00 * l1 - k01 * l0) * down;
        double across = ROOT_TWO / Math.sqrt(k00 * l1 * l1 - 2 * k01 * l0 * l1 + k11 * l0 * l0);
        b0 = -l1 * across;
        b1 = l0 * across;
        along = mode.load0[0] * b0 + mode.load1[0] * b1;
        double centre = mode.fixed[0] + mode.load0[0] * mode.z0 + mode.load1[0] * mode.z1;
        double alongU = mode.load0[0] * a0 + mode.load1[0] * a1;
        int n = rule.size();
        double far = rule.point(n - 1);
        reserve(n);
        moderate = Math.abs(centre) + (Math.abs(alongU) + Math.abs(along)) * far < MODERATE;
        if (moderate) {
            rule.exponentials(along, rising, falling);
        }
        // From the middle outwards, where the integrand falls and falls.
        boolean more = true;
        for (int a = n / 2; a < n && more; a++) {
            more = row(study, rule, a, centre + alongU * rule.point(a), a0 * rule.point(a), a1 * rule.point(a));
        }
        more = true;
        for (int a = n / 2 - 1; a >= 0 && more; a--) {
            more = row(study, rule, a, centre + alongU * rule.point(a), a0 * rule.point(a), a1 * rule.point(a));
        }
        return mode.height + StrictMath.log(2 * sums.total() / Math.sqrt(det)) - LOG_TWO_PI;
    }

    private void reserve(int n) {
        if (rising.length != n) {
            rising = new double[n];
            falling = new double[n];
            eta = new double[n];
            exp = new double[n];
            inverse = new double[n];
            value = new double[n];
            first = new double[n];
            spread = new double[n];
        }
    }

    /** Adds a line of points of the plane, along which the second count does not change; false if there is nothing to add. */
    private boolean row(StudyTerms study, GaussHermite rule, int a, double eta0, double from0, double from1) {
        double m0 = mode.z0 + from0;
        double m1 = mode.z1 + from1;
        double eta1 = mode.fixed[1] + mode.load0[1] * m0 + mode.load1[1] * m1;
        study.kappa()[1].at(eta1, second);
        cumulants(study.kappa()[0], rule, eta0);
        double y = study.y()[0];
        double base = study.y()[1] * eta1 - second[0] + y * eta0 - (m0 * m0 + m1 * m1) / 2 - mode.height;
        double slope = y * along - (m0 * b0 + m1 * b1);
        double curve = -(b0 * b0 + b1 * b1) / 2;
        sums.row(rule, rule.weight(a), y, base, slope, curve, value, first, spread);
        sums.endRow(study.x(), study.y()[1] - second[1], second[2], m0, b0, m1, b1);
        return sums.hasRow();
    }

    /** The first count's cumulants on a row. */
    private void cumulants(Cumulant kappa, GaussHermite rule, double eta0) {
        int n = rule.size();
        for (int b = 0; b < n; b++) {
            eta[b] = eta0 + along * rule.point(b);
        }
        if (moderate) {
            double up = StrictMath.exp(eta0);
            double down = 1 / up;
            for (int b = 0; b < n; b++) {
                exp[b] = up * rising[b];
                inverse[b] = down * falling[b];
            }
            kappa.all(n, eta, exp, inverse, value, first, spread);
            return;
        }
        for (int b = 0; b < n; b++) {
            kappa.at(eta[b], cumulants);
            value[b] = cumulants[0];
            first[b] = cumulants[1];
            spread[b] = cumulants[2];
        }
    }
}
