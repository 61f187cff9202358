package org.lozenge.analyses.multiverse;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.lozenge.analyses.shared.EffectRoute;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.plugin.Format;
import org.lozenge.plugin.Tabular;
import org.lozenge.plugin.Text;

/** The tables of the analysis {@code multiverse}. */
final class MultiverseTables {

    private MultiverseTables() {}

    static Text conclusion(List<Verdict> verdicts, Specification reference) {
        String choices = "Reference: " + reference.setup().model()
                + (reference.setup().model().equals("random")
                        ? " effects, τ² by " + reference.setup().tau2() + ", test "
                                + reference.setup().test()
                        : " effect")
                + ", all studies, effects as chosen. ";
        return Text.of(
                "conclusion",
                "What turns the conclusion",
                choices + verdicts.stream().map(Verdict::text).collect(Collectors.joining(" ")));
    }

    static Tabular verdict(List<Verdict> verdicts) {
        return Tabular.of("verdict", "What turns the conclusion")
                .texts(
                        "question",
                        texts(verdicts, verdict -> verdict.conclusion().name()))
                .texts("reference", texts(verdicts, Verdict::reference))
                .numbers("specifications", numbers(verdicts, Verdict::specifications))
                .numbers("agree", numbers(verdicts, Verdict::agree))
                .numbers("differ", numbers(verdicts, Verdict::differ))
                .numbers("differ_share", numbers(verdicts, v -> v.differ() / (double) v.specifications()))
                .numbers("alone", numbers(verdicts, verdict -> verdict.alone().size()))
                .texts("single_changes", texts(verdicts, verdict -> String.join("; ", verdict.alone())))
                .texts("text", texts(verdicts, Verdict::text))
                .format("specifications", Format.INTEGER)
                .format("agree", Format.INTEGER)
                .format("differ", Format.INTEGER)
                .format("alone", Format.INTEGER)
                .format("differ_share", Format.PERCENT)
                .label("reference", "in the reference")
                .label("differ_share", "share that differs")
                .label("alone", "single changes that turn it")
                .label("single_changes", "which")
                .label("text", "verdict");
    }

    static Tabular choices(List<Choice> choices, Measure measure) {
        return Tabular.of("choices", "What each choice comes to")
                .texts("choice", texts(choices, choice -> choice.dimension().column()))
                .texts("value", texts(choices, Choice::value))
                .numbers("n", numbers(choices, choice -> choice.specifications().size()))
                .numbers("median", numbers(choices, Choice::median))
                .numbers("min", numbers(choices, Choice::min))
                .numbers("max", numbers(choices, Choice::max))
                .numbers("excludes_no_effect", numbers(choices, choice -> excluding(choice, measure)))
                .numbers("effect_median", numbers(choices, choice -> measure.display(choice.median())))
                .numbers("effect_min", numbers(choices, choice -> measure.display(choice.min())))
                .numbers("effect_max", numbers(choices, choice -> measure.display(choice.max())))
                .format("n", Format.INTEGER)
                .format("excludes_no_effect", Format.PERCENT)
                .label("n", "specifications")
                .label("excludes_no_effect", "interval excludes no effect")
                .label("effect_median", measure.label() + ", median")
                .label("effect_min", "lowest")
                .label("effect_max", "highest");
    }

    /** The share whose interval excludes no effect; NaN where there is no such value. */
    static double excluding(Choice choice, Measure measure) {
        return Double.isNaN(measure.reference()) ? Double.NaN : choice.share(Conclusion.excludes(measure));
    }

    static Tabular routes(List<EffectRoute> routes) {
        return Tabular.of("routes", "Ways to the effects")
                .texts("route", texts(routes, EffectRoute::name))
                .numbers("k", numbers(routes, route -> route.effects().k()))
                .numbers("changed", numbers(routes, EffectRoute::changed))
                .format("changed", Format.INTEGER)
                .label("k", "studies")
                .label("changed", "studies that differ from the chosen way");
    }

    static Tabular specifications(List<Specification> all, Measure measure) {
        return Tabular.of("specifications", "All specifications")
                .texts("model", texts(all, s -> s.setup().model()))
                .texts("tau2_method", texts(all, s -> s.setup().tau2()))
                .texts("test", texts(all, s -> s.setup().test()))
                .texts("excluded", texts(all, Specification::excluded))
                .texts("route", texts(all, Specification::route))
                .numbers("k", numbers(all, Specification::k))
                .numbers("estimate", numbers(all, Specification::estimate))
                .numbers("se", numbers(all, Specification::standardError))
                .numbers("ci_lower", numbers(all, Specification::lower))
                .numbers("ci_upper", numbers(all, Specification::upper))
                .numbers("p_value", numbers(all, Specification::pValue))
                .numbers("tau2", numbers(all, Specification::tau2))
                .numbers("effect", numbers(all, s -> measure.display(s.estimate())))
                .numbers("effect_lower", numbers(all, s -> measure.display(s.lower())))
                .numbers("effect_upper", numbers(all, s -> measure.display(s.upper())))
                .texts("problem", texts(all, Specification::problem))
                .label("excluded", "left out")
                .label("effect", measure.label());
    }

    private static <T> String[] texts(List<T> rows, Function<T, String> cell) {
        return rows.stream().map(cell).toArray(String[]::new);
    }

    private static <T> double[] numbers(List<T> rows, ToDoubleFunction<T> cell) {
        return rows.stream().mapToDouble(cell).toArray();
    }
}
