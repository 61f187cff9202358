package org.lozenge.stats.glmm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.model.JointTest;

/** Models with moderators against brute-force integration to many digits, and against metafor. */
class GlmmModeratorsReferenceTest {

    private static final Map<String, String[]> SETS = new HashMap<>();

    static {
        for (String line : GlmmSets.lines("moderator-sets.csv")) {
            SETS.put(line.substring(0, line.indexOf(',')), line.split(",", -1));
        }
    }

    private final MixedModel model = new MixedModel();

    static Stream<String> exact() {
        return GlmmSets.lines("moderators-exact.csv").stream();
    }

    static Stream<String> metafor() {
        return GlmmSets.lines("moderators-metafor.csv").stream();
    }

    private static GlmmData data(String set, String likelihood) {
        String[] s = SETS.get(set);
        GlmmModel m = GlmmModel.valueOf(likelihood.replace('.', '_'));
        double[] x1 = GlmmSets.numbers(s[2]);
        double[] n1 = GlmmSets.numbers(s[3]);
        double[] x2 = GlmmSets.numbers(s[4]);
        double[] n2 = GlmmSets.numbers(s[5]);
        GlmmData data = switch (s[1]) {
            case "OR" -> GlmmData.oddsRatio(m, GlmmCoding.HALF, x1, n1, x2, n2);
            case "IRR" -> GlmmData.rateRatio(m, GlmmCoding.HALF, x1, n1, x2, n2);
            case "PLO" -> GlmmData.proportion(x1, n1);
            default -> GlmmData.rate(x1, n1);
        };
        double[][] columns =
                Arrays.stream(s[7].split(";")).map(GlmmSets::numbers).toArray(double[][]::new);
        double[][] rows = new double[x1.length][columns.length];
        for (int i = 0; i < rows.length; i++) {
            for (int c = 0; c < columns.length; c++) {
                rows[i][c] = columns[c][i];
            }
        }
        return data.withDesign(rows);
    }

    /** Units and zeros of moderators cost no digits: years are about their mean by 1 in 100. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("exact")
    void matchesIntegrationToManyDigits(String row) {
        String[] cells = row.split(",");
        GlmmFit fit = model.random(data(cells[0], cells[1]));
        double[] estimates = GlmmSets.numbers(cells[2]);
        double[] errors = GlmmSets.numbers(cells[3]);
        assertEquals(estimates.length, fit.data().coefficients());
        for (int c = 0; c < estimates.length; c++) {
            assertEquals(estimates[c], fit.estimate(c), 1e-10 * errors[c]);
            assertEquals(errors[c], fit.standardError(c), 1e-9 * errors[c]);
        }
        relative(cells[4], fit.tau2(), 1e-9);
        // The reference's own difference quotients limit this one in the plane.
        relative(cells[5], fit.tau2StandardError(), 1e-8);
        if (!cells[6].equals("NA")) {
            relative(cells[6], fit.sigma2(), 1e-9);
        }
        relative(cells[7], fit.logLikelihood(), 1e-12);
    }

    private static void relative(String expected, double actual, double tolerance) {
        double number = GlmmSets.number(expected);
        assertEquals(number, actual, tolerance * Math.abs(number));
    }

    /**
     * As far as lme4's optimisers go, which is 1e-4 of a standard error at worst; standard errors of the exact model are from
     * difference quotients, 6e-3 off at worst. lme4's Laplace approximation differs by as much as it is one.
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("metafor")
    void matchesMetafor(String row) {
        String[] cells = row.split(",");
        boolean random = cells[2].equals("ML");
        boolean plane = cells[1].equals("UM.RS");
        boolean laplace = plane && random;
        GlmmData data = data(cells[0], cells[1]);
        GlmmFit fit = random ? model.random(data) : model.common(data);
        assertEquals(Integer.parseInt(cells[5]), data.k());
        double[] estimates = GlmmSets.numbers(cells[6]);
        double[] errors = GlmmSets.numbers(cells[7]);
        boolean exact = cells[1].equals("CM.EL") && data.study(0).kappa()[0] instanceof HypergeometricCumulant;
        for (int c = 0; c < estimates.length; c++) {
            double se = fit.standardError(c);
            assertEquals(estimates[c], fit.estimate(c), (laplace ? 1 : 2e-4) * se);
            assertEquals(errors[c], se, (laplace ? 0.2 : exact ? 1e-2 : 2e-4) * se);
        }
        assertEquals(GlmmSets.number(cells[8]), fit.tau2(), laplace ? 0.05 : 1e-5);
        if (!laplace && !exact) {
            int p = data.coefficients();
            double[][] moderators = new double[p - 1][p];
            for (int c = 1; c < p; c++) {
                moderators[c - 1][c] = 1;
            }
            JointTest test = fit.inference(Double.POSITIVE_INFINITY).testAll(moderators);
            double qm = GlmmSets.number(cells[12]);
            assertEquals(qm, test.statistic(), 2e-4 * qm);
            assertEquals(GlmmSets.number(cells[13]), test.df1());
        }
    }

    /**
     * The likelihood ratio against an effect of its own for each study. metafor gives 0 or NA where its saturated model has
     * coefficients that are not estimable.
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("metafor")
    void matchesTheResidualHeterogeneity(String row) {
        String[] cells = row.split(",");
        if (!cells[2].equals("EE") || cells[1].equals("UM.RS") || cells[11].equals("NA") || cells[11].equals("0")) {
            return;
        }
        GlmmFit common = model.common(data(cells[0], cells[1]));
        TestResult test = model.likelihoodRatioHeterogeneity(common);
        assertEquals(GlmmSets.number(cells[9]), test.df());
        assertEquals(GlmmSets.number(cells[11]), test.statistic(), 1e-6 * test.statistic());
    }

    @Test
    void referencesCoverEveryModel() {
        assertThat(exact().map(row -> row.split(",")[1]).collect(Collectors.toSet()))
                .isEqualTo(Set.of("CM.EL", "CM.AL", "UM.FS", "UM.RS"));
        assertThat(metafor().map(row -> row.split(",")[1]).collect(Collectors.toSet()))
                .isEqualTo(Set.of("CM.EL", "CM.AL", "UM.FS", "UM.RS"));
        assertThat(exact()).hasSizeGreaterThanOrEqualTo(8);
        assertThat(metafor()).hasSize(42);
    }
}
