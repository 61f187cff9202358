package org.lozenge.stats.multilevel;

/** How coefficients are tested and their intervals made. */
public enum CoefficientTest {
    /** The normal distribution; chi-squared for several coefficients. */
    Z,
    /** t with the number of effects less the number of coefficients; F for several. */
    T,
    /**
     * t with degrees of freedom by containment: a coefficient whose moderator is constant within the groups of a level has as
     * many as there are groups less the number of coefficients, the smallest of them counting; one that varies within all
     * groups, those of {@link #T}.
     */
    CONTAINMENT
}
