package org.lozenge.stats.glmm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.lozenge.stats.ConvergenceException;
import org.lozenge.stats.Interval;

class MixedModelTest {

    private static final double Z = Double.POSITIVE_INFINITY;

    private final MixedModel model = new MixedModel();

    // ---- published

    /**
     * Stijnen, Hamza and Özdemir (2010), tables II, III, VII and VIII, to the digits printed. For the treated groups, whose
     * counts are the other column of the same sets, see the rows named treated.
     */
    @ParameterizedTest
    @CsvSource({
        "nielweise2007-control, UM.FS, -3.50, 0.26, 0.90, 0.005",
        "nielweise2008-control, UM.FS, 1.401, 0.231, 0.563, 0.001",
        "nielweise2007, CM.EL, -1.353, 0.351, 0.83, 0.005",
        "nielweise2007, CM.AL, -1.303, 0.339, 0.77, 0.006",
        "nielweise2008, CM.EL, -0.476, 0.238, 0.35, 0.0006"
    })
    void agreesWithStijnen(String set, String likelihood, double estimate, double se, double tau, double tolerance) {
        GlmmFit fit = model.random(GlmmSets.data(set, likelihood));
        assertEquals(estimate, fit.estimate(0), tolerance);
        assertEquals(se, fit.standardError(0), tolerance);
        assertEquals(tau, Math.sqrt(fit.tau2()), 0.006);
    }

    /** Stijnen and others (2010), tables II and VII: groups with the new catheter. */
    @Test
    void agreesWithStijnenOnTreatedGroups() {
        GlmmFit proportion = model.random(
                GlmmData.proportion(GlmmSets.column("nielweise2007", "x1"), GlmmSets.column("nielweise2007", "n1")));
        assertEquals(-4.81, proportion.estimate(0), 0.005);
        assertEquals(0.36, proportion.standardError(0), 0.005);
        assertEquals(0.83, proportion.tau2(), 0.005);
        GlmmFit rate = model.random(
                GlmmData.rate(GlmmSets.column("nielweise2008", "x1"), GlmmSets.column("nielweise2008", "n1")));
        assertEquals(0.850, rate.estimate(0), 0.0011);
        assertEquals(0.330, rate.standardError(0), 0.0005);
        assertEquals(0.654, rate.tau2(), 0.0005);
    }

    /** van Houwelingen, Zwinderman and Stijnen (1993), pages 2275 and 2277; they compare control with treatment. */
    @Test
    void agreesWithVanHouwelingen() {
        GlmmData data = GlmmSets.data("collins1985a", "CM.EL");
        GlmmFit common = model.common(data);
        assertEquals(-0.122, common.estimate(0), 0.0005);
        // Printed without rounding up.
        assertEquals(0.099, common.standardError(0), 0.001);
        Interval profile = common.profileInterval(0, 0.95);
        assertEquals(0.073, profile.upper(), 0.0005);
        assertEquals(-0.31, profile.lower(), 0.008);
        assertEquals(-53.679, common.logLikelihood(), 0.0005);
        GlmmFit random = model.random(data);
        // Their integration was coarser: the estimate is 0.1744.
        assertEquals(-0.175, random.estimate(0), 0.001);
        assertEquals(0.136, random.standardError(0), 0.0005);
        assertEquals(-0.441, random.interval(0, 0.95, Z).lower(), 0.0012);
        assertEquals(0.092, random.interval(0, 0.95, Z).upper(), 0.0012);
        assertEquals(-52.989, random.logLikelihood(), 0.0015);
        assertEquals(0.119, random.tau2(), 0.0005);
    }

    // ---- closed forms

    /** One table: the exact conditional estimate solves an equation that R's fisher.test does too (R 4.2.2). */
    @Test
    void theConditionalEstimateOfOneTableIsFishers() {
        GlmmFit fit =
                model.common(GlmmData.oddsRatio(GlmmModel.CM_EL, GlmmCoding.HALF, one(7), one(20), one(3), one(22)));
        // fisher.test(matrix(c(7, 13, 3, 19), 2), conf.int = FALSE)$estimate
        assertEquals(3.30998722, StrictMath.exp(fit.estimate(0)), 1e-6);
    }

