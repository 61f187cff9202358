package org.lozenge.analyses.formula;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.lozenge.analyses.shared.OneModel;
import org.lozenge.analyses.shared.StudyInput;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.RunContext;
import org.lozenge.stats.ConvergenceException;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.model.DesignMatrix;
import org.lozenge.stats.model.MetaRegression;
import org.lozenge.stats.model.RegressionFit;
import org.lozenge.stats.model.TestMethod;
import org.lozenge.stats.tau2.FixedTau2;

/** The one meta-regression that analyses fit again and again, to parts of the studies. */
public final class OneRegression {

    private final Moderators moderators;
    private final MetaRegression model;
    private final RegressionFit fit;
    private final int[] rows;

    private OneRegression(Moderators moderators, MetaRegression model, RegressionFit fit, int[] rows) {
        this.moderators = moderators;
        this.model = model;
        this.fit = fit;
        this.rows = rows;
    }

    /**
     * Reads the moderators and fits all studies that have them.
     *
     * @throws AnalysisException as {@link Moderators#read} does; with code {@code test-of-pooling} for a test that only a
     *     pooled effect has, {@code too-few-studies}, {@code no-convergence}
     */
    public static OneRegression of(Inputs in, RunContext context, StudyInput studies, OneModel one) {
        Moderators moderators = Moderators.read(in, context, studies);
        MetaRegression model = model(in, one);
        int k = moderators.effects().k();
        List<String> terms = moderators.design().terms();
        if (k <= terms.size()) {
            throw new AnalysisException(
                    "too-few-studies",
                    in.source() + " has " + k + " usable studies with all moderators for " + terms.size()
                            + " coefficients (" + String.join(", ", terms) + "); at least " + (terms.size() + 1)
                            + " are needed. Use fewer moderators.");
        }
        int[] all = studies.sourceRows();
        int[] rows = Arrays.stream(moderators.positions()).map(i -> all[i]).toArray();
        try {
            return new OneRegression(moderators, model, model.fit(moderators.effects(), moderators.design()), rows);
        } catch (ConvergenceException e) {
            throw new AnalysisException("no-convergence", e.getMessage() + ".");
        }
    }

    private static MetaRegression model(Inputs in, OneModel one) {
        MetaRegression regression = new MetaRegression().withLevel(one.pooling().level());
        if (!one.random()) {
            return regression.withEstimator(new FixedTau2(0)).withTest(TestMethod.WALD);
        }
        TestMethod test = one.pooling().test();
        return switch (test) {
            case WALD, T, HARTUNG_KNAPP, HARTUNG_KNAPP_AD_HOC ->
                regression.withEstimator(one.pooling().estimator()).withTest(test);
            case KENWARD_ROGER, PROFILE_LIKELIHOOD, HENMI_COPAS, IVHET, UNRESTRICTED_WEIGHTED_LEAST_SQUARES ->
                throw new AnalysisException(
                        "test-of-pooling",
                        in.source() + ": --test " + test.token()
                                + " is for a pooled effect; with moderators take z, t, hksj or hksj-plain.");
        };
    }

    /** Returns the studies that have all moderators. */
    public EffectSizes effects() {
        return moderators.effects();
    }

    /** Returns where these studies stood among all, from 0. */
    public int[] positions() {
        return moderators.positions();
    }

    /** Returns the rows of these studies in the user's table. */
    public int[] sourceRows() {
        return rows.clone();
    }

    /** Returns the moderators. */
    public DesignMatrix design() {
        return moderators.design();
    }

    /** Returns the names of the coefficients. */
    public List<String> terms() {
        return design().terms();
    }

    /** Returns the positions of the coefficients that are no intercept. */
    public int[] moderatorTerms() {
        return IntStream.range(design().hasIntercept() ? 1 : 0, terms().size()).toArray();
    }

    /** Returns what fits it. */
    public MetaRegression model() {
        return model;
    }

    /** Returns the fit of all these studies. */
    public RegressionFit fit() {
        return fit;
    }
}
