package org.lozenge.stats.multilevel;

/** Thrown when the sampling covariances of one cluster are not those of any set of estimates. */
public final class NotPositiveDefiniteException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int[] rows;

    NotPositiveDefiniteException(String message, int... rows) {
        super(message);
        this.rows = rows;
    }

    /**
     * Returns the effects of the cluster.
     *
     * @return 0-based positions among the effects; a copy
     */
    public int[] rows() {
        return rows.clone();
    }
}
