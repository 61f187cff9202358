package org.lozenge.plugin;

/**
 * The shared vocabulary of roles, with the column names of metafor, meta, Stata and RevMan exports as synonyms. Analyses
 * narrow them ({@code Roles.STUDY.optional()}) rather than invent their own.
 */
public final class Roles {

    /** Name of the study. */
    public static final Role STUDY = Role.text("study", "Study")
            .aka("trial", "studlab", "slab", "author", "study_name", "study_id", "_meta_studylabel");

    /** Effect on the analysis scale: a log ratio, a difference. */
    public static final Role EFFECT = Role.number("effect", "Effect on the analysis scale")
            .aka(
                    "yi",
                    "y",
                    "te",
                    "es",
                    "log_hr",
                    "loghr",
                    "ln_hr",
                    "lnhr",
                    "log_or",
                    "logor",
                    "log_rr",
                    "logrr",
                    "_meta_es");

    /** Standard error of {@link #EFFECT}. */
    public static final Role SE = Role.number("se", "Standard error")
            .aka("sei", "sete", "std_err", "stderr", "standard_error", "se_log_hr", "seloghr", "_meta_se");

    /** Sampling variance of {@link #EFFECT}. */
    public static final Role VARIANCE =
            Role.number("variance", "Sampling variance").aka("vi", "var", "sampling_variance");

    /** Ratio on its natural scale: hazard, odds, risk or rate ratio. */
    public static final Role RATIO = Role.number("ratio", "Ratio on its natural scale")
            .aka(
                    "hr",
                    "or",
                    "rr",
                    "irr",
                    "rom",
                    "hazard_ratio",
                    "odds_ratio",
                    "risk_ratio",
                    "rate_ratio",
                    "relative_risk");

    /** Lower limit of the interval, on the scale of the estimate it goes with. */
    public static final Role CI_LOW = Role.number("ci_low", "Lower confidence limit")
            .aka(
                    "ci_lb",
                    "ci_lower",
                    "lower",
                    "lcl",
                    "ll",
                    "lci",
                    "cil",
                    "ci_start",
                    "low",
                    "lower_ci",
                    "lower_cl",
                    "lower_limit",
                    "lower_bound",
                    "hr_lower",
                    "_meta_cil");

    /** Upper limit of the interval, on the scale of the estimate it goes with. */
    public static final Role CI_HIGH = Role.number("ci_high", "Upper confidence limit")
            .aka(
                    "ci_ub",
                    "ci_upper",
                    "upper",
                    "ucl",
                    "ul",
                    "uci",
                    "ciu",
                    "ci_end",
                    "high",
                    "upper_ci",
                    "upper_cl",
                    "upper_limit",
                    "upper_bound",
                    "hr_upper",
                    "_meta_ciu");

    /** Confidence level of the interval, as a percentage or a fraction. */
    public static final Role CI_LEVEL =
            Role.number("ci_level", "Confidence level of the interval").aka("level", "conf_level");

    /** P value as printed. */
    public static final Role P = Role.text("p", "P value").aka("p_value", "pval", "pvalue", "p_val");

    /** Whether the P value is one- or two-sided. */
    public static final Role P_SIDED =
            Role.text("p_sided", "Sidedness of the P value").aka("sided", "sides", "p_sides");

    /** Observed minus expected events in the treatment arm. */
    public static final Role O_MINUS_E =
            Role.number("o_minus_e", "Observed minus expected events").aka("oe", "o_e", "ome", "o_minus_e_t");

    /** Variance of observed minus expected events. */
    public static final Role V =
            Role.number("v", "Variance of observed minus expected").aka("var_oe", "v_oe", "o_e_variance");

    /** Weight given by the user. */
    public static final Role WEIGHT = Role.number("weight", "Weight").aka("weights", "_meta_weight");

    /** Group of studies. */
    public static final Role GROUP = Role.category("group", "Group").aka("subgroup", "byvar");

    /** Cluster of dependent estimates. */
    public static final Role CLUSTER = Role.category("cluster", "Cluster").aka("cluster_id");

    /** Explanatory variables. */
    public static final Role MODERATORS =
            Role.any("moderators", "Moderators").many().aka("moderator", "mods");

    /** What was measured: progression-free survival, overall survival. */
    public static final Role ENDPOINT = Role.category("endpoint", "Endpoint").aka("outcome");

    /** Time of an event or of a survival proportion. */
    public static final Role TIME = Role.number("time", "Time");

    /** Whether the event happened (1) or the time is censored (0). */
    public static final Role STATUS = Role.number("status", "Event indicator").aka("event_indicator", "died");

    /** Strata within a study. */
    public static final Role STRATA = Role.category("strata", "Strata").aka("stratum");

    /** Events in the treatment arm. */
    public static final Role EVENTS_T = Role.number("events_t", "Events, treatment arm")
            .count()
            .aka("ai", "event_e", "tpos", "events_1", "events_treat", "events_treatment", "experimental_cases");

    /** Participants in the treatment arm. */
    public static final Role N_T = Role.number("n_t", "Participants, treatment arm")
            .count()
            .aka("n1i", "n_e", "n1", "total_1", "n_treat", "n_treatment", "experimental_n");

    /** Events in the control arm. */
    public static final Role EVENTS_C = Role.number("events_c", "Events, control arm")
            .count()
            .aka("ci", "event_c", "cpos", "events_2", "events_ctrl", "events_control", "control_cases");

    /** Participants in the control arm. */
    public static final Role N_C = Role.number("n_c", "Participants, control arm")
            .count()
            .aka("n2i", "n2", "total_2", "n_ctrl", "n_control", "control_n");

    /** Participants of a one-armed study, or pairs. */
    public static final Role N = Role.number("n", "Participants").count().aka("ni", "total", "sample_size");

    /** Events of a one-armed study, or of both arms together. */
    public static final Role EVENTS = Role.number("events", "Events").count().aka("xi", "event", "total_events");

    /** Person-time in the treatment arm. */
    public static final Role TIME_T =
            Role.number("time_t", "Person-time, treatment arm").positive().aka("t1i", "time_e");

    /** Person-time in the control arm. */
    public static final Role TIME_C =
            Role.number("time_c", "Person-time, control arm").positive().aka("t2i");

    /** Mean in the treatment arm. */
    public static final Role MEAN_T =
            Role.number("mean_t", "Mean, treatment arm").aka("m1i", "mean_e", "mean1", "mean_1", "experimental_mean");

    /** Mean in the control arm. */
    public static final Role MEAN_C =
            Role.number("mean_c", "Mean, control arm").aka("m2i", "mean2", "mean_2", "control_mean");

    /** Standard deviation in the treatment arm. */
    public static final Role SD_T = Role.number("sd_t", "Standard deviation, treatment arm")
            .positive()
            .aka("sd1i", "sd_e", "sd1", "sd_1", "experimental_sd");

    /** Standard deviation in the control arm. */
    public static final Role SD_C =
            Role.number("sd_c", "Standard deviation, control arm").positive().aka("sd2i", "sd2", "sd_2", "control_sd");

    private Roles() {}
}
