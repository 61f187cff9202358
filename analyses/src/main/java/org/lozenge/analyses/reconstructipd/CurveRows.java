package org.lozenge.analyses.reconstructipd;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.lozenge.analyses.shared.PatientData;
import org.lozenge.analyses.shared.PatientRoles;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.NumberText;
import org.lozenge.plugin.Role;
import org.lozenge.plugin.RunContext;
import org.lozenge.stats.survival.DigitisedCurve;
import org.lozenge.stats.survival.IpdReconstruction;
import org.lozenge.stats.survival.NumbersAtRisk;
import org.lozenge.stats.survival.ReconstructedPatients;

/**
 * The rows of one arm of one study: clicks on its curve, numbers at risk, number of participants and of events. Rows come in
 * any order, and each may hold any of these.
 */
final class CurveRows {

    /** A curve that rises by more than a shaking hand explains. */
    private static final double LARGE_RISE = 0.05;

    private static final double OVERSHOOT = 0.02;

    private final String study;
    private final String group;
    private final List<Double> time = new ArrayList<>();
    private final List<Double> survival = new ArrayList<>();
    private final List<Integer> clickRow = new ArrayList<>();
    private final TreeMap<Double, Integer> risk = new TreeMap<>();
    private final Map<Double, Integer> riskRow = new LinkedHashMap<>();
    private final Map<Role, Integer> totals = new LinkedHashMap<>();
    private final TreeMap<Integer, Double> outside = new TreeMap<>();
    private final List<Message> faults = new ArrayList<>();
    private int stray;

    private CurveRows(String study, String group) {
        this.study = study;
        this.group = group;
    }

    /**
     * Reads all arms in order of first appearance.
     *
     * @throws AnalysisException with all faults of all arms
     */
    static List<CurveRows> read(Inputs in, RunContext context) {
        String[] study = texts(in, PatientRoles.STUDY);
        String[] group = texts(in, ReconstructIpdAnalysis.GROUP);
        double[] time = in.numbers(PatientRoles.TIME);
        double[] survival = numbers(in, ReconstructIpdAnalysis.SURVIVAL);
        double[] atRisk = numbers(in, ReconstructIpdAnalysis.N_RISK);
        double[] n = numbers(in, ReconstructIpdAnalysis.N);
        double[] events = numbers(in, ReconstructIpdAnalysis.EVENTS);
        boolean percent = in.get(ReconstructIpdAnalysis.UNIT) == ReconstructIpdAnalysis.Unit.PERCENT;
        Map<List<String>, CurveRows> arms = new LinkedHashMap<>();
        for (int i = 0; i < time.length; i++) {
            CurveRows arm =
                    arms.computeIfAbsent(List.of(study[i], group[i]), key -> new CurveRows(key.get(0), key.get(1)));
            int row = in.sourceRows()[i];
            arm.click(row, time[i], percent ? survival[i] / 100 : survival[i]);
            arm.atRisk(row, time[i], atRisk[i]);
            arm.total(row, ReconstructIpdAnalysis.N, n[i]);
            arm.total(row, ReconstructIpdAnalysis.EVENTS, events[i]);
        }
        List<Message> faults = new ArrayList<>();
        arms.values().forEach(arm -> faults.addAll(arm.faults()));
        if (!faults.isEmpty()) {
            throw new AnalysisException(faults);
        }
        return List.copyOf(arms.values());
    }

    private static double[] numbers(Inputs in, Role role) {
        if (in.has(role)) {
            return in.numbers(role);
        }
        double[] none = new double[in.rows()];
        java.util.Arrays.fill(none, Double.NaN);
        return none;
    }

    private static String[] texts(Inputs in, Role role) {
        if (in.has(role)) {
            return in.strings(role);
        }
        String[] none = new String[in.rows()];
        java.util.Arrays.fill(none, "");
        return none;
    }

    private void click(int row, double t, double s) {
        if (Double.isNaN(s)) {
            return;
        }
        if (!(s >= -OVERSHOOT && s <= 1 + OVERSHOOT)) {
            outside.put(row, s);
            return;
        }
        time.add(t);
        survival.add(s);
        clickRow.add(row);
    }

    private void atRisk(int row, double t, double n) {
        if (Double.isNaN(n)) {
            return;
        }
        Integer before = risk.put(t, (int) n);
        if (before != null && before != (int) n) {
            faults.add(fault(
                    "n-risk-twice",
                    row,
                    "the number at risk at time " + NumberText.print(t) + " is " + (int) n + ", but " + before
                            + " in row " + riskRow.get(t) + ". Leave one of them empty."));
        }
        riskRow.put(t, row);
    }

    private void total(int row, Role role, double value) {
        if (Double.isNaN(value)) {
            return;
        }
        Integer before = totals.put(role, (int) value);
        if (before != null && before != (int) value) {
            faults.add(fault(
                    "total-twice",
                    row,
                    "'" + role.name() + "' is " + (int) value + ", but " + before
                            + " in another row of the arm. It is one number for the arm."));
        }
    }

    private Message fault(String code, int row, String text) {
        return Message.error(code, name() + ", row " + row + ": " + text).at(row);
    }

    /** How messages call this arm. */
    String name() {
        String arm = group.isEmpty() ? "The curve" : "Arm '" + group + "'";
        return study.isEmpty() ? arm : arm + " of '" + study + "'";
    }

