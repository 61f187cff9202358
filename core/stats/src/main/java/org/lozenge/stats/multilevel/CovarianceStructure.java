package org.lozenge.stats.multilevel;

/** How the true effects of several outcomes vary between studies. */
public enum CovarianceStructure {
    /** A variance for each outcome and a correlation for each pair. */
    UN,
    /** One variance and one correlation. */
    CS,
    /** A variance for each outcome and one correlation. */
    HCS,
    /** A variance for each outcome, no correlation. */
    DIAG,
    /** One variance, no correlation. */
    ID;

    /** Whether each outcome has a variance of its own. */
    boolean hasOwnVariances() {
        return this == UN || this == HCS || this == DIAG;
    }

    /**
     * Tells whether outcomes are correlated between studies.
     *
     * @return false if true effects on different outcomes are independent
     */
    public boolean hasCorrelation() {
        return this == UN || this == CS || this == HCS;
    }
}