    @Test
    void aCommonProportionIsThatOfTheTotal() {
        GlmmFit fit = model.common(GlmmData.proportion(new double[] {3, 5, 0}, new double[] {20, 30, 10}));
        assertEquals(StrictMath.log(8.0 / 52), fit.estimate(0), 1e-14);
        assertEquals(Math.sqrt(1 / 8.0 + 1 / 52.0), fit.standardError(0), 1e-14);
        assertEquals(0, fit.tau2());
    }

    @Test
    void aCommonRateIsThatOfTheTotal() {
        GlmmFit fit = model.common(GlmmData.rate(new double[] {3, 5, 0}, new double[] {20.5, 30, 10}));
        assertEquals(StrictMath.log(8 / 60.5), fit.estimate(0), 1e-14);
        assertEquals(1 / Math.sqrt(8), fit.standardError(0), 1e-14);
    }

    /** With equal Poisson rates a gamma-free check: the marginal probability of no event. */
    @Test
    void theMarginalProbabilityIsTheIntegral() {
        StudyTerms study = new StudyTerms(
                new double[] {0}, new Cumulant[] {new BinomialCumulant(1)}, new double[1], new double[] {1}, 0, 0);
        StudyIntegral integral = new StudyIntegral(false, true);
        // By symmetry ∫ φ(z) / (1 + e^(τz)) dz = ½ for every τ.
        for (double tau : new double[] {0, 0.3, 1, 4}) {
            double log = integral.evaluate(study, new double[] {0, 0, tau, 0}, new GaussHermite(120));
            assertEquals(StrictMath.log(0.5), log, 1e-9);
            assertEquals(0, integral.gradient[StudyIntegral.TAU], 1e-8);
        }
    }

    @Test
    void quadratureIsExactForPolynomials() {
        for (int n : new int[] {1, 2, 5, 25, 96, 300}) {
            GaussHermite rule = new GaussHermite(n);
            double zero = 0;
            double two = 0;
            for (int j = 0; j < n; j++) {
                double w = rule.weight(j) * StrictMath.exp(-rule.point(j) * rule.point(j));
                zero += w;
                two += w * rule.point(j) * rule.point(j);
            }
            assertEquals(Math.sqrt(Math.PI), zero, 1e-13);
            assertEquals(n == 1 ? 0 : Math.sqrt(Math.PI) / 2, two, 1e-13);
        }
    }

    /** Sums over the whole support, in the plainest way. */
    @RepeatedTest(30)
    void theHypergeometricFamilyIsItsSum(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        int n1 = 1 + random.nextInt(60);
        int n2 = 1 + random.nextInt(60);
        int m = 1 + random.nextInt(n1 + n2 - 1);
        HypergeometricCumulant kappa = new HypergeometricCumulant(n1, n2, m);
        double theta = 6 * random.nextGaussian();
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        for (int j = kappa.low(); j <= kappa.high(); j++) {
            double term = StrictMath.exp(kappa.logTerm(j) + (j - kappa.centre()) * theta);
            s0 += term;
            s1 += term * (j - kappa.centre());
            s2 += term * (j - kappa.centre()) * (j - kappa.centre());
        }
        double[] out = new double[3];
        kappa.at(theta, out);
        double mean = s1 / s0;
        assertEquals(StrictMath.log(s0), out[0], 1e-12 * (1 + Math.abs(out[0])));
        assertEquals(mean, out[1], 1e-11 * (1 + Math.abs(mean)));
        assertEquals(s2 / s0 - mean * mean, out[2], 1e-9 * (1 + mean * mean));
    }

