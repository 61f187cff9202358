package org.lozenge.analyses.shared;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.lozenge.plugin.Role;
import org.lozenge.stats.survival.CurveReader.Column;
import org.lozenge.stats.survival.ReportField;

/**
 * The roles of rows that are points of survival curves, beside those of {@link ReportRoles}. A row is a point if it names
 * an arm and holds an event-free fraction, a number at risk or a follow-up.
 */
final class CurveRoles {

    static final Role ARM =
            Role.text("arm", "Arm of a point of a survival curve").sparse().aka("study_arm", "trial_arm", "curve_arm");

    static final Role SURVIVAL = Role.text("survival", "Event-free fraction of the arm at the time")
            .sparse()
            .aka("surv", "km", "survival_probability", "event_free");

    static final Role N_RISK = Role.text("n_risk", "Number at risk in the arm at the time")
            .sparse()
            .aka("n_at_risk", "number_at_risk", "numbers_at_risk", "at_risk", "nrisk");

    static final Role FU_MIN = Role.text("fu_min", "Smallest follow-up, in the unit of the times")
            .sparse()
            .aka("min_follow_up", "follow_up_min", "minimum_follow_up");

    static final Role FU_MAX = Role.text("fu_max", "Largest follow-up, in the unit of the times")
            .sparse()
            .aka("max_follow_up", "follow_up_max", "maximum_follow_up");

    static final Role STRATUM = Role.text(
                    "stratum", "Stratum of the trial; strata of one trial share no participant and are summed")
            .sparse()
            .aka("strata");

    /** Known by name only: analyses that have such roles declare them. */
    static final Role REPORT =
            Role.text("report", "Document that reports the result").sparse();

    static final Role CUTOFF =
            Role.text("cutoff", "Analysis or date of data cut-off").sparse();

    static final Role TREATMENT = Role.text("treatment", "Experimental arm").sparse();

    static final Role CONTROL = Role.text("control", "Comparator arm").sparse();

    private CurveRoles() {}

    static List<Role> all() {
        return List.of(ARM, SURVIVAL, N_RISK, FU_MIN, FU_MAX, STRATUM);
    }

    /** The role of each column of a curve; time, participants and events share theirs with printed results. */
    static Map<Column, Role> byColumn() {
        Map<Column, Role> roles = new EnumMap<>(Column.class);
        roles.put(Column.TIME, ReportRoles.of(ReportField.TIME));
        roles.put(Column.SURVIVAL, SURVIVAL);
        roles.put(Column.N_RISK, N_RISK);
        roles.put(Column.N, ReportRoles.of(ReportField.N));
        roles.put(Column.EVENTS, ReportRoles.of(ReportField.EVENTS));
        roles.put(Column.FU_MIN, FU_MIN);
        roles.put(Column.FU_MAX, FU_MAX);
        return roles;
    }
}
