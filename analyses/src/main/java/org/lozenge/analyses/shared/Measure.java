package org.lozenge.analyses.shared;

import java.util.Locale;
import java.util.Optional;
import org.lozenge.plugin.Scale;

/**
 * What an effect measures: how readers call it, and how its analysis scale turns into the scale they expect.
 *
 * <p>Codes are metafor's in lower case, {@code hr} and {@code generic}. Every back-transformation is increasing.
 */
public enum Measure {
    /** To be told from the columns. */
    AUTO("Effect", Transform.NONE),
    /** Any effect, shown as it is. */
    GENERIC("Effect", Transform.NONE),
    /** Any ratio, analysed on the log scale. */
    RATIO("Ratio", Transform.EXP),
    /** Log hazard ratio. */
    HR("Hazard ratio", Transform.EXP),
    /** Log odds ratio. */
    OR("Odds ratio", Transform.EXP),
    /** Log odds ratio by Peto's method. */
    PETO("Peto odds ratio", Transform.EXP),
    /** Log risk ratio. */
    RR("Risk ratio", Transform.EXP),
    /** Log incidence rate ratio. */
    IRR("Rate ratio", Transform.EXP),
    /** Log ratio of means. */
    ROM("Ratio of means", Transform.EXP),
    /** Risk difference. */
    RD("Risk difference", Transform.NONE),
    /** Arcsine difference of risks, in radians. */
    AS("Arcsine risk difference", Transform.NONE),
    /** Mean difference. */
    MD("Mean difference", Transform.NONE),
    /** Standardised mean difference. */
    SMD("Standardised mean difference", Transform.NONE),
    /** Standardised mean difference with unequal variances. */
    SMDH("Standardised mean difference", Transform.NONE),
    /** Correlation, as it is. */
    COR("Correlation", Transform.NONE),
    /** Correlation by Fisher's z. */
    ZCOR("Correlation", Transform.TANH),
    /** Proportion, as it is. */
    PR("Proportion", Transform.NONE),
    /** Proportion by its logit. */
    PLO("Proportion", Transform.LOGISTIC),
    /** Proportion by its log. */
    PLN("Proportion", Transform.EXP);

    /** From the analysis scale to the scale a reader expects. */
    private enum Transform {
        NONE,
        EXP,
        TANH,
        LOGISTIC
    }

    private final String label;
    private final Transform transform;

    Measure(String label, Transform transform) {
        this.label = label;
        this.transform = transform;
    }

    /** Returns the measure that a column's name speaks of, such as {@code HR} for {@code Hazard Ratio}. */
    public static Optional<Measure> named(String column) {
        return ofKey(column.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", ""));
    }

    private static Optional<Measure> ofKey(String key) {
        return switch (key) {
            case "hr", "hazardratio", "loghr", "lnhr", "seloghr" -> Optional.of(HR);
            case "or", "oddsratio", "logor", "lnor" -> Optional.of(OR);
            case "rr", "riskratio", "relativerisk", "logrr", "lnrr" -> Optional.of(RR);
            case "irr", "rateratio", "logirr", "lnirr" -> Optional.of(IRR);
            case "rom", "logrom", "lnrom" -> Optional.of(ROM);
            case "rd", "riskdifference" -> Optional.of(RD);
            case "md", "meandifference" -> Optional.of(MD);
            case "smd", "hedgesg", "cohensd" -> Optional.of(SMD);
            case "zcor", "fisherz" -> Optional.of(ZCOR);
            default -> Optional.empty();
        };
    }

    /** Returns what readers call it, such as {@code Hazard ratio}. */
    public String label() {
        return label;
    }

    /** Returns the code that users type. */
    public String token() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns a value of the analysis scale on the scale a reader expects; NaN stays NaN. */
    public double display(double value) {
        return switch (transform) {
            case NONE -> value;
            case EXP -> StrictMath.exp(value);
            case TANH -> StrictMath.tanh(value);
            case LOGISTIC -> 1 / (1 + StrictMath.exp(-value));
        };
    }

    /** Returns whether it is a ratio of two things, analysed on the log scale: 1 means no effect. */
    public boolean isRatio() {
        return transform == Transform.EXP && this != PLN;
    }

    /** Returns whether it compares a treatment with a control by the risk of an event. */
    boolean comparesRisks() {
        return switch (this) {
            case HR, OR, PETO, RR, IRR, RD, AS -> true;
            default -> false;
        };
    }

    /** Returns the scale of an axis that shows it. */
    public Scale scale() {
        return isRatio() ? Scale.LOG : Scale.LINEAR;
    }

    /** Returns the value of no effect on the reader's scale; NaN for proportions. */
    public double reference() {
        return switch (this) {
            case PR, PLO, PLN -> Double.NaN;
            default -> isRatio() ? 1 : 0;
        };
    }

    /** Returns the text of an axis that shows it. */
    public String axis() {
        return isRatio() ? label + ", log scale" : label;
    }
}
