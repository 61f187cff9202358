package org.lozenge.analyses.dependent;

import java.util.Optional;
import java.util.function.Supplier;
import org.lozenge.plugin.RunContext;
import org.lozenge.stats.ConvergenceException;

/** What a fit may do without: an interval or a test whose search fails leaves its cells empty, with a warning. */
public final class Attempt {

    private Attempt() {}

    /**
     * Computes a part of the result.
     *
     * @param what the part, such as {@code the interval of τ² of 'OS'}
     * @return the part; empty if it is not found
     */
    public static <T> Optional<T> at(RunContext context, String source, String what, Supplier<T> search) {
        try {
            return Optional.of(search.get());
        } catch (ConvergenceException e) {
            context.warn(
                    "not-found",
                    source + ": " + what + " was not found (" + e.getMessage() + "), and its cells are left empty.");
            return Optional.empty();
        }
    }
}
