package org.lozenge.analyses.metaregression;

import org.lozenge.analyses.formula.Moderators;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.stats.model.CoefficientInference;
import org.lozenge.stats.model.RegressionFit;

/**
 * A regression with what it was made of.
 *
 * @param moderators the moderators
 * @param fit the fit
 * @param inference its tests and intervals, robust or by the model
 * @param measure what the effects measure
 * @param level the level of intervals, as a fraction
 * @param total how many rows hold a study, used or not
 */
record Fitted(
        Moderators moderators,
        RegressionFit fit,
        CoefficientInference inference,
        Measure measure,
        double level,
        int total) {

    int p() {
        return fit.design().terms().size();
    }

    /** The combination that is one term. */
    double[] unit(int term) {
        double[] combination = new double[p()];
        combination[term] = 1;
        return combination;
    }
}
