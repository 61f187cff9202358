package org.lozenge.stats.effect;

import java.util.List;
import java.util.Locale;

/** Which of several published formulas gives the sampling variance; not every measure has every one. */
public enum VarianceType {
    /** The usual large-sample approximation; the default. */
    LS,
    /** Another large-sample approximation. */
    LS2,
    /** An unbiased estimate. */
    UB,
    /** The groups have the same standard deviation. */
    HO,
    /** The large-sample approximation at the average of all studies, weighted by their sizes. */
    AV,
    /** As {@link #AV}, at an average over both groups. */
    AVHO,
    /** The sizes of the groups were fixed by design. */
    ST,
    /** Only the total was fixed: a cross-sectional sample. */
    CS,
    /** As Review Manager: the large-sample approximation with 3.94 subtracted from the total size. */
    RM;

    /**
     * Returns the token users type.
     *
     * @return metafor's code in lower case; {@code rm} is not metafor's
     */
    public String token() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns this type if a measure has it.
     *
     * @throws IllegalArgumentException if it does not; the message lists what it has
     */
    VarianceType require(String code, VarianceType... allowed) {
        if (!List.of(allowed).contains(this)) {
            throw new IllegalArgumentException("Measure '" + code + "' has no variance type '" + token() + "'; it has "
                    + String.join(
                            ", ",
                            List.of(allowed).stream().map(VarianceType::token).toList()));
        }
        return this;
    }
}
