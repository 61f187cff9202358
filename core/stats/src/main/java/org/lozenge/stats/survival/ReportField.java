package org.lozenge.stats.survival;

import java.util.Arrays;
import java.util.Optional;

/**
 * What a report may print about one comparison of a treatment (t) with a control (c).
 *
 * <p>The {@link #code()} is the column name used everywhere outside, such as {@code ci_low}.
 */
public enum ReportField {
    /** Hazard ratio, treatment over control unless the contrast is inverted. */
    HR("hr", "hazard ratio", Kind.RATIO),
    /** Lower confidence limit of the hazard ratio. */
    CI_LOW("ci_low", "lower confidence limit", Kind.RATIO),
    /** Upper confidence limit of the hazard ratio. */
    CI_HIGH("ci_high", "upper confidence limit", Kind.RATIO),
    /** Confidence level, as {@code 95}, {@code 95%} or {@code 0.95}. */
    CI_LEVEL("ci_level", "confidence level", Kind.LEVEL),
    /** P value, exact or as a bound. */
    P("p", "P value", Kind.P),
    /** Sidedness of the P value: {@code 1} or {@code 2}. */
    P_SIDED("p_sided", "sidedness of P", Kind.SIDES),
    /** Events in the treatment arm. */
    EVENTS_T("events_t", "events with treatment", Kind.COUNT),
    /** Events in the control arm. */
    EVENTS_C("events_c", "events with control", Kind.COUNT),
    /** Events in both arms together. */
    EVENTS("events", "events", Kind.COUNT),
    /** Participants in the treatment arm. */
    N_T("n_t", "participants with treatment", Kind.COUNT),
    /** Participants in the control arm. */
    N_C("n_c", "participants with control", Kind.COUNT),
    /** Participants in both arms together. */
    N("n", "participants", Kind.COUNT),
    /** Log-rank events observed minus expected in the treatment arm. */
    O_MINUS_E("o_minus_e", "observed minus expected events", Kind.NUMBER),
    /** Log-rank variance of O − E, so 1/SE² of the log hazard ratio. */
    V("v", "log-rank variance", Kind.POSITIVE),
    /** Log-rank chi-square on one degree of freedom. */
    LOGRANK_CHI2("logrank_chi2", "log-rank chi-square", Kind.NOT_NEGATIVE),
    /** Log-rank events expected in the treatment arm; {@link #EVENTS_T} are those observed. */
    EXPECTED_T("expected_t", "expected events with treatment", Kind.POSITIVE),
    /** Log-rank events expected in the control arm; {@link #EVENTS_C} are those observed. */
    EXPECTED_C("expected_c", "expected events with control", Kind.POSITIVE),
    /** Event-free fraction in the treatment arm at {@link #TIME}. */
    SURVIVAL_T("survival_t", "event-free fraction with treatment", Kind.FRACTION),
    /** Event-free fraction in the control arm at {@link #TIME}. */
    SURVIVAL_C("survival_c", "event-free fraction with control", Kind.FRACTION),
    /** Standard error of {@link #SURVIVAL_T} (Greenwood). */
    SURVIVAL_SE_T("survival_se_t", "standard error of the event-free fraction with treatment", Kind.FRACTION),
    /** Standard error of {@link #SURVIVAL_C} (Greenwood). */
    SURVIVAL_SE_C("survival_se_c", "standard error of the event-free fraction with control", Kind.FRACTION),
    /** Time of the event-free fractions. */
    TIME("time", "time", Kind.POSITIVE),
    /** Median time to event in the treatment arm; {@code NR} for not reached. */
    MEDIAN_T("median_t", "median time with treatment", Kind.MEDIAN),
    /** Median time to event in the control arm; {@code NR} for not reached. */
    MEDIAN_C("median_c", "median time with control", Kind.MEDIAN),
    /** Person-time at risk in the treatment arm. */
    TIME_T("time_t", "person-time with treatment", Kind.POSITIVE),
    /** Person-time at risk in the control arm. */
    TIME_C("time_c", "person-time with control", Kind.POSITIVE),
    /** The arm with the lower hazard according to the text: {@code treatment} or {@code control}. */
    FAVOURS("favours", "favoured arm", Kind.ARM),
    /** What the ratio compares: {@code treatment/control} or {@code control/treatment}. */
    DIRECTION("direction", "direction of the ratio", Kind.CONTRAST);

    /** What a cell of a field must hold. */
    enum Kind {
        RATIO,
        LEVEL,
        P,
        SIDES,
        COUNT,
        NUMBER,
        POSITIVE,
        NOT_NEGATIVE,
        FRACTION,
        MEDIAN,
        ARM,
        CONTRAST
    }

    private final String code;
    private final String label;
    private final Kind kind;

    ReportField(String code, String label, Kind kind) {
        this.code = code;
        this.label = label;
        this.kind = kind;
    }

    /** The column name, such as {@code ci_low}. */
    public String code() {
        return code;
    }

    /** The name in a sentence, such as {@code lower confidence limit}. */
    public String label() {
        return label;
    }

    Kind kind() {
        return kind;
    }

    /** The field with a column name, or empty if there is none. */
    public static Optional<ReportField> withCode(String code) {
        return Arrays.stream(values()).filter(field -> field.code.equals(code)).findFirst();
    }
}
