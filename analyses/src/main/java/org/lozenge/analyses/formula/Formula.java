package org.lozenge.analyses.formula;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.lozenge.plugin.AnalysisException;

/**
 * A model as text, such as {@code ~ dose * alloc + poly(year, 2)}: a sum of terms, as R writes it.
 *
 * <pre>{@code
 * a + b       both terms                     a:b         their product alone
 * a * b       a + b + a:b                    (a + b)^2   all terms and their products of two
 * - a         without this term              - 1, + 0    without intercept
 * }</pre>
 *
 * <p>A term holds columns, or functions of columns: {@code factor(x)} and {@code factor(x, ref = "b")} for categories,
 * {@code poly(x, 2)} for orthogonal and {@code poly(x, 2, raw = TRUE)} for plain powers, {@code center(x)}, {@code
 * scale(x)}, {@code I(x^2 / 10)}, and {@code log}, {@code log2}, {@code log10}, {@code log1p}, {@code sqrt}, {@code exp}
 * and {@code abs} of such arithmetic. Names with other characters than letters, digits, points and underscores stand
 * between backticks. Immutable.
 *
 * @param intercept whether the model has an intercept
 * @param terms the terms without the intercept: single factors before products, otherwise as written; none twice
 */
public record Formula(boolean intercept, List<Term> terms) {

    private static final int MAX_POWER = 10;

    /** More terms than any table of studies bears; powers and products of sums would grow without end. */
    private static final int MAX_TERMS = 2000;

    /** Copies the terms. */
    public Formula {
        terms = List.copyOf(terms);
    }

    /** Returns the model with an intercept and the sum of some columns. */
    public static Formula sum(List<String> columns) {
        return new Formula(
                true,
                columns.stream()
                        .distinct()
                        .map(c -> new Term(List.of(new Factor.Plain(c))))
                        .toList());
    }

    /**
     * Reads a formula.
     *
     * @param option the name of the option that holds it, for messages
     * @param text the formula, with or without the tilde
     * @throws AnalysisException with code {@code formula} saying where it goes wrong
     */
    public static Formula parse(String option, String text) {
        FormulaText source = new FormulaText(option, text);
        source.take('~');
        Set<Term> terms = new Reader(source).all();
        List<Term> ordered = new ArrayList<>(
                terms.stream().filter(t -> !t.equals(Term.INTERCEPT)).toList());
        ordered.sort(Comparator.comparingInt(term -> term.factors().size()));
        return new Formula(terms.contains(Term.INTERCEPT), ordered);
    }

    /** Returns the columns of the table that the model needs, in the order in which it names them. */
    public Set<String> columns() {
        Set<String> columns = new LinkedHashSet<>();
        for (Term term : terms) {
            term.factors().forEach(factor -> columns.addAll(factor.columns()));
        }
        return columns;
    }

    /** The algebra of terms. */
    private static final class Reader {
        private final FormulaText source;
        private final FactorReader factorReader;
        private final List<Factor> seen = new ArrayList<>();

        Reader(FormulaText source) {
            this.source = source;
            this.factorReader = new FactorReader(source);
        }

        Set<Term> all() {
            Set<Term> terms = new LinkedHashSet<>(Set.of(Term.INTERCEPT));
            sum(terms);
            if (source.peek() != 0) {
                throw source.unexpected();
            }
            return terms;
        }

        private void sum(Set<Term> terms) {
            boolean minus = source.take('-');
            if (!minus) {
                source.take('+');
            }
            while (true) {
                if (source.peek() == '0') {
                    zero(terms, minus);
                } else if (minus) {
                    terms.removeAll(product());
                } else {
                    terms.addAll(product());
                }
                minus = source.peek() == '-';
                if (!source.take('-') && !source.take('+')) {
                    return;
                }
            }
        }

        private void zero(Set<Term> terms, boolean minus) {
            literal();
            if (minus) {
                terms.add(Term.INTERCEPT);
            } else {
                terms.remove(Term.INTERCEPT);
            }
        }

        private Set<Term> product() {
            Set<Term> terms = colons();
            while (source.take('*')) {
                Set<Term> right = colons();
                Set<Term> all = new LinkedHashSet<>(terms);
                all.addAll(right);
                all.addAll(products(terms, right));
                terms = all;
            }
            return terms;
        }

        private Set<Term> colons() {
            Set<Term> terms = power();
            while (source.take(':')) {
                terms = products(terms, power());
            }
            return terms;
        }

        private Set<Term> power() {
            boolean grouped = source.peek() == '(';
            Set<Term> terms = atom();
            if (!source.take('^')) {
                return terms;
            }
            if (!grouped) {
                throw source.fault("a power of a single column stands inside I( ), as in I(x^2)");
            }
            double n = source.number();
            if (n != Math.rint(n) || n < 1 || n > MAX_POWER) {
                throw source.fault("the power of a sum must be a whole number from 1 to " + MAX_POWER);
            }
            Set<Term> all = new LinkedHashSet<>(terms);
            for (int i = 1; i < n; i++) {
                all.addAll(products(all, terms));
            }
            return all;
        }

        private Set<Term> atom() {
            if (source.take('(')) {
                Set<Term> terms = new LinkedHashSet<>();
                source.enter();
                sum(terms);
                source.leave();
                source.expect(')');
                return terms;
            }
            if (source.isNumber()) {
                literal();
                return new LinkedHashSet<>(Set.of(Term.INTERCEPT));
            }
            if (!source.isName()) {
                throw source.unexpected();
            }
            Factor factor = factorReader.read();
            if (!seen.contains(factor)) {
                seen.add(factor);
            }
            return new LinkedHashSet<>(Set.of(new Term(List.of(factor))));
        }

        private void literal() {
            double value = source.number();
            if (value != 0 && value != 1) {
                throw source.fault("a number by itself can only be 0 or 1; arithmetic stands inside I( )");
            }
        }

        private Set<Term> products(Set<Term> left, Set<Term> right) {
            Set<Term> all = new LinkedHashSet<>();
            for (Term a : left) {
                for (Term b : right) {
                    Set<Factor> both = new LinkedHashSet<>(a.factors());
                    both.addAll(b.factors());
                    List<Factor> sorted = new ArrayList<>(both);
                    sorted.sort(Comparator.comparingInt(seen::indexOf));
                    all.add(new Term(sorted));
                    if (all.size() > MAX_TERMS) {
                        throw source.fault("it has more than " + MAX_TERMS + " products");
                    }
                }
            }
            return all;
        }
    }
}
