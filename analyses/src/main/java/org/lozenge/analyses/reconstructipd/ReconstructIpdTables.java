package org.lozenge.analyses.reconstructipd;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.lozenge.plugin.Format;
import org.lozenge.plugin.Tabular;
import org.lozenge.stats.survival.CoxData;
import org.lozenge.stats.survival.CoxFit;
import org.lozenge.stats.survival.CoxModel;
import org.lozenge.stats.survival.CurveInterval;
import org.lozenge.stats.survival.KaplanMeier;
import org.lozenge.stats.survival.KaplanMeierCurve;
import org.lozenge.stats.survival.SurvivalTimes;

/** The tables of the analysis. */
final class ReconstructIpdTables {

    private final double level;

    ReconstructIpdTables(double level) {
        this.level = level;
    }

    /** An arm against the reference of its study. */
    record Contrast(CurveRows.Arm arm, CurveRows.Arm reference) {

        /** The Cox model of both; empty if neither has an event or their times do not overlap. */
        Optional<CoxFit> fit() {
            SurvivalTimes a = reference.patients().times();
            SurvivalTimes b = arm.patients().times();
            int n = a.size() + b.size();
            double[] time = new double[n];
            boolean[] event = new boolean[n];
            double[] x = new double[n];
            for (int i = 0; i < n; i++) {
                boolean first = i < a.size();
                time[i] = first ? a.time(i) : b.time(i - a.size());
                event[i] = first ? a.event(i) : b.event(i - a.size());
                x[i] = first ? 0 : 1;
            }
            try {
                return Optional.of(new CoxModel(CoxModel.Ties.EFRON)
                        .fit(CoxData.of(SurvivalTimes.of(time, event), List.of("group"), new double[][] {x})));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
    }

    Tabular fit(List<CurveRows.Arm> arms) {
        KaplanMeier estimator = new KaplanMeier(CurveInterval.LOG_LOG, level);
        List<KaplanMeierCurve.Quantile> medians = arms.stream()
                .map(arm -> estimator.estimate(arm.patients().times()).median())
                .toList();
        return Tabular.of("fit", "How well the curves come back")
                .texts("study", texts(arms, CurveRows.Arm::study))
                .texts("group", texts(arms, CurveRows.Arm::group))
                .numbers("n", numbers(arms, a -> a.patients().times().size()))
                .numbers("events", numbers(arms, a -> a.patients().times().events()))
                .numbers("median", medians.stream().mapToDouble(m -> m.value()).toArray())
                .numbers(
                        "ci_lower", medians.stream().mapToDouble(m -> m.lower()).toArray())
                .numbers(
                        "ci_upper", medians.stream().mapToDouble(m -> m.upper()).toArray())
                .numbers("rmse", numbers(arms, a -> a.patients().rootMeanSquareError()))
                .numbers("max_error", numbers(arms, a -> a.patients().maximumError()))
                .numbers("max_n_risk_error", numbers(arms, a -> a.patients().maximumRiskError()))
                .numbers("clicks", numbers(arms, a -> a.curve().time().size()))
                .numbers("stray_clicks", numbers(arms, CurveRows.Arm::stray))
                .format("n", Format.INTEGER)
                .format("events", Format.INTEGER)
                .format("clicks", Format.INTEGER)
                .format("stray_clicks", Format.INTEGER)
                .format("max_n_risk_error", Format.INTEGER);
    }

    private static String[] texts(List<CurveRows.Arm> arms, Function<CurveRows.Arm, String> text) {
        return arms.stream().map(text).toArray(String[]::new);
    }

    private static double[] numbers(List<CurveRows.Arm> arms, ToDoubleFunction<CurveRows.Arm> value) {
        return arms.stream().mapToDouble(value).toArray();
    }

    /** Log hazard ratios by the Cox model; NaN where there is nothing to estimate. */
    Tabular effects(List<Contrast> contrasts) {
        int rows = contrasts.size();
        double[][] column = new double[6][rows];
        for (int i = 0; i < rows; i++) {
            Optional<CoxFit> fit = contrasts.get(i).fit();
            double y = fit.map(f -> f.estimate(0)).orElse(Double.NaN);
            double se = fit.map(f -> f.standardError(0)).orElse(Double.NaN);
            double[] limits = fit.map(f -> f.limits(0, level, false)).orElse(new double[] {Double.NaN, Double.NaN});
            column[0][i] = y;
            column[1][i] = se * se;
            column[2][i] = se;
            column[3][i] = StrictMath.exp(y);
            column[4][i] = StrictMath.exp(limits[0]);
            column[5][i] = StrictMath.exp(limits[1]);
        }
        String[] route = contrasts.stream().map(c -> "T24").toArray(String[]::new);
        return Tabular.of("effects", "Hazard ratios of the reconstructed data")
                .texts("study", contrasts.stream().map(c -> c.arm().study()).toArray(String[]::new))
                .texts("group", contrasts.stream().map(c -> c.arm().group()).toArray(String[]::new))
                .texts(
                        "reference",
                        contrasts.stream().map(c -> c.reference().group()).toArray(String[]::new))
                .texts("route", route)
                .numbers("y", column[0])
                .numbers("v", column[1])
                .numbers("se", column[2])
                .numbers("effect", column[3])
                .numbers("effect_lower", column[4])
                .numbers("effect_upper", column[5])
                .label("effect", "hazard ratio");
    }

    /** A row for each reconstructed participant, ready for the other survival analyses. */
    Tabular ipd(List<CurveRows.Arm> arms) {
        List<String> study = new ArrayList<>();
        List<String> group = new ArrayList<>();
        List<Double> time = new ArrayList<>();
        List<Double> status = new ArrayList<>();
        for (CurveRows.Arm arm : arms) {
            SurvivalTimes times = arm.patients().times();
            IntStream.range(0, times.size()).forEach(i -> {
                study.add(arm.study());
                group.add(arm.group());
                time.add(times.time(i));
                status.add(times.event(i) ? 1.0 : 0.0);
            });
        }
        return Tabular.of("ipd", "Reconstructed participants")
                .texts("study", study.toArray(String[]::new))
                .texts("group", group.toArray(String[]::new))
                .numbers("time", time.stream().mapToDouble(Double::doubleValue).toArray())
                .numbers(
                        "status",
                        status.stream().mapToDouble(Double::doubleValue).toArray())
                .format("status", Format.INTEGER);
    }
}
