package org.lozenge.analyses.formula;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.NumberText;

/**
 * The columns of numbers that a formula makes of the columns of a table, without the intercept.
 *
 * <p>Categories become an indicator for each level but the first (treatment contrasts). Where the rest of a term is not in
 * the model by itself, and for the first category of a model without intercept, all levels have an indicator, as in R.
 * The means of {@code center} and the polynomials of {@code poly} belong to the rows of the data and hold for new values,
 * too. Immutable.
 */
public final class ModelMatrix {

    private static final int MAX_COLUMNS = 2000;

    /** Larger numbers would overflow when they are squared. */
    private static final double LARGEST = 1e100;

    /** The cells that a row has in the variables. */
    interface Row {
        double number(String column);

        /** The position of the level, or −1. */
        int level(String column, List<String> levels);
    }

    private record Part(Coding coding, boolean full) {}

    private final Formula formula;
    private final Map<String, Variable> variables = new LinkedHashMap<>();
    private final List<List<Part>> parts = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final List<Integer> termOf = new ArrayList<>();
    private final double[][] columns;

    private ModelMatrix(Formula formula, List<Variable> given, IntFunction<String> rowName) {
        this.formula = formula;
        given.forEach(variable -> variables.put(variable.name(), variable));
        int rows = given.isEmpty() ? 0 : given.get(0).rows();
        // By factor, not by name: a column may be called log(x).
        Map<Factor, Coding> codings = new HashMap<>();
        for (Term term : formula.terms()) {
            for (Factor factor : term.factors()) {
                codings.computeIfAbsent(factor, f -> coding(f, rows, rowName));
            }
        }
        name(codings);
        this.columns = new double[names.size()][rows];
        for (int i = 0; i < rows; i++) {
            double[] cells = cells(new DataRow(i));
            for (int j = 0; j < cells.length; j++) {
                columns[j][i] = cells[j];
            }
        }
    }

    /**
     * Makes the columns.
     *
     * @param formula the model
     * @param variables the columns that it names
     * @param rowName what messages call a row, from 0, such as {@code row 7}
     * @throws AnalysisException with codes {@code not-numeric}, {@code formula-value}, {@code polynomial-degree}, {@code
     *     no-such-level} or {@code too-many-terms}
     */
    public static ModelMatrix of(Formula formula, List<Variable> variables, IntFunction<String> rowName) {
        return new ModelMatrix(formula, variables, rowName);
    }

    /** A row of the data. */
    private final class DataRow implements Row {
        private final int row;

        DataRow(int row) {
            this.row = row;
        }

        @Override
        public double number(String column) {
            return variable(column).number(row);
        }

        @Override
        public int level(String column, List<String> levels) {
            org.lozenge.analyses.shared.Levels all = variable(column).levels();
            String level = all.names().get(all.codes().get(row));
            // Nearly always the levels stand in the order of the variable.
            int code = all.codes().get(row);
            return code < levels.size() && levels.get(code).equals(level) ? code : levels.indexOf(level);
        }
    }

    private Variable variable(String column) {
        return Optional.ofNullable(variables.get(column))
                .orElseThrow(() -> new IllegalArgumentException("There is no variable '" + column + "'"));
    }

    // ---- how factors become columns

    private Coding coding(Factor factor, int rows, IntFunction<String> rowName) {
        if (factor instanceof Factor.Plain plain) {
            Variable variable = variable(plain.column());
            return variable.isNumeric()
                    ? number(plain.name(), new Arithmetic.Column(plain.column()), rows, rowName)
                    : new Coding.Levels(plain.name(), plain.column(), variable.levelNames());
        }
        if (factor instanceof Factor.Category category) {
            return new Coding.Levels(category.name(), category.column(), levels(category));
        }
        if (factor instanceof Factor.Computed computed) {
            return number(computed.name(), computed.value(), rows, rowName);
        }
        if (factor instanceof Factor.Centred centred) {
            double[] x = values(centred.name(), centred.value(), rows, rowName);
            double mean = mean(x);
            return new Coding.Numeric(centred.name(), centred.value(), mean, centred.scaled() ? deviation(x, mean) : 1);
        }
        Factor.Polynomial polynomial = (Factor.Polynomial) factor;
        double[] x = values(polynomial.name(), polynomial.value(), rows, rowName);
        if (polynomial.raw()) {
            return new Coding.Powers(polynomial.name(), polynomial.value(), polynomial.degree());
        }
        long distinct = Arrays.stream(x).distinct().count();
        if (polynomial.degree() >= distinct) {
            throw new AnalysisException(
                    "polynomial-degree",
                    "'" + polynomial.name() + "' needs more than " + polynomial.degree()
                            + " different values, but there are " + distinct + ". Choose a lower degree.");
        }
        return Coding.Orthogonal.of(polynomial.name(), polynomial.value(), x, polynomial.degree());
    }

