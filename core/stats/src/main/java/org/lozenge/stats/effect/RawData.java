package org.lozenge.stats.effect;

/**
 * What one study reports, as a measure needs it. Every implementation is a record that refuses impossible values with
 * an {@link InvalidRawDataException} that names the value.
 */
public sealed interface RawData
        permits CountData,
                TwoMeans,
                TwoSpreads,
                PairedMeans,
                PairedSpreads,
                OneMean,
                OneSpread,
                Correlation,
                PartialCorrelation,
                SemiPartialCorrelation,
                Determination,
                Reliability,
                Genotypes,
                Reported {

    /**
     * Returns the numbers in words, for messages.
     *
     * @return such as {@code a = 0, b = 20, c = 3, d = 17}
     */
    String describe();

    /**
     * Returns what might help when a measure does not follow.
     *
     * @return a sentence that starts with a space, or nothing
     */
    default String remedy() {
        return "";
    }
}
