package org.lozenge.analyses.multiverse;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.analyses.shared.PlotText;

/**
 * A yes-or-no question about an effect, on the reader's scale.
 *
 * @param name its name in the table
 * @param yes what holds if the answer is yes
 * @param no what holds if it is no
 * @param holds answers it
 */
record Conclusion(String name, String yes, String no, Predicate<Specification> holds) {

    /** The questions that a measure and a threshold allow: without a value of no effect, only those of the threshold. */
    static List<Conclusion> of(Measure measure, OptionalDouble threshold) {
        List<Conclusion> questions = new ArrayList<>();
        double none = measure.reference();
        if (!Double.isNaN(none)) {
            String text = PlotText.fixed(none, 0);
            questions.add(new Conclusion(
                    "significance",
                    "the interval excludes " + text,
                    "the interval includes " + text,
                    excludes(measure)));
            questions.add(new Conclusion(
                    "direction",
                    "the estimate is below " + text,
                    "the estimate is not below " + text,
                    s -> measure.display(s.estimate()) < none));
        }
        threshold.ifPresent(value -> {
            boolean below = value < none;
            String side = (below ? "at or below " : "at or above ") + shown(value);
            questions.add(new Conclusion(
                    "threshold",
                    "the estimate is " + side,
                    "the estimate is not " + side,
                    s -> reaches(measure.display(s.estimate()), value, below)));
            questions.add(new Conclusion(
                    "threshold-interval",
                    "the whole interval is " + side,
                    "the whole interval is not " + side,
                    s -> reaches(measure.display(below ? s.upper() : s.lower()), value, below)));
        });
        return questions;
    }

    /** Whether the interval leaves out no effect; never where there is no such value. */
    static Predicate<Specification> excludes(Measure measure) {
        double none = measure.reference();
        return s -> measure.display(s.lower()) > none || measure.display(s.upper()) < none;
    }

    private static boolean reaches(double effect, double threshold, boolean below) {
        return below ? effect <= threshold : effect >= threshold;
    }

    private static String shown(double value) {
        return PlotText.fixed(value, Math.max(2, decimals(value)));
    }

    private static int decimals(double value) {
        return Math.min(
                6,
                Math.max(
                        0,
                        java.math.BigDecimal.valueOf(value).stripTrailingZeros().scale()));
    }

    /** What holds of a specification. */
    String state(Specification specification) {
        return holds.test(specification) ? yes : no;
    }
}
