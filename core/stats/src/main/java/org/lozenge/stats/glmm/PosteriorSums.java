package org.lozenge.stats.glmm;

/**
 * Weighted sums over the points of a study's integral, from which the derivatives of its logarithm follow.
 *
 * <p>Points come one by one, or in rows along which both random effects are linear in one coordinate v and only the first
 * count changes: then nine sums a row are enough.
 */
final class PosteriorSums {

    /** A point of a row adds nothing where the logarithm of the integrand, whose maximum is 0, is below this. */
    private static final double NEGLIGIBLE = -42;

    private double total;
    private double e;
    private double t;
    private double b;
    private double s;
    private double ee;
    private double et;
    private double tt;
    private double eb;
    private double bt;
    private double es;
    private double st;
    private double bb;
    private double bs;
    private double ss;
    private double one;
    private double two;

    // Of the point: slope and curvature of the integrand's logarithm by the effect and by the baseline.
    private double byEffect;
    private double byBaseline;
    private double effectCurve;
    private double mixedCurve;
    private double baselineCurve;

    // Of the row: sums of w, of w r, and of w (r² − κ″), each with 1, v and v².
    private double rowWeight;
    private double w0;
    private double w1;
    private double w2;
    private double r0;
    private double r1;
    private double r2;
    private double q0;
    private double q1;
    private double q2;

    void clear() {
        total = 0;
        e = 0;
        t = 0;
        b = 0;
        s = 0;
        ee = 0;
        et = 0;
        tt = 0;
        eb = 0;
        bt = 0;
        es = 0;
        st = 0;
        bb = 0;
        bs = 0;
        ss = 0;
        one = 0;
        two = 0;
    }

    // ---- point by point

    /** Begins a point. */
    void begin() {
        byEffect = 0;
        byBaseline = 0;
        effectCurve = 0;
        mixedCurve = 0;
        baselineCurve = 0;
    }

    /** Adds a count to the point: its share x of the effect, what is left of it, and its variance. */
    void count(double x, double residual, double spread) {
        byEffect += x * residual;
        byBaseline += residual;
        effectCurve += x * x * spread;
        mixedCurve += x * spread;
        baselineCurve += spread;
    }

    /** Adds the point, at which the only random effect is z. */
    void add(double w, double z) {
        double p = w * (byEffect * byEffect - effectCurve);
        double q = w * (byEffect * byBaseline - mixedCurve);
        double r = w * (byBaseline * byBaseline - baselineCurve);
        total += w;
        one += w * z;
        two += w * z * z;
        e += w * byEffect;
        t += w * byEffect * z;
        b += w * byBaseline;
        s += w * byBaseline * z;
        ee += p;
        et += p * z;
        tt += p * z * z;
        eb += q;
        bt += q * z;
        es += q * z;
        st += q * z * z;
        bb += r;
        bs += r * z;
        ss += r * z * z;
    }

    // ---- row by row

    /**
     * Sums over a row.
     *
     * @param rule the points
     * @param factor what all weights of the row have in common
     * @param y the first count
     * @param base the logarithm of the integrand where v is 0, without the first cumulant function
     * @param slope how it changes with v
     * @param curve and with v²
     * @param value the first cumulant function at each point
     * @param mean its first derivative
     * @param spread its second derivative
     */
    void row(
            GaussHermite rule,
            double factor,
            double y,
            double base,
            double slope,
            double curve,
            double[] value,
            double[] mean,
            double[] spread) {
        double a0 = 0;
        double a1 = 0;
        double a2 = 0;
        double b0 = 0;
        double b1 = 0;
        double b2 = 0;
        double c0 = 0;
        double c1 = 0;
        double c2 = 0;
        for (int i = 0; i < rule.size(); i++) {
            double v = rule.point(i);
            double log = base + v * (slope + v * curve) - value[i];
            if (log < NEGLIGIBLE) {
                continue;
            }
            double w = rule.weight(i) * Exponential.of(log);
            double residual = y - mean[i];
            double wv = w * v;
            double r = w * residual;
            double rv = r * v;
            double q = r * residual - w * spread[i];
            double qv = q * v;
            a0 += w;
            a1 += wv;
            a2 += wv * v;
            b0 += r;
            b1 += rv;
            b2 += rv * v;
            c0 += q;
            c1 += qv;
            c2 += qv * v;
        }
        rowWeight = factor;
        w0 = a0;
        w1 = a1;
        w2 = a2;
        r0 = b0;
        r1 = b1;
        r2 = b2;
        q0 = c0;
        q1 = c1;
        q2 = c2;
    }

