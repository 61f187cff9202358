package org.lozenge.stats.survival;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/** Two-arm trials of which only points of the Kaplan–Meier curves with numbers at risk are printed. */
final class SimulatedCurves {

    final SurvivalTimes treatment;
    final SurvivalTimes control;

    /**
     * A trial with accrual and loss to follow-up.
     *
     * @param inverse turns a unit exponential time into an event time, for treatment and control
     */
    SimulatedCurves(Random random, int n, double largest, DoubleUnaryOperator treated, DoubleUnaryOperator untreated) {
        treatment = arm(random, n, largest, treated);
        control = arm(random, n, largest, untreated);
    }

    private static SurvivalTimes arm(Random random, int n, double largest, DoubleUnaryOperator inverse) {
        double[] time = new double[n];
        boolean[] event = new boolean[n];
        for (int i = 0; i < n; i++) {
            double death = inverse.applyAsDouble(-Math.log(1 - random.nextDouble()));
            double end = Math.min(largest * (0.4 + 0.6 * random.nextDouble()), 200 * -Math.log(random.nextDouble()));
            time[i] = Math.min(death, end);
            event[i] = death <= end;
        }
        return SurvivalTimes.of(time, event);
    }

    /** Event times of proportional hazards with a ratio, from a Weibull distribution. */
    static DoubleUnaryOperator weibull(double scale, double shape, double ratio) {
        return e -> scale * Math.pow(e / ratio, 1 / shape);
    }

    /** Hazard rates before and after a change. */
    static DoubleUnaryOperator piecewise(double early, double change, double late) {
        return e -> e < early * change ? e / early : change + (e - early * change) / late;
    }

    private static String points(SurvivalTimes times, double step, int count, int decimals) {
        KaplanMeierCurve curve = new KaplanMeier(CurveInterval.PLAIN, 0.95).estimate(times);
        StringBuilder points = new StringBuilder("0 1 " + times.size());
        for (int i = 1; i <= count; i++) {
            double s = curve.survivalAt(i * step);
            if (Double.isNaN(s)) {
                break;
            }
            points.append(
                    String.format(Locale.ROOT, "/%s %." + decimals + "f %d", i * step, s, curve.atRiskAt(i * step)));
        }
        return points.toString();
    }

    ReportedResult report(double step, int count, int decimals) {
        return Curves.report("", points(treatment, step, count, decimals), points(control, step, count, decimals));
    }

    /** The Cox model of the patients themselves. */
    CoxFit cox() {
        int n = treatment.size() + control.size();
        double[] time = new double[n];
        boolean[] event = new boolean[n];
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            boolean treated = i < treatment.size();
            time[i] = treated ? treatment.time(i) : control.time(i - treatment.size());
            event[i] = treated ? treatment.event(i) : control.event(i - treatment.size());
            x[i] = treated ? 1 : 0;
        }
        return new CoxModel(CoxModel.Ties.EFRON)
                .fit(CoxData.of(SurvivalTimes.of(time, event), List.of("x"), new double[][] {x}));
    }
}
