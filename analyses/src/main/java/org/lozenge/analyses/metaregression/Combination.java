package org.lozenge.analyses.metaregression;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.NumberText;

/**
 * A contrast that the user wrote.
 *
 * @param text as written
 * @param weights a number per term
 */
record Combination(String text, List<Double> weights) {

    /** A semicolon that does not belong to the name of a term. */
    private static final String OUTSIDE_BACKTICKS = ";(?=(?:[^`]*`[^`]*`)*[^`]*$)";

    /** Larger weights would overflow when they are squared. */
    private static final double LARGEST = 1e100;

    Combination {
        weights = List.copyOf(weights);
    }

    double[] toArray() {
        return weights.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Reads contrasts with semicolons between them. */
    static List<Combination> parse(String text, List<String> terms) {
        List<Combination> all = new ArrayList<>();
        for (String part : text.split(OUTSIDE_BACKTICKS)) {
            if (!part.isBlank()) {
                all.add(new Combination(part.strip(), one(part.strip(), terms)));
            }
        }
        return all;
    }

    private static List<Double> one(String text, List<String> terms) {
        List<Double> weights = isNumbers(text) ? numbers(text, terms) : new Reader(text, terms).read();
        if (weights.stream().allMatch(w -> w == 0)) {
            throw fault(text, "all its weights are 0", terms);
        }
        if (weights.stream().anyMatch(w -> !(Math.abs(w) <= LARGEST))) {
            throw fault(text, "its weights must be within ±" + NumberText.print(LARGEST), terms);
        }
        return weights;
    }

    private static boolean isNumbers(String text) {
        return Arrays.stream(text.split(",", -1))
                .allMatch(part -> NumberText.parse(part).isPresent());
    }

    private static List<Double> numbers(String text, List<String> terms) {
        List<Double> weights = Arrays.stream(text.split(",", -1))
                .map(part -> NumberText.parse(part).orElseThrow())
                .toList();
        if (weights.size() != terms.size()) {
            throw fault(text, "it has " + weights.size() + " numbers for " + terms.size() + " coefficients", terms);
        }
        return weights;
    }

    static AnalysisException fault(String text, String what, List<String> terms) {
        return new AnalysisException(
                "contrast",
                "Option 'contrast' holds '" + text + "', but " + what
                        + ". Write terms in backticks, such as `a` - 0.5 * `b`, or one number per coefficient. Terms: "
                        + terms.stream().map(t -> "`" + t + "`").collect(Collectors.joining(", ")) + ".");
    }

    /** A sum of terms with factors: {@code `a` - 0.5 * `b`}. */
    private static final class Reader {
        private static final Pattern NUMBER = Pattern.compile("[0-9.]+([eE][-+]?[0-9]+)?");

        private final String text;
        private final List<String> terms;
        private int at;

        Reader(String text, List<String> terms) {
            this.text = text;
            this.terms = terms;
        }

        List<Double> read() {
            double[] weights = new double[terms.size()];
            double sign = take('-') ? -1 : 1;
            if (sign > 0) {
                take('+');
            }
            while (true) {
                term(weights, sign);
                if (take('+')) {
                    sign = 1;
                } else if (take('-')) {
                    sign = -1;
                } else if (at == text.length()) {
                    return Arrays.stream(weights).boxed().toList();
                } else {
                    throw fault(text, "'" + text.substring(at) + "' is not understood", terms);
                }
            }
        }

        private void term(double[] weights, double sign) {
            double factor = number();
            String name = name();
            int position = terms.indexOf(name);
            if (name.isEmpty()) {
                throw fault(
                        text,
                        "a term is missing "
                                + (at < text.length() ? "before '" + text.substring(at) + "'" : "at the end"),
                        terms);
            }
            if (position < 0) {
                throw fault(text, "'" + name + "' is no coefficient", terms);
            }
            weights[position] += sign * factor;
        }

        private double number() {
            skip();
            Matcher number = NUMBER.matcher(text).region(at, text.length());
            if (!number.lookingAt()) {
                return 1;
            }
            at = number.end();
            String printed = number.group();
            if (!take('*')) {
                throw fault(text, "a * is missing after '" + printed + "'", terms);
            }
            return NumberText.parse(printed).orElseThrow(() -> fault(text, "'" + printed + "' is not a number", terms));
        }

        private String name() {
            skip();
            if (take('`')) {
                int end = text.indexOf('`', at);
                if (end < 0) {
                    throw fault(text, "a backtick is not closed", terms);
                }
                String name = text.substring(at, end);
                at = end + 1;
                skip();
                return name;
            }
            int start = at;
            while (at < text.length() && "+-*`".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            return text.substring(start, at).strip();
        }

        private boolean take(char sign) {
            skip();
            if (at < text.length() && text.charAt(at) == sign) {
                at++;
                return true;
            }
            return false;
        }

        private void skip() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }
    }
}
