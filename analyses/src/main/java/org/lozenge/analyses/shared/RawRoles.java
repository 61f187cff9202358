package org.lozenge.analyses.shared;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lozenge.plugin.Role;
import org.lozenge.plugin.Roles;
import org.lozenge.stats.survival.ReportField;

/**
 * The roles of tables from which effect sizes are computed: counts, means, correlations.
 *
 * <p>All are sparse and take text, so that a table may hold any other column under such a name, and so that each row is
 * judged by itself: which cells a row needs depends on the measure. Names and most synonyms are those of metafor.
 */
public final class RawRoles {

    /** Name of the study. */
    public static final Role STUDY = Roles.STUDY.optional();

    /** Names of the arms, in tables with a row per arm. */
    public static final Role ARM =
            Role.text("arm", "Arm of the study, one row per arm").sparse().aka("treatment", "trt");

    private static final Map<String, Role> NUMBERS = numbers();

    private RawRoles() {}

    private static Map<String, Role> numbers() {
        List<Role> roles = new ArrayList<>();
        // two-by-two tables
        // metafor's ai, bi, ci, di are the four cells.
        roles.add(as(without(Roles.EVENTS_T, "ai"), "x1i", "xt", "x_t"));
        roles.add(as(Roles.N_T, "nt", "n_trt"));
        roles.add(as(without(Roles.EVENTS_C, "ci"), "x2i", "xc", "x_c", "cases_c"));
        roles.add(as(Roles.N_C, "nc"));
        roles.add(number("a", "First cell of the two-by-two table", "ai"));
        roles.add(number("b", "Second cell of the two-by-two table", "bi", "tneg"));
        roles.add(number("c", "Third cell of the two-by-two table", "ci"));
        roles.add(number("d", "Fourth cell of the two-by-two table", "di", "cneg"));
        // person-time
        roles.add(as(Roles.TIME_T, "py_t", "person_years_t"));
        roles.add(as(Roles.TIME_C, "py_c", "person_years_c"));
        // two means
        roles.add(as(Roles.MEAN_T, "mt"));
        roles.add(as(Roles.SD_T, "sdt"));
        roles.add(as(Roles.MEAN_C, "mc"));
        roles.add(as(Roles.SD_C, "sdc"));
        roles.add(number("se_t", "Standard error of the mean, treatment arm"));
        roles.add(number("se_c", "Standard error of the mean, control arm"));
        summary(roles, "_t", ", treatment arm");
        summary(roles, "_c", ", control arm");
        roles.add(number("cohen_d", "Cohen's d, with the pooled standard deviation", "cohens_d"));
        // pairs
        roles.add(number("mean_pre", "Mean before", "pre_mean", "mean_before", "m_pre"));
        roles.add(number("sd_pre", "Standard deviation before", "pre_sd", "sd_before"));
        roles.add(number("mean_post", "Mean after", "post_mean", "mean_after", "m_post"));
        roles.add(number("sd_post", "Standard deviation after", "post_sd", "sd_after"));
        roles.add(number("mean_change", "Mean change", "change_mean"));
        roles.add(number("sd_change", "Standard deviation of the changes", "change_sd"));
        // correlations, regressions, reliability
        roles.add(number("r", "Correlation", "ri", "cor", "corr", "correlation"));
        roles.add(number("t", "t statistic", "ti", "tval", "t_value", "t_stat", "t_statistic"));
        roles.add(number("f", "F statistic of two groups", "f_value", "f_stat", "f_statistic"));
        roles.add(number("m", "Number of predictors, or of items", "mi", "preds", "predictors", "items"));
        roles.add(number("r2", "Coefficient of determination", "r2i", "r_squared", "rsq"));
        roles.add(number("alpha", "Cronbach's alpha", "cronbach_alpha", "cronbachs_alpha"));
        // one arm
        roles.add(as(Roles.EVENTS, "cases"));
        roles.add(as(Roles.N, "sample_size_total"));
        roles.add(number("time", "Person-time", "person_time", "person_years", "exposure_time"));
        roles.add(number("mean", "Mean"));
        roles.add(number("sd", "Standard deviation", "sdi", "std_dev", "standard_deviation"));
        roles.add(number("se_mean", "Standard error of the mean", "sem"));
        summary(roles, "", "");
        // from which a two-by-two table follows together with its margins
        roles.add(number(
                "ratio",
                "Ratio on its natural scale, as printed",
                "or",
                "rr",
                "irr",
                "rom",
                "odds_ratio",
                "risk_ratio",
                "rate_ratio",
                "relative_risk"));
        roles.add(ReportRoles.of(ReportField.CI_LOW));
        roles.add(ReportRoles.of(ReportField.CI_HIGH));
        roles.add(ReportRoles.of(ReportField.P));
        Map<String, Role> byName = new LinkedHashMap<>();
        roles.forEach(role -> byName.put(role.name(), withReported(role)));
        return Collections.unmodifiableMap(byName);
    }

    private static void summary(List<Role> roles, String arm, String label) {
        roles.add(number("min" + arm, "Minimum" + label));
        roles.add(number("q1" + arm, "First quartile" + label));
        roles.add(number("median" + arm, "Median" + label));
        roles.add(number("q3" + arm, "Third quartile" + label));
        roles.add(number("max" + arm, "Maximum" + label));
    }

    private static Role number(String name, String label, String... synonyms) {
        return Role.text(name, label).sparse().aka(synonyms);
    }

    private static Role without(Role role, String synonym) {
        String[] others =
                role.synonyms().stream().filter(s -> !s.equals(synonym)).toArray(String[]::new);
        return Role.text(role.name(), role.label()).aka(others);
    }

    /** Where reports of hazard ratios have the same role, the names of both. */
    private static Role withReported(Role role) {
        String[] more = ReportRoles.all().stream()
                .filter(role::equals)
                .flatMap(reported -> reported.synonyms().stream())
                .filter(synonym -> !role.synonyms().contains(synonym))
                .toArray(String[]::new);
        return role.aka(more);
    }

    /** A role of the shared vocabulary as one that each row may lack. */
    private static Role as(Role role, String... more) {
        return number(role.name(), role.label(), role.synonyms().toArray(String[]::new))
                .aka(more);
    }

    /** Returns all roles that hold numbers, by name. */
    public static Map<String, Role> byName() {
        return NUMBERS;
    }

    /** Returns the study and some of the roles that hold numbers. */
    public static Role[] some(String... names) {
        List<Role> some = new ArrayList<>(List.of(STUDY, ARM));
        for (String name : names) {
            some.add(named(name));
        }
        return some.toArray(Role[]::new);
    }

    /**
     * Returns a role that holds numbers.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public static Role named(String name) {
        Role role = NUMBERS.get(name);
        if (role == null) {
            throw new IllegalArgumentException("There is no role '" + name + "'");
        }
        return role;
    }
}
