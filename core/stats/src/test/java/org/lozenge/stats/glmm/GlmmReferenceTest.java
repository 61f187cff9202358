package org.lozenge.stats.glmm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lozenge.stats.TestResult;

/** Against brute-force integration to many digits, and against metafor as far as its optimisers go. */
class GlmmReferenceTest {

    private final MixedModel model = new MixedModel();

    static Stream<String> exact() {
        return GlmmSets.lines("exact.csv").stream();
    }

    static Stream<String> metafor() {
        return GlmmSets.lines("metafor.csv").stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("exact")
    void matchesIntegrationToManyDigits(String row) {
        String[] cells = row.split(",");
        GlmmFit fit = model.random(GlmmSets.data(cells[0], cells[1]));
        relative(cells[2], fit.estimate(0), 1e-10);
        relative(cells[3], fit.standardError(0), 1e-9);
        relative(cells[4], fit.tau2(), 1e-9);
        // The reference's own difference quotients limit this one in the plane.
        relative(cells[5], fit.tau2StandardError(), 1e-8);
        if (!cells[6].equals("NA")) {
            relative(cells[6], fit.sigma2(), 1e-9);
        }
        relative(cells[7], fit.logLikelihood(), 1e-12);
        assertThat(fit.quadratureChange()).isLessThan(1e-8);
    }

    private static void relative(String expected, double actual, double tolerance) {
        double number = GlmmSets.number(expected);
        assertEquals(number, actual, tolerance * Math.abs(number));
    }

    /**
     * metafor's estimates are as good as lme4's and nlminb's stopping rules: 4e-6 at worst, in the sets with the largest
     * counts. lme4's Laplace approximation (one point) differs by as much as it is one.
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("metafor")
    void matchesMetafor(String row) {
        String[] cells = row.split(",");
        boolean random = cells[2].equals("ML");
        boolean laplace = cells[3].equals("1") && random;
        GlmmData data = GlmmSets.data(cells[0], cells[1]);
        GlmmFit fit = random ? model.random(data) : model.common(data);
        assertEquals(Integer.parseInt(cells[5]), data.k());
        double se = GlmmSets.number(cells[7]);
        assertEquals(GlmmSets.number(cells[6]), fit.estimate(0), (laplace ? 0.02 : 3e-5) * fit.standardError(0));
        assertEquals(GlmmSets.number(cells[8]), fit.tau2(), laplace ? 0.05 * (0.1 + fit.tau2()) : 3e-5);
        if (data.model() == GlmmModel.CM_EL && data.isTwoArms() && cells[1].equals("CM.EL")) {
            return;
        }
        assertEquals(se, fit.standardError(0), (laplace ? 0.05 : 2e-5) * se);
    }

    /** Where metafor's log-likelihood has all constants: without quadrature, with one point, and in its own exact model. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("metafor")
    void matchesTheFitStatistics(String row) {
        String[] cells = row.split(",");
        boolean random = cells[2].equals("ML");
        boolean exact = cells[1].equals("CM.EL")
                && GlmmSets.data(cells[0], cells[1]).study(0).kappa()[0] instanceof HypergeometricCumulant;
        if ((random && !exact) || cells[1].equals("UM.RS")) {
            return;
        }
        GlmmData data = GlmmSets.data(cells[0], cells[1]);
        GlmmFit fit = random ? model.random(data) : model.common(data);
        double tolerance = random ? 2e-4 : 2e-9;
        assertEquals(GlmmSets.number(cells[10]), fit.logLikelihood(), tolerance);
        assertEquals(GlmmSets.number(cells[11]), fit.aic(), 2 * tolerance);
        assertEquals(GlmmSets.number(cells[12]), fit.bic(), 2 * tolerance);
        assertEquals(GlmmSets.number(cells[13]), fit.aicc(), 2 * tolerance);
    }

    /** The Wald statistic of metafor's exact model comes from difference quotients. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("metafor")
    void matchesTheTestsOfHeterogeneity(String row) {
        String[] cells = row.split(",");
        if (!cells[2].equals("EE") || cells[16].equals("NA")) {
            return;
        }
        GlmmData data = GlmmSets.data(cells[0], cells[1]);
        GlmmFit common = model.common(data);
        TestResult ratio = model.likelihoodRatioHeterogeneity(common);
        double lrt = GlmmSets.number(cells[16]);
        assertEquals(GlmmSets.number(cells[14]), ratio.df());
        boolean baselines = cells[1].equals("UM.RS");
        // lme4 does not reach the maximum in which effects of studies without event run away.
        assertEquals(lrt, ratio.statistic(), (baselines ? 2e-4 : 1e-7) * lrt);
        TestResult own = model.waldHeterogeneity(common);
        boolean allFinite = own.df() == ratio.df();
        if (!(data.study(0).kappa()[0] instanceof HypergeometricCumulant) && (allFinite || !baselines)) {
            double wald = GlmmSets.number(cells[15]);
            assertEquals(wald, own.statistic(), (baselines ? 1e-5 : 1e-6) * wald);
        }
    }

    @Test
    void referencesCoverEveryModel() {
        List<String> rows = GlmmSets.lines("metafor.csv");
        assertThat(rows).hasSizeGreaterThan(122);
        assertThat(names(rows, 0)).hasSizeGreaterThanOrEqualTo(20);
        assertThat(names(rows, 1)).isEqualTo(Set.of("CM.EL", "CM.AL", "UM.FS", "UM.RS"));
        assertThat(GlmmSets.lines("exact.csv")).hasSizeGreaterThanOrEqualTo(17);
        assertThat(names(GlmmSets.lines("exact.csv"), 1)).isEqualTo(Set.of("CM.EL", "CM.AL", "UM.FS", "UM.RS"));
    }

    private static Set<String> names(List<String> rows, int column) {
        return rows.stream().map(row -> row.split(",")[column]).collect(Collectors.toSet());
    }
}
