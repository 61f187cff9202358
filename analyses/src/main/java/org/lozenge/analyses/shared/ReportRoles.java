package org.lozenge.analyses.shared;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.lozenge.plugin.Role;
import org.lozenge.plugin.Roles;
import org.lozenge.stats.survival.ReportField;

/**
 * The roles of a table in which each row is one reported time-to-event result, or one point of a survival
 * curve.
 *
 * <p>All are sparse, because each report prints something else, and all take text, because the printed digits matter and
 * because a report prints more than plain numbers: {@code <0.001}, {@code 79 (26%)}, {@code NR}. Reading the text is left
 * to {@link org.lozenge.stats.survival.ReportReader}.
 */
public final class ReportRoles {

    /** The part of a trial that a row is about, where such parts are summed. */
    public static final Role STRATUM = CurveRoles.STRATUM;

    private static final Map<ReportField, Role> BY_FIELD = byField();

    private ReportRoles() {}

    /** Returns the roles in the order of the fields, then those of points of survival curves. */
    public static List<Role> all() {
        return Stream.concat(BY_FIELD.values().stream(), CurveRoles.all().stream())
                .toList();
    }

    /** Returns the role of a field; its name is the field's code. */
    public static Role of(ReportField field) {
        return BY_FIELD.getOrDefault(field, role(field));
    }

    private static Map<ReportField, Role> byField() {
        Map<ReportField, Role> roles = new EnumMap<>(ReportField.class);
        for (ReportField field : ReportField.values()) {
            roles.put(field, role(field));
        }
        return Collections.unmodifiableMap(roles);
    }

    private static Role role(ReportField field) {
        String label =
                Character.toUpperCase(field.label().charAt(0)) + field.label().substring(1) + ", as printed";
        return Role.text(field.code(), label).sparse().aka(synonyms(field));
    }

    /** Synonyms of the shared vocabulary where they are safe; metafor's {@code ci} for events is not, among intervals. */
    private static String[] synonyms(ReportField field) {
        return switch (field) {
            case HR ->
                new String[] {"hazard_ratio", "ratio", "hr_95_ci", "hr_ci", "hazard_ratio_95_ci", "hazard_ratio_ci"};
            case CI_LOW -> shared(Roles.CI_LOW);
            case CI_HIGH -> shared(Roles.CI_HIGH);
            case CI_LEVEL -> shared(Roles.CI_LEVEL);
            case P -> shared(Roles.P);
            case P_SIDED -> shared(Roles.P_SIDED);
            case EVENTS_T -> new String[] {"event_e", "events_1", "events_treat", "events_treatment"};
            case EVENTS_C -> new String[] {"event_c", "events_2", "events_ctrl", "events_control"};
            case EVENTS -> new String[] {"total_events", "events_total"};
            case N_T -> new String[] {"n_e", "n1", "total_1", "n_treat", "n_treatment"};
            case N_C -> new String[] {"n2", "total_2", "n_ctrl", "n_control"};
            case N -> new String[] {"n_total", "total", "sample_size"};
            case O_MINUS_E -> shared(Roles.O_MINUS_E);
            case V -> shared(Roles.V);
            case LOGRANK_CHI2 -> new String[] {"logrank", "chi2", "chisq"};
            case MEDIAN_T -> new String[] {"median_treat", "median_treatment", "median_e"};
            case MEDIAN_C -> new String[] {"median_ctrl", "median_control"};
            case SURVIVAL_T -> new String[] {"survival_treat", "survival_treatment"};
            case SURVIVAL_C -> new String[] {"survival_ctrl", "survival_control"};
            case FAVOURS -> new String[] {"favors", "favoured", "favored"};
            case DIRECTION -> new String[] {"contrast"};
            case EXPECTED_T, EXPECTED_C, SURVIVAL_SE_T, SURVIVAL_SE_C, TIME, TIME_T, TIME_C -> new String[0];
        };
    }

    private static String[] shared(Role role) {
        return role.synonyms().toArray(String[]::new);
    }
}
