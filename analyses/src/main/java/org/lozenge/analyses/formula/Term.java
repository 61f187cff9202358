package org.lozenge.analyses.formula;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A term of a formula: one factor, or a product of several.
 *
 * @param factors the factors in the order in which the formula first names them; none for the intercept
 */
public record Term(List<Factor> factors) {

    /** The intercept. */
    static final Term INTERCEPT = new Term(List.of());

    /** Copies the factors. */
    public Term {
        factors = List.copyOf(factors);
    }

    /** Returns the name, such as {@code dose:alloc}. */
    public String name() {
        return factors.stream().map(Factor::name).collect(Collectors.joining(":"));
    }

    /** This term without one of its factors. */
    Term without(Factor factor) {
        return new Term(factors.stream().filter(f -> !f.equals(factor)).toList());
    }
}
