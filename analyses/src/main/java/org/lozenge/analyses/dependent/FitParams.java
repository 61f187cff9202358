package org.lozenge.analyses.dependent;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lozenge.analyses.shared.StudyInput;
import org.lozenge.plugin.Param;
import org.lozenge.stats.multilevel.CoefficientTest;
import org.lozenge.stats.robust.RobustType;

/** The options with which models of dependent effects are fitted and tested. */
public final class FitParams {

    /** The likelihood. */
    public enum Method {
        /** Restricted. */
        REML,
        /** Full. */
        ML
    }

    /** The test of coefficients. */
    public enum Test {
        /** t with degrees of freedom by containment. */
        CONTAIN(CoefficientTest.CONTAINMENT),
        /** t with residual degrees of freedom. */
        T(CoefficientTest.T),
        /** Normal distribution. */
        Z(CoefficientTest.Z);

        private final CoefficientTest test;

        Test(CoefficientTest test) {
            this.test = test;
        }

        /** Returns the test as the models know it. */
        public CoefficientTest test() {
            return test;
        }
    }

    /** Cluster-robust standard errors. */
    public enum Robust {
        /** Model-based in {@code coefficients}; CR2 beside them. */
        NONE(Optional.empty()),
        /** Residuals as they are. */
        CR0(Optional.of(RobustType.CR0)),
        /** Times m/(m − 1). */
        CR1(Optional.of(RobustType.CR1)),
        /** Unbiased under the model. */
        CR2(Optional.of(RobustType.CR2));

        private final Optional<RobustType> type;

        Robust(Optional<RobustType> type) {
            this.type = type;
        }

        /** Returns the type; empty for none. */
        public Optional<RobustType> type() {
            return type;
        }
    }

    /** Intervals of variance components. */
    public enum Intervals {
        /** Profile likelihood. */
        PL,
        /** None, which is faster. */
        NONE
    }

    /** The likelihood that is maximised. */
    public static final Param<Method> METHOD = Param.choice("method", "Likelihood", Method.REML)
            .help("reml, or ml to compare models with different moderators.");

    /** Test and intervals of coefficients. */
    public static final Param<Test> TEST = Param.choice("test", "Test of coefficients", Test.CONTAIN)
            .help(
                    "contain: t with the number of clusters (or of groups of a lower level, for moderators that vary within"
                            + " clusters) less the number of coefficients; t: with the number of effects less that of"
                            + " coefficients; z: normal distribution, metafor's default.");

    /** Level of all intervals. */
    public static final Param<Double> LEVEL = Param.number("level", "Level of intervals", 0.95)
            .check(level -> level > 0 && level < 1, "must lie between 0 and 1, such as 0.95");

    /** Cluster-robust tests. */
    public static final Param<Robust> ROBUST = Param.choice("robust", "Cluster-robust standard errors", Robust.NONE)
            .help(
                    "cr0, cr1, cr2 put robust standard errors with Satterthwaite's degrees of freedom into the coefficients."
                            + " none: model-based there, and CR2 in a table of its own.");

    /** Intervals of variance components. */
    public static final Param<Intervals> INTERVALS = Param.choice(
                    "sigma2-ci", "Intervals of variance components", Intervals.PL)
            .help("pl: profile likelihood; none: left out, with the profiles, which is faster.");

    private FitParams() {}

    /** Returns the options, followed by those on reading effects that the first ones do not have. */
    public static Param<?>[] all(List<Param<?>> first, List<Param<?>> more) {
        List<Param<?>> params = new ArrayList<>(List.of(StudyInput.MEASURE));
        params.addAll(first);
        for (List<Param<?>> list :
                List.of(List.<Param<?>>of(METHOD, TEST, LEVEL, ROBUST, INTERVALS), more, StudyInput.params())) {
            list.stream().filter(param -> !params.contains(param)).forEach(params::add);
        }
        return params.toArray(Param<?>[]::new);
    }
}
