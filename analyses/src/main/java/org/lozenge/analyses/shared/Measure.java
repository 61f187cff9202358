package org.lozenge.analyses.shared;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.lozenge.plugin.Scale;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.effect.BackTransform;
import org.lozenge.stats.effect.EffectMeasure;
import org.lozenge.stats.effect.EffectMeasures;

/**
 * What an effect measures: how readers call it, and how its analysis scale turns into the scale they expect. Immutable;
 * two are equal when their codes are.
 *
 * <p>Codes are metafor's in lower case, {@code hr}, {@code generic} and, for ratios of which no more is known, {@code
 * ratio}. Every back-transformation is increasing.
 */
public final class Measure {

    /** Any effect, shown as it is. */
    public static final Measure GENERIC = of("generic");

    /** Any ratio, analysed on the log scale. */
    public static final Measure RATIO = of("ratio");

    /** Log hazard ratio. */
    public static final Measure HR = of("hr");

    /** Log odds ratio. */
    public static final Measure OR = of("or");

    /** Log risk ratio. */
    public static final Measure RR = of("rr");

    /** Risk difference. */
    public static final Measure RD = of("rd");

    /** Log incidence rate ratio. */
    public static final Measure IRR = of("irr");

    /** Measures that compare a treatment with a control by the risk of an event. */
    private static final Set<String> OF_RISKS =
            Set.of("hr", "or", "peto", "rr", "irr", "ird", "irsd", "rd", "as", "pbit");

    private final String token;
    private final String label;
    private final BackTransform backTransform;
    private final double reference;

    private Measure(String token, String label, BackTransform backTransform, double reference) {
        this.token = token;
        this.label = label;
        this.backTransform = backTransform;
        this.reference = reference;
    }

    /**
     * Returns the measure of a code.
     *
     * @param code one of {@link #codes()}, in any case
     * @throws IllegalArgumentException if there is no such measure
     */
    public static Measure of(String code) {
        return code.strip().toLowerCase(Locale.ROOT).equals("ratio")
                ? new Measure("ratio", "Ratio", BackTransform.exp(), 1)
                : of(EffectMeasures.of(code));
    }

    /** Returns what effects of a measure are. */
    public static Measure of(EffectMeasure<?> measure) {
        EffectMeasure.Description<?> description = measure.description();
        return new Measure(
                description.code(), description.effectLabel(), description.backTransform(), description.nullEffect());
    }

    /**
     * Returns this measure for values that stand for some studies.
     *
     * @param v sampling variances of the studies
     * @return this measure, unless it is one of Freeman and Tukey's: their values go back by the harmonic mean of the
     *     sizes, which follow from the variances
     */
    public Measure pooling(DoubleSeq v) {
        double total = 0;
        for (int i = 0; i < v.size(); i++) {
            total += 1 / size(v.get(i));
        }
        double n = v.size() / total;
        return switch (token) {
            case "pft" -> new Measure(token, label, BackTransform.freemanTukeyProportion(n), reference);
            case "irft" -> new Measure(token, label, BackTransform.freemanTukeyRate(n), reference);
            default -> this;
        };
    }

    /** Size or person-time behind the variance of a Freeman–Tukey value, 1/(4n + 2) or 1/(4t). */
    private double size(double v) {
        return token.equals("pft") ? (1 / v - 2) / 4 : 1 / (4 * v);
    }

    /** Returns the codes of all measures. */
    public static List<String> codes() {
        return Stream.concat(EffectMeasures.codes().stream(), Stream.of("ratio"))
                .toList();
    }

    /** Returns the measure that a column's name speaks of, such as {@code HR} for {@code Hazard Ratio}. */
    public static Optional<Measure> named(String column) {
        return ofKey(column.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", ""))
                .map(Measure::of);
    }

    private static Optional<String> ofKey(String key) {
        return switch (key) {
            case "hr", "hazardratio", "loghr", "lnhr", "seloghr" -> Optional.of("hr");
            case "or", "oddsratio", "logor", "lnor" -> Optional.of("or");
            case "rr", "riskratio", "relativerisk", "logrr", "lnrr" -> Optional.of("rr");
            case "irr", "rateratio", "logirr", "lnirr" -> Optional.of("irr");
            case "rom", "logrom", "lnrom" -> Optional.of("rom");
            case "rd", "riskdifference" -> Optional.of("rd");
            case "md", "meandiff", "meandifference" -> Optional.of("md");
            case "smd", "hedgesg", "cohensd" -> Optional.of("smd");
            case "zcor", "fisherz" -> Optional.of("zcor");
            default -> Optional.empty();
        };
    }

    /** Returns what readers call it, such as {@code Hazard ratio}. */
    public String label() {
        return label;
    }

    /** Returns the label within a sentence: {@code hazard ratio}, but {@code Cronbach's alpha}. */
    String name() {
        return label.contains("'") ? label : label.toLowerCase(Locale.ROOT);
    }

    /** Returns the code that users type. */
    public String token() {
        return token;
    }

    /** Returns the way from the analysis scale to the scale a reader expects, for pooled values. */
    public BackTransform backTransform() {
        return backTransform;
    }

    /**
     * Returns a value of the analysis scale on the scale a reader expects; NaN stays NaN. A Freeman–Tukey value is one
     * that stands for all studies: it goes back by the harmonic mean of their sizes.
     */
    public double display(double value) {
        return backTransform.apply(value);
    }

    /**
     * Returns a value that stands for one study on the scale a reader expects. The size of the study, which a
     * Freeman–Tukey value needs, follows from its variance.
     *
     * @param v sampling variance of the study
     */
    public double display(double value, double v) {
        return switch (token) {
            case "pft" -> BackTransform.freemanTukeyProportion(size(v)).apply(value);
            case "irft" -> BackTransform.freemanTukeyRate(size(v)).apply(value);
            default -> display(value);
        };
    }

    /** Returns whether it is a ratio of two things, analysed on the log scale: 1 means no effect. */
    public boolean isRatio() {
        return backTransform.isLog() && reference == 1;
    }

    /** Returns whether it compares a treatment with a control by the risk of an event. */
    boolean comparesRisks() {
        return OF_RISKS.contains(token);
    }

    /** Returns the scale of an axis that shows it. */
    public Scale scale() {
        return isRatio() ? Scale.LOG : Scale.LINEAR;
    }

    /** Returns the value of no effect on the reader's scale; NaN where there is none, as for proportions. */
    public double reference() {
        return reference;
    }

    /** Returns the text of an axis that shows it. */
    public String axis() {
        return isRatio() ? label + ", log scale" : label;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Measure that && token.equals(that.token);
    }

    @Override
    public int hashCode() {
        return token.hashCode();
    }

    @Override
    public String toString() {
        return token;
    }
}
