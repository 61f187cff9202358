package org.lozenge.stats.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HazardDriftTest {

    /** Proportional hazards: 1 % of trials may be marked, and 2 % is three standard errors more in 400. */
    @ParameterizedTest
    @CsvSource({"60, 3, 2", "150, 6, 2", "150, 12, 3"})
    void marksNoMoreProportionalHazardsThanItsLevel(int n, double step, int decimals) {
        int marked = 0;
        int tested = 0;
        for (int run = 0; run < 400; run++) {
            Random random = new Random(run * 31L + n);
            double ratio = Math.exp(-1 + 1.5 * random.nextDouble());
            double shape = 0.7 + 0.8 * random.nextDouble();
            double scale = 10 + 40 * random.nextDouble();
            HazardDrift drift = drift(
                    random,
                    n,
                    step,
                    decimals,
                    SimulatedCurves.weibull(scale, shape, ratio),
                    SimulatedCurves.weibull(scale, shape, 1));
            tested += drift.test().df() > 0 ? 1 : 0;
            marked += drift.isMarked() ? 1 : 0;
        }

        assertThat(tested).isGreaterThan(300);
        assertThat(marked).isLessThanOrEqualTo(8);
    }

    @Test
    void catchesCrossingCurves() {
        int marked = 0;
        for (int run = 0; run < 50; run++) {
            HazardDrift drift = drift(
                    new Random(run),
                    250,
                    4,
                    2,
                    SimulatedCurves.piecewise(0.015, 12, 0.09),
                    SimulatedCurves.piecewise(0.04, 12, 0.04));
            marked += drift.isMarked() ? 1 : 0;
        }

        assertThat(marked).isGreaterThanOrEqualTo(48);
    }

    private static HazardDrift drift(
            Random random,
            int n,
            double step,
            int decimals,
            DoubleUnaryOperator treated,
            DoubleUnaryOperator untreated) {
        SimulatedCurves trial = new SimulatedCurves(random, n, 60, treated, untreated);
        return HazardDrift.ofCurves(trial.report(step, (int) (48 / step), decimals))
                .orElseThrow();
    }

    /** Reconstructed patients agree with the patients themselves better than the intervals do. */
    @Test
    void reconstructionComesNearestToTheCoxModelOfThePatients() {
        double bias24 = 0;
        double bias18 = 0;
        double errors = 0;
        int runs = 40;
        for (int run = 0; run < runs; run++) {
            Random random = new Random(run);
            SimulatedCurves trial = new SimulatedCurves(
                    random, 300, 60, SimulatedCurves.weibull(30, 1.1, 0.5), SimulatedCurves.weibull(30, 1.1, 1));
            ReportedResult report = trial.report(6, 8, 2);
            CoxFit cox = trial.cox();
            RouteEstimate t24 = (RouteEstimate) new CurveReconstructionRoute().apply(report);
            RouteEstimate t18 = (RouteEstimate) new CurveAtRiskRoute().apply(report);
            bias24 += (t24.y() - cox.estimate(0)) / runs;
            bias18 += (t18.y() - cox.estimate(0)) / runs;
            errors += t24.standardError() / cox.standardError(0) / runs;
        }

        assertThat(bias24).isCloseTo(0, within(0.01));
        assertThat(bias18).isBetween(0.02, 0.12);
        assertThat(errors).isCloseTo(1, within(0.02));
    }

    /** One change of the hazard ratio, from 0.5 to 2, worked by hand: H is −ln S. */
    @Test
    void comparesPeriodsByTheirHazards() {
        HazardDrift drift = HazardDrift.ofTimes(
                        List.of(
                                Reports.read(
                                        "survival_t=0.90;survival_c=0.81;time=12;n_t=400;n_c=400;events_t=240;events_c=180"),
                                Reports.read("survival_t=0.40;survival_c=0.54;time=24")),
                        Double.NaN)
                .orElseThrow();

        assertThat(drift.points()).extracting(HazardDrift.Point::hazardRatio).satisfies(ratios -> {
            assertThat(ratios.get(0)).isCloseTo(0.5, within(1e-12));
            assertThat(ratios.get(1)).isCloseTo(Math.log(0.4) / Math.log(0.54), within(1e-12));
        });
        assertThat(drift.periods()).hasSize(2);
        assertThat(drift.periods().get(1).hazardRatio(0))
                .isCloseTo(Math.log(0.9 / 0.4) / Math.log(0.81 / 0.54), within(1e-12));
        assertThat(drift.isMarked()).isTrue();
        assertThat(drift.censoringKnown()).isTrue();
        assertThat(drift.text())
                .startsWith("The hazard ratio is not the same throughout: 0.50 (95% CI ")
                .contains(" from 0 to 12, 2.00 (95% CI ")
                .contains(" from 12 to 24 (P = ")
                .contains("The curves cross.");
    }

    @Test
    void isMoreCarefulWhereCensoringIsNotKnown() {
        List<ReportedResult> reports = List.of(
                Reports.read("survival_t=0.90;survival_c=0.81;time=12;n_t=90;n_c=90"),
                Reports.read("survival_t=0.60;survival_c=0.60;time=24"));

        assertThat(HazardDrift.ofTimes(reports, Double.NaN).orElseThrow().censoringKnown())
                .isFalse();
        assertThat(HazardDrift.ofTimes(reports, 20).orElseThrow().censoringKnown())
                .isTrue();
    }

    @Test
    void findsNothingWithoutTwoTimesOrParticipants() {
        assertThat(HazardDrift.ofTimes(
                        List.of(Reports.read("survival_t=0.9;survival_c=0.8;time=12;n_t=90;n_c=90")), Double.NaN))
                .isEmpty();
        assertThat(HazardDrift.ofTimes(
                        List.of(
                                Reports.read("survival_t=0.9;survival_c=0.8;time=12"),
                                Reports.read("survival_t=0.7;survival_c=0.6;time=24")),
                        Double.NaN))
                .isEmpty();
        assertThat(HazardDrift.ofCurves(Reports.read("hr=0.5"))).isEmpty();
    }

    @Test
    void roundingOfFewEventsIsNoDrift() {
        HazardDrift drift = HazardDrift.ofTimes(
                        List.of(
                                Reports.read(
                                        "survival_t=0.99;survival_c=0.98;time=12;n_t=2000;n_c=2000;events_t=100;events_c=120"),
                                Reports.read("survival_t=0.98;survival_c=0.97;time=24"),
                                Reports.read("survival_t=0.95;survival_c=0.94;time=36")),
                        Double.NaN)
                .orElseThrow();

        assertThat(drift.isMarked()).isFalse();
    }

    /** Straight lines from 1 to 0.8 to 0.6: 12 · 0.9 + 12 · 0.7. */
    @Test
    void restrictedMeansAreAreasUnderTheLines() {
        ReportedResult report = Curves.report("n_t=100;n_c=50", "12 0.8/24 0.6", "12 0.7/24 0.5");
        CurveRestrictedMean means = CurveRestrictedMean.of(report, 24).orElseThrow();
        double a1 = 8.4 + 0.8 / 2 * 12;
        double a2 = 0.6 / 2 * 12;

        assertThat(means.treatment().value()).isCloseTo(19.2, within(1e-12));
        assertThat(means.control().value()).isCloseTo(17.4, within(1e-12));
        assertThat(means.difference().value()).isCloseTo(1.8, within(1e-12));
        assertThat(means.treatment().standardError())
                .isCloseTo(Math.sqrt(a1 * a1 * 20 / (100 * 80.0) + a2 * a2 * 20 / (80 * 60.0)), within(1e-12));
        assertThat(CurveRestrictedMean.of(report, 18).orElseThrow().treatment().value())
                .isCloseTo(12 * 0.9 + 6 * 0.75, within(1e-12));
        assertThat(CurveRestrictedMean.of(report, 25)).isEmpty();
        assertThat(CurveRestrictedMean.largestHorizon(report)).contains(24.0);
    }

    @Test
    void restrictedMeansComeNearThoseOfThePatients() {
        SimulatedCurves trial = new SimulatedCurves(
                new Random(5), 300, 60, SimulatedCurves.weibull(30, 1.1, 0.5), SimulatedCurves.weibull(30, 1.1, 1));
        KaplanMeier estimator = new KaplanMeier(CurveInterval.PLAIN, 0.95);
        RestrictedMeanSurvivalTime.Estimate patients = new RestrictedMeanSurvivalTime(48)
                .difference(estimator.estimate(trial.treatment), estimator.estimate(trial.control));
        RestrictedMeanSurvivalTime.Estimate curves =
                CurveRestrictedMean.of(trial.report(6, 8, 3), 48).orElseThrow().difference();

        assertThat(curves.value()).isCloseTo(patients.value(), within(0.1 * patients.standardError()));
        assertThat(curves.standardError()).isCloseTo(patients.standardError(), within(0.03 * patients.standardError()));
    }
}
