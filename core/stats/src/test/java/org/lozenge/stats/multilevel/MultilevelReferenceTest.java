package org.lozenge.stats.multilevel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lozenge.stats.multilevel.Sets.close;
import static org.lozenge.stats.multilevel.Sets.numbers;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lozenge.stats.multilevel.Sets.Effect;
import org.lozenge.stats.robust.RobustType;

/** Against 40 digits, and against metafor and clubSandwich as far as metafor's optimiser goes. */
class MultilevelReferenceTest {

    /** Largest deviation seen: 7e-14. */
    private static final double EXACT = 1e-11;

    /** metafor's optimiser ends about 2e-6 from the maximum of the full likelihood of tannersmith2016; else nearer. */
    private static final double OPTIMISER = 5e-6;

    private static final Map<String, List<Effect>> SETS = Sets.read();

    static Stream<Arguments> rows(String file) {
        return Sets.table(file).stream()
                .map(row -> Arguments.of(
                        String.join(
                                " ",
                                row.get("set"),
                                row.get("levels"),
                                row.get("rho"),
                                row.get("x"),
                                row.get("method")),
                        row));
    }

    static Stream<Arguments> exact() {
        return rows("multilevel-exact.csv");
    }

    static Stream<Arguments> metafor() {
        return rows("multilevel-metafor.csv");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("exact")
    void matchesFortyDigits(String name, Map<String, String> row) {
        MultilevelFit fit = Sets.multilevel(Sets.rows(SETS, row), row, CoefficientTest.Z);
        compare(name, row, fit, EXACT, EXACT);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("metafor")
    void matchesMetafor(String name, Map<String, String> row) {
        MultilevelFit fit = Sets.multilevel(Sets.rows(SETS, row), row, CoefficientTest.CONTAINMENT);
        compare(name, row, fit, OPTIMISER, 1e-7);
        double[] df = numbers(row, "df_contained");
        for (int i = 0; i < df.length; i++) {
            assertEquals(df[i], fit.coefficients().df(i), name);
        }
        double sigma = Math.sqrt(Arrays.stream(numbers(row, "sigma2")).sum());
        double[] effects = numbers(row, "cluster_effect");
        double[] errors = numbers(row, "cluster_effect_se");
        List<MultilevelFit.Prediction> predicted = fit.groupEffects(0);
        assertEquals(effects.length, predicted.size(), name);
        for (int i = 0; i < effects.length; i++) {
            close(effects[i], predicted.get(i).value(), 5e-6, sigma, name);
            // Where our σ² is 0, metafor's is not quite: 3e-4 of the total standard deviation in knapp2017.
            close(errors[i], predicted.get(i).standardError(), 5e-4, sigma, name);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("metafor")
    void matchesClubSandwich(String name, Map<String, String> row) {
        MultilevelFit fit = Sets.multilevel(Sets.rows(SETS, row), row, CoefficientTest.Z);
        for (RobustType type : List.of(RobustType.CR0, RobustType.CR1, RobustType.CR2)) {
            RobustEffects robust = fit.robust(type);
            String token = type.name().toLowerCase(Locale.ROOT);
            double[] se = numbers(row, token + "_se");
            for (int i = 0; i < se.length; i++) {
                close(se[i], robust.standardError(i), OPTIMISER, se[i], name + " " + type);
                if (type != RobustType.CR1) {
                    double df = numbers(row, token + "_df")[i];
                    close(df, robust.test(i).df(), OPTIMISER, df, name + " " + type);
                }
            }
        }
        if (row.get("x").equals("1")) {
            FixedEffects.Omnibus test = fit.robust(RobustType.CR2).omnibus(0, 1);
            close(numbers(row, "htz_f")[0], test.statistic(), OPTIMISER, test.statistic(), name);
            close(numbers(row, "htz_df")[0], test.df2(), OPTIMISER, test.df2(), name);
            close(numbers(row, "htz_p")[0], test.pValue(), 2e-5, test.pValue(), name);
        }
    }

    private static void compare(
            String name, Map<String, String> row, MultilevelFit fit, double tolerance, double ofLikelihood) {
        double[] sigma2 = numbers(row, "sigma2");
        double total = Arrays.stream(sigma2).sum();
        for (int i = 0; i < sigma2.length; i++) {
            close(sigma2[i], fit.sigma2().get(i), tolerance, total, name + " sigma2");
        }
        double[] se = numbers(row, "se");
        double[] estimate = numbers(row, "estimate");
        for (int i = 0; i < se.length; i++) {
            close(estimate[i], fit.coefficients().coefficients().get(i), tolerance, se[i], name + " estimate");
            close(se[i], fit.coefficients().standardError(i), tolerance, se[i], name + " se");
        }
        double logLikelihood = numbers(row, "log_likelihood")[0];
        assertEquals(logLikelihood, fit.logLikelihood(row.get("method").equals("REML")), ofLikelihood, name);
        double q = numbers(row, "qe")[0];
        close(q, fit.residualHeterogeneity().statistic(), 1e-12, q, name + " Q");
    }

    @Test
    void referenceCoversTheSets() {
        Set<String> sets = Set.of(
                "konstantopoulos2011",
                "assink2016",
                "crede2010",
                "bornmann2007",
                "curtis1998",
                "tannersmith2016",
                "craft2003",
                "knapp2017");
        assertTrue(names("multilevel-exact.csv").containsAll(sets));
        assertTrue(names("multilevel-metafor.csv").containsAll(sets));
        assertEquals(52, Sets.table("multilevel-exact.csv").size());
        assertEquals(58, Sets.table("multilevel-metafor.csv").size());
    }

    private static Set<String> names(String file) {
        return Sets.table(file).stream().map(row -> row.get("set")).collect(Collectors.toSet());
    }
}
