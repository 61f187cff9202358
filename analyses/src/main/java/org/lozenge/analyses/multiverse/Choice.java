package org.lozenge.analyses.multiverse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One value of one choice, and all specifications that take it.
 *
 * @param dimension the choice
 * @param value its value
 * @param specifications those that have a fit
 */
record Choice(Dimension dimension, String value, List<Specification> specifications) {

    Choice {
        specifications = List.copyOf(specifications);
    }

    /** All values of all choices, in the order of the specifications. */
    static List<Choice> of(List<Specification> specifications) {
        List<Choice> choices = new ArrayList<>();
        for (Dimension dimension : Dimension.values()) {
            Map<String, List<Specification>> byValue = new LinkedHashMap<>();
            for (Specification specification : specifications) {
                if (specification.isFitted() && specification.chooses(dimension)) {
                    byValue.computeIfAbsent(specification.value(dimension), key -> new ArrayList<>())
                            .add(specification);
                }
            }
            byValue.forEach((value, fits) -> choices.add(new Choice(dimension, value, fits)));
        }
        return choices;
    }

    /** The estimates in ascending order. */
    private double[] estimates() {
        return specifications.stream()
                .mapToDouble(Specification::estimate)
                .sorted()
                .toArray();
    }

    double median() {
        double[] sorted = estimates();
        int n = sorted.length;
        return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
    }

    double min() {
        return Arrays.stream(estimates()).min().orElse(Double.NaN);
    }

    double max() {
        return Arrays.stream(estimates()).max().orElse(Double.NaN);
    }

    /** The share of specifications of which something is true. */
    double share(Predicate<Specification> what) {
        return specifications.stream().filter(what).count() / (double) specifications.size();
    }

    /** The specification that differs from the reference in this alone; the reference itself if it makes this choice. */
    Optional<Specification> alone(Specification reference) {
        return specifications.stream()
                .filter(other -> other.equals(reference) || other.differsOnlyIn(dimension, reference))
                .findFirst();
    }
}
