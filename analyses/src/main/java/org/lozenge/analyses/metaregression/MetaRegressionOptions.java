package org.lozenge.analyses.metaregression;

import java.util.ArrayList;
import java.util.List;
import org.lozenge.analyses.formula.BubblePlot;
import org.lozenge.analyses.formula.Moderators;
import org.lozenge.analyses.formula.NewValues;
import org.lozenge.analyses.shared.PoolingParams;
import org.lozenge.analyses.shared.StudyInput;
import org.lozenge.plugin.Param;
import org.lozenge.stats.model.TestMethod;
import org.lozenge.stats.robust.RobustType;
import org.lozenge.stats.sensitivity.PermutationTest;

/** The options of the analysis {@code meta-regression}. */
final class MetaRegressionOptions {

    /** The test of the coefficients. */
    enum Test {
        /** Hartung-Knapp-Sidik-Jonkman with the ad hoc guard. */
        HKSJ(TestMethod.HARTUNG_KNAPP_AD_HOC),
        /** Normal distribution. */
        Z(TestMethod.WALD),
        /** Student's t with k − p degrees of freedom. */
        T(TestMethod.T),
        /** Hartung-Knapp-Sidik-Jonkman without a guard. */
        HKSJ_PLAIN(TestMethod.HARTUNG_KNAPP);

        private final TestMethod method;

        Test(TestMethod method) {
            this.method = method;
        }

        TestMethod method() {
            return method;
        }
    }

    /** Robust standard errors: by cluster, or with every study by itself. */
    enum Robust {
        AUTO(RobustType.CR2, true),
        NONE(RobustType.CR0, true),
        CR0(RobustType.CR0, true),
        CR1(RobustType.CR1, true),
        CR1P(RobustType.CR1P, true),
        CR1S(RobustType.CR1S, true),
        CR2(RobustType.CR2, true),
        CR3(RobustType.CR3, true),
        HC0(RobustType.CR0, false),
        HC1(RobustType.CR1P, false),
        HC2(RobustType.CR2, false),
        HC3(RobustType.CR3, false);

        private final RobustType type;
        private final boolean clustered;

        Robust(RobustType type, boolean clustered) {
            this.type = type;
            this.clustered = clustered;
        }

        RobustType type() {
            return type;
        }

        boolean isClustered() {
            return clustered;
        }
    }

    static final Param<Test> TEST = Param.choice("test", "Test of the coefficients", Test.HKSJ)
            .help(
                    "hksj never gives a shorter interval than t with the same degrees of freedom; hksj-plain can (metafor's"
                            + " knha).");

    static final Param<Robust> ROBUST = Param.choice("robust", "Robust standard errors", Robust.AUTO)
            .help(
                    "auto: cr2 if a cluster is mapped, else none. cr0 ... cr3 by cluster (by study where none is mapped), hc0 ..."
                            + " hc3 by study; t and F with Satterthwaite's degrees of freedom.");

    static final Param<String> CONTRAST = Param.text("contrast", "Contrasts of coefficients", "")
            .suggest("`alloc random` - `alloc systematic`", "0, 1, -1")
            .help(
                    "Terms of the table coefficients in backticks with factors and signs, or a number per coefficient; several"
                            + " with semicolons between them are tested together, too.");

    static final Param<Integer> PERMUTATIONS = Param.integer("permutations", "Permutations of the moderators", 0)
            .min(0)
            .max(PermutationTest.MAX_ARRANGEMENTS)
            .help(
                    "0 for no permutation test. If there are no more arrangements than this, all are tried and P is exact.");

    private MetaRegressionOptions() {}

    static Param<?>[] params() {
        List<Param<?>> params = new ArrayList<>(List.of(StudyInput.MEASURE));
        params.add(Moderators.LEVEL_OR_ARM);
        params.addAll(Moderators.params());
        params.addAll(List.of(
                PoolingParams.TAU2,
                TEST,
                PoolingParams.LEVEL,
                PoolingParams.TAU2_CI,
                PoolingParams.GENQ_WEIGHTS,
                ROBUST,
                NewValues.AT,
                CONTRAST,
                BubblePlot.BUBBLE,
                PERMUTATIONS));
        StudyInput.params().stream().filter(param -> !params.contains(param)).forEach(params::add);
        return params.toArray(Param<?>[]::new);
    }
}
