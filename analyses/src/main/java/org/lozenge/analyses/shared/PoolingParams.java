package org.lozenge.analyses.shared;

import java.util.List;
import java.util.Locale;
import org.lozenge.plugin.Param;
import org.lozenge.stats.model.HeterogeneityBasis;
import org.lozenge.stats.model.PredictionMethod;
import org.lozenge.stats.model.Tau2IntervalMethod;
import org.lozenge.stats.model.TestMethod;
import org.lozenge.stats.tau2.Tau2Estimators;

/** The options with which studies are pooled. */
public final class PoolingParams {

    /** The test of the random-effects model, in the order of preference. */
    public enum Test {
        /** Hartung-Knapp-Sidik-Jonkman with the ad hoc guard. */
        HKSJ(TestMethod.HARTUNG_KNAPP_AD_HOC),
        /** Normal distribution. */
        Z(TestMethod.WALD),
        /** Student's t with k − 1 degrees of freedom. */
        T(TestMethod.T),
        /** Hartung-Knapp-Sidik-Jonkman without a guard. */
        HKSJ_PLAIN(TestMethod.HARTUNG_KNAPP),
        /** Kenward and Roger. */
        KR(TestMethod.KENWARD_ROGER),
        /** Profile likelihood of the mean. */
        PL(TestMethod.PROFILE_LIKELIHOOD),
        /** Henmi and Copas. */
        HC(TestMethod.HENMI_COPAS),
        /** Inverse variance heterogeneity model. */
        IVHET(TestMethod.IVHET),
        /** Unrestricted weighted least squares: multiplicative heterogeneity. */
        UWLS(TestMethod.UNRESTRICTED_WEIGHTED_LEAST_SQUARES);

        private final TestMethod method;

        Test(TestMethod method) {
            this.method = method;
        }

        TestMethod method() {
            return method;
        }
    }

    /** The interval of τ². */
    public enum Tau2Interval {
        /** Q profile. */
        QP(Tau2IntervalMethod.Q_PROFILE),
        /** Exact distribution of the generalised Q statistic. */
        GENQ(Tau2IntervalMethod.GENERALISED_Q),
        /** Profile likelihood: full for ML, else restricted. */
        PL(Tau2IntervalMethod.PROFILE_LIKELIHOOD),
        /** Full profile likelihood. */
        PL_ML(Tau2IntervalMethod.PROFILE_LIKELIHOOD_ML),
        /** Restricted profile likelihood. */
        PL_REML(Tau2IntervalMethod.PROFILE_LIKELIHOOD_REML),
        /** Wald. */
        WALD(Tau2IntervalMethod.WALD),
        /** None. */
        NONE(Tau2IntervalMethod.NONE);

        private final Tau2IntervalMethod method;

        Tau2Interval(Tau2IntervalMethod method) {
            this.method = method;
        }

        public Tau2IntervalMethod method() {
            return method;
        }
    }

    /** The weights of the generalised Q statistic. */
    public enum GenqWeights {
        /** 1/√v. */
        SE,
        /** 1/v. */
        IV,
        /** Equal weights. */
        EQUAL
    }

    /** What another program does unless told otherwise. */
    public enum Convention {
        /** REML, HKSJ with the ad hoc guard. */
        LOZENGE("reml", Test.HKSJ, PredictionMethod.AUTO, Tau2Interval.QP, HeterogeneityBasis.TAU2),
        /** metafor's {@code rma()}, {@code predict()} and {@code confint()}. */
        METAFOR("reml", Test.Z, PredictionMethod.AUTO, Tau2Interval.QP, HeterogeneityBasis.TAU2),
        /** meta 8's {@code metagen()}. */
        META("reml", Test.Z, PredictionMethod.T, Tau2Interval.QP, HeterogeneityBasis.Q),
        /** Review Manager 5. */
        REVMAN5("dl", Test.Z, PredictionMethod.NONE, Tau2Interval.NONE, HeterogeneityBasis.Q),
        /** Stata's {@code meta summarize}. */
        STATA("reml", Test.Z, PredictionMethod.HTS, Tau2Interval.NONE, HeterogeneityBasis.TAU2);

