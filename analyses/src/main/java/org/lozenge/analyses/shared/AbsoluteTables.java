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
     * Returns the summary of findings: texts for readers, a row per baseline.
     *
     * @param participants how many the studies have; NaN where that is not known
     */
    public static Tabular findings(
            List<Applied> applied, RelativeEffect effect, AbsoluteWords words, double participants) {
        return Tabular.of("summary_of_findings", "Summary of findings")
                .texts("outcome", texts(applied, a -> words.name()))
                .texts("time", texts(applied, a -> a.baseline().when()))
                .numbers("studies", numbers(applied, a -> effect.k()))
                .numbers("participants", numbers(applied, a -> participants))
                .texts("relative_effect", texts(applied, a -> effect.words()))
                .texts("control", texts(applied, a -> AbsoluteWords.whole(words.control(a.effect())) + " per 1000"))
                .texts("treatment", texts(applied, a -> AbsoluteWords.limited(words.treated(a.effect())) + " per 1000"))
                .texts("difference", texts(applied, a -> AbsoluteWords.change(words.difference(a.effect()))))
                .texts("nnt", texts(applied, a -> AbsoluteWords.nnt(words.numberNeededToTreat(a.effect()))))
                .texts("certainty", texts(applied, a -> words.certainty().label()))
                .texts("finding", texts(applied, words::finding))
                .texts("baseline_source", texts(applied, a -> a.baseline().source()))
                .format("studies", Format.INTEGER)
                .format("participants", Format.INTEGER)
                .label("control", words.control())
                .label("treatment", words.treatment())
                .label("relative_effect", "relative effect")
                .label("nnt", "number needed to treat")
                .label("baseline_source", "source of the baseline");
    }

    private static <T> double[] numbers(List<T> rows, ToDoubleFunction<T> cell) {
        return rows.stream().mapToDouble(cell).toArray();
    }

    private static <T> String[] texts(List<T> rows, Function<T, String> cell) {
        return rows.stream().map(cell).toArray(String[]::new);
    }
}
