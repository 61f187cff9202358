package org.lozenge.analyses.effectsize;

import java.util.List;
import org.lozenge.analyses.shared.RawStudies;
import org.lozenge.analyses.shared.StudyEffect;
import org.lozenge.stats.effect.BackTransform;

/**
 * The effects as the result shows them: those of the measure, or what they were converted into.
 *
 * @param code code of the measure
 * @param label name on the analysis scale
 * @param effectLabel name on the scale a reader expects
 * @param backTransform the way between them
 * @param nullEffect value of no effect on the reader's scale; NaN for none
 * @param effects one per usable study
 * @param excluded the rows that were left out, also those that could not be converted
 */
record Shown(
        String code,
        String label,
        String effectLabel,
        BackTransform backTransform,
        double nullEffect,
        List<StudyEffect> effects,
        List<RawStudies.Excluded> excluded) {

    /** Whether an axis should be logarithmic: ratios, not logs of proportions. */
    boolean isRatio() {
        return backTransform.isLog() && nullEffect == 1;
    }
}
