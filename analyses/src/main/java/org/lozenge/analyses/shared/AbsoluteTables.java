package org.lozenge.analyses.shared;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.lozenge.analyses.shared.RelativeEffect.Applied;
import org.lozenge.plugin.Format;
import org.lozenge.plugin.Tabular;
import org.lozenge.stats.survival.AbsoluteEffect;
import org.lozenge.stats.survival.AbsoluteEffect.Limited;
import org.lozenge.stats.survival.NumberNeededToTreat;

/** The tables of absolute effects: {@code absolute}, {@code prediction} and {@code summary_of_findings}. */
public final class AbsoluteTables {

    private AbsoluteTables() {}

    /** Returns a row per baseline; all numbers but times, survival and numbers needed to treat are per 1000. */
    public static Tabular absolute(List<Applied> applied, AbsoluteWords words) {
        return columns(
                        Tabular.of("absolute", "Absolute effects, per 1000")
                                .numbers(
                                        "time",
                                        numbers(applied, a -> a.baseline().time()))
                                .numbers(
                                        "baseline_survival",
                                        numbers(
                                                applied,
                                                a -> a.baseline().risk().eventFree()))
                                .format("baseline_survival", Format.FIXED3)
                                .label("baseline_survival", "baseline survival"),
                        applied.stream().map(Applied::effect).toList(),
                        words)
                .texts("baseline_source", texts(applied, a -> a.baseline().source()))
                .label("baseline_source", "source of the baseline");
    }

    /** Returns the same for the limits of the prediction interval; empty where there is none. */
    public static Optional<Tabular> prediction(List<Applied> applied, AbsoluteWords words) {
        List<AbsoluteEffect> effects =
                applied.stream().flatMap(a -> a.prediction().stream()).toList();
        if (effects.size() < applied.size() || applied.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(columns(
                Tabular.of(
                                "prediction",
                                "Absolute effects in a further study like these, per 1000: prediction interval")
                        .numbers("time", numbers(applied, a -> a.baseline().time()))
                        .numbers(
                                "baseline_survival",
                                numbers(applied, a -> a.baseline().risk().eventFree()))
                        .format("baseline_survival", Format.FIXED3)
                        .label("baseline_survival", "baseline survival"),
                effects,
                words));
    }

    private static Tabular columns(Tabular table, List<AbsoluteEffect> effects, AbsoluteWords words) {
        List<NumberNeededToTreat> nnts =
                effects.stream().map(words::numberNeededToTreat).toList();
        Tabular wide = table.numbers(
                "event_free_control", numbers(effects, e -> 1000 * e.baseline().eventFree()));
        wide = limited(wide, "event_free_treated", "event-free treated", effects, e -> thousand(e.eventFree()));
        wide = wide.numbers(
                "events_control", numbers(effects, e -> 1000 * e.baseline().event()));
        wide = limited(
                wide,
                "events_treated",
                "events treated",
                effects,
                e -> thousand(e.eventFree().complement()));
        wide = limited(wide, "difference", "difference", effects, e -> thousand(e.difference()));
        return wide.numbers("nnt", numbers(nnts, NumberNeededToTreat::value))
                .numbers("nnt_lower", numbers(nnts, NumberNeededToTreat::lower))
                .numbers("nnt_upper", numbers(nnts, NumberNeededToTreat::upper))
                .texts("nnt_text", texts(nnts, AbsoluteWords::nnt))
                .label("event_free_control", "event-free control")
                .label("events_control", "events control")
                .label("nnt", "NNT")
                .label("nnt_lower", "NNT lower")
                .label("nnt_upper", "NNT upper")
                .label("nnt_text", "number needed to treat");
    }

    private static Limited thousand(Limited fractions) {
        return AbsoluteWords.perThousand(fractions);
    }

    private static Tabular limited(
            Tabular table,
            String name,
            String label,
            List<AbsoluteEffect> effects,
            Function<AbsoluteEffect, Limited> number) {
        return table.numbers(name, numbers(effects, e -> number.apply(e).value()))
                .numbers(name + "_lower", numbers(effects, e -> number.apply(e).lower()))
                .numbers(name + "_upper", numbers(effects, e -> number.apply(e).upper()))
                .label(name, label)
                .label(name + "_lower", label + " lower")
                .label(name + "_upper", label + " upper");
    }

    /**
     * A row of the summary of findings.
     *
     * @param applied a baseline with what the effect makes of it
     * @param effect the effect
     * @param words how sentences speak of the outcome
     * @param participants how many the studies have; NaN where that is not known
     */
    public record FindingRow(Applied applied, RelativeEffect effect, AbsoluteWords words, double participants) {

        private AbsoluteEffect absolute() {
            return applied.effect();
        }
    }

    /** Returns the summary of findings: texts for readers, with the certainty of the evidence and a sentence. */
    public static Tabular findings(List<FindingRow> rows) {
        return numbers(rows)
                .texts("nnt", texts(rows, r -> AbsoluteWords.nnt(r.words.numberNeededToTreat(r.absolute()))))
                .texts("certainty", texts(rows, r -> r.words.certainty().label()))
                .texts("finding", texts(rows, r -> r.words.finding(r.applied)))
                .texts("baseline_source", texts(rows, r -> r.applied.baseline().source()))
                .label("nnt", "number needed to treat")
                .label("baseline_source", "source of the baseline");
    }

    /** Returns the summary of findings in fewer columns, where nobody judged the certainty. */
    public static Tabular findingsWithoutCertainty(List<FindingRow> rows) {
        return numbers(rows)
                .texts("baseline_source", texts(rows, r -> r.applied.baseline().source()))
                .label("baseline_source", "source of the baseline");
    }

    private static Tabular numbers(List<FindingRow> rows) {
        return Tabular.of("summary_of_findings", "Summary of findings")
                .texts("outcome", texts(rows, r -> r.words.name()))
                .texts("time", texts(rows, r -> r.applied.baseline().when()))
                .numbers("studies", numbers(rows, r -> r.effect.k()))
                .numbers("participants", numbers(rows, FindingRow::participants))
                .texts("relative_effect", texts(rows, r -> r.effect.words()))
                .texts("control", texts(rows, r -> AbsoluteWords.whole(r.words.control(r.absolute())) + " per 1000"))
                .texts(
                        "treatment",
                        texts(rows, r -> AbsoluteWords.limited(r.words.treated(r.absolute())) + " per 1000"))
                .texts("difference", texts(rows, r -> AbsoluteWords.change(r.words.difference(r.absolute()))))
                .format("studies", Format.INTEGER)
                .format("participants", Format.INTEGER)
                .label("control", heading(rows, r -> r.words.control(), "control"))
                .label("treatment", heading(rows, r -> r.words.treatment(), "treatment"))
                .label("relative_effect", "relative effect");
    }

    private static String heading(List<FindingRow> rows, Function<FindingRow, String> name, String otherwise) {
        List<String> names = rows.stream().map(name).distinct().toList();
        return names.size() == 1 ? names.get(0) : otherwise;
    }

    private static <T> double[] numbers(List<T> rows, ToDoubleFunction<T> cell) {
        return rows.stream().mapToDouble(cell).toArray();
    }

    private static <T> String[] texts(List<T> rows, Function<T, String> cell) {
        return rows.stream().map(cell).toArray(String[]::new);
    }
}
