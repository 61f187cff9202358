package org.lozenge.stats.survival;

import java.util.Objects;

/**
 * The published curves of both arms of one comparison.
 *
 * @param treatment the curve of the research arm
 * @param control the curve of the arm it is compared with
 */
public record ReportedCurves(ReportedCurve treatment, ReportedCurve control) {

    /** Checks that nothing is missing. */
    public ReportedCurves {
        Objects.requireNonNull(treatment, "treatment");
        Objects.requireNonNull(control, "control");
    }

    /** Each arm completed by what a printed result states, and the follow-up of one arm by that of the other. */
    ReportedCurves completedBy(ReportedResult report, ReportedCurve.FollowUp followUp) {
        return new ReportedCurves(
                treatment.or(
                        report.optional(ReportField.N_T),
                        report.optional(ReportField.EVENTS_T),
                        followUp.or(control.followUp())),
                control.or(
                        report.optional(ReportField.N_C),
                        report.optional(ReportField.EVENTS_C),
                        followUp.or(treatment.followUp())));
    }
}
