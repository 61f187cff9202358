package org.lozenge.analyses.cox;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.lozenge.analyses.shared.Levels;
import org.lozenge.analyses.shared.PatientRoles;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.NumberText;

/**
 * Covariates of a model: columns of numbers as they are, categories as one indicator for each level but the first, products
 * of these for interactions.
 */
final class Terms {

    /** A covariate and the term (from 0) that it belongs to. */
    private record Covariate(String name, int term) {}

    private final Inputs in;
    private final Map<String, List<String>> parts = new LinkedHashMap<>();
    private final Map<String, double[]> values = new LinkedHashMap<>();
    private final List<Covariate> covariates = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    private Terms(Inputs in) {
        this.in = in;
    }

    /**
     * Reads the mapped columns and the formula.
     *
     * @throws AnalysisException if a column mixes numbers and text, the formula cannot be read, or nothing is mapped
     */
    static Terms of(Inputs in) {
        Terms terms = new Terms(in);
        List<String> columns = new ArrayList<>();
        if (in.has(PatientRoles.GROUP)) {
            String column = in.columns(PatientRoles.GROUP).get(0);
            columns.add(column);
            terms.category(column, in.strings(PatientRoles.GROUP), in.get(PatientRoles.REFERENCE));
        }
        Map<String, String> references = references(in);
        Set<String> categories = listed(in.get(CoxAnalysis.CATEGORIES));
        for (String column : in.columns(CoxAnalysis.COVARIATES)) {
            if (!columns.contains(column)) {
                columns.add(column);
                terms.read(column, categories, references);
            }
        }
        terms.checkNames(columns, categories, references.keySet());
        terms.build(columns);
        return terms;
    }

    private void checkNames(List<String> columns, Set<String> categories, Set<String> references) {
        List<String> wanted = new ArrayList<>(categories);
        wanted.addAll(references);
        for (String column : wanted) {
            if (!columns.contains(column)) {
                throw new AnalysisException(
                        "no-such-column", "The options name '" + column + "', but the covariates are " + columns + ".");
            }
        }
        if (columns.isEmpty()) {
            throw new AnalysisException(
                    "unmapped-role",
                    in.source() + ": a Cox model needs a group or a covariate. Map columns with --map group=COLUMN or"
                            + " --map covariates=COLUMN,COLUMN.");
        }
    }

    private static Set<String> listed(String text) {
        return text.isBlank()
                ? Set.of()
                : new java.util.LinkedHashSet<>(Arrays.asList(text.strip().split("\\s*,\\s*")));
    }

    private static Map<String, String> references(Inputs in) {
        Map<String, String> references = new LinkedHashMap<>();
        for (String part : listed(in.get(CoxAnalysis.BASE_LEVELS))) {
            int equals = part.indexOf('=');
            if (equals < 1) {
                throw new AnalysisException(
                        "param-value",
                        "Option 'base-levels' holds '" + part + "', but must be a list such as sex=F, stage=I.");
            }
            references.put(
                    part.substring(0, equals).strip(),
                    part.substring(equals + 1).strip());
        }
        return references;
    }

    private void read(String column, Set<String> categories, Map<String, String> references) {
        String[] cells = in.strings(CoxAnalysis.COVARIATES, column);
        int numbers = 0;
        int text = -1;
        for (int i = 0; i < cells.length; i++) {
            boolean number = NumberText.parse(cells[i]).isPresent();
            numbers += number ? 1 : 0;
            text = !number && text < 0 ? i : text;
        }
        if (text < 0 && !categories.contains(column) && !references.containsKey(column)) {
            parts.put(column, List.of(column));
            values.put(
                    column,
                    Arrays.stream(cells)
                            .mapToDouble(c -> NumberText.parse(c).orElse(Double.NaN))
                            .toArray());
            return;
        }
        if (numbers > 0 && text >= 0 && !categories.contains(column)) {
            throw new AnalysisException(
                    "mixed-column",
                    in.source() + ", row " + in.sourceRows()[text] + ", column '" + column + "': '" + cells[text]
                            + "' is not a number, but " + numbers + " of " + cells.length
                            + " cells are. Correct it, or list the column in the option categories.",
                    in.sourceRows()[text]);
        }
        category(column, cells, references.getOrDefault(column, ""));
    }

    private void category(String column, String[] cells, String reference) {
        Levels levels = Levels.of(cells);
        if (!reference.isEmpty()) {
            levels = levels.startingWith(reference)
                    .orElseThrow(() -> new AnalysisException(
                            "no-such-group",
                            "'" + reference + "' is not a value of column '" + column + "', which holds "
                                    + Levels.of(cells).names() + "."));
        }
        if (levels.count() > Math.max(50, cells.length / 2)) {
            throw new AnalysisException(
                    "many-levels",
                    in.source() + ": column '" + column + "' holds " + levels.count() + " different texts in "
                            + cells.length + " rows. As a category it needs fewer.");
        }
        List<String> indicators = new ArrayList<>();
        int[] codes = levels.toArray();
        for (int level = 1; level < levels.count(); level++) {
            int wanted = level;
            String name = column + " " + levels.names().get(level);
            indicators.add(name);
            values.put(
                    name,
                    Arrays.stream(codes).mapToDouble(c -> c == wanted ? 1 : 0).toArray());
        }
        parts.put(column, indicators);
        if (levels.count() == 1) {
            // A category with one level is a constant; it is kept so that it can be named as redundant.
            String name = column + " " + levels.names().get(0);
            parts.put(column, List.of(name));
            values.put(name, new double[cells.length]);
        }
    }

    private void build(List<String> columns) {
        String formula = in.get(CoxAnalysis.FORMULA).strip();
        List<List<String>> terms =
                formula.isEmpty() ? columns.stream().map(List::of).toList() : Formula.parse(formula, columns);
        for (List<String> term : terms) {
            List<String> products = List.of("");
            for (String column : term) {
                products = cross(products, parts.getOrDefault(column, List.of()));
            }
            for (String name : products) {
                covariates.add(new Covariate(name, names.size()));
            }
            names.add(String.join(":", term));
        }
    }

    private List<String> cross(List<String> left, List<String> right) {
        List<String> products = new ArrayList<>();
        for (String a : left) {
            for (String b : right) {
                if (a.isEmpty()) {
                    products.add(b);
                } else {
                    values.put(a + ":" + b, product(value(a), value(b)));
                    products.add(a + ":" + b);
                }
            }
        }
        return products;
    }

    private double[] value(String name) {
        return values.getOrDefault(name, new double[0]);
    }

    private static double[] product(double[] a, double[] b) {
        double[] product = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            product[i] = a[i] * b[i];
        }
        return product;
    }

    /** Names of the covariates: {@code age}, {@code sex M}, {@code age:sex M}. */
    List<String> covariateNames() {
        return covariates.stream().map(Covariate::name).toList();
    }

    /** Values of the covariates, by column. */
    double[][] columns() {
        return covariates.stream().map(c -> value(c.name())).toArray(double[][]::new);
    }

    /** Names of the terms: {@code age}, {@code sex}, {@code age:sex}. */
    List<String> termNames() {
        return List.copyOf(names);
    }

    /** The covariates of a term, from 0. */
    int[] covariatesOf(int term) {
        return java.util.stream.IntStream.range(0, covariates.size())
                .filter(j -> covariates.get(j).term() == term)
                .toArray();
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "Terms %s", names);
    }
}
