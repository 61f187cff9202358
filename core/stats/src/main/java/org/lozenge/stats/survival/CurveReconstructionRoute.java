package org.lozenge.stats.survival;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.lozenge.stats.survival.RouteEstimate.Precision;

/**
 * Route T24: a Cox model of the patients reconstructed from the curves, the numbers at risk below them and, where printed,
 * the events of the arms ({@link IpdReconstruction}).
 *
 * <p>Where points lie further apart than 0.02, the events between them are spread as under a constant hazard.
 *
 * <p>Needs a number at risk after time 0, or the number of events, in both arms: without either the hazard ratio of
 * reconstructed patients is not reliable.
 *
 * @see <a href="https://doi.org/10.1186/1471-2288-12-9">Guyot, Ades, Ouwens and Welton (2012), BMC Med. Res. Methodol. 12,
 *     9</a>
 */
final class CurveReconstructionRoute implements Route {

    private static final int MOST_PARTS = 100;

    @Override
    public String code() {
        return "T24";
    }

    @Override
    public String title() {
        return "patients reconstructed from the survival curves";
    }

    @Override
    public RouteResult apply(ReportedResult report) {
        if (report.curves().isEmpty()) {
            return RouteUnavailable.lacking(code(), CurveRoute.NO_CURVES);
        }
        ReportedCurves curves = report.curves().get();
        if (!enough(curves.treatment()) || !enough(curves.control())) {
            return RouteUnavailable.lacking(
                    code(),
                    "needs the participants of both arms, and numbers at risk after time 0 (n_risk) or their events");
        }
        try {
            return derive(report, reconstruct(curves.treatment()), reconstruct(curves.control()));
        } catch (IllegalArgumentException e) {
            return RouteUnavailable.refused(code(), lowerFirst(String.valueOf(e.getMessage())));
        }
    }

    private static boolean enough(ReportedCurve curve) {
        int counts = curve.riskTime().size();
        boolean later = counts > 0 && curve.riskTime().get(counts - 1) > 0;
        return curve.size() >= 1
                && curve.time().size() > 1
                && (later || curve.events().isPresent());
    }

    static ReconstructedPatients reconstruct(ReportedCurve curve) {
        List<Double> time = new ArrayList<>(List.of(0.0));
        List<Double> count = new ArrayList<>(List.of(curve.size()));
        for (int i = 0; i < curve.riskTime().size(); i++) {
            if (curve.riskTime().get(i) > 0) {
                time.add(curve.riskTime().get(i));
                count.add(curve.atRisk().get(i));
            }
        }
        OptionalDouble events = curve.events();
        return new IpdReconstruction()
                .reconstruct(
                        filled(curve),
                        NumbersAtRisk.of(array(time), array(count)),
                        events.isPresent() ? OptionalInt.of((int) events.getAsDouble()) : OptionalInt.empty());
    }

    /**
     * The curve with points between those that lie far apart, at equal ratios and equal distances. Otherwise all events of a
     * gap would happen at its end, after everyone who is censored in it has left, and too few of them would be counted.
     */
    private static DigitisedCurve filled(ReportedCurve curve) {
        List<Double> time = new ArrayList<>();
        List<Double> survival = new ArrayList<>();
        for (int i = 0; i < curve.time().size(); i++) {
            double t = curve.time().get(i);
            double s = curve.survival().get(i);
            if (i > 0) {
                double start = curve.time().get(i - 1);
                double from = curve.survival().get(i - 1);
                int parts = parts(curve, from - s);
                for (int k = 1; k < parts; k++) {
                    double share = (double) k / parts;
                    time.add(start + share * (t - start));
                    survival.add(s > 0 ? from * StrictMath.pow(s / from, share) : from * (1 - share));
                }
            }
            time.add(t);
            survival.add(s);
        }
        return DigitisedCurve.of(array(time), array(survival));
    }

    /** A part for each participant that the gap is worth, if it is too wide to be read between its ends. */
    private static int parts(ReportedCurve curve, double fall) {
        return fall > ReportedCurve.READABLE
                ? (int) Math.min(MOST_PARTS, Math.ceil(fall * Math.max(curve.size(), 1 / ReportedCurve.READABLE)))
                : 1;
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private RouteResult derive(ReportedResult report, ReconstructedPatients treatment, ReconstructedPatients control) {
        CoxFit fit = new CoxModel(CoxModel.Ties.EFRON).fit(data(treatment.times(), control.times()));
        if (!fit.infinite().isEmpty()) {
            return RouteUnavailable.refused(code(), "the reconstructed patients give no finite hazard ratio");
        }
        String note = "Cox model of " + patients(treatment) + " with treatment and " + patients(control)
                + " with control; the redrawn curves lie "
                + Digits.significant(Math.max(treatment.maximumError(), control.maximumError()), 2)
                + " or less from the points.";
        return new RouteEstimate(
                code(),
                fit.estimate(0),
                fit.standardError(0),
                CurveRoute.inputs(report, inputs(report.curves().orElseThrow())),
                false,
                Precision.FULL,
                Assumptions.join(note, CurveStretches.coarse(report, code()).orElse("")));
    }

    private static String[] inputs(ReportedCurves curves) {
        List<String> inputs = new ArrayList<>(List.of(CurveRoute.sizes(curves)));
        int counts = Math.min(
                curves.treatment().riskTime().size(),
                curves.control().riskTime().size());
        if (counts > 0) {
            inputs.add("numbers at risk at " + counts + (counts == 1 ? " time" : " times"));
        }
        if (curves.treatment().events().isPresent() && curves.control().events().isPresent()) {
            inputs.add("events " + Digits.plain(curves.treatment().events().getAsDouble()) + " and "
                    + Digits.plain(curves.control().events().getAsDouble()));
        }
        return inputs.toArray(String[]::new);
    }

    private static String patients(ReconstructedPatients patients) {
        return patients.times().size() + " patients (" + patients.times().events() + " events)";
    }

    private static CoxData data(SurvivalTimes treatment, SurvivalTimes control) {
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
        return CoxData.of(SurvivalTimes.of(time, event), List.of("treatment"), new double[][] {x});
    }

    private static String lowerFirst(String sentence) {
        return sentence.isEmpty() ? sentence : Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1);
    }
}
