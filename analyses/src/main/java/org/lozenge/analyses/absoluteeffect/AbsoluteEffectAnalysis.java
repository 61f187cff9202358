package org.lozenge.analyses.absoluteeffect;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.lozenge.analyses.shared.AbsoluteTables;
import org.lozenge.analyses.shared.AbsoluteWords;
import org.lozenge.analyses.shared.Baseline;
import org.lozenge.analyses.shared.BaselineParams;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.analyses.shared.PlotText;
import org.lozenge.analyses.shared.Pooled;
import org.lozenge.analyses.shared.PooledTables;
import org.lozenge.analyses.shared.Pooling;
import org.lozenge.analyses.shared.PoolingWarnings;
import org.lozenge.analyses.shared.RelativeEffect;
import org.lozenge.analyses.shared.RelativeEffect.Applied;
import org.lozenge.analyses.shared.StudyInput;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.ResultItem;
import org.lozenge.plugin.RunContext;
import org.lozenge.plugin.Text;
import org.lozenge.stats.ConvergenceException;

/**
 * Says what a relative effect means in absolute numbers: event-free and events per 1000 with control and with treatment,
 * their difference and the number needed to treat, at each baseline.
 *
 * <p>The effect is pooled from a table of studies as in the analysis {@code pool}; a table of one row is taken as it is.
 * The result has the tables {@code absolute}, {@code prediction}, {@code medians}, {@code summary_of_findings} and
 * {@code model}, the text {@code result} and the figure {@code differences}.
 */
public final class AbsoluteEffectAnalysis implements Analysis {

    /** Two fractions that add to 1 within this are taken for the two sides of one number. */
    private static final double MIRRORED = 0.02;

    /** Fractions nearer to a half than this look much the same on both sides. */
    private static final double TELLING = 0.05;

    /** The analysis has no state. */
    public AbsoluteEffectAnalysis() {}

    @Override
    public AnalysisSpec spec() {
        return AnalysisSpec.of("absolute-effect", "Absolute effects")
                .summary("Event-free and events per 1000, difference and number needed to treat, from a hazard ratio or"
                        + " another relative effect and what is expected without treatment; summary of findings.")
                .roles(AbsoluteEffectOptions.roles())
                .params(AbsoluteEffectOptions.params())
                .references(
                        "Altman DG, Andersen PK. BMJ 1999;319:1492-1495. https://doi.org/10.1136/bmj.319.7223.1492",
                        "Altman DG. BMJ 1998;317:1309-1312. https://doi.org/10.1136/bmj.317.7168.1309",
                        "Skoetz N and others. J Clin Epidemiol 2020;118:124-131."
                                + " https://doi.org/10.1016/j.jclinepi.2019.10.015");
    }

    @Override
    public AnalysisResult run(Inputs in, RunContext context) {
        AbsoluteWords words = AbsoluteEffectOptions.words(in);
        List<Baseline> stated = BaselineParams.isGiven(in) ? BaselineParams.read(in) : List.of();
        StudyInput studies = StudyInput.read(in, context);
        Measure measure = studies.measure();
        requireRisks(measure, in);
        context.checkCancelled();
        Pooled pooled = pool(Pooling.of(in), studies);
        if (pooled.k() > 1) {
            PoolingWarnings.of(pooled, measure, studies.sourceRows()).forEach(context::report);
        }
        RelativeEffect effect = effect(pooled, studies, in);
        ColumnBaselines columns = new ColumnBaselines(in, context);
        List<Baseline> printed = columns.baselines(measure);
        List<Baseline> baselines = stated.isEmpty() ? printed : stated;
        if (baselines.isEmpty()) {
            throw new AnalysisException("no-baseline", noBaseline(in));
        }
        notes(stated, printed, measure, context);
        List<Applied> applied = effect.applyTo(baselines);
        cautions(applied, effect, words, context);
        List<ResultItem> items = new ArrayList<>();
        items.add(Text.of("result", "Result", text(applied, effect, words)));
        items.add(AbsoluteEffectFigures.differences(applied, effect, words));
        double participants = columns.participants(studies.indices());
        items.add(AbsoluteTables.findings(applied.stream()
                .map(a -> new AbsoluteTables.FindingRow(a, effect, words, participants))
                .toList()));
        items.add(AbsoluteTables.absolute(applied, words));
        AbsoluteTables.prediction(applied, words).ifPresent(items::add);
        Medians.of(effect, baselines, columns, in).ifPresent(items::add);
        items.add(PooledTables.model(pooled, measure));
        return AnalysisResult.of(items);
    }

    private static void requireRisks(Measure measure, Inputs in) {
        if (RelativeEffect.actionOf(measure).isEmpty()) {
            throw new AnalysisException(
                    "measure-unsuitable",
                    in.source() + ": the effects are read as '" + measure.token()
                            + "', which does not say what becomes of"
                            + " a risk. Say what they are with --measure hr, or, rr, irr or rd. The measure decides the"
                            + " formula: a hazard ratio is no risk ratio.");
        }
    }

    private static Pooled pool(Pooling pooling, StudyInput studies) {
        try {
            return pooling.pool(studies.effects());
        } catch (ConvergenceException e) {
            throw new AnalysisException("no-convergence", e.getMessage() + ".");
        }
    }