    /** Whether the row has a point that adds anything. */
    boolean hasRow() {
        return w0 > 0;
    }

    /**
     * Adds the row.
     *
     * @param x shares of the effect in both counts
     * @param residual what is left of the second count
     * @param spread the variance of the second count
     * @param m0 the first random effect (of the baseline) where v is 0
     * @param b0 how it changes with v
     * @param m1 the second random effect (of the effect) where v is 0
     * @param b1 how it changes with v
     */
    void endRow(double[] x, double residual, double spread, double m0, double b0, double m1, double b1) {
        double x0 = x[0];
        double x1 = x[1];
        double own = residual * residual - spread;
        double cross = (x0 + x1) * residual;
        double both = 2 * x0 * x1 * residual;
        double f = rowWeight;
        total += f * w0;
        one += f * (m1 * w0 + b1 * w1);
        two += f * (m1 * m1 * w0 + 2 * m1 * b1 * w1 + b1 * b1 * w2);
        double re0 = x0 * r0 + x1 * residual * w0;
        double re1 = x0 * r1 + x1 * residual * w1;
        e += f * re0;
        t += f * (m1 * re0 + b1 * re1);
        double rb0 = r0 + residual * w0;
        double rb1 = r1 + residual * w1;
        b += f * rb0;
        s += f * (m0 * rb0 + b0 * rb1);
        double p0 = x0 * x0 * q0 + both * r0 + x1 * x1 * own * w0;
        double p1 = x0 * x0 * q1 + both * r1 + x1 * x1 * own * w1;
        double p2 = x0 * x0 * q2 + both * r2 + x1 * x1 * own * w2;
        ee += f * p0;
        et += f * (m1 * p0 + b1 * p1);
        tt += f * (m1 * m1 * p0 + 2 * m1 * b1 * p1 + b1 * b1 * p2);
        p0 = x0 * q0 + cross * r0 + x1 * own * w0;
        p1 = x0 * q1 + cross * r1 + x1 * own * w1;
        p2 = x0 * q2 + cross * r2 + x1 * own * w2;
        eb += f * p0;
        bt += f * (m1 * p0 + b1 * p1);
        es += f * (m0 * p0 + b0 * p1);
        st += f * (m0 * m1 * p0 + (m0 * b1 + m1 * b0) * p1 + b0 * b1 * p2);
        p0 = q0 + 2 * residual * r0 + own * w0;
        p1 = q1 + 2 * residual * r1 + own * w1;
        p2 = q2 + 2 * residual * r2 + own * w2;
        bb += f * p0;
        bs += f * (m0 * p0 + b0 * p1);
        ss += f * (m0 * m0 * p0 + 2 * m0 * b0 * p1 + b0 * b0 * p2);
    }

    // ---- what follows

    /** The sum of the weights. */
    double total() {
        return total;
    }

    /** The posterior mean of the random effect of the effect. */
    double mean() {
        return one / total;
    }

    /** The posterior variance of the random effect of the effect. */
    double variance() {
        return Math.max(0, two / total - mean() * mean());
    }

    /** First and second derivatives of the logarithm of the integral. */
    void derivatives(double[] gradient, double[][] hessian) {
        gradient[StudyIntegral.EFFECT] = e / total;
        gradient[StudyIntegral.BASELINE] = b / total;
        gradient[StudyIntegral.TAU] = t / total;
        gradient[StudyIntegral.SIGMA] = s / total;
        set(gradient, hessian, StudyIntegral.EFFECT, StudyIntegral.EFFECT, ee);
        set(gradient, hessian, StudyIntegral.EFFECT, StudyIntegral.BASELINE, eb);
        set(gradient, hessian, StudyIntegral.EFFECT, StudyIntegral.TAU, et);
        set(gradient, hessian, StudyIntegral.EFFECT, StudyIntegral.SIGMA, es);
        set(gradient, hessian, StudyIntegral.BASELINE, StudyIntegral.BASELINE, bb);
        set(gradient, hessian, StudyIntegral.BASELINE, StudyIntegral.TAU, bt);
        set(gradient, hessian, StudyIntegral.BASELINE, StudyIntegral.SIGMA, bs);
        set(gradient, hessian, StudyIntegral.TAU, StudyIntegral.TAU, tt);
        set(gradient, hessian, StudyIntegral.TAU, StudyIntegral.SIGMA, st);
        set(gradient, hessian, StudyIntegral.SIGMA, StudyIntegral.SIGMA, ss);
    }

    private void set(double[] gradient, double[][] hessian, int i, int j, double sum) {
        hessian[i][j] = sum / total - gradient[i] * gradient[j];
        hessian[j][i] = hessian[i][j];
    }
}
