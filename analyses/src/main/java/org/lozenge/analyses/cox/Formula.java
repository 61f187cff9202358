package org.lozenge.analyses.cox;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.lozenge.plugin.AnalysisException;

/**
 * The terms of a formula such as {@code ~ age + sex * group}: sums of columns and of products of columns. {@code a * b}
 * stands for {@code a + b + a:b}. Names with other characters than letters, digits, points and underscores stand between
 * backticks.
 */
final class Formula {

    private final String text;
    private final List<String> columns;
    private int at;

    private Formula(String text, List<String> columns) {
        this.text = text;
        this.columns = columns;
    }

    /**
     * Reads a formula.
     *
     * @param columns the columns that may occur
     * @return terms in order, main effects before products, each a list of columns; none twice
     * @throws AnalysisException with code {@code formula} saying where it goes wrong
     */
    static List<List<String>> parse(String text, List<String> columns) {
        Formula formula = new Formula(text, columns);
        Set<List<String>> terms = new LinkedHashSet<>();
        formula.skip();
        if (formula.peek() == '~') {
            formula.at++;
        }
        do {
            terms.addAll(formula.product());
        } while (formula.take('+'));
        if (formula.peek() != 0) {
            throw formula.fault("'" + formula.peek() + "' is not understood");
        }
        List<List<String>> ordered = new ArrayList<>(terms);
        ordered.sort(java.util.Comparator.comparingInt(List::size));
        return ordered;
    }

    /** Factors joined by a star (with all lower terms) or by colons (the product alone). */
    private List<List<String>> product() {
        List<List<String>> terms = new ArrayList<>(List.of(colons()));
        while (take('*')) {
            List<String> factor = colons();
            List<List<String>> more = new ArrayList<>(terms);
            more.add(factor);
            terms.forEach(term -> more.add(joined(term, factor)));
            terms = more;
        }
        return terms;
    }

    private List<String> colons() {
        List<String> term = List.of(name());
        while (take(':')) {
            term = joined(term, List.of(name()));
        }
        return term;
    }

    /** Columns in the order of the table, so that a:b and b:a are one term. */
    private List<String> joined(List<String> a, List<String> b) {
        Set<String> both = new LinkedHashSet<>(a);
        both.addAll(b);
        List<String> sorted = new ArrayList<>(both);
        sorted.sort(java.util.Comparator.comparingInt(columns::indexOf));
        return List.copyOf(sorted);
    }

    private String name() {
        skip();
        int start = at;
        String name;
        if (peek() == '`') {
            int end = text.indexOf('`', at + 1);
            if (end < 0) {
                throw fault("a backtick is not closed");
            }
            name = text.substring(at + 1, end);
            at = end + 1;
        } else {
            while (at < text.length()
                    && (Character.isLetterOrDigit(text.charAt(at)) || "._".indexOf(text.charAt(at)) >= 0)) {
                at++;
            }
            name = text.substring(start, at);
        }
        if (name.isEmpty()) {
            throw fault("a column name is missing");
        }
        if (!columns.contains(name)) {
            throw fault("'" + name + "' is not a mapped covariate; there are " + columns);
        }
        return name;
    }

    private boolean take(char symbol) {
        skip();
        if (peek() != symbol) {
            return false;
        }
        at++;
        return true;
    }

    private void skip() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private AnalysisException fault(String what) {
        return new AnalysisException(
                "formula",
                "Option 'formula' is '" + text + "', but " + what + ". Write terms such as ~ age + sex * group.");
    }
}