        private final String tau2;
        private final Test test;
        private final PredictionMethod prediction;
        private final Tau2Interval interval;
        private final HeterogeneityBasis basis;

        Convention(
                String tau2, Test test, PredictionMethod prediction, Tau2Interval interval, HeterogeneityBasis basis) {
            this.tau2 = tau2;
            this.test = test;
            this.prediction = prediction;
            this.interval = interval;
            this.basis = basis;
        }

        Pooling pooling() {
            return new Pooling(Tau2Estimators.of(tau2), test.method(), 0.95, prediction, interval.method(), basis);
        }
    }

    /** Estimator of the between-study variance. */
    public static final Param<String> TAU2 = Param.text("tau2", "Estimator of the between-study variance", "reml")
            .suggest(Tau2Estimators.tokens().toArray(String[]::new))
            .check(
                    PoolingParams::isEstimator,
                    "must be one of " + String.join(", ", Tau2Estimators.tokens()) + ", or a number from 0 to fix it")
            .help(
                    "reml, ml, dl (DerSimonian-Laird), pm (Paule-Mandel), he (Hedges-Olkin), sj (Sidik-Jonkman) …, or a "
                            + "number to take instead of an estimate. Unless set, tests pl, hc and ivhet choose ml, dl and dl.");

    /** Weights of the generalised Q statistic. */
    public static final Param<GenqWeights> GENQ_WEIGHTS = Param.choice(
                    "genq-weights", "Weights of the generalised Q", GenqWeights.SE)
            .help("For tau2 genq and genqm, and tau2-ci genq with them. se: 1/SE; iv: 1/variance, as dl; equal: as he.")
            .advanced();

    /** Test and confidence interval of the random-effects model. */
    public static final Param<Test> TEST = Param.choice("test", "Test of the random-effects model", Test.HKSJ)
            .help(
                    "hksj never gives a shorter interval than z; hksj-plain can. kr: Kenward-Roger; pl: profile likelihood;"
                            + " hc: Henmi-Copas; ivhet and uwls: common-effect weights with an additive or multiplicative"
                            + " allowance for heterogeneity. The common-effect model always uses z.");

    /** Confidence level. */
    public static final Param<Double> LEVEL = Param.number("level", "Confidence level", 0.95)
            .check(level -> level > 0 && level < 1, "must be between 0 and 1, both excluded; write 0.95 for 95%");

    /** Prediction interval. */
    public static final Param<PredictionMethod> PI = Param.choice("pi", "Prediction interval", PredictionMethod.AUTO)
            .help("auto: standard error and degrees of freedom of the confidence interval; hts: t with k - 2 and the "
                    + "classic standard error; t: the same with k - 1; s: the same with the normal distribution; hk, hk-pr: Hartung-"
                    + "Knapp standard error with k - 1 or k - 2; kr, kr-pr: Kenward-Roger with its df or one less; nnf: from"
                    + " the confidence distribution of the between-study variance.");

    /** Interval of the between-study variance. */
    public static final Param<Tau2Interval> TAU2_CI = Param.choice(
                    "tau2-ci", "Interval of the between-study variance", Tau2Interval.QP)
            .help(
                    "qp: Q profile; genq: exact distribution of the generalised Q; pl: profile likelihood (full for ml, else"
                            + " restricted), pl-ml and pl-reml whatever tau2 is; wald.");

    /** Basis of I² and H². */
    public static final Param<HeterogeneityBasis> I2 = Param.choice("i2", "Basis of I²", HeterogeneityBasis.TAU2)
            .help("tau2: from the between-study variance; q: from Cochran's Q.");

    /** What another program does. */
    public static final Param<Convention> CONVENTION = Param.choice("convention", "Defaults of", Convention.LOZENGE)
            .help(
                    "Sets tau2, test, pi, tau2-ci and i2 to what that program does, except where they are set themselves.");

    private PoolingParams() {}

    /** Returns all options, in the order in which a form shows them. */
    public static List<Param<?>> all() {
        return List.of(TAU2, TEST, LEVEL, PI, TAU2_CI, I2, GENQ_WEIGHTS, CONVENTION);
    }

    static String token(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static boolean isEstimator(String token) {
        try {
            return !Tau2Estimators.of(token).token().isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
