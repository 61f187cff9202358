package org.lozenge.analyses.compareconventions;

import java.util.Locale;
import java.util.Optional;
import org.lozenge.analyses.shared.ConventionInputs;
import org.lozenge.analyses.shared.ConventionPooling;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.analyses.shared.Pooled;
import org.lozenge.analyses.shared.Pooling;
import org.lozenge.analyses.shared.PoolingParams.Convention;
import org.lozenge.analyses.shared.StudyInput;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.RunContext;
import org.lozenge.stats.Interval;
import org.lozenge.stats.TestResult;

/** The studies as one convention pools them. */
record Fitted(Convention convention, Measure measure, Pooled pooled) {

    static Fitted of(Inputs in, RunContext context, Convention convention, double level) {
        Inputs asked = ConventionInputs.of(in, convention);
        StudyInput studies = StudyInput.read(asked, context);
        Pooled pooled = ConventionPooling.pool(asked, studies, convention, Pooling.of(convention, level));
        return new Fitted(convention, studies.measure(), pooled);
    }

    /** Whether the common effect is Mantel and Haenszel's. */
    boolean stratified() {
        return pooled.strata().isPresent();
    }

    /** Whether Q is taken about the Mantel–Haenszel estimate. */
    boolean hasOtherQ() {
        return ConventionPooling.hasOtherQ(convention, pooled.pooling(), measure) && stratified() && k() > 1;
    }

    String name() {
        return convention.name().toLowerCase(Locale.ROOT);
    }

    int k() {
        return pooled.k();
    }

    double estimate(boolean isRandom) {
        return isRandom ? pooled.random().estimate() : pooled.commonEstimate();
    }

    double standardError(boolean isRandom) {
        return isRandom ? pooled.random().standardError() : pooled.commonStandardError();
    }

    Interval interval(boolean isRandom) {
        return isRandom ? pooled.random().confidenceInterval() : pooled.commonInterval();
    }

    double pValue(boolean isRandom) {
        return (isRandom ? pooled.random().test() : pooled.commonTest()).pValue();
    }

    Optional<Interval> prediction() {
        return pooled.random().predictionInterval();
    }

    double tau2() {
        return k() == 1 ? Double.NaN : pooled.random().tau2();
    }

    TestResult q() {
        return pooled.heterogeneity().q();
    }

    double i2() {
        return pooled.heterogeneity().i2();
    }

    String tau2Method() {
        return pooled.pooling().estimator().token() + (hasOtherQ() ? " (Q about Mantel-Haenszel)" : "");
    }

    String commonMethod() {
        return stratified() ? "mantel-haenszel" : "inverse variance";
    }

    String test() {
        return pooled.random().testMethod().token();
    }

    String predictionMethod() {
        return pooled.pooling().prediction().token();
    }

    String basis() {
        return pooled.pooling().basis().token();
    }
}
