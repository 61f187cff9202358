package org.lozenge.stats.glmm;

/** The mode of a study's integrand over its standardised random effects, and the curvature there. */
final class Mode {

    private static final int MAX_STEPS = 200;

    /** A step that promises less is not taken: the points may be a ten-thousandth of their spread off the mode. */
    private static final double NEAR = 1e-8;

    /** The same where the points are few. */
    private static final double ROUGH = 1e-3;

    final double[] fixed = new double[2];

    /** How the random effects move the parameters of the counts. */
    final double[] load0 = new double[2];

    final double[] load1 = new double[2];

    double z0;
    double z1;

    /** The logarithm of the integrand there. */
    double height;

    double curve00;
    double curve01;
    double curve11;

    private double near = NEAR;
    private double slope0;
    private double slope1;
    private final double[] cumulants = new double[3];

    /** Chooses how near to the mode a search must end. */
    void roughly(boolean rough) {
        near = rough ? ROUGH : NEAR;
    }

    /** Takes the parameters of a study. With one random effect the first coordinate is its own. */
    void load(StudyTerms study, double[] parameters, boolean baseline, boolean effects) {
        for (int j = 0; j < study.size(); j++) {
            double x = study.x()[j];
            double effect = effects ? x * parameters[StudyIntegral.TAU] : 0;
            fixed[j] = study.offset()[j] + parameters[StudyIntegral.BASELINE] + x * parameters[StudyIntegral.EFFECT];
            load0[j] = baseline ? parameters[StudyIntegral.SIGMA] : effect;
            load1[j] = baseline ? effect : 0;
        }
    }

    /**
     * Finds the mode by Newton's method with halved steps; the objective is strictly concave.
     *
     * @param known holds where to start, and receives the mode
     * @param place the position of the first coordinate in it
     * @param dimensions 1 or 2
     */
    void find(StudyTerms study, double[] known, int place, int dimensions) {
        z0 = known[place];
        z1 = dimensions == 1 ? 0 : known[place + 1];
        double value = rise(study, z0, z1);
        for (int step = 0; step < MAX_STEPS; step++) {
            double det = curve00 * curve11 - curve01 * curve01;
            double d0 = -(curve11 * slope0 - curve01 * slope1) / det;
            double d1 = dimensions == 1 ? 0 : -(curve00 * slope1 - curve01 * slope0) / det;
            if (!(slope0 * d0 + slope1 * d1 > near)) {
                break;
            }
            double share = 1;
            double next = rise(study, z0 + d0, z1 + d1);
            while (!(next > value) && share > 1e-12) {
                share /= 2;
                next = rise(study, z0 + share * d0, z1 + share * d1);
            }
            if (!(next > value)) {
                // Rounding: the point before was the mode.
                rise(study, z0, z1);
                break;
            }
            z0 += share * d0;
            z1 += share * d1;
            value = next;
        }
        height = value;
        known[place] = z0;
        known[place + 1] = z1;
    }

    private double rise(StudyTerms study, double at0, double at1) {
        double log = -(at0 * at0 + at1 * at1) / 2;
        slope0 = -at0;
        slope1 = -at1;
        curve00 = -1;
        curve01 = 0;
        curve11 = -1;
        for (int j = 0; j < study.size(); j++) {
            double l0 = load0[j];
            double l1 = load1[j];
            double eta = fixed[j] + l0 * at0 + l1 * at1;
            study.kappa()[j].at(eta, cumulants);
            log += study.y()[j] * eta - cumulants[0];
            double r = study.y()[j] - cumulants[1];
            slope0 += l0 * r;
            slope1 += l1 * r;
            curve00 -= l0 * l0 * cumulants[2];
            curve01 -= l0 * l1 * cumulants[2];
            curve11 -= l1 * l1 * cumulants[2];
        }
        return log;
    }
}
