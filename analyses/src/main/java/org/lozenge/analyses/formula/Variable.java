package org.lozenge.analyses.formula;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.lozenge.analyses.shared.Levels;
import org.lozenge.plugin.NumberText;

/** A column that a model takes, in the rows that it takes: numbers, or categories. Immutable. */
public final class Variable {

    private final String name;
    private final boolean numeric;
    private final double[] numbers;
    private final Levels levels;

    private Variable(String name, boolean numeric, double[] numbers, Levels levels) {
        this.name = Objects.requireNonNull(name, "name");
        this.numeric = numeric;
        this.numbers = numbers;
        this.levels = levels;
    }

    /**
     * Returns a column of numbers if all cells are numbers, else of categories.
     *
     * @param cells none of them missing
     */
    public static Variable of(String name, String... cells) {
        double[] numbers = Arrays.stream(cells)
                .mapToDouble(cell -> NumberText.parse(cell).orElse(Double.NaN))
                .toArray();
        boolean numeric = Arrays.stream(numbers).noneMatch(Double::isNaN);
        return new Variable(name, numeric, numbers, Levels.of(cells));
    }

    /** Returns this column as categories, whatever its cells. */
    public Variable asCategory() {
        return new Variable(name, false, numbers, levels);
    }

    /** Returns this column as categories of which the given ones, in their order, are the levels. */
    public Variable withLevels(Levels other) {
        return new Variable(name, false, numbers, other);
    }

    /** Returns the name of the column. */
    public String name() {
        return name;
    }

    /** Returns whether the column counts as numbers. */
    public boolean isNumeric() {
        return numeric;
    }

    /** Returns whether every cell is a number, even if the column counts as categories. */
    boolean hasNumbers() {
        return Arrays.stream(numbers).noneMatch(Double::isNaN);
    }

    /** Returns the numbers; a copy. */
    public double[] numbers() {
        return numbers.clone();
    }

    double number(int row) {
        return numbers[row];
    }

    /** Returns the categories, the reference first. */
    public Levels levels() {
        return levels;
    }

    /** Returns the number of rows. */
    public int rows() {
        return numbers.length;
    }

    /** Returns the mean of the numbers. */
    public double mean() {
        double sum = 0;
        for (double number : numbers) {
            sum += number - numbers[0];
        }
        return numbers[0] + sum / numbers.length;
    }

    /** Returns the names of the levels that occur, the reference first. */
    public List<String> levelNames() {
        return levels.names();
    }

    @Override
    public String toString() {
        return name + (numeric ? " (numbers)" : " " + levels.names());
    }
}
