package org.lozenge.analyses.formula;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/** A number computed from the numbers of a row. Immutable. */
sealed interface Arithmetic {

    /** The columns that it needs. */
    Set<String> columns();

    /** The number; NaN or infinite where it has no value. */
    double of(ToDoubleFunction<String> row);

    /** A constant. */
    record Constant(double value) implements Arithmetic {
        @Override
        public Set<String> columns() {
            return Set.of();
        }

        @Override
        public double of(ToDoubleFunction<String> row) {
            return value;
        }
    }

    /** A column. */
    record Column(String name) implements Arithmetic {
        @Override
        public Set<String> columns() {
            return Set.of(name);
        }

        @Override
        public double of(ToDoubleFunction<String> row) {
            return row.applyAsDouble(name);
        }
    }

    /** Two numbers and the sign between them. */
    record Operation(char sign, Arithmetic left, Arithmetic right) implements Arithmetic {
        @Override
        public Set<String> columns() {
            Set<String> both = new TreeSet<>(left.columns());
            both.addAll(right.columns());
            return both;
        }

        @Override
        public double of(ToDoubleFunction<String> row) {
            double a = left.of(row);
            double b = right.of(row);
            return switch (sign) {
                case '+' -> a + b;
                case '-' -> a - b;
                case '*' -> a * b;
                case '/' -> a / b;
                default -> power(a, b);
            };
        }

        private static double power(double a, double b) {
            return b == 2 ? a * a : StrictMath.pow(a, b);
        }
    }

    /** A function of a number. */
    enum Function {
        LOG,
        LOG2,
        LOG10,
        LOG1P,
        SQRT,
        EXP,
        ABS;

        double of(double x) {
            return switch (this) {
                case LOG -> StrictMath.log(x);
                case LOG2 -> StrictMath.log(x) / StrictMath.log(2);
                case LOG10 -> StrictMath.log10(x);
                case LOG1P -> StrictMath.log1p(x);
                case SQRT -> Math.sqrt(x);
                case EXP -> StrictMath.exp(x);
                case ABS -> Math.abs(x);
            };
        }

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A function and its argument. */
    record Call(Function function, Arithmetic argument) implements Arithmetic {
        @Override
        public Set<String> columns() {
            return argument.columns();
        }

        @Override
        public double of(ToDoubleFunction<String> row) {
            return function.of(argument.of(row));
        }
    }
}
