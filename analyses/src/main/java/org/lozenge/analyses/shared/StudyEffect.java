package org.lozenge.analyses.shared;

import java.util.List;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.effect.BackTransform;

/**
 * The effect of one study, computed from raw numbers or stated by the report.
 *
 * @param index 0-based row among the rows that the host passed on (of the treated arm, in tables with a row per arm)
 * @param row 1-based row of the user's table
 * @param study name of the study
 * @param y effect on the analysis scale
 * @param v sampling variance, above 0
 * @param n number of participants; NaN if it is not known
 * @param backTransform the way to the scale a reader expects
 * @param corrected whether a constant was added to its counts
 */
public record StudyEffect(
        int index,
        int row,
        String study,
        double y,
        double v,
        double n,
        BackTransform backTransform,
        boolean corrected) {

    /** The effects as the models take them. */
    static EffectSizes sizes(List<StudyEffect> effects) {
        return new EffectSizes(
                effects.stream().map(StudyEffect::study).toList(),
                DoubleSeq.of(effects.stream().mapToDouble(StudyEffect::y).toArray()),
                DoubleSeq.of(effects.stream().mapToDouble(StudyEffect::v).toArray()));
    }

    /** Returns the standard error. */
    public double standardError() {
        return Math.sqrt(v);
    }

    /** Returns a value of the analysis scale on the scale a reader expects. */
    public double display(double value) {
        return backTransform.apply(value);
    }
}
