package org.lozenge.analyses.glmm;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.lozenge.analyses.shared.StudyEffects.Counted;
import org.lozenge.stats.effect.PersonTime;
import org.lozenge.stats.effect.Proportion;
import org.lozenge.stats.effect.Rate;
import org.lozenge.stats.effect.TwoByTwo;
import org.lozenge.stats.glmm.GlmmCoding;
import org.lozenge.stats.glmm.GlmmData;
import org.lozenge.stats.glmm.GlmmModel;

/**
 * Makes the data of a model from counts.
 *
 * @param <R> the counts of a study
 */
interface Likelihood<R> {

    /** The data of some studies. */
    GlmmData of(List<Counted<R>> studies);

    static Likelihood<TwoByTwo> oddsRatio(GlmmModel model, GlmmCoding coding) {
        return s -> GlmmData.oddsRatio(
                model,
                coding,
                column(s, TwoByTwo::a),
                column(s, TwoByTwo::n1),
                column(s, TwoByTwo::c),
                column(s, TwoByTwo::n2));
    }

    static Likelihood<PersonTime> rateRatio(GlmmModel model, GlmmCoding coding) {
        return s -> GlmmData.rateRatio(
                model,
                coding,
                column(s, PersonTime::events1),
                column(s, PersonTime::time1),
                column(s, PersonTime::events2),
                column(s, PersonTime::time2));
    }

    static Likelihood<Proportion> proportion() {
        return s -> GlmmData.proportion(column(s, Proportion::events), column(s, Proportion::n));
    }

    static Likelihood<Rate> rate() {
        return s -> GlmmData.rate(column(s, Rate::events), column(s, Rate::time));
    }

    private static <R> double[] column(List<Counted<R>> studies, ToDoubleFunction<R> cell) {
        return studies.stream()
                .mapToDouble(study -> cell.applyAsDouble(study.raw()))
                .toArray();
    }
}
