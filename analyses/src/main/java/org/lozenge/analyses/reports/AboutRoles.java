package org.lozenge.analyses.reports;

import org.lozenge.plugin.Role;
import org.lozenge.plugin.Roles;

/**
 * The columns that say what a report is about; those with its figures are in {@link
 * org.lozenge.analyses.shared.ReportRoles}. All are optional: a table of study and hazard ratio is enough.
 */
public final class AboutRoles {

    /** Name of the trial; rows without one are trials of their own. */
    public static final Role STUDY = Roles.STUDY.optional();

    /** Registration number, by which rows of one trial find each other. */
    public static final Role REGISTRATION = text("registration", "Registration of the trial")
            .aka("nct", "nct_id", "nct_number", "registry_id", "registration_number", "trial_registration");

    /** Document that reports the result. */
    public static final Role REPORT =
            text("report", "Document that reports the result").aka("reference");

    /** Kind of document. */
    public static final Role PUBLICATION = text("publication", "Kind of document")
            .aka("publication_type", "publication_kind", "document_type", "document_kind", "report_type");

    /** Year of the document. */
    public static final Role YEAR = text("year", "Year of the document").aka("publication_year", "pub_year");

    /** Design of the study. */
    public static final Role DESIGN = text("design", "Design of the study").aka("study_design", "trial_design");

    /** Not {@code Roles.GROUP}: its synonym "subgroup" would be a part of one trial's patients here. */
    public static final Role SETTING = Role.category("group", "Setting, a group in the forest plot")
            .sparse()
            .aka("setting", "disease_setting");

    /** Patients analysed. */
    public static final Role POPULATION =
            text("population", "Patients analysed").aka("analysis_set", "analysis_population");

    /** Part of the trial's patients. */
    public static final Role SUBGROUP =
            text("subgroup", "Part of the trial's patients; empty for all").aka("subset");

    /** Analysis, or date of the data cut-off. */
    public static final Role CUTOFF = text("cutoff", "Analysis or date of data cut-off")
            .aka("data_cutoff", "cutoff_date", "data_cutoff_date", "analysis");

    /** Median follow-up. */
    public static final Role FOLLOW_UP = text("follow_up", "Median follow-up")
            .aka("median_follow_up", "median_fu", "fu", "follow_up_months", "median_follow_up_months");

    /** Unit of follow-up and times. */
    public static final Role UNIT =
            text("unit", "Unit of follow-up; months if empty").aka("time_unit");

    /** Experimental arm. */
    public static final Role TREATMENT = text("treatment", "Experimental arm")
            .aka("intervention", "experimental", "treatment_arm", "experimental_arm");

    /** Comparator arm. */
    public static final Role CONTROL =
            text("control", "Comparator arm").aka("comparator", "control_arm", "comparator_arm");

    /** Both arms in one cell. */
    public static final Role COMPARISON = text("comparison", "Both arms, such as A vs B");

    /** Who judged the events. */
    public static final Role ASSESSOR =
            text("assessor", "Who judged the events").aka("assessment", "assessed_by", "assessed", "adjudication");

    /** Rule of censoring. */
    public static final Role CENSORING =
            text("censoring", "Rule of censoring, such as at crossover").aka("censoring_rule", "censored");

    /** Adjusted for covariates or not. */
    public static final Role ADJUSTMENT =
            text("adjustment", "Adjusted for covariates or not").aka("adjusted", "adjusted_for");

    /** Start of the clock. */
    public static final Role LANDMARK = text("landmark", "Start of the clock, if not randomization")
            .aka("landmark_analysis", "time_zero", "clock_start");

    /** What the ratio is. */
    public static final Role MEASURE =
            text("measure", "What the ratio is, if not a hazard ratio").aka("effect_measure", "ratio_type");

    /** What the limits are. */
    public static final Role INTERVAL_TYPE = text(
                    "interval_type", "What the limits are, if not of a confidence interval")
            .aka("ci_type", "interval_kind");

    /** DOI of the document. */
    public static final Role DOI = text("doi", "DOI of the document");

    private AboutRoles() {}

    private static Role text(String name, String label) {
        return Role.text(name, label).sparse();
    }

    /** Returns the roles beside study and endpoint, in the order in which a form shows them. */
    public static Role[] all() {
        return new Role[] {
            REGISTRATION,
            REPORT,
            PUBLICATION,
            YEAR,
            DESIGN,
            SETTING,
            POPULATION,
            SUBGROUP,
            CUTOFF,
            FOLLOW_UP,
            UNIT,
            TREATMENT,
            CONTROL,
            COMPARISON,
            ASSESSOR,
            CENSORING,
            ADJUSTMENT,
            LANDMARK,
            MEASURE,
            INTERVAL_TYPE,
            DOI
        };
    }
}
