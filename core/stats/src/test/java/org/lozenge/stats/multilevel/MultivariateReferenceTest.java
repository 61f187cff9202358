package org.lozenge.stats.multilevel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lozenge.stats.multilevel.Sets.close;
import static org.lozenge.stats.multilevel.Sets.numbers;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lozenge.stats.Interval;
import org.lozenge.stats.multilevel.Sets.Effect;
import org.lozenge.stats.robust.RobustType;

/** Against 40 digits, metafor, clubSandwich and published values. */
class MultivariateReferenceTest {

    private static final Map<String, List<Effect>> SETS = Sets.read();

    static Stream<Arguments> rows(String file) {
        return Sets.table(file).stream()
                .map(row -> Arguments.of(
                        String.join(" ", row.get("set"), row.get("structure"), row.get("rho"), row.get("method")),
                        row));
    }

    static Stream<Arguments> exact() {
        return rows("multivariate-exact.csv");
    }

    /** metafor's G of gleser2009 under CS has ρ = −1 for three outcomes, which no covariance has: ours ends at −1/2. */
    static Stream<Arguments> metafor() {
        return rows("multivariate-metafor.csv")
                .filter(row -> !row.get()[0].toString().startsWith("gleser2009 CS"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("exact")
    void matchesFortyDigits(String name, Map<String, String> row) {
        compare(name, row, fit(row), 1e-11, 1e-11, 1e-10);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("metafor")
    void matchesMetafor(String name, Map<String, String> row) {
        MultivariateFit fit = fit(row);
        // The likelihood of a correlation near its bound is flat for metafor's optimiser.
        compare(name, row, fit, 2e-4, 2e-5, 1e-6);
        RobustEffects robust = fit.robust(RobustType.CR2);
        double[] se = numbers(row, "cr2_se");
        double[] df = numbers(row, "cr2_df");
        for (int i = 0; i < se.length; i++) {
            close(se[i], robust.standardError(i), 2e-4, se[i], name);
            close(df[i], robust.test(i).df(), 2e-4, df[i], name);
        }
    }

    private static MultivariateFit fit(Map<String, String> row) {
        return Sets.multivariate(Objects.requireNonNull(SETS.get(row.get("set"))), row);
    }

    private static void compare(
            String name,
            Map<String, String> row,
            MultivariateFit fit,
            double ofVariances,
            double ofMeans,
            double ofLikelihood) {
        double[] tau2 = numbers(row, "tau2");
        double total = Arrays.stream(tau2).sum();
        double[] between = numbers(row, "between");
        int at = 0;
        for (int a = 0; a < tau2.length; a++) {
            close(tau2[a], fit.tau2(a), ofVariances, total, name + " tau2");
            for (int b = a + 1; b < tau2.length; b++) {
                double rho = fit.rho(a, b);
                double covariance = Double.isNaN(rho) ? 0 : rho * Math.sqrt(fit.tau2(a) * fit.tau2(b));
                close(between[at++], covariance, ofVariances, total, name + " covariance");
            }
        }
        double[] se = numbers(row, "se");
        double[] estimate = numbers(row, "estimate");
        for (int i = 0; i < se.length; i++) {
            close(estimate[i], fit.coefficients().coefficients().get(i), ofMeans, se[i], name + " estimate");
            close(se[i], fit.coefficients().standardError(i), ofMeans, se[i], name + " se");
        }
        assertEquals(
                numbers(row, "log_likelihood")[0],
                fit.logLikelihood(row.get("method").equals("REML")),
                ofLikelihood,
                name);
        double q = numbers(row, "qe")[0];
        close(q, fit.residualHeterogeneity().statistic(), 1e-12, q, name + " Q");
    }

    @Test
    void referenceCoversTheSets() {
        assertEquals(62, Sets.table("multivariate-exact.csv").size());
        assertEquals(64, Sets.table("multivariate-metafor.csv").size());
    }

    private static MultivariateFit fit(String set, String structure, String rho, String method) {
        return fit(Map.of("set", set, "structure", structure, "rho", rho, "method", method));
    }

    /** Van Houwelingen, Arends and Stijnen (2002), section 5: log odds of the arms of the BCG trials, full likelihood. */
    @Test
    void agreesWithVanHouwelingenAndOthers() {
        MultivariateFit fit = fit("vanhouwelingen2002", "UN", "0", "ML");
        int control = fit.outcomes().indexOf("control");
        assertEquals(-4.0960, fit.coefficients().coefficients().get(control), 5e-5);
        assertEquals(-4.8337, fit.coefficients().coefficients().get(1 - control), 5e-5);
        assertEquals(0.4347, fit.coefficients().standardError(control), 5e-5);
        assertEquals(0.3396, fit.coefficients().standardError(1 - control), 5e-5);
        assertEquals(2.4073, fit.tau2(control), 5e-5);
        assertEquals(1.4314, fit.tau2(1 - control), 2e-4);
        assertEquals(1.7573, fit.rho(0, 1) * Math.sqrt(fit.tau2(0) * fit.tau2(1)), 5e-5);
    }

    @Test
    void intervalsOfVariancesReachTheLimitOfTheLikelihood() {
        MultivariateFit fit = fit("berkey1998", "UN", "given", "REML");
        MultivariateFit other = fit("berkey1998", "HCS", "given", "REML");
        // With two outcomes both structures are the same, by other parameters.
        for (int o = 0; o < 2; o++) {
            Interval interval = fit.tau2Interval(o);
            close(other.tau2Interval(o).lower(), interval.lower(), 1e-8, interval.lower(), "lower");
            close(other.tau2Interval(o).upper(), interval.upper(), 1e-9, interval.upper(), "upper");
            assertTrue(interval.contains(fit.tau2(o)));
        }
        Interval rho = fit.rhoInterval(0, 1);
        assertEquals(other.rhoInterval(0, 1).lower(), rho.lower(), 1e-9);
        assertEquals(1, rho.upper());
    }

    @Test
    void saysThatACorrelationIsAtItsBound() {
        MultivariateFit fit = fit("riley2003", "UN", "0.5", "REML");
        assertTrue(fit.isAtBound(0, 1));
        assertEquals(1, fit.rho(0, 1), 1e-9);
        assertEquals(-0.5, fit("gleser2009", "CS", "given", "REML").rho(0, 1), 1e-12);
    }

    @Test
    void borrowsNothingWithoutCorrelation() {
        MultivariateFit fit = fit("riley2003", "DIAG", "0", "REML");
        assertEquals(0, fit.borrowedStrength(0, 0), 1e-12);
        assertTrue(fit("riley2003", "UN", "0.5", "REML").borrowedStrength(0, 0) > 0.2);
    }
}
