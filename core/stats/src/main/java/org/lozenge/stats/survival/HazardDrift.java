package org.lozenge.stats.survival;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.numeric.ChiSquared;
import org.lozenge.stats.numeric.Normal;
import org.lozenge.stats.numeric.PositiveDefinite;

/**
 * Whether the hazard ratio that survival at several times implies stays the same over time.
 *
 * <p>With H = −ln S the hazard ratio of a period from s to e is {@code (Hₜ(e) − Hₜ(s)) / (H_c(e) − H_c(s))}, which
 * proportional hazards keep equal in all periods whatever their length. Short intervals are joined to at most
 * {@value #MOST_PERIODS} periods with at least {@value #FEWEST_EVENTS} events in each arm. The logs of the ratios are
 * compared by Cochran's Q (generalised, because rounding of a fraction moves the two periods it divides in opposite
 * directions):
 *
 * <pre>{@code var(Hₑ − Hₛ) = D/(R (R − D)) + rounding,   Q = (y − μ)' Σ⁻¹ (y − μ),   df = periods − 1}</pre>
 *
 * <p>The drift is {@linkplain #isMarked() marked} if P is below 0.01 and the ratios differ by a quarter at least. Where the
 * report does not say how many were censored, P must be below 0.001, because then the variances are too small.
 *
 * @param points survival at each time, with the hazard ratio since the start
 * @param periods the periods that were compared; empty if there are too few events to compare any
 * @param test the test; NaN with 0 degrees of freedom if there is nothing to compare
 * @param censoringKnown whether numbers at risk, follow-up, events or standard errors account for censoring
 */
public record HazardDrift(List<Point> points, List<Period> periods, TestResult test, boolean censoringKnown) {

    private static final int MOST_PERIODS = 4;

    private static final int FEWEST_EVENTS = 8;

    private static final double LEVEL = 0.01;

    private static final double LEVEL_WITHOUT_CENSORING = 0.001;

    /** Ratios closer than this are of no interest, however many people show them. */
    private static final double NOTABLE = 1.25;

    private static final double SINGULAR = 1e-12;

    /**
     * Survival at one time.
     *
     * @param time the time
     * @param treatment event-free fraction with treatment
     * @param control event-free fraction with control
     */
    public record Point(double time, double treatment, double control) {

        /** Hazard ratio that the fractions imply since the start; NaN where a fraction is 0 or neither has fallen. */
        public double hazardRatio() {
            double ratio = StrictMath.log(treatment) / StrictMath.log(control);
            return Double.isFinite(ratio) ? ratio : Double.NaN;
        }
    }

    /**
     * One period.
     *
     * @param start its start
     * @param end its end
     * @param logHazardRatio log hazard ratio within it
     * @param standardError its standard error, from sampling and rounding
     */
    public record Period(double start, double end, double logHazardRatio, double standardError) {

        /** The hazard ratio, moved by a number of standard errors. */
        public double hazardRatio(double standardErrors) {
            return StrictMath.exp(logHazardRatio + standardErrors * standardError);
        }
    }

    /** Copies the lists. */
    public HazardDrift {
        points = List.copyOf(points);
        periods = List.copyOf(periods);
    }

    /** Compares the hazard ratios of periods along the curves of a report; empty if it has none. */
    public static Optional<HazardDrift> ofCurves(ReportedResult report) {
        Optional<CurveStretches> best = CurveStretches.of(report).stream().findFirst();
        if (best.isEmpty() || best.get().stretches().isEmpty()) {
            return Optional.empty();
        }
        boolean known = !best.get().route().equals("T19");
        ReportedCurves curves = report.curves().orElseThrow();
        HazardSteps steps = new HazardSteps();
        for (CurveStretch stretch : best.get().stretches()) {
            steps.add(
                    stretch.end(),
                    HazardSteps.step(stretch.treatment(), curves.treatment().halfUnit()),
                    HazardSteps.step(stretch.control(), curves.control().halfUnit()));
        }
        return Optional.of(compare(steps, known));
    }

