package org.lozenge.stats.effect;

/** The numbers of a study are possible, but the measure does not follow from them; the message says why. */
public final class NotEstimableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message one or two sentences: what does not follow from what, and what would help
     */
    public NotEstimableException(String message) {
        super(message);
    }
}
