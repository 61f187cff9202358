package org.lozenge.analyses.shared;

import org.lozenge.plugin.Param;
import org.lozenge.plugin.Role;
import org.lozenge.plugin.Roles;

/** Roles and options of a table in which each row is one participant. */
public final class PatientRoles {

    /** Time to the event or to the last contact, from 0. */
    public static final Role TIME = Roles.TIME
            .labelled("Time to event or last contact")
            .between(0, Double.POSITIVE_INFINITY)
            .aka("futime", "survival_time", "follow_up", "followup", "months", "days", "years");

    /** Whether the event happened; numbers or words. */
    public static final Role STATUS =
            Role.any("status", "Whether the event happened").aka("event", "event_indicator", "died", "dead", "fustat");

    /** Treatment or another group. */
    public static final Role GROUP =
            Roles.GROUP.labelled("Treatment or other group").aka("arm", "treatment", "treat", "trt", "rx");

    /** Columns within whose values participants are compared. */
    public static final Role STRATA = Roles.STRATA.optional().many();

    /** The trial of each participant. */
    public static final Role STUDY = Roles.STUDY.optional();

    /** Which value of the status means that the event happened. */
    public static final Param<String> EVENT = Param.text("event", "Value of the status that means the event", "auto")
            .suggest("auto", "1", "2", "true")
            .help(
                    "All other values count as censored. By itself 1 of 0 and 1, true of true and false, event or dead; and 2"
                            + " of 1 and 2, with a warning.");

    /** The group that others are compared with. */
    public static final Param<String> REFERENCE = Param.text("reference", "Group that others are compared with", "")
            .help("By itself the first group, in numerical or alphabetical order.");

    /** Level of confidence intervals. */
    public static final Param<Double> LEVEL = Param.number("level", "Confidence level", 0.95)
            .check(level -> level > 0 && level < 1, "must be between 0 and 1, both excluded");

    private PatientRoles() {}
}
