package org.lozenge.analyses.shared;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.lozenge.plugin.NumberText;

/**
 * The distinct values of a column of names, and for each row which one it has.
 *
 * @param names distinct texts: in ascending order as numbers if all are numbers, else in alphabetical order
 * @param codes for each row the position of its text among the names
 */
public record Levels(List<String> names, List<Integer> codes) {

    /** Copies the lists. */
    public Levels {
        names = List.copyOf(names);
        codes = List.copyOf(codes);
    }

    /** Returns the levels of a column of texts. */
    public static Levels of(String... cells) {
        boolean numbers = Arrays.stream(cells).allMatch(c -> NumberText.parse(c).isPresent());
        Comparator<String> alphabetical = Comparator.naturalOrder();
        Comparator<String> order = numbers
                ? Comparator.<String>comparingDouble(c -> NumberText.parse(c).orElse(0.0))
                        .thenComparing(alphabetical)
                : alphabetical;
        List<String> names = Arrays.stream(cells).distinct().sorted(order).toList();
        java.util.Map<String, Integer> position = new java.util.HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            position.put(names.get(i), i);
        }
        return new Levels(
                names,
                Arrays.stream(cells).map(c -> position.getOrDefault(c, 0)).toList());
    }

    /** Returns these levels with one of them first, or nothing if there is no such level. */
    public Optional<Levels> startingWith(String first) {
        int at = names.indexOf(first);
        if (at < 0) {
            return Optional.empty();
        }
        List<String> moved = new java.util.ArrayList<>(names);
        moved.remove(at);
        moved.add(0, first);
        List<Integer> recoded =
                codes.stream().map(c -> c == at ? 0 : c < at ? c + 1 : c).toList();
        return Optional.of(new Levels(moved, recoded));
    }

    /** Returns the number of distinct values. */
    public int count() {
        return names.size();
    }

    /** Returns the codes as a fresh array. */
    public int[] toArray() {
        return codes.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Returns the rows, 0-based, that have a level. */
    public int[] rows(int level) {
        return java.util.stream.IntStream.range(0, codes.size())
                .filter(i -> codes.get(i) == level)
                .toArray();
    }
}
