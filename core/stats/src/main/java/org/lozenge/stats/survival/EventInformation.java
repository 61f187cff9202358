package org.lozenge.stats.survival;

import static org.lozenge.stats.survival.ReportField.EVENTS;
import static org.lozenge.stats.survival.ReportField.EVENTS_C;
import static org.lozenge.stats.survival.ReportField.EVENTS_T;
import static org.lozenge.stats.survival.ReportField.N_C;
import static org.lozenge.stats.survival.ReportField.N_T;

import java.util.List;

/**
 * How event counts give the log-rank variance V = 1/SE².
 *
 * <pre>{@code
 * PER_ARM     V = Oₜ O_c / (Oₜ + O_c)
 * TOTAL       V = d / 4                      one-to-one allocation
 * ALLOCATED   V = d nₜ n_c / (nₜ + n_c)²     any allocation
 * }</pre>
 *
 * <p>TOTAL and ALLOCATED take the total as printed, or else the sum of the arms.
 *
 * @see <a href="https://doi.org/10.1002/(SICI)1097-0258(19981230)17:24%3C2815::AID-SIM110%3E3.0.CO;2-8">Parmar, Torri
 *     and Stewart (1998), Stat. Med. 17, 2815–2834</a>, equations 8, 11 and 12
 */
enum EventInformation {
    PER_ARM("events per arm"),
    TOTAL("total events"),
    ALLOCATED("total events and arm sizes");

    /** Below this share of d/4 an allocation is no longer called one to one: 4:3 keeps 98 %. */
    private static final double ONE_TO_ONE = 0.979;

    private final String label;

    /**
     * A variance, or the reason why there is none.
     *
     * @param v log-rank variance; 0 if there is none
     * @param reason why there is none, else empty
     * @param refused whether the counts are there but cannot be used
     * @param note what was assumed
     */
    record Found(double v, String reason, boolean refused, String note) {

        RouteUnavailable unavailable(String route) {
            return new RouteUnavailable(route, reason, refused);
        }
    }

    EventInformation(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    List<ReportField> inputs() {
        return switch (this) {
            case PER_ARM -> List.of(EVENTS_T, EVENTS_C);
            case TOTAL, ALLOCATED -> List.of(EVENTS, EVENTS_T, EVENTS_C, N_T, N_C);
        };
    }

    Found in(ReportedResult report) {
        return switch (this) {
            case PER_ARM -> perArm(report);
            case TOTAL -> total(report);
            case ALLOCATED -> allocated(report);
        };
    }

    private static Found perArm(ReportedResult report) {
        if (!report.has(EVENTS_T, EVENTS_C)) {
            return lacks("needs events_t and events_c");
        }
        double t = report.value(EVENTS_T);
        double c = report.value(EVENTS_C);
        if (t == 0 || c == 0) {
            return none("an arm without events carries no information on the ratio");
        }
        return new Found(t * c / (t + c), "", false, "Events taken from about equal arms.");
    }

    private static Found total(ReportedResult report) {
        if (report.totalEvents().isEmpty()) {
            return lacks("needs events, or events_t and events_c");
        }
        double d = report.totalEvents().get();
        if (d == 0) {
            return none("there are no events");
        }
        if (!report.has(N_T, N_C)) {
            return new Found(d / 4, "", false, "Arm sizes not stated: allocation taken as 1:1.");
        }
        double balance = 4 * allocation(report);
        return balance >= ONE_TO_ONE
                ? new Found(d / 4, "", false, "Allocation 1:1.")
                : none("allocation is " + report.text(N_T) + ":" + report.text(N_C)
                        + ", not 1:1; T12 and T15 allow for it");
    }

    private static Found allocated(ReportedResult report) {
        if (report.totalEvents().isEmpty() || !report.has(N_T, N_C)) {
            return lacks("needs events (or events_t and events_c), n_t and n_c");
        }
        double v = report.totalEvents().get() * allocation(report);
        return v > 0 ? new Found(v, "", false, "") : none("there are no events or an arm is empty");
    }

    /** nₜ n_c / (nₜ + n_c)²; 1/4 for equal arms. */
    private static double allocation(ReportedResult report) {
        double t = report.value(N_T);
        double c = report.value(N_C);
        return t > 0 && c > 0 ? t / (t + c) * (c / (t + c)) : 0;
    }

    private static Found none(String reason) {
        return new Found(0, reason, true, "");
    }

    private static Found lacks(String reason) {
        return new Found(0, reason, false, "");
    }
}
