package org.lozenge.analyses.kaplanmeier;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lozenge.analyses.shared.Levels;
import org.lozenge.analyses.shared.PatientData;
import org.lozenge.analyses.shared.PatientRoles;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.NumberText;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.ResultItem;
import org.lozenge.plugin.RunContext;
import org.lozenge.stats.survival.CurveInterval;
import org.lozenge.stats.survival.KaplanMeier;
import org.lozenge.stats.survival.KaplanMeierCurve;
import org.lozenge.stats.survival.RestrictedMeanSurvivalTime;

/**
 * Kaplan–Meier curves with medians, follow-up, restricted means, numbers at risk and a step figure, for one group or several.
 */
public final class KaplanMeierAnalysis implements Analysis {

    static final Param<CurveInterval> INTERVAL = Param.choice(
                    "interval", "Scale on which intervals are symmetric", CurveInterval.LOG_LOG)
            .help("plain is Greenwood's interval; log is the default of R survival, log-log that of SAS.");

    static final Param<String> TIMES = Param.text(
                    "times", "Times at which survival and numbers at risk are listed", "auto")
            .suggest("12,24,36", "auto");

    static final Param<String> HORIZON = Param.text("horizon", "Horizon of restricted mean survival", "auto")
            .suggest("auto", "none", "60")
            .help("By itself the largest time that all groups support.");

    /** The analysis has no state. */
    public KaplanMeierAnalysis() {}

    @Override
    public AnalysisSpec spec() {
        return AnalysisSpec.of("kaplan-meier", "Kaplan-Meier survival")
                .summary(
                        "Survival of individual patients by group: curve, median, follow-up, restricted mean, numbers at"
                                + " risk.")
                .roles(PatientRoles.TIME, PatientRoles.STATUS, PatientRoles.GROUP.optional())
                .params(PatientRoles.EVENT, PatientRoles.REFERENCE, PatientRoles.LEVEL, INTERVAL, TIMES, HORIZON)
                .references(
                        "Kaplan EL, Meier P. J Am Stat Assoc 1958;53:457-481."
                                + " https://doi.org/10.1080/01621459.1958.10501452",
                        "Brookmeyer R, Crowley J. Biometrics 1982;38:29-41. https://doi.org/10.2307/2530286",
                        "Schemper M, Smith TL. Control Clin Trials 1996;17:343-346."
                                + " https://doi.org/10.1016/0197-2456(96)00075-X",
                        "Royston P, Parmar MKB. BMC Med Res Methodol 2013;13:152."
                                + " https://doi.org/10.1186/1471-2288-13-152");
    }

    @Override
    public AnalysisResult run(Inputs in, RunContext context) {
        PatientData patients = PatientData.read(in, context);
        Levels groups = in.has(PatientRoles.GROUP) ? PatientData.groups(in, 1) : all(in.rows());
        KaplanMeier estimator = new KaplanMeier(in.get(INTERVAL), in.get(PatientRoles.LEVEL));
        List<KaplanMeierCurve> curves = new ArrayList<>();
        List<KaplanMeierCurve> followUp = new ArrayList<>();
        for (int g = 0; g < groups.count(); g++) {
            curves.add(estimator.estimate(patients.times(groups, g)));
            followUp.add(estimator.estimate(patients.times(groups, g).reversed()));
            if (curves.get(g).totalEvents() == 0) {
                context.warn(
                        "no-events",
                        name(groups, g) + " has no event among " + curves.get(g).size()
                                + " participants: its curve stays at 1 and has no median.");
            }
        }
        KaplanMeierTables tables = new KaplanMeierTables(groups.names(), curves);
        double[] times = times(in, curves);
        List<ResultItem> items =
                new ArrayList<>(List.of(tables.medians(), tables.followUp(followUp), tables.numbersAtRisk(times)));
        horizon(in, curves, context).ifPresent(horizon -> {
            RestrictedMeanSurvivalTime method = new RestrictedMeanSurvivalTime(horizon);
            items.add(tables.restrictedMeans(method, in.get(PatientRoles.LEVEL)));
            if (groups.count() > 1) {
                items.add(tables.contrasts(method, in.get(PatientRoles.LEVEL)));
            }
        });
        items.add(tables.curve());
        items.add(KaplanMeierFigures.survival(
                groups.names(), curves, times, in.columns(PatientRoles.TIME).get(0)));
        return AnalysisResult.of(items);
    }

    private static Levels all(int rows) {
        String[] cells = new String[rows];
        java.util.Arrays.fill(cells, "all");
        return Levels.of(cells);
    }

    private static String name(Levels groups, int g) {
        return "Group '" + groups.names().get(g) + "'";
    }

    private static double[] times(Inputs in, List<KaplanMeierCurve> curves) {
        String text = in.get(TIMES).strip();
        double end = curves.stream().mapToDouble(KaplanMeierCurve::last).max().orElse(0);
        if (text.equals("auto")) {
            return RoundTimes.upTo(end);
        }
        String[] parts = text.split("[,;\\s]+");
        double[] times = new double[parts.length];
        for (int i = 0; i < parts.length; i++) {
            times[i] = NumberText.parse(parts[i]).filter(t -> t >= 0).orElse(Double.NaN);
            if (Double.isNaN(times[i])) {
                throw new AnalysisException(
                        "param-value",
                        "Option 'times' is '" + text + "', but '" + parts[i]
                                + "' is not a time. Write numbers from 0, separated by commas, or auto.");
            }
        }
        return java.util.Arrays.stream(times).sorted().distinct().toArray();
    }

    private static Optional<Double> horizon(Inputs in, List<KaplanMeierCurve> curves, RunContext context) {
        String text = in.get(HORIZON).strip();
        if (text.equals("none")) {
            return Optional.empty();
        }
        double largest = RestrictedMeanSurvivalTime.largestHorizon(curves);
        if (text.equals("auto")) {
            if (!(largest > 0)) {
                context.info("no-horizon", "No restricted mean: the follow-up of a group ends at time 0.");
            }
            return Optional.of(largest).filter(h -> h > 0);
        }
        double horizon = NumberText.parse(text)
                .filter(h -> h > 0)
                .orElseThrow(() -> new AnalysisException(
                        "param-value",
                        "Option 'horizon' is '" + text + "', but must be a number above 0, auto or none."));
        if (curves.stream().anyMatch(c -> Double.isNaN(c.survivalAt(horizon)))) {
            throw new AnalysisException(
                    "param-range",
                    "Option 'horizon' is " + text + ", but the follow-up of a group ends at "
                            + NumberText.print(largest) + ". Choose at most that.");
        }
        return Optional.of(horizon);
    }
}
