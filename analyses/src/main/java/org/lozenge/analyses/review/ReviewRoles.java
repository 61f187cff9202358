package org.lozenge.analyses.review;

import org.lozenge.plugin.Role;
import org.lozenge.plugin.Roles;

/**
 * The columns that say what a report is about; those with its figures are in {@link
 * org.lozenge.analyses.shared.ReportRoles}. All are optional: a table of study and hazard ratio is enough.
 */
final class ReviewRoles {

    static final Role STUDY = Roles.STUDY.optional();

    static final Role REGISTRATION = text("registration", "Registration of the trial")
            .aka("nct", "nct_id", "nct_number", "registry_id", "registration_number", "trial_registration");

    static final Role REPORT =
            text("report", "Document that reports the result").aka("reference");

    static final Role PUBLICATION = text("publication", "Kind of document")
            .aka("publication_type", "publication_kind", "document_type", "document_kind", "report_type");

    static final Role YEAR = text("year", "Year of the document").aka("publication_year", "pub_year");

    static final Role DESIGN = text("design", "Design of the study").aka("study_design", "trial_design");

    /** Not {@code Roles.GROUP}: its synonym "subgroup" would be a part of one trial's patients here. */
    static final Role SETTING = Role.category("group", "Setting, a group in the forest plot")
            .sparse()
            .aka("setting", "disease_setting");

    static final Role POPULATION = text("population", "Patients analysed").aka("analysis_set", "analysis_population");

    static final Role SUBGROUP =
            text("subgroup", "Part of the trial's patients; empty for all").aka("subset");

    static final Role CUTOFF = text("cutoff", "Analysis or date of data cut-off")
            .aka("data_cutoff", "cutoff_date", "data_cutoff_date", "analysis");

    static final Role FOLLOW_UP = text("follow_up", "Median follow-up")
            .aka("median_follow_up", "median_fu", "fu", "follow_up_months", "median_follow_up_months");

    static final Role UNIT = text("unit", "Unit of follow-up; months if empty").aka("time_unit");

    static final Role TREATMENT = text("treatment", "Experimental arm")
            .aka("intervention", "experimental", "treatment_arm", "experimental_arm");

    static final Role CONTROL = text("control", "Comparator arm").aka("comparator", "control_arm", "comparator_arm");

    static final Role COMPARISON = text("comparison", "Both arms, such as A vs B");

    private ReviewRoles() {}

    private static Role text(String name, String label) {
        return Role.text(name, label).sparse();
    }

    /** Returns the roles beside study and endpoint, in the order in which a form shows them. */
    static Role[] all() {
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
            COMPARISON
        };
    }
}