    /** The gradient and second derivatives of a study against difference quotients of its log-likelihood. */
    @RepeatedTest(20)
    void derivativesAreThoseOfTheValue(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        StudyTerms study = new StudyTerms(
                new double[] {random.nextInt(10), random.nextInt(10)},
                new Cumulant[] {new BinomialCumulant(12), new BinomialCumulant(15)},
                new double[2],
                new double[] {0.5, -0.5},
                0,
                0);
        StudyIntegral integral = new StudyIntegral(true, true);
        GaussHermite rule = new GaussHermite(40);
        double[] x = {random.nextGaussian(), random.nextGaussian(), 0.2 + random.nextDouble(), 0.2 + random.nextDouble()
        };
        integral.evaluate(study, x, rule);
        double[] gradient = integral.gradient.clone();
        double[][] hessian =
                Arrays.stream(integral.hessian).map(double[]::clone).toArray(double[][]::new);
        double h = 1e-5;
        for (int a = 0; a < x.length; a++) {
            double[] up = x.clone();
            double[] down = x.clone();
            up[a] += h;
            down[a] -= h;
            double high = integral.evaluate(study, up, rule);
            double[] highSlope = integral.gradient.clone();
            double low = integral.evaluate(study, down, rule);
            assertEquals((high - low) / (2 * h), gradient[a], 1e-7);
            for (int b = 0; b < x.length; b++) {
                assertEquals((highSlope[b] - integral.gradient[b]) / (2 * h), hessian[a][b], 1e-6);
            }
        }
    }

    // ---- invariants

    private static GlmmData tables(GlmmModel likelihood, GlmmCoding coding, double[][] t) {
        return GlmmData.oddsRatio(likelihood, coding, t[0], t[1], t[2], t[3]);
    }

    private static double[][] made(long seed, int k) {
        Random random = new Random(seed);
        double[][] t = new double[4][k];
        for (int i = 0; i < k; i++) {
            t[1][i] = 10 + random.nextInt(60);
            t[3][i] = 10 + random.nextInt(60);
            double base = -1.5 + 0.6 * random.nextGaussian();
            double effect = 0.4 + 0.7 * random.nextGaussian();
            t[0][i] = draw(random, (int) t[1][i], base + effect / 2);
            t[2][i] = draw(random, (int) t[3][i], base - effect / 2);
        }
        return t;
    }

    private static int draw(Random random, int n, double logit) {
        int events = 0;
        for (int i = 0; i < n; i++) {
            events += random.nextDouble() < 1 / (1 + StrictMath.exp(-logit)) ? 1 : 0;
        }
        return events;
    }

    @ParameterizedTest
    @EnumSource(GlmmModel.class)
    void exchangingTheArmsTurnsTheSign(GlmmModel likelihood) {
        double[][] t = made(1, 12);
        GlmmFit fit = model.random(tables(likelihood, GlmmCoding.HALF, t));
        GlmmFit turned = model.random(tables(likelihood, GlmmCoding.HALF, new double[][] {t[2], t[3], t[0], t[1]}));
        assertEquals(fit.estimate(0), -turned.estimate(0), 1e-8);
        assertEquals(fit.tau2(), turned.tau2(), 1e-8);
        assertEquals(fit.logLikelihood(), turned.logLikelihood(), 1e-9);
        assertEquals(fit.tau2Interval(0.9).upper(), turned.tau2Interval(0.9).upper(), 1e-6);
    }

    @ParameterizedTest
    @EnumSource(GlmmModel.class)
    void theOrderOfStudiesDoesNotMatter(GlmmModel likelihood) {
        double[][] t = made(2, 9);
        double[][] reversed = Arrays.stream(t)
                .map(column -> {
                    double[] other = new double[column.length];
                    for (int i = 0; i < other.length; i++) {
                        other[i] = column[column.length - 1 - i];
                    }
                    return other;
                })
                .toArray(double[][]::new);
        GlmmFit fit = model.random(tables(likelihood, GlmmCoding.HALF, t));
        GlmmFit other = model.random(tables(likelihood, GlmmCoding.HALF, reversed));
        assertEquals(fit.estimate(0), other.estimate(0), 1e-9);
        assertEquals(fit.tau2(), other.tau2(), 1e-9);
        double[] blups = fit.blups();
        double[] back = other.blups();
        for (int i = 0; i < blups.length; i++) {
            assertEquals(blups[i], back[blups.length - 1 - i], 1e-8);
        }
    }

