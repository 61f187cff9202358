package org.lozenge.samples;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The catalogue of bundled data sets.
 *
 * <p>It reads small index and dictionary files and never a table; nothing is kept between calls. To
 * fetch one set, {@link #get} is cheaper than {@link #all}.
 */
public final class Samples {

    private Samples() {}

    /**
     * Lists the names in the order in which a reader should meet the sets.
     *
     * @return at least one name
     */
    public static List<String> names() {
        return Resources.index();
    }

    /**
     * Describes every data set, in the order of {@link #names()}.
     *
     * @return at least one data set
     */
    public static List<Sample> all() {
        List<Sample> samples = new ArrayList<>();
        for (String name : names()) {
            samples.add(Resources.sample(name));
        }
        return List.copyOf(samples);
    }

    /**
     * Looks a data set up by its exact name.
     *
     * @param name such as {@code lenalidomide}
     * @return the data set, or empty if there is none of this name
     */
    public static Optional<Sample> find(String name) {
        return names().contains(name) ? Optional.of(Resources.sample(name)) : Optional.empty();
    }

    /**
     * Looks a data set up by its exact name and insists on finding it.
     *
     * @param name such as {@code lenalidomide}
     * @return the data set
     * @throws IllegalArgumentException if there is none; the message names the closest one and all others
     */
    public static Sample get(String name) {
        Optional<Sample> sample = find(name);
        if (sample.isEmpty()) {
            throw new IllegalArgumentException(unknown(name));
        }
        return sample.get();
    }

    private static String unknown(String name) {
        String closest = names().stream()
                .min(Comparator.comparingInt(known -> distance(name.toLowerCase(Locale.ROOT), known)))
                .orElseThrow();
        boolean near = distance(name.toLowerCase(Locale.ROOT), closest) <= Math.max(2, closest.length() / 3);
        return String.format(
                Locale.ROOT,
                "There is no sample data set '%s'.%s Bundled sets: %s.",
                name,
                near ? " Did you mean '" + closest + "'?" : "",
                String.join(", ", names()));
    }

    /** Levenshtein distance: the fewest insertions, deletions and substitutions from one word to the other. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int substituted = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
