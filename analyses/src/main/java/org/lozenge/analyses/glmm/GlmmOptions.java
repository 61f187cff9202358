package org.lozenge.analyses.glmm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lozenge.analyses.formula.BubblePlot;
import org.lozenge.analyses.formula.Moderators;
import org.lozenge.analyses.formula.NewValues;
import org.lozenge.analyses.shared.PoolingParams;
import org.lozenge.analyses.shared.RawParams;
import org.lozenge.analyses.shared.RawRoles;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.Role;
import org.lozenge.stats.glmm.GlmmCoding;
import org.lozenge.stats.glmm.GlmmModel;
import org.lozenge.stats.glmm.MixedModel;

/** Roles and options of the analysis {@code glmm}. */
final class GlmmOptions {

    /** What is pooled. */
    enum Measure {
        /** What the columns allow. */
        AUTO,
        /** Log odds ratio. */
        OR,
        /** Log rate ratio. */
        IRR,
        /** Logit of a proportion. */
        PLO,
        /** Log of a rate. */
        IRLN
    }

    /** The distribution of test statistics. */
    enum Test {
        /** Normal. */
        Z,
        /** Student's t with k − 1 degrees of freedom. */
        T
    }

    /** How confidence intervals of the effect are formed. */
    enum Limits {
        /** From the standard error. */
        WALD,
        /** From the profile likelihood. */
        PROFILE
    }

    /** Prediction intervals. */
    enum Prediction {
        /** The distribution of the confidence interval. */
        AUTO,
        /** Student's t with k − 2 degrees of freedom. */
        HTS,
        /** None. */
        NONE
    }

    /** The interval of τ². */
    enum Tau2Limits {
        /** Profile likelihood. */
        PL,
        /** None. */
        NONE
    }

    static final List<Role> ROLES = List.of(RawRoles.some(
            "events_t", "n_t", "events_c", "n_c", "a", "b", "c", "d", "time_t", "time_c", "events", "n", "time"));

    static final Param<Measure> MEASURE = Param.choice("measure", "Effect measure", Measure.AUTO)
            .help(
                    "or, irr compare two arms; plo (logit of a proportion), irln (log of a rate) describe one group. auto: what"
                            + " the columns allow.");

    static final Param<GlmmModel> MODEL = Param.choice("model", "Likelihood of two arms", GlmmModel.CM_EL)
            .help(
                    "cm-el: conditional on the events of both arms, exact; cm-al: its approximation for rare events (or only);"
                            + " um-fs: each study has a baseline of its own; um-rs: baselines are normally distributed.");

    static final Param<GlmmCoding> CODING = Param.choice("coding", "Arms between which effects vary", GlmmCoding.HALF)
            .help("Of um-fs and um-rs. half: both arms alike; treatment or control: that arm alone.")
            .advanced();

    static final Param<Test> TEST = Param.choice("test", "Distribution of the test", Test.Z)
            .help(
                    "z, or t with k - p degrees of freedom for the random-effects model; p coefficients, 1 without moderators.");

    static final Param<Limits> CI = Param.choice("ci", "Confidence interval of the effect", Limits.WALD)
            .help("wald: from the standard error; profile: from the profile likelihood, which needs no symmetry.");

    static final Param<Prediction> PI = Param.choice("pi", "Prediction interval", Prediction.AUTO)
            .help(
                    "auto: distribution of the confidence interval; hts: t with k - p - 1 degrees of freedom. Needs p + 2 studies.");

    static final Param<Tau2Limits> TAU2_CI = Param.choice(
                    "tau2-ci", "Interval of the between-study variance", Tau2Limits.PL)
            .help("pl: profile likelihood.");

    static final Param<Integer> POINTS = Param.integer("points", "Quadrature points", 0)
            .check(
                    n -> n == 0 || (n >= 5 && n <= MixedModel.MAX_POINTS),
                    "must be 0, to have it chosen, or from 5 to " + MixedModel.MAX_POINTS)
            .help("For each random effect. 0: raised until the answer no longer changes.")
            .advanced();

    private GlmmOptions() {}

    static List<Param<?>> all() {
        List<Param<?>> all =
                new ArrayList<>(List.of(MEASURE, MODEL, CODING, TEST, CI, PI, TAU2_CI, PoolingParams.LEVEL, POINTS));
        all.addAll(Moderators.params());
        all.add(NewValues.AT);
        all.add(BubblePlot.BUBBLE);
        all.addAll(RawParams.counts());
        return all;
    }

    /** The measure that was chosen, or that the columns allow. */
    static Measure measure(Inputs in) {
        Measure chosen = in.get(MEASURE);
        if (chosen != Measure.AUTO) {
            return chosen;
        }
        boolean first = has(in, "events_t") || has(in, "a");
        boolean second = has(in, "events_c") || has(in, "c");
        if (first && second && (has(in, "n_t") || has(in, "b")) && (has(in, "n_c") || has(in, "d"))) {
            return Measure.OR;
        }
        if (first && second && has(in, "time_t") && has(in, "time_c")) {
            return Measure.IRR;
        }
        boolean arms = in.has(RawRoles.ARM)
                && in.has(RawRoles.STUDY)
                && Arrays.stream(in.strings(RawRoles.STUDY)).distinct().count() < in.rows();
        if (has(in, "events") && has(in, "n")) {
            return arms ? Measure.OR : Measure.PLO;
        }
        if (has(in, "events") && has(in, "time")) {
            return arms ? Measure.IRR : Measure.IRLN;
        }
        throw new AnalysisException(
                "unmapped-role",
                in.source() + ": no columns for counts were found. Needed are events_t n_t events_c n_c (or a b c d),"
                        + " events_t time_t events_c time_c, events n, or events time; name them with --map"
                        + " events_t=COLUMN.");
    }

    private static boolean has(Inputs in, String role) {
        return in.has(RawRoles.named(role));
    }
}