    /** For rare events the approximate conditional likelihood approaches the exact one. */
    @Test
    void theApproximationHoldsForRareEvents() {
        double[][] t = {
            {2, 5, 1, 7, 3}, {20000, 30000, 25000, 40000, 15000}, {6, 9, 3, 6, 9}, {20000, 28000, 26000, 41000, 15500}
        };
        GlmmFit exact = model.random(tables(GlmmModel.CM_EL, GlmmCoding.HALF, t));
        GlmmFit near = model.random(tables(GlmmModel.CM_AL, GlmmCoding.HALF, t));
        assertEquals(exact.estimate(0), near.estimate(0), 2e-3);
        assertThat(exact.estimate(0)).isNotEqualTo(near.estimate(0));
    }

    /** A double zero changes nothing under conditional and fixed-baseline likelihoods, and something under random ones. */
    @Test
    void doubleZerosDoWhatTheLikelihoodSays() {
        double[][] t = made(3, 8);
        double[][] more = Arrays.stream(t).map(c -> Arrays.copyOf(c, 9)).toArray(double[][]::new);
        more[1][8] = 40;
        more[3][8] = 35;
        for (GlmmModel likelihood : GlmmModel.values()) {
            GlmmData with = tables(likelihood, GlmmCoding.HALF, more);
            GlmmFit fit = model.random(tables(likelihood, GlmmCoding.HALF, t));
            GlmmFit other = model.random(with);
            if (likelihood == GlmmModel.UM_RS) {
                assertThat(with.omitted()).isEmpty();
                assertThat(other.sigma2()).isGreaterThan(fit.sigma2());
            } else {
                assertThat(with.omitted()).containsExactly(8);
                assertEquals(fit.estimate(0), other.estimate(0));
                assertEquals(fit.parameters(), other.parameters());
            }
        }
    }

    /**
     * Events in one study and one arm of two others: with random baselines the likelihood has a maximum without variance
     * between studies (−12.3171) and a higher one with it, as sums over 300 points in each direction tell.
     */
    @Test
    void findsTheHigherOfTwoMaximaWhereEventsAreVeryRare() {
        double[][] t = {
            {0, 0, 0, 0, 10, 0, 0}, {41, 11, 44, 34, 51, 23, 11}, {1, 0, 0, 0, 1, 0, 0}, {33, 47, 23, 17, 55, 46, 17}
        };
        GlmmFit fit = model.random(tables(GlmmModel.UM_RS, GlmmCoding.CONTROL, t));
        assertThat(fit.logLikelihood()).isBetween(-12.30784, -12.30783);
        assertThat(fit.maxima()).isEqualTo(2);
        assertEquals(1.183, Math.sqrt(fit.tau2()), 1e-3);
    }

    /** The maximum by few points is none by more. */
    @Test
    void looksAgainWhereMorePointsLoseTheMaximum() {
        double[] events = {0, 0, 0, 0, 0, 0, 0, 12, 0};
        double[] n = {3, 2, 52, 40, 51, 5, 36, 29, 40};
        GlmmFit fit = model.random(GlmmData.proportion(events, n));
        assertEquals(-7.16843, fit.logLikelihood(), 1e-4);
        assertEquals(6.2, Math.sqrt(fit.tau2()), 0.05);
        assertThat(fit.points()).isLessThanOrEqualTo(300);
    }

    /** A moderator: coefficients follow its unit, and the fit does not change. */
    @Test
    void moderatorsScale() {
        double[][] t = made(5, 14);
        double[][] x = new double[14][];
        double[][] scaled = new double[14][];
        for (int i = 0; i < 14; i++) {
            x[i] = new double[] {1, i - 6.5};
            scaled[i] = new double[] {1, 10 * (i - 6.5)};
        }
        GlmmData data = tables(GlmmModel.CM_EL, GlmmCoding.HALF, t);
        GlmmFit fit = model.random(data.withDesign(x));
        GlmmFit other = model.random(data.withDesign(scaled));
        assertEquals(fit.estimate(0), other.estimate(0), 1e-8);
        assertEquals(fit.estimate(1), 10 * other.estimate(1), 1e-8);
        assertEquals(fit.logLikelihood(), other.logLikelihood(), 1e-9);
        assertThat(fit.logLikelihood())
                .isGreaterThanOrEqualTo(model.random(data).logLikelihood() - 1e-9);
        assertEquals(3, fit.parameters());
    }