    /**
     * Compares the hazard ratios of periods between the times of printed event-free fractions.
     *
     * @param reports all reports of one endpoint of one trial
     * @param information 1/SE² of the trial's hazard ratio, which tells how many events it rests on; NaN if not known
     * @return empty unless fractions of both arms are printed for two times at least, with participants or standard errors
     */
    public static Optional<HazardDrift> ofTimes(List<ReportedResult> reports, double information) {
        return new SurvivalAtTimes(reports, information).steps().map(steps -> compare(steps, steps.censoringKnown()));
    }

    private static HazardDrift compare(HazardSteps steps, boolean censoringKnown) {
        List<HazardSteps.Joined> joined = steps.joined(MOST_PERIODS, FEWEST_EVENTS);
        List<Period> periods = joined.stream()
                .map(period ->
                        new Period(period.start(), period.end(), period.logRatio(), Math.sqrt(period.variance())))
                .toList();
        return new HazardDrift(steps.points(), periods, test(joined), censoringKnown);
    }

    private static TestResult test(List<HazardSteps.Joined> periods) {
        int k = periods.size();
        if (k < 2) {
            return new TestResult(Double.NaN, 0, Double.NaN);
        }
        double[][] covariance = new double[k][k];
        double[] y = new double[k];
        double[] ones = new double[k];
        for (int i = 0; i < k; i++) {
            y[i] = periods.get(i).logRatio();
            ones[i] = 1;
            covariance[i][i] = periods.get(i).variance();
            if (i > 0) {
                covariance[i][i - 1] = periods.get(i).covariance(periods.get(i - 1));
                covariance[i - 1][i] = covariance[i][i - 1];
            }
        }
        PositiveDefinite sigma = PositiveDefinite.of(covariance, SINGULAR);
        double[] weights = sigma.solve(ones);
        double sum = 0;
        double mean = 0;
        for (int i = 0; i < k; i++) {
            sum += weights[i];
            mean += weights[i] * y[i];
        }
        mean /= sum;
        for (int i = 0; i < k; i++) {
            y[i] -= mean;
        }
        double q = sigma.inverseForm(y);
        return new TestResult(q, k - 1, ChiSquared.upperTail(q, k - 1));
    }

    /** Whether the hazard ratios drift by more than chance and rounding explain, and notably. */
    public boolean isMarked() {
        double level = censoringKnown ? LEVEL : LEVEL_WITHOUT_CENSORING;
        if (!(test.pValue() < level)) {
            return false;
        }
        double low = periods.stream().mapToDouble(Period::logHazardRatio).min().orElse(0);
        double high = periods.stream().mapToDouble(Period::logHazardRatio).max().orElse(0);
        return high - low >= StrictMath.log(NOTABLE);
    }

    /** Whether one arm is ahead at one time and the other at another, by more than rounding. */
    private boolean crosses() {
        double ahead =
                points.stream().mapToDouble(p -> p.treatment - p.control).max().orElse(0);
        double behind =
                points.stream().mapToDouble(p -> p.treatment - p.control).min().orElse(0);
        return ahead > 0.01 && behind < -0.01;
    }

    /** What a clinician should know, in sentences; meant for a drift that is marked. */
    public String text() {
        double z = Normal.criticalValue(0.95);
        String ratios = periods.stream()
                .map(period -> String.format(
                        Locale.ROOT,
                        "%.2f (95%% CI %.2f to %.2f) from %s to %s",
                        period.hazardRatio(0),
                        period.hazardRatio(-z),
                        period.hazardRatio(z),
                        Digits.of(period.start),
                        Digits.of(period.end)))
                .collect(Collectors.joining(", "));
        return "The hazard ratio is not the same throughout: " + ratios + " (P = "
                + Digits.significant(test.pValue(), 2)
                + " for no change). " + (crosses() ? "The curves cross. " : "")
                + "One hazard ratio is an average over follow-up and does not describe the benefit at any one time; compare "
                + "survival at chosen times or restricted mean survival times as well."
                + (censoringKnown ? "" : " How many were censored is not printed, so P is rather too small.");
    }
}
