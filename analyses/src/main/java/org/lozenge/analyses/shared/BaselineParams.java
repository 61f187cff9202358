package org.lozenge.analyses.shared;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.NumberText;
import org.lozenge.plugin.Param;
import org.lozenge.stats.survival.BaselineRisk;

/** The options that state what is expected without treatment. */
public final class BaselineParams {

    /** What the fractions of a baseline count. */
    public enum Counts {
        /** Nobody said, and nothing is guessed. */
        UNSTATED,
        /** The fraction that stays free of the event. */
        EVENT_FREE,
        /** The fraction that has the event. */
        EVENT
    }

    /** Fractions without treatment. */
    public static final Param<String> BASELINE = Param.text("baseline", "Expected without treatment", "")
            .suggest("0.60@24,0.35@36")
            .help("Fractions at times, such as 0.60@24,0.35@36 or 60%@24; a single fraction needs no time. Option"
                    + " 'baseline-is' says what they count.");

    /** What the fractions count. */
    public static final Param<Counts> COUNTS = Param.choice("baseline-is", "What 'baseline' counts", Counts.UNSTATED)
            .help("event-free (survival) or event (risk). There is no default, because the two are easily mixed up.");

    /** Standard errors of the fractions. */
    public static final Param<String> ERRORS = Param.text("baseline-se", "Standard errors of 'baseline'", "")
            .help("One number, or as many as 'baseline' has; 0 for a fraction that is taken as known.");

    /** Unit of times. */
    public static final Param<String> UNIT = Param.text("time-unit", "Unit of times", "")
            .help("A word for sentences, such as months. Times of 'baseline' and of columns share it.");

    private BaselineParams() {}

    /** Returns all options, in the order in which a form shows them. */
    public static List<Param<?>> all() {
        return List.of(BASELINE, COUNTS, ERRORS, UNIT);
    }

    /** Returns whether a baseline is given by options. */
    public static boolean isGiven(Inputs in) {
        return !in.get(BASELINE).isBlank();
    }

    /**
     * Returns the baselines that the options state, by time.
     *
     * @throws AnalysisException with code {@code baseline-is} if nothing says what the fractions count, {@code param-value}
     *     if the text cannot be read, {@code baseline-order} if more are free of the event later than earlier
     */
    public static List<Baseline> read(Inputs in) {
        Counts counts = in.get(COUNTS);
        String text = in.get(BASELINE);
        if (counts == Counts.UNSTATED) {
            throw new AnalysisException(
                    "baseline-is",
                    "Option 'baseline' is " + text
                            + ", but nothing says what it counts. Add --baseline-is event-free if"
                            + " this is survival (the fraction without the event), or --baseline-is event if it is the"
                            + " risk.");
        }
        String[] parts = text.strip().split("\\s*[,;]\\s*");
        double[] errors = errors(in.get(ERRORS), parts.length);
        List<Baseline> baselines = new ArrayList<>();
        for (int i = 0; i < parts.length; i++) {
            baselines.add(baseline(parts[i], text, counts, errors[i], in.get(UNIT)));
        }
        baselines.sort(Comparator.comparingDouble(Baseline::time));
        requireOrder(baselines, "Option 'baseline' is " + text + " and counts " + words(counts));
        return baselines;
    }

    private static String words(Counts counts) {
        return counts == Counts.EVENT ? "events" : "patients free of the event";
    }

    private static Baseline baseline(String part, String text, Counts counts, double error, String unit) {
        String[] halves = part.split("@", -1);
        Optional<Double> time = halves.length == 2
                ? NumberText.parse(halves[1]).filter(t -> t > 0)
                : Optional.of(Double.NaN).filter(none -> halves.length == 1);
        Optional<Double> fraction = fraction(halves[0].strip());
        if (time.isEmpty() || fraction.isEmpty()) {
            throw new AnalysisException(
                    "param-value",
                    "Option 'baseline' is " + text + ", but '" + part
                            + "' is no fraction with a time above 0. Write for"
                            + " instance 0.35@36 or 35%@36, with a decimal point, and commas between several.");
        }
        double value = fraction.orElseThrow();
        if (!(value > 0 && value < 1)) {
            throw new AnalysisException(
                    "param-value",
                    "Option 'baseline' is " + text + ", but '" + halves[0].strip() + "' is not between 0 and 1, both"
                            + " excluded." + (value >= 1 ? " Write 35% or 0.35, not 35." : ""));
        }
        BaselineRisk risk = counts == Counts.EVENT ? BaselineRisk.ofEvent(value) : BaselineRisk.ofEventFree(value);
        return new Baseline(time.orElseThrow(), unit, risk.withStandardError(error), "option 'baseline'");
    }

    private static Optional<Double> fraction(String text) {
        return text.endsWith("%")
                ? NumberText.parse(text.substring(0, text.length() - 1)).map(percent -> percent / 100)
                : NumberText.parse(text);
    }

    private static double[] errors(String text, int count) {
        double[] errors = new double[count];
        if (text.isBlank()) {
            return errors;
        }
        String[] parts = text.strip().split("\\s*[,;]\\s*");
        for (int i = 0; i < count; i++) {
            String part = parts[parts.length == 1 ? 0 : Math.min(i, parts.length - 1)];
            errors[i] = fraction(part)
                    .filter(se -> se >= 0 && se < 0.5 && (parts.length == 1 || parts.length == count))
                    .orElseThrow(() -> new AnalysisException(
                            "param-value",
                            "Option 'baseline-se' is " + text
                                    + ", but must be one standard error from 0 to 0.5, or one for" + " each of the "
                                    + count + " fractions of 'baseline'."));
        }
        return errors;
    }

    /**
     * Refuses baselines that cannot be points of one curve.
     *
     * @param baselines by time
     * @param what names them at the beginning of a sentence
     */
    static void requireOrder(List<Baseline> baselines, String what) {
        for (int i = 1; i < baselines.size(); i++) {
            Baseline before = baselines.get(i - 1);
            Baseline after = baselines.get(i);
            if (Double.isNaN(after.time()) || before.time() == after.time()) {
                throw new AnalysisException(
                        "param-value",
                        what + ": several fractions need a time each, and each time once (0.60@24,0.35@36).");
            }
            if (after.risk().eventFree() > before.risk().eventFree()) {
                throw new AnalysisException(
                        "baseline-order",
                        what + ", but then more are free of the event at " + after.when() + " than at " + before.when()
                                + ", which cannot be. Check --baseline-is: event and event-free may be exchanged.");
            }
        }
    }
}
