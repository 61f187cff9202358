package org.lozenge.analyses.glmm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.lozenge.analyses.shared.RawParams;
import org.lozenge.analyses.shared.StudyEffect;
import org.lozenge.analyses.shared.StudyEffects;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.RunContext;
import org.lozenge.stats.effect.EffectMeasure;
import org.lozenge.stats.effect.LogIncidenceRate;
import org.lozenge.stats.effect.LogIncidenceRateRatio;
import org.lozenge.stats.effect.LogOddsRatio;
import org.lozenge.stats.effect.LogitProportion;
import org.lozenge.stats.effect.PersonTime;
import org.lozenge.stats.effect.Proportion;
import org.lozenge.stats.effect.Rate;
import org.lozenge.stats.effect.RawData;
import org.lozenge.stats.effect.TwoByTwo;
import org.lozenge.stats.effect.ZeroCells;
import org.lozenge.stats.glmm.GlmmData;
import org.lozenge.stats.glmm.GlmmModel;

/**
 * The studies of a table as the models take them, and their own effects for table and figure.
 *
 * @param data the counts
 * @param studies names, rows and own effects of the studies of the fit, in order
 * @param measure what the effects are
 */
record Counts(GlmmData data, List<Study> studies, org.lozenge.analyses.shared.Measure measure) {

    /**
     * A study of the fit.
     *
     * @param row 1-based row of the user's table
     * @param name its name
     * @param own its own effect; empty if there is none
     */
    record Study(int row, String name, Optional<StudyEffect> own) {}

    /** Reads a table and tells the reader what was left out. */
    static Counts read(Inputs in, RunContext context, GlmmOptions.Measure what, GlmmModel model) {
        return switch (what) {
            case OR -> tables(in, context, model);
            case IRR -> rates(in, context, model);
            case PLO -> {
                StudyEffects<Proportion> s = studies(in, context, new LogitProportion(), false);
                yield of(s, GlmmData.proportion(column(s, Proportion::events), column(s, Proportion::n)), context, in);
            }
            case IRLN, AUTO -> {
                StudyEffects<Rate> s = studies(in, context, new LogIncidenceRate(), false);
                yield of(s, GlmmData.rate(column(s, Rate::events), column(s, Rate::time)), context, in);
            }
        };
    }

    private static Counts tables(Inputs in, RunContext context, GlmmModel model) {
        StudyEffects<TwoByTwo> s = studies(in, context, new LogOddsRatio(), model != GlmmModel.UM_RS);
        if (model == GlmmModel.CM_EL) {
            requireWhole(in, s);
        }
        GlmmData data = GlmmData.oddsRatio(
                model,
                in.get(GlmmOptions.CODING),
                column(s, TwoByTwo::a),
                column(s, TwoByTwo::n1),
                column(s, TwoByTwo::c),
                column(s, TwoByTwo::n2));
        return of(s, data, context, in);
    }

    private static Counts rates(Inputs in, RunContext context, GlmmModel model) {
        StudyEffects<PersonTime> s = studies(in, context, new LogIncidenceRateRatio(), model != GlmmModel.UM_RS);
        GlmmData data = GlmmData.rateRatio(
                model,
                in.get(GlmmOptions.CODING),
                column(s, PersonTime::events1),
                column(s, PersonTime::time1),
                column(s, PersonTime::events2),
                column(s, PersonTime::time2));
        return of(s, data, context, in);
    }

    private static <R extends RawData> StudyEffects<R> studies(
            Inputs in, RunContext context, EffectMeasure<R> measure, boolean drops) {
        ZeroCells usual = RawParams.zeroCells(in, measure);
        boolean drop = in.get(RawParams.DROP00) == RawParams.Drop00.AUTO ? drops : usual.dropDoubleZeros();
        StudyEffects<R> studies = StudyEffects.ofCounts(
                in, GlmmOptions.ROLES, measure, new ZeroCells(usual.add(), usual.to(), usual.split(), drop));
        for (Message message : studies.messages()) {
            if (!message.code().equals("zero-cells")) {
                context.report(message);
            }
        }
        int[] corrected = studies.effects().stream()
                .filter(StudyEffect::corrected)
                .mapToInt(StudyEffect::row)
                .toArray();
        if (corrected.length > 0) {
            context.info(
                    "zero-cells",
                    in.source() + ": " + usual.add() + " was added to the counts of " + corrected.length
                            + (corrected.length == 1 ? " study" : " studies")
                            + " for the studies' own effects in table, figure and I². The models use the counts as they"
                            + " are.",
                    corrected);
        }
        return studies;
    }

    private static <R extends RawData> double[] column(StudyEffects<R> studies, ToDoubleFunction<R> cell) {
        return studies.counted().stream()
                .mapToDouble(c -> cell.applyAsDouble(c.raw()))
                .toArray();
    }

    private static void requireWhole(Inputs in, StudyEffects<TwoByTwo> studies) {
        List<Message> faults = new ArrayList<>();
        for (StudyEffects.Counted<TwoByTwo> study : studies.counted()) {
            for (double count : new double[] {
                study.raw().a(), study.raw().b(), study.raw().c(), study.raw().d()
            }) {
                if (count != Math.rint(count)) {
                    faults.add(Message.error(
                                    "whole-counts-needed",
                                    in.source() + ", row " + study.row() + " (" + study.study()
                                            + "): the exact conditional model needs whole numbers, but a count is "
                                            + count
                                            + ". Correct it, or choose --model um-fs.")
                            .at(study.row()));
                    break;
                }
            }
        }
        if (!faults.isEmpty()) {
            throw new AnalysisException(faults);
        }
    }

    private static <R extends RawData> Counts of(
            StudyEffects<R> studies, GlmmData data, RunContext context, Inputs in) {
        List<Study> all = studies.counted().stream()
                .map(c -> new Study(c.row(), c.study(), c.effect()))
                .toList();
        int[] silent = Arrays.stream(data.omitted()).map(i -> all.get(i).row()).toArray();
        if (silent.length > 0) {
            context.info(
                    "constant-likelihood",
                    in.source() + ": in " + (silent.length == 1 ? "one study" : silent.length + " studies")
                            + " no count, or every one, is an event. Their likelihood is the same whatever the effect, so"
                            + " they are not counted.",
                    silent);
        }
        List<Study> used = Arrays.stream(data.used()).mapToObj(all::get).toList();
        return new Counts(data, used, org.lozenge.analyses.shared.Measure.of(studies.measure()));
    }

    int k() {
        return data.k();
    }
}
