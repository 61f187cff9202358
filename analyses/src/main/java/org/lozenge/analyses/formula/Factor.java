package org.lozenge.analyses.formula;

import java.util.Optional;
import java.util.Set;

/** What stands between the signs of a formula: a column, or a function of columns. */
public sealed interface Factor {

    /** Returns the name, as the formula writes it. */
    String name();

    /** Returns the columns of the table that it needs. */
    Set<String> columns();

    /**
     * A column as it is: numbers or categories.
     *
     * @param column its name
     */
    record Plain(String column) implements Factor {
        @Override
        public String name() {
            return column;
        }

        @Override
        public Set<String> columns() {
            return Set.of(column);
        }
    }

    /**
     * A column taken as categories.
     *
     * @param name as the formula writes it
     * @param column its name
     * @param reference the level that others are compared with, if it was named
     */
    record Category(String name, String column, Optional<String> reference) implements Factor {
        @Override
        public Set<String> columns() {
            return Set.of(column);
        }
    }

    /**
     * A number computed from columns, row by row.
     *
     * @param name as the formula writes it
     * @param value how
     */
    record Computed(String name, Arithmetic value) implements Factor {
        @Override
        public Set<String> columns() {
            return value.columns();
        }
    }

    /**
     * A number less its mean.
     *
     * @param name as the formula writes it
     * @param value the number
     * @param scaled whether it is divided by its standard deviation, too
     */
    record Centred(String name, Arithmetic value, boolean scaled) implements Factor {
        @Override
        public Set<String> columns() {
            return value.columns();
        }
    }

    /**
     * A polynomial of a number.
     *
     * @param name as the formula writes it
     * @param value the number
     * @param degree its degree, at least 1
     * @param raw whether its columns are plain powers, not orthogonal polynomials
     */
    record Polynomial(String name, Arithmetic value, int degree, boolean raw) implements Factor {
        @Override
        public Set<String> columns() {
            return value.columns();
        }
    }
}