    @Test
    void informationSharesAddToOne() {
        GlmmFit fit = model.random(tables(GlmmModel.UM_FS, GlmmCoding.HALF, made(6, 6)));
        assertEquals(1, Arrays.stream(fit.informationShares()).sum(), 1e-12);
    }

    /** Effects that agree perfectly: zero is exact, not small. */
    @Test
    void tau2IsExactlyZeroWhenEffectsAgree() {
        double[][] t = {{10, 10, 10}, {50, 50, 50}, {20, 20, 20}, {50, 50, 50}};
        for (GlmmModel likelihood : GlmmModel.values()) {
            GlmmFit fit = model.random(tables(likelihood, GlmmCoding.HALF, t));
            assertEquals(0, fit.tau2());
            assertThat(fit.tau2StandardError()).isNaN();
            assertEquals(0, fit.tau2Interval(0.95).lower());
            assertEquals(1, model.tau2Test(model.common(fit.data()), fit).pValue());
        }
    }

    @Test
    void aChosenNumberOfPointsIsKept() {
        GlmmData data = GlmmSets.data("nielweise2007", "CM.EL");
        GlmmFit rough = model.withPoints(5).random(data);
        assertEquals(5, rough.points());
        assertThat(rough.quadratureChange()).isBetween(1e-8, 0.1);
        assertThatThrownBy(() -> model.withPoints(4)).hasMessageContaining("from 5 to 150, but is 4");
    }

    // ---- errors

    @Test
    void saysThatTheEstimateIsInfinite() {
        GlmmData none = GlmmData.oddsRatio(
                GlmmModel.CM_EL,
                GlmmCoding.HALF,
                new double[] {0, 0},
                new double[] {10, 20},
                new double[] {3, 2},
                new double[] {12, 19});
        assertThat(none.separation()).isPresent();
        assertThatThrownBy(() -> model.common(none))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("minus infinity");
        assertThatThrownBy(() -> model.random(GlmmData.proportion(new double[] {9, 5}, new double[] {9, 5})))
                .hasMessageContaining("goes to infinity");
    }

    @Test
    void saysThatTheVarianceRunsAway() {
        GlmmData opposite = GlmmData.oddsRatio(
                GlmmModel.CM_EL,
                GlmmCoding.HALF,
                new double[] {0, 4},
                new double[] {10, 20},
                new double[] {3, 0},
                new double[] {12, 19});
        assertThatThrownBy(() -> model.random(opposite))
                .isInstanceOf(ConvergenceException.class)
                .hasMessageContaining("opposite ends");
    }

    @Test
    void refusesImpossibleCounts() {
        assertThatThrownBy(() -> GlmmData.proportion(new double[] {1, 7}, new double[] {3, 6}))
                .hasMessage("Study 2: 7.0 events cannot come from 6.0 participants");
        assertThatThrownBy(() -> GlmmData.rate(new double[] {1}, new double[] {0}))
                .hasMessageContaining("finite person-time above 0, but has 1.0 and 0.0");
        assertThatThrownBy(
                        () -> GlmmData.oddsRatio(GlmmModel.CM_EL, GlmmCoding.HALF, one(1.5), one(10), one(2), one(10)))
                .hasMessageContaining("needs whole numbers up to");
        assertThatThrownBy(() -> model.random(GlmmData.proportion(one(2), one(10))))
                .hasMessageContaining("cannot be estimated from 1 studies with 1 coefficients");
    }

    @Test
    void intervalsAreAroundTheEstimate() {
        GlmmFit fit = model.random(GlmmSets.data("nielweise2007", "CM.EL"));
        double half = 1.959963984540054 * fit.standardError(0);
        assertArrayEquals(
                new double[] {fit.estimate(0) - half, fit.estimate(0) + half},
                new double[] {
                    fit.interval(0, 0.95, Z).lower(), fit.interval(0, 0.95, Z).upper()
                },
                1e-12);
        assertThat(fit.predictionInterval(0.95, Z).width())
                .isGreaterThan(fit.interval(0, 0.95, Z).width());
        assertThat(fit.interval(0, 0.95, fit.df()).width()).isGreaterThan(2 * half);
    }

    private static double[] one(double value) {
        return new double[] {value};
    }
}
