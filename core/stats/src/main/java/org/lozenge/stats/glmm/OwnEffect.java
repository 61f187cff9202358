package org.lozenge.stats.glmm;

/** The effect of a single study by its own likelihood. */
final class OwnEffect {

    private static final int MAX_STEPS = 200;

    private OwnEffect() {}

    /** The parameter at which the mean is y, between the ends of the support. */
    static double solve(Cumulant kappa, double y) {
        double[] out = new double[3];
        double low = Double.NEGATIVE_INFINITY;
        double high = Double.POSITIVE_INFINITY;
        double theta = 0;
        for (int step = 0; step < MAX_STEPS; step++) {
            kappa.at(theta, out);
            double gap = y - out[1];
            if (gap > 0) {
                low = theta;
            } else {
                high = theta;
            }
            double next = theta + Math.max(-2, Math.min(2, gap / Math.max(out[2], 1e-300)));
            if (gap == 0 || Math.abs(next - theta) <= 1e-15 * (1 + Math.abs(theta))) {
                return next;
            }
            if (!(next > low && next < high) && Double.isFinite(low) && Double.isFinite(high)) {
                next = (low + high) / 2;
            }
            theta = next;
        }
        return theta;
    }

    /**
     * The estimate and its variance by the curvature of the likelihood.
     *
     * @return both, NaN where the estimate is infinite
     */
    static double[] of(GlmmData data, int i) {
        StudyTerms study = data.study(i);
        if (study.size() == 1) {
            double y = study.y()[0];
            if (study.end(0) != 0) {
                return new double[] {Double.NaN, Double.NaN};
            }
            double eta = solve(study.kappa()[0], y);
            double[] out = new double[3];
            study.kappa()[0].at(eta, out);
            return new double[] {eta - study.offset()[0], 1 / out[2]};
        }
        if (study.end(0) != 0 || study.end(1) != 0) {
            return new double[] {Double.NaN, Double.NaN};
        }
        double[] first = new double[3];
        double[] second = new double[3];
        double eta1 = solve(study.kappa()[0], study.y()[0]);
        double eta2 = solve(study.kappa()[1], study.y()[1]);
        study.kappa()[0].at(eta1, first);
        study.kappa()[1].at(eta2, second);
        return new double[] {eta1 - study.offset()[0] - eta2 + study.offset()[1], 1 / first[2] + 1 / second[2]};
    }
}