    private List<String> levels(Factor.Category category) {
        org.lozenge.analyses.shared.Levels levels = variable(category.column()).levels();
        return category.reference()
                .map(reference -> levels.startingWith(reference)
                        .orElseThrow(() -> noSuchLevel(category.column(), reference, levels.names())))
                .orElse(levels)
                .names();
    }

    static AnalysisException noSuchLevel(String column, String level, List<String> levels) {
        return new AnalysisException(
                "no-such-level",
                "'" + level + "' is not a value of column '" + column + "' in the rows in use, which holds " + levels
                        + ".");
    }

    private Coding number(String name, Arithmetic value, int rows, IntFunction<String> rowName) {
        values(name, value, rows, rowName);
        return new Coding.Numeric(name, value, 0, 1);
    }

    private double[] values(String name, Arithmetic value, int rows, IntFunction<String> rowName) {
        for (String column : value.columns()) {
            if (!variable(column).hasNumbers()) {
                throw new AnalysisException(
                        "not-numeric",
                        "'" + name + "' needs numbers, but column '" + column + "' holds texts such as '"
                                + variable(column).levelNames().get(0) + "'. Use the column itself, as categories.");
            }
        }
        double[] x = new double[rows];
        for (int i = 0; i < rows; i++) {
            Row row = new DataRow(i);
            x[i] = value.of(row::number);
            if (!isUsable(x[i])) {
                throw new AnalysisException(
                        "formula-value",
                        "'" + name + "' " + fault(x[i]) + " in " + rowName.apply(i) + ", where " + shown(value, row)
                                + ". Change the formula, or leave the row out.");
            }
        }
        return x;
    }

    private static boolean isUsable(double x) {
        return Math.abs(x) <= LARGEST;
    }

    private static String fault(double x) {
        return Double.isFinite(x) ? "is beyond ±" + NumberText.print(LARGEST) : "has no finite value";
    }

    private static String shown(Arithmetic value, Row row) {
        return String.join(
                ", ",
                value.columns().stream()
                        .map(c -> c + " = " + NumberText.print(row.number(c)))
                        .toList());
    }

    private static double mean(double[] x) {
        return x[0] + Arrays.stream(x).map(value -> value - x[0]).sum() / x.length;
    }

    private static double deviation(double[] x, double mean) {
        double squares =
                Arrays.stream(x).map(value -> (value - mean) * (value - mean)).sum();
        return squares > 0 ? Math.sqrt(squares / (x.length - 1)) : 1;
    }

    // ---- which columns there are

    private void name(Map<Factor, Coding> codings) {
        boolean wantsFull = !formula.intercept();
        for (int t = 0; t < formula.terms().size(); t++) {
            Term term = formula.terms().get(t);
            List<Part> factors = new ArrayList<>();
            List<String> products = List.of("");
            for (Factor factor : term.factors()) {
                Coding coding = Optional.ofNullable(codings.get(factor)).orElseThrow();
                boolean alone = term.factors().size() == 1;
                Term rest = term.without(factor);
                boolean full = alone ? wantsFull : !formula.terms().contains(rest);
                wantsFull &= !(alone && coding.isCategory());
                factors.add(new Part(coding, full));
                products = crossed(products, coding.names(full));
            }
            if (names.size() + products.size() > MAX_COLUMNS) {
                throw new AnalysisException(
                        "too-many-terms",
                        "The formula makes more than " + MAX_COLUMNS + " columns, the most by '" + term.name()
                                + "'. Leave it out, or use columns with fewer levels.");
            }
            parts.add(factors);
            products.forEach(product -> names.add(unused(product)));
            termOf.addAll(java.util.Collections.nCopies(products.size(), t));
        }
    }

