package org.lozenge.analyses.reconstructipd;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lozenge.analyses.shared.Levels;
import org.lozenge.analyses.shared.PatientRoles;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.ResultItem;
import org.lozenge.plugin.Role;
import org.lozenge.plugin.Roles;
import org.lozenge.plugin.RunContext;

/**
 * Reconstructs individual patient data from digitised Kaplan–Meier curves, and from these the hazard ratio of each study.
 */
public final class ReconstructIpdAnalysis implements Analysis {

    /** How survival is written. */
    enum Unit {
        /** From 0 to 1. */
        FRACTION,
        /** From 0 to 100. */
        PERCENT
    }

    static final Role GROUP = PatientRoles.GROUP.optional();

    static final Role SURVIVAL =
            Role.number("survival", "Survival read off the curve").sparse().aka("surv", "km", "s");

    /** A patient of its own is made for each: more than anyone ever followed would fill the memory. */
    private static final double MOST_PATIENTS = 1e6;

    static final Role N_RISK = Role.number("n_risk", "Number at risk")
            .between(0, MOST_PATIENTS)
            .count()
            .sparse()
            .aka("n_at_risk", "number_at_risk", "numbers_at_risk", "at_risk", "nrisk");

    static final Role N = Roles.N.between(0, MOST_PATIENTS).sparse().labelled("Participants of the arm");

    static final Role EVENTS = Roles.EVENTS.between(0, MOST_PATIENTS).sparse().labelled("Total events of the arm");

    static final Param<Unit> UNIT = Param.choice("unit", "How survival is written", Unit.FRACTION);

    /** The analysis has no state. */
    public ReconstructIpdAnalysis() {}

    @Override
    public AnalysisSpec spec() {
        return AnalysisSpec.of("reconstruct-ipd", "Individual patient data from a curve")
                .summary(
                        "Times and events that draw a digitised Kaplan-Meier curve again (Guyot 2012), and their hazard"
                                + " ratio.")
                .roles(
                        PatientRoles.STUDY,
                        GROUP,
                        PatientRoles.TIME.labelled("Time of the click or of the number at risk"),
                        SURVIVAL,
                        N_RISK,
                        N,
                        EVENTS)
                .params(UNIT, PatientRoles.REFERENCE, PatientRoles.LEVEL)
                .references("Guyot P, Ades AE, Ouwens MJNM, Welton NJ. BMC Med Res Methodol 2012;12:9."
                        + " https://doi.org/10.1186/1471-2288-12-9");
    }

    @Override
    public AnalysisResult run(Inputs in, RunContext context) {
        if (!in.has(SURVIVAL)) {
            throw new AnalysisException(
                    "unmapped-role",
                    in.source() + " has no column for role 'survival'. Map the survival read off the curve with --map"
                            + " survival=COLUMN.");
        }
        List<CurveRows.Arm> arms = new ArrayList<>();
        for (CurveRows rows : CurveRows.read(in, context)) {
            context.checkCancelled();
            arms.add(rows.reconstruct(context));
        }
        ReconstructIpdTables tables = new ReconstructIpdTables(in.get(PatientRoles.LEVEL));
        List<ResultItem> items = new ArrayList<>(List.of(tables.fit(arms)));
        List<ReconstructIpdTables.Contrast> contrasts = contrasts(in, arms);
        if (!contrasts.isEmpty()) {
            items.add(tables.effects(contrasts));
        }
        items.add(tables.ipd(arms));
        items.add(
                ReconstructIpdFigures.curves(arms, in.columns(PatientRoles.TIME).get(0)));
        return AnalysisResult.of(items);
    }

    /** Within each study every further arm against the reference. */
    private static List<ReconstructIpdTables.Contrast> contrasts(Inputs in, List<CurveRows.Arm> arms) {
        Map<String, List<CurveRows.Arm>> studies = new LinkedHashMap<>();
        arms.forEach(arm ->
                studies.computeIfAbsent(arm.study(), s -> new ArrayList<>()).add(arm));
        Levels groups = Levels.of(arms.stream().map(CurveRows.Arm::group).toArray(String[]::new));
        String wanted = in.get(PatientRoles.REFERENCE);
        if (!wanted.isEmpty() && !groups.names().contains(wanted)) {
            throw new AnalysisException(
                    "no-such-group",
                    "Option 'reference' is '" + wanted + "', but the groups are " + groups.names() + ".");
        }
        List<ReconstructIpdTables.Contrast> contrasts = new ArrayList<>();
        studies.values().forEach(study -> {
            CurveRows.Arm reference = study.stream()
                    .min(java.util.Comparator.comparingInt(arm ->
                            arm.group().equals(wanted) ? -1 : groups.names().indexOf(arm.group())))
                    .orElseThrow();
            study.stream()
                    .filter(arm -> !arm.group().equals(reference.group()))
                    .forEach(arm -> contrasts.add(new ReconstructIpdTables.Contrast(arm, reference)));
        });
        return contrasts;
    }
}
