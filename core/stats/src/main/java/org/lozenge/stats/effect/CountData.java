package org.lozenge.stats.effect;

/**
 * Counts, whose zeros can be in the way of a measure.
 *
 * @param <R> the type itself
 */
public sealed interface CountData<R extends CountData<R>> extends RawData
        permits TwoByTwo, MatchedPairs, MarginalPairs, PersonTime, Proportion, Rate {

    /**
     * Tells whether any cell is 0.
     *
     * @return true if a constant would be added under {@link ZeroCells.To#ONLY0}
     */
    boolean hasZero();

    /**
     * Tells whether both groups had no event, or nothing but events, so that the study says nothing about a ratio.
     *
     * @return true for such a study; false for data of one group
     */
    boolean isDoubleZero();

    /**
     * Returns the share of the first group in the participants, by which the treatment-arm correction divides the
     * constant.
     *
     * @return a fraction; one half where there are not two groups
     */
    double firstShare();

    /**
     * Returns the data with something added to each cell.
     *
     * @param first what is added to each cell of the first group
     * @param second what is added to each cell of the second group
     * @return the data that measures work on
     */
    R plus(double first, double second);

    @Override
    default String remedy() {
        return hasZero()
                ? " A count is 0: add a constant (options 'add' and 'to') or choose a measure that needs none."
                : "";
    }
}