    /** The name, numbered if another column or the intercept has it: a column of the table may be called log(x). */
    private String unused(String name) {
        String free = name;
        for (int n = 2; names.contains(free) || (formula.intercept() && free.equals("intercept")); n++) {
            free = name + " (" + n + ")";
        }
        return free;
    }

    private static List<String> crossed(List<String> left, List<String> right) {
        List<String> products = new ArrayList<>();
        for (String b : right) {
            for (String a : left) {
                products.add(a.isEmpty() ? b : a + ":" + b);
            }
        }
        return products;
    }

    private double[] cells(Row row) {
        double[] out = new double[names.size()];
        int at = 0;
        for (List<Part> factors : parts) {
            double[] product = {1};
            for (Part part : factors) {
                double[] cells = part.coding.cells(row, part.full);
                double[] crossed = new double[product.length * cells.length];
                for (int b = 0; b < cells.length; b++) {
                    for (int a = 0; a < product.length; a++) {
                        crossed[b * product.length + a] = product[a] * cells[b];
                    }
                }
                product = crossed;
            }
            System.arraycopy(product, 0, out, at, product.length);
            at += product.length;
        }
        return out;
    }

    // ---- what others ask

    /** Returns the model. */
    public Formula formula() {
        return formula;
    }

    /** Returns the columns of the table that the model takes, in the order in which the formula names them. */
    public List<Variable> variables() {
        return List.copyOf(variables.values());
    }

    /** Returns the names of the columns: {@code dose}, {@code alloc random}, {@code dose:alloc random}. */
    public List<String> names() {
        return List.copyOf(names);
    }

    /** Returns the columns, one array each; copies. */
    public double[][] columns() {
        return Arrays.stream(columns).map(double[]::clone).toArray(double[][]::new);
    }

    /** Returns the names of the terms: {@code dose}, {@code alloc}, {@code dose:alloc}. */
    public List<String> termNames() {
        return formula.terms().stream().map(Term::name).toList();
    }

    /** Returns the positions of the columns of a term, from 0. */
    public int[] columnsOf(int term) {
        return IntStream.range(0, names.size())
                .filter(j -> termOf.get(j) == term)
                .toArray();
    }

    /**
     * Returns the cells that new values of the variables have in the columns.
     *
     * @param values a text for each variable
     * @throws AnalysisException with code {@code new-values} if a variable has no value, {@code not-numeric} if it is no
     *     number, {@code no-such-level} if the data do not have the category, or {@code formula-value} if a function has
     *     no value there
     */
    public double[] row(Map<String, String> values) {
        double[] cells = cells(new NewRow(values));
        for (int j = 0; j < cells.length; j++) {
            if (!isUsable(cells[j])) {
                throw new AnalysisException(
                        "formula-value",
                        "'" + names.get(j) + "' " + fault(cells[j]) + " at "
                                + values.entrySet().stream()
                                        .map(e -> e.getKey() + " = " + e.getValue())
                                        .collect(Collectors.joining(", "))
                                + ".");
            }
        }
        return cells;
    }

    /** New values. */
    private record NewRow(Map<String, String> values) implements Row {
        private String text(String column) {
            return Optional.ofNullable(values.get(column))
                    .orElseThrow(() -> new AnalysisException(
                            "new-values", "A value of '" + column + "' is missing; there are " + values + "."));
        }

        @Override
        public double number(String column) {
            String text = text(column);
            return NumberText.parse(text)
                    .orElseThrow(() -> new AnalysisException(
                            "not-numeric", "'" + text + "' is not a number, which '" + column + "' must be."));
        }

        @Override
        public int level(String column, List<String> levels) {
            String text = text(column);
            int at = levels.indexOf(text);
            Optional<Double> number = NumberText.parse(text);
            for (int i = 0; at < 0 && number.isPresent() && i < levels.size(); i++) {
                at = NumberText.parse(levels.get(i)).equals(number) ? i : -1;
            }
            if (at < 0) {
                throw noSuchLevel(column, text, levels);
            }
            return at;
        }
    }

    @Override
    public String toString() {
        return "ModelMatrix " + names;
    }
}
