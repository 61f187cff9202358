package org.lozenge.analyses.glmm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.lozenge.analyses.formula.Moderators;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.analyses.shared.RawParams;
import org.lozenge.analyses.shared.RawRoles;
import org.lozenge.analyses.shared.StudyEffect;
import org.lozenge.analyses.shared.StudyEffects;
import org.lozenge.analyses.shared.StudyEffects.Counted;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.NumberText;
import org.lozenge.plugin.RunContext;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.effect.EffectMeasure;
import org.lozenge.stats.effect.LogIncidenceRate;
import org.lozenge.stats.effect.LogIncidenceRateRatio;
import org.lozenge.stats.effect.LogOddsRatio;
import org.lozenge.stats.effect.LogitProportion;
import org.lozenge.stats.effect.RawData;
import org.lozenge.stats.effect.TwoByTwo;
import org.lozenge.stats.effect.ZeroCells;
import org.lozenge.stats.glmm.GlmmData;
import org.lozenge.stats.glmm.GlmmModel;

/**
 * The studies of a table as the models take them, with their own effects for table and figure.
 *
 * @param data the counts, with the design if there are moderators
 * @param studies names, rows and own effects of the studies of the fit, in order
 * @param measure what the effects are
 * @param moderators what may explain differences, if any are named
 * @param leftOut how many studies of the table have no part
 */
record Counts(GlmmData data, List<Study> studies, Measure measure, Optional<Moderators> moderators, int leftOut) {

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
            case OR -> {
                StudyEffects<TwoByTwo> s = studies(in, context, new LogOddsRatio(), model != GlmmModel.UM_RS);
                if (model == GlmmModel.CM_EL) {
                    requireWhole(in, s);
                }
                yield of(in, context, s, Likelihood.oddsRatio(model, in.get(GlmmOptions.CODING)));
            }
            case IRR ->
                of(
                        in,
                        context,
                        studies(in, context, new LogIncidenceRateRatio(), model != GlmmModel.UM_RS),
                        Likelihood.rateRatio(model, in.get(GlmmOptions.CODING)));
            case PLO -> of(in, context, studies(in, context, new LogitProportion(), false), Likelihood.proportion());
            case IRLN, AUTO -> of(in, context, studies(in, context, new LogIncidenceRate(), false), Likelihood.rate());
        };
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

    /** What the exact conditional model needs: whole numbers, and no more possible counts than can be summed. */
    private static void requireWhole(Inputs in, StudyEffects<TwoByTwo> studies) {
        List<Message> faults = new ArrayList<>();
        for (Counted<TwoByTwo> study : studies.counted()) {
            TwoByTwo raw = study.raw();
            String where = in.source() + ", row " + study.row() + " (" + study.study() + ")";
            Optional<String> broken = broken(in, "events_t", "a", raw.a())
                    .or(() -> broken(in, "events_c", "c", raw.c()))
                    .or(() -> broken(in, "n_t", "b", in.has(RawRoles.named("b")) ? raw.b() : raw.a() + raw.b()))
                    .or(() -> broken(in, "n_c", "d", in.has(RawRoles.named("d")) ? raw.d() : raw.c() + raw.d()));
            double events = raw.a() + raw.c();
            double counts = Math.min(raw.a() + raw.b(), events) - Math.max(0, events - raw.c() - raw.d()) + 1;
            if (broken.isPresent()) {
                faults.add(Message.error(
                                "whole-counts-needed", where + broken.get() + ". Correct it, or choose --model um-fs.")
                        .at(study.row()));
            } else if (counts > GlmmData.MAX_SUPPORT) {
                faults.add(Message.error(
                                "not-estimable",
                                where + ": the exact conditional model would have to sum " + NumberText.print(counts)
                                        + " possible counts, but no more than " + GlmmData.MAX_SUPPORT
                                        + " are. Choose --model um-fs; with so many events it does as well.")
                        .at(study.row()));
            }
        }
        if (!faults.isEmpty()) {
            throw new AnalysisException(faults);
        }
    }

    /** What is wrong with a count that is not whole, and in which column it stands. */
    private static Optional<String> broken(Inputs in, String role, String cell, double count) {
        if (count == Math.rint(count)) {
            return Optional.empty();
        }
        String arms = role.startsWith("events") ? "events" : "n";
        String column = Stream.of(role, cell, arms)
                .map(RawRoles::named)
                .filter(in::has)
                .findFirst()
                .map(mapped -> ", column '" + in.columns(mapped).get(0) + "'")
                .orElse("");
        return Optional.of(column + ": the exact conditional model needs whole numbers, but a count is "
                + NumberText.print(count));
    }

    private static <R extends RawData> Counts of(
            Inputs in, RunContext context, StudyEffects<R> studies, Likelihood<R> likelihood) {
        List<Counted<R>> all = studies.counted();
        GlmmData data = likelihood.of(all);
        int[] silent = Arrays.stream(data.omitted()).map(i -> all.get(i).row()).toArray();
        if (silent.length > 0) {
            context.info(
                    "constant-likelihood",
                    in.source() + ": in " + (silent.length == 1 ? "one study" : silent.length + " studies")
                            + " no count, or every one, is an event. Their likelihood is the same whatever the effect, so"
                            + " they are not counted.",
                    silent);
        }
        List<Counted<R>> used =
                Arrays.stream(data.used()).<Counted<R>>mapToObj(all::get).toList();
        Measure measure = Measure.of(studies.measure());
        if (used.isEmpty() || !Moderators.isAskedFor(in)) {
            return new Counts(data, named(used), measure, Optional.empty(), studies.k() - used.size());
        }
        // Only studies that count may tell which columns vary.
        Moderators moderators = Moderators.ofCounts(in, context, used, studies.isReshaped());
        List<Counted<R>> kept = Arrays.stream(moderators.positions())
                .<Counted<R>>mapToObj(used::get)
                .toList();
        requireEnough(in, moderators);
        return new Counts(
                likelihood.of(kept).withDesign(rows(moderators)),
                named(kept),
                measure,
                Optional.of(moderators),
                studies.k() - kept.size());
    }

    private static List<Study> named(List<? extends Counted<?>> studies) {
        return studies.stream()
                .map(study -> new Study(study.row(), study.study(), study.effect()))
                .toList();
    }

    private static void requireEnough(Inputs in, Moderators moderators) {
        int k = moderators.positions().length;
        List<String> terms = moderators.design().terms();
        if (k <= terms.size()) {
            throw new AnalysisException(
                    "too-many-terms",
                    in.source() + ": " + terms.size() + " coefficients (" + String.join(", ", terms)
                            + ") need at least " + (terms.size() + 1) + " studies, but there "
                            + (k == 1 ? "is " : "are ") + k
                            + ". Use fewer moderators, or categories with fewer levels.");
        }
    }

    private static double[][] rows(Moderators moderators) {
        List<DoubleSeq> columns = moderators.design().columns();
        return IntStream.range(0, moderators.positions().length)
                .mapToObj(i ->
                        columns.stream().mapToDouble(column -> column.get(i)).toArray())
                .toArray(double[][]::new);
    }

    int k() {
        return data.k();
    }
}