    private Message outsideRange() {
        double s = outside.firstEntry().getValue();
        int[] rows = outside.keySet().stream().mapToInt(Integer::intValue).toArray();
        boolean percent = outside.values().stream().allMatch(v -> v > 1 && v <= 100);
        return Message.error(
                        "survival-range",
                        name() + ", row " + rows[0] + ": survival " + NumberText.print(s) + " lies outside 0 to 1"
                                + (rows.length > 1 ? ", as in " + PatientData.rowsText(rows) : "") + "."
                                + (percent
                                        ? " If the column holds percentages, set the option unit to percent."
                                        : " Correct the cells."))
                .at(rows);
    }

    private List<Message> faults() {
        if (!outside.isEmpty()) {
            faults.add(outsideRange());
        }
        if (!faults.isEmpty()) {
            return faults;
        }
        if (time.isEmpty()) {
            return List.of(Message.error(
                    "no-curve",
                    name() + " has no survival value. Add the clicks on its curve, or leave its rows out."));
        }
        if (!risk.containsKey(0.0) && totals.containsKey(ReconstructIpdAnalysis.N)) {
            risk.put(0.0, totals.get(ReconstructIpdAnalysis.N));
        }
        if (!risk.containsKey(0.0)) {
            return List.of(Message.error(
                    "no-number-at-risk",
                    name()
                            + " has no number at risk at time 0. Add it in column n_risk, or map a column n with the number"
                            + " of participants."));
        }
        return riskFaults();
    }

    private List<Message> riskFaults() {
        List<Message> found = new ArrayList<>();
        Map.Entry<Double, Integer> before = risk.firstEntry();
        for (Map.Entry<Double, Integer> entry : risk.tailMap(0.0, false).entrySet()) {
            if (entry.getValue() > before.getValue()) {
                found.add(fault(
                        "n-risk-rises",
                        riskRow.getOrDefault(entry.getKey(), 1),
                        "the number at risk rises from " + before.getValue() + " at time "
                                + NumberText.print(before.getKey()) + " to " + entry.getValue() + " at time "
                                + NumberText.print(entry.getKey()) + ". Check both."));
            }
            before = entry;
        }
        int n = risk.firstEntry().getValue();
        int events = totals.getOrDefault(ReconstructIpdAnalysis.EVENTS, 0);
        if (n < 1) {
            found.add(fault("no-number-at-risk", riskRow.getOrDefault(0.0, 1), "nobody is at risk at time 0."));
        } else if (events > n) {
            found.add(Message.error(
                    "events-above-n", name() + ": " + events + " events cannot come from " + n + " participants."));
        }
        return found;
    }

    /** Reconstructs the arm and says what was mended. */
    Arm reconstruct(RunContext context) {
        DigitisedCurve curve = DigitisedCurve.of(
                time.stream().mapToDouble(Double::doubleValue).toArray(),
                survival.stream().mapToDouble(Double::doubleValue).toArray());
        stray = curve.stray().size();
        if (stray > 0) {
            int[] rows = curve.stray().stream().mapToInt(clickRow::get).toArray();
            context.warn(
                    "stray-clicks",
                    name() + ": " + PatientData.rowsText(rows)
                            + " lie far off the curve and were left out. Check them.",
                    rows);
        }
        if (curve.largestRise() > LARGE_RISE) {
            context.warn(
                    "rising-curve",
                    name() + ": the clicks rise by up to " + rounded(curve.largestRise())
                            + ", but survival cannot rise. They were smoothed; check that times and arms are not mixed up.");
        }
        NumbersAtRisk numbers = NumbersAtRisk.of(
                risk.keySet().stream().mapToDouble(Double::doubleValue).toArray(),
                risk.values().stream().mapToDouble(Integer::doubleValue).toArray());
        OptionalInt events = totals.containsKey(ReconstructIpdAnalysis.EVENTS)
                ? OptionalInt.of(totals.get(ReconstructIpdAnalysis.EVENTS))
                : OptionalInt.empty();
        ReconstructedPatients patients = new IpdReconstruction().reconstruct(curve, numbers, events);
        warn(context, patients, events);
        return new Arm(study, group, curve, patients, stray);
    }

    private void warn(RunContext context, ReconstructedPatients patients, OptionalInt events) {
        if (risk.size() == 1 && events.isEmpty()) {
            context.warn(
                    "weak-reconstruction",
                    name()
                            + " has neither further numbers at risk nor a total of events, so nobody was taken as censored"
                            + " before the end of the curve. Survival and medians are usable, hazard ratios hardly.");
        }
        if (patients.maximumRiskError() > Math.max(2, 0.05 * risk.firstEntry().getValue())) {
            context.warn(
                    "n-risk-contradicts",
                    name() + ": numbers at risk and curve contradict each other by up to " + patients.maximumRiskError()
                            + " participants. Check both.");
        }
        if (events.isPresent() && patients.times().events() != events.getAsInt()) {
            context.warn(
                    "events-contradict",
                    name() + ": the report counts " + events.getAsInt() + " events, but curve and numbers at risk give "
                            + patients.times().events() + ".");
        }
        if (patients.maximumError() > LARGE_RISE) {
            context.warn(
                    "poor-fit",
                    name() + ": the redrawn curve is up to " + rounded(patients.maximumError())
                            + " away from the clicks. Use the result with care.");
        }
    }

    private static String rounded(double value) {
        return NumberText.print(Math.round(value * 1000) / 1000.0);
    }

    /**
     * A reconstructed arm.
     *
     * @param stray how many clicks were dropped
     */
    record Arm(String study, String group, DigitisedCurve curve, ReconstructedPatients patients, int stray) {}
}
