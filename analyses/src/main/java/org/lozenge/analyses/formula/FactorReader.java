package org.lozenge.analyses.formula;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.lozenge.analyses.formula.Arithmetic.Function;

/** Reads a column or a function of columns. */
final class FactorReader {

    private static final int MAX_DEGREE = 20;

    /** A longer sum or product would exhaust the stack when it is computed. */
    private static final int MAX_SIGNS = 500;

    private static final String FUNCTIONS = "factor, poly, center, scale, I, "
            + Arrays.stream(Function.values()).map(Function::text).collect(Collectors.joining(", "));

    private final FormulaText source;
    private int signs;

    FactorReader(FormulaText source) {
        this.source = source;
    }

    Factor read() {
        int start = source.position();
        signs = 0;
        boolean quoted = source.peek() == '`';
        String name = source.name();
        if (quoted || source.peek() != '(') {
            return new Factor.Plain(name);
        }
        source.expect('(');
        Factor factor = switch (name.toLowerCase(Locale.ROOT)) {
            case "factor" -> category(start);
            case "poly" -> polynomial(start);
            case "center", "centre", "scale" -> centred(start, name);
            case "i" -> {
                Arithmetic value = sum();
                source.expect(')');
                yield new Factor.Computed(source.since(start), value);
            }
            default -> {
                Arithmetic value = new Arithmetic.Call(function(name), sum());
                source.expect(')');
                yield new Factor.Computed(source.since(start), value);
            }
        };
        if (factor.columns().isEmpty()) {
            throw source.fault("'" + factor.name() + "' holds no column");
        }
        return factor;
    }

    private Factor category(int start) {
        String column = source.name();
        Optional<String> reference = Optional.empty();
        if (source.take(',')) {
            String word = source.word();
            if (source.take('=')) {
                requireName(word, "ref");
                word = source.word();
            }
            reference = Optional.of(word);
        }
        source.expect(')');
        return new Factor.Category(source.since(start), column, reference);
    }

    private Factor polynomial(int start) {
        Arithmetic value = sum();
        int degree = 1;
        boolean raw = false;
        while (source.take(',')) {
            String word = source.word();
            if (source.take('=')) {
                if (word.equals("raw")) {
                    raw = isTrue(source.word());
                    continue;
                }
                requireName(word, "degree");
                word = source.word();
            }
            degree = degree(word);
        }
        source.expect(')');
        return new Factor.Polynomial(source.since(start), value, degree, raw);
    }

    private int degree(String word) {
        int degree = word.matches("\\d{1,2}") ? Integer.parseInt(word) : 0;
        if (degree < 1 || degree > MAX_DEGREE) {
            throw source.fault("the degree of a polynomial must be a whole number from 1 to " + MAX_DEGREE + ", not '"
                    + word + "'");
        }
        return degree;
    }

    private boolean isTrue(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "true", "t" -> true;
            case "false", "f" -> false;
            default -> throw source.fault("raw must be TRUE or FALSE, not '" + word + "'");
        };
    }

    private void requireName(String given, String expected) {
        if (!given.equals(expected)) {
            throw source.fault("'" + given + "' is not an argument there; '" + expected + "' is");
        }
    }

    private Factor centred(int start, String name) {
        Arithmetic value = sum();
        source.expect(')');
        return new Factor.Centred(source.since(start), value, name.equalsIgnoreCase("scale"));
    }

    private Arithmetic sum() {
        Arithmetic value = product();
        while (source.peek() == '+' || source.peek() == '-') {
            char sign = source.peek();
            source.take(sign);
            value = operation(sign, value, product());
        }
        return value;
    }

    private Arithmetic product() {
        Arithmetic value = signed();
        while (source.peek() == '*' || source.peek() == '/') {
            char sign = source.peek();
            source.take(sign);
            value = operation(sign, value, signed());
        }
        return value;
    }

    /** A sign binds less than a power: -x^2 is -(x^2). */
    private Arithmetic signed() {
        source.enter();
        Arithmetic value;
        if (source.take('-')) {
            value = operation('-', new Arithmetic.Constant(0), signed());
        } else {
            source.take('+');
            Arithmetic base = atom();
            value = source.take('^') ? operation('^', base, signed()) : base;
        }
        source.leave();
        return value;
    }

    private Arithmetic operation(char sign, Arithmetic left, Arithmetic right) {
        signs++;
        if (signs > MAX_SIGNS) {
            throw source.fault("a term has more than " + MAX_SIGNS + " signs");
        }
        return new Arithmetic.Operation(sign, left, right);
    }

    private Arithmetic atom() {
        if (source.take('(')) {
            Arithmetic value = sum();
            source.expect(')');
            return value;
        }
        if (source.isNumber()) {
            return new Arithmetic.Constant(source.number());
        }
        boolean quoted = source.peek() == '`';
        String name = source.name();
        if (quoted || source.peek() != '(') {
            return new Arithmetic.Column(name);
        }
        source.expect('(');
        Arithmetic value = new Arithmetic.Call(function(name), sum());
        source.expect(')');
        return value;
    }

    private Function function(String name) {
        return Arrays.stream(Function.values())
                .filter(f -> f.text().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> source.fault("there is no function '" + name + "'; there are " + FUNCTIONS));
    }
}
