package org.lozenge.analyses.formula;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.lozenge.analyses.formula.ModelMatrix.Row;

/** How a factor becomes columns of numbers. */
sealed interface Coding {

    /** The names of its columns; of categories without the reference unless all levels are asked for. */
    List<String> names(boolean full);

    /** The cells of a row. */
    double[] cells(Row row, boolean full);

    /** Whether it can be coded in full. */
    default boolean isCategory() {
        return false;
    }

    /** Indicators of levels. */
    record Levels(String name, String column, List<String> levels) implements Coding {
        @Override
        public List<String> names(boolean full) {
            return levels.subList(first(full), levels.size()).stream()
                    .map(level -> name + " " + level)
                    .toList();
        }

        /** Of a single level something is kept, so that it can be named as redundant. */
        private int first(boolean full) {
            return full || levels.size() == 1 ? 0 : 1;
        }

        @Override
        public double[] cells(Row row, boolean full) {
            int from = first(full);
            double[] cells = new double[levels.size() - from];
            int at = row.level(column, levels) - from;
            if (at >= 0 && (full || levels.size() > 1)) {
                cells[at] = 1;
            }
            return cells;
        }

        @Override
        public boolean isCategory() {
            return true;
        }
    }

    /** A number, moved and scaled. */
    record Numeric(String name, Arithmetic value, double zero, double unit) implements Coding {
        @Override
        public List<String> names(boolean full) {
            return List.of(name);
        }

        @Override
        public double[] cells(Row row, boolean full) {
            return new double[] {(value.of(row::number) - zero) / unit};
        }
    }

    /** Plain powers. */
    record Powers(String name, Arithmetic value, int degree) implements Coding {
        @Override
        public List<String> names(boolean full) {
            return numbered(name, degree);
        }

        @Override
        public double[] cells(Row row, boolean full) {
            double x = value.of(row::number);
            double[] cells = new double[degree];
            double power = 1;
            for (int d = 0; d < degree; d++) {
                power *= x;
                cells[d] = power;
            }
            return cells;
        }
    }

    /**
     * Orthogonal polynomials by their recurrence {@code pⱼ₊₁(x) = (x − αⱼ)pⱼ(x) − (nⱼ/nⱼ₋₁)pⱼ₋₁(x)}, each divided by its
     * length over the rows of the data.
     */
    final class Orthogonal implements Coding {
        private final String name;
        private final Arithmetic value;
        private final double[] alpha;
        private final double[] square;

        private Orthogonal(String name, Arithmetic value, double[] alpha, double[] square) {
            this.name = name;
            this.value = value;
            this.alpha = alpha;
            this.square = square;
        }

        static Orthogonal of(String name, Arithmetic value, double[] x, int degree) {
            double[] alpha = new double[degree];
            double[] square = new double[degree + 1];
            double[] before = new double[x.length];
            double[] p = new double[x.length];
            Arrays.fill(p, 1);
            square[0] = x.length;
            for (int d = 0; d < degree; d++) {
                alpha[d] = mean(x, p, square[d]);
                double ratio = d == 0 ? 0 : square[d] / square[d - 1];
                double[] next = new double[x.length];
                for (int i = 0; i < x.length; i++) {
                    next[i] = (x[i] - alpha[d]) * p[i] - ratio * before[i];
                    square[d + 1] += next[i] * next[i];
                }
                before = p;
                p = next;
            }
            return new Orthogonal(name, value, alpha, square);
        }

        /** The mean of x with the squares as weights, about the first value, so that a large zero costs no digits. */
        private static double mean(double[] x, double[] p, double square) {
            double sum = 0;
            for (int i = 0; i < x.length; i++) {
                sum += (x[i] - x[0]) * p[i] * p[i];
            }
            return x[0] + sum / square;
        }

        @Override
        public List<String> names(boolean full) {
            return numbered(name, alpha.length);
        }

        @Override
        public double[] cells(Row row, boolean full) {
            double x = value.of(row::number);
            double[] cells = new double[alpha.length];
            double before = 0;
            double p = 1;
            for (int d = 0; d < alpha.length; d++) {
                double next = (x - alpha[d]) * p - (d == 0 ? 0 : square[d] / square[d - 1] * before);
                cells[d] = next / Math.sqrt(square[d + 1]);
                before = p;
                p = next;
            }
            return cells;
        }
    }

    private static List<String> numbered(String name, int degree) {
        return IntStream.rangeClosed(1, degree).mapToObj(d -> name + " " + d).toList();
    }
}
