package org.lozenge.stats;

/** Thrown when an iterative method does not reach its answer; the message gives steps and last value. */
public final class ConvergenceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message which method, how many steps, the last value, and what to try instead
     */
    public ConvergenceException(String message) {
        super(message);
    }
}
