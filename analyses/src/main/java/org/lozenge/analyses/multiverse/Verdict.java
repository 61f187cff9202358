package org.lozenge.analyses.multiverse;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.lozenge.analyses.shared.PlotText;

/**
 * What a conclusion of the reference specification becomes under all others.
 *
 * @param conclusion the question
 * @param reference what holds under the reference
 * @param turned what holds where it does not
 * @param specifications number of specifications with a fit, the reference among them
 * @param differ number of those under which it does not hold
 * @param alone the single changes of the reference that turn it
 * @param strongest the choice whose values differ most in how often they turn it; empty if nothing does
 */
record Verdict(
        Conclusion conclusion,
        String reference,
        String turned,
        int specifications,
        int differ,
        List<String> alone,
        Optional<Spread> strongest) {

    private static final int NAMED = 10;

    /** The values of a choice with the largest and the smallest share of turned conclusions. */
    record Spread(Choice most, double highest, Choice least, double lowest) {
        double width() {
            return highest - lowest;
        }

        String words() {
            return most.dimension().words(most.value()) + " turns " + PlotText.percent(highest) + ", "
                    + least.dimension().words(least.value()) + " " + PlotText.percent(lowest);
        }
    }

    Verdict {
        alone = List.copyOf(alone);
    }

    static Verdict of(Conclusion question, Specification reference, List<Specification> all, List<Choice> choices) {
        boolean holds = question.holds().test(reference);
        List<Specification> fitted =
                all.stream().filter(Specification::isFitted).toList();
        int differ = (int)
                fitted.stream().filter(s -> question.holds().test(s) != holds).count();
        List<String> alone = new ArrayList<>();
        for (Choice choice : choices) {
            choice.alone(reference)
                    .filter(s -> question.holds().test(s) != holds)
                    .ifPresent(s -> alone.add(choice.dimension().words(choice.value())));
        }
        return new Verdict(
                question,
                question.state(reference),
                holds ? question.no() : question.yes(),
                fitted.size(),
                differ,
                alone,
                differ == 0 ? Optional.empty() : strongest(question, holds, choices));
    }

    private static Optional<Spread> strongest(Conclusion question, boolean holds, List<Choice> choices) {
        return choices.stream().collect(Collectors.groupingBy(Choice::dimension)).values().stream()
                .filter(values -> values.size() > 1)
                .map(values -> spread(question, holds, values))
                .filter(spread -> spread.width() > 0)
                .max(Comparator.comparingDouble(Spread::width)
                        .thenComparing(spread -> spread.most().dimension(), Comparator.reverseOrder()));
    }

    private static Spread spread(Conclusion question, boolean holds, List<Choice> values) {
        Choice most = values.get(0);
        Choice least = values.get(0);
        double highest = -1;
        double lowest = 2;
        for (Choice value : values) {
            double share = value.share(s -> question.holds().test(s) != holds);
            if (share > highest) {
                highest = share;
                most = value;
            }
            if (share < lowest) {
                lowest = share;
                least = value;
            }
        }
        return new Spread(most, highest, least, lowest);
    }

    /** Whether any specification turns it. */
    boolean flips() {
        return differ > 0;
    }

    int agree() {
        return specifications - differ;
    }

    /** The verdict in words. */
    String text() {
        String first = "In the reference specification " + reference;
        if (!flips()) {
            return first + "; so it is in all " + specifications + " specifications.";
        }
        return first + "; in " + differ + " of " + specifications + " specifications ("
                + PlotText.percent(differ / (double) specifications) + ") " + turned + ". "
                + (alone.isEmpty() ? "No single change does it." : "One change alone does it: " + listed(alone) + ".")
                + strongest
                        .map(spread -> " It hangs most on this: " + spread.words() + " of its specifications.")
                        .orElse("");
    }

    private static String listed(List<String> names) {
        String first = names.stream().limit(NAMED).collect(Collectors.joining("; "));
        return names.size() > NAMED ? first + " and " + (names.size() - NAMED) + " more" : first;
    }
}