    private static RelativeEffect effect(Pooled pooled, StudyInput studies, Inputs in) {
        boolean random = in.get(AbsoluteEffectOptions.MODEL) == AbsoluteEffectOptions.Model.RANDOM;
        RelativeEffect effect = RelativeEffect.of(random ? pooled.random() : pooled.common(), studies.measure());
        return pooled.k() == 1
                ? StatedLimits.apply(
                        effect, in, studies.indices()[0], pooled.effects().standardError(0))
                : effect;
    }

    private static String noBaseline(Inputs in) {
        return in.source()
                + " does not say what is expected without treatment. State it, for instance --baseline 0.35@36"
                + " --baseline-is event-free, or name columns: survival_c with time (event-free fraction of control).";
    }

    private static void notes(List<Baseline> stated, List<Baseline> printed, Measure measure, RunContext context) {
        if (stated.isEmpty()) {
            context.info(
                    "baseline-from-columns",
                    "Baseline from the table: "
                            + printed.stream()
                                    .map(b -> PlotText.fixed(b.risk().eventFree(), 3) + " event-free"
                                            + (b.when().isEmpty() ? "" : " at " + b.when()) + " (" + b.source() + ")")
                                    .collect(Collectors.joining("; "))
                            + ". Control arms of trials need not be like the patients in view: --baseline states others.");
        } else {
            stated.forEach(s -> printed.forEach(p -> warnOfSwap(s, p, context)));
        }
        if (measure.equals(Measure.IRR)) {
            context.info(
                    "rate-ratio",
                    "A rate ratio is applied as a hazard ratio, which takes the rates to be proportional at all times.");
        }
    }

    /** A stated baseline that mirrors what the control arms print has most likely been given as its opposite. */
    private static void warnOfSwap(Baseline stated, Baseline printed, RunContext context) {
        double s = stated.risk().eventFree();
        double p = printed.risk().eventFree();
        boolean sameTime = stated.time() == printed.time();
        if (sameTime && Math.abs(s + p - 1) <= MIRRORED && Math.abs(p - 0.5) > TELLING) {
            context.warn(
                    "baseline-swapped",
                    "By the option, " + PlotText.fixed(s, 3) + " are event-free at " + stated.when() + ", but the table"
                            + " prints " + PlotText.fixed(p, 3) + " (" + printed.source()
                            + "). One is one minus the other:"
                            + " check --baseline-is.");
        }
    }

    private static void cautions(
            List<Applied> applied, RelativeEffect effect, AbsoluteWords words, RunContext context) {
        boolean cut = applied.stream()
                .anyMatch(a -> effect.action()
                                .isCut(a.baseline().risk(), effect.interval().lower())
                        || effect.action()
                                .isCut(a.baseline().risk(), effect.interval().upper()));
        if (cut) {
            context.warn(
                    "risk-cut",
                    "At a baseline this high or low, the "
                            + effect.measure().label().toLowerCase(java.util.Locale.ROOT)
                            + " or a limit of it would give a risk outside 0 to 1, which is cut there: this measure does"
                            + " not carry over to such a baseline.");
        }
        if (effect.measure().equals(Measure.HR) && !words.eventFree()) {
            Applied first = applied.get(0);
            double hr = effect.measure().display(effect.y());
            double risk = first.baseline().risk().event();
            context.info(
                    "hazard-not-risk",
                    "The ratio is a hazard ratio, so the risk is 1 − (1 − risk)^HR: "
                            + PlotText.fixed(
                                    1000 * (1 - first.effect().eventFree().value()), 1)
                            + " events per 1000. Read as a risk ratio it would wrongly give "
                            + PlotText.fixed(1000 * risk * hr, 1) + ".");
        }
    }

    private static String text(List<Applied> applied, RelativeEffect effect, AbsoluteWords words) {
        List<String> paragraphs = new ArrayList<>();
        paragraphs.add(effect.words()
                + (effect.k() > 1 ? ", pooled from " + effect.k() + " studies." : ".")
                + (effect.measure().equals(Measure.HR)
                        ? " A hazard ratio compares rates at any moment, not risks; what it means by a time depends on how"
                                + " many are free of the event without treatment by then."
                        : ""));
        applied.forEach(a -> paragraphs.add(words.numbers(a) + judged(a, words) + " Baseline: "
                + a.baseline().source() + "."));
        effect.prediction()
                .ifPresent(pi ->
                        paragraphs.add("In a further study like these, the true effect is expected to lie between "
                                + PlotText.fixed(effect.measure().display(pi.lower()), 2) + " and "
                                + PlotText.fixed(effect.measure().display(pi.upper()), 2) + " with "
                                + PlotText.level(pi.level())
                                + " probability; table 'prediction' says what that means per 1000."));
        return String.join("\n\n", paragraphs);
    }

    /** Without a judgement of certainty the sentence would only repeat the numbers. */
    private static String judged(Applied applied, AbsoluteWords words) {
        return words.certainty() == AbsoluteWords.Certainty.UNSTATED ? "" : " " + words.finding(applied);
    }
}
