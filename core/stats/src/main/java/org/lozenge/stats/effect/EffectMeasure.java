package org.lozenge.stats.effect;

import java.util.List;

/**
 * One way to express a study's result as a single number with a sampling variance. Immutable.
 *
 * @param <R> what a study must report
 */
public interface EffectMeasure<R extends RawData> {

    /**
     * What a measure is called and works on.
     *
     * @param code metafor's code in lower case
     * @param label the name on the analysis scale, in lower case: {@code log odds ratio}
     * @param effectLabel the name on the scale a reader expects: {@code Odds ratio}
     * @param rawType the record it is computed from
     * @param backTransform the way from the analysis scale to the reader's
     * @param nullEffect the value of no effect on the reader's scale; NaN if there is none, as for a proportion
     * @param <R> the type of that record
     */
    record Description<R extends RawData>(
            String code,
            String label,
            String effectLabel,
            Class<R> rawType,
            BackTransform backTransform,
            double nullEffect) {}

    /**
     * Returns what the measure is called and works on.
     *
     * @return always the same description
     */
    Description<R> description();

    /**
     * Computes the effect of one study.
     *
     * @param raw what the study reports; counts after any treatment of zeros
     * @return the effect and its variance on the analysis scale
     * @throws NotEstimableException if the measure does not follow from the numbers
     */
    Effect compute(R raw);

    /**
     * Returns this measure knowing all studies, for variances that take an average over them.
     *
     * @param studies what all studies of the analysis report; those from which the measure does not follow are passed over
     * @return a measure for studies of this analysis; this one unless the variance type needs them
     */
    default EffectMeasure<R> informedBy(List<R> studies) {
        return this;
    }

    /**
     * Returns the way from the analysis scale to the reader's for a value that stands for the given studies.
     *
     * @param studies the pooled studies, or the one study whose effect is transformed; at least one
     * @return the transformation; only the Freeman–Tukey measures look at the studies
     */
    default BackTransform backTransform(List<R> studies) {
        return description().backTransform();
    }

    /**
     * Returns the constant that is added to zero cells unless the user says otherwise.
     *
     * @return 0.5, or 0 for measures that need none
     */
    default double usualAdd() {
        return 0.5;
    }

    /**
     * Tells whether studies without an event in either group, or with events only, say nothing about this measure.
     *
     * @return true for ratios
     */
    default boolean ignoresDoubleZeros() {
        return false;
    }

    /**
     * Returns the code.
     *
     * @return metafor's code in lower case
     */
    default String code() {
        return description().code();
    }

    /**
     * Returns the name on the analysis scale.
     *
     * @return such as {@code log odds ratio}
     */
    default String label() {
        return description().label();
    }

    /**
     * Returns the name on the scale a reader expects.
     *
     * @return such as {@code Odds ratio}
     */
    default String effectLabel() {
        return description().effectLabel();
    }
}
