package org.lozenge.workbench.mapping;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Compares names the way people write them, and guesses which name was meant. */
public final class Names {

    private static final int LISTED = 30;

    private Names() {}

    /** Returns what remains of a name without case, white space and punctuation: {@code CI.low} gives {@code cilow}. */
    public static String key(String name) {
        StringBuilder key = new StringBuilder();
        name.toLowerCase(Locale.ROOT)
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .forEach(key::appendCodePoint);
        return key.toString();
    }

    /** Returns the name closest to a misspelt one; empty if none is close. */
    public static Optional<String> closest(String misspelt, Collection<String> names) {
        String key = key(misspelt);
        int limit = key.length() <= 2 ? 1 : key.length() <= 5 ? 2 : 3;
        return names.stream()
                .filter(name ->
                        distance(key, key(name)) <= Math.min(limit, key(name).length() - 1))
                .min(Comparator.comparingInt((String name) -> distance(key, key(name)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /**
     * Returns the end of a message about an unknown name: the closest one, and the list of what there is.
     *
     * @param what plural noun for the list, such as {@code columns}
     */
    public static String hint(String misspelt, Collection<String> names, String what) {
        String meant = closest(misspelt, names)
                .map(name -> " Did you mean '" + name + "'?")
                .orElse("");
        return meant + " There are " + (names.isEmpty() ? "no " + what : "the " + what + " " + list(names)) + ".";
    }

    /** Returns names separated by commas; of very many, the first ones and how many more there are. */
    public static String list(Collection<String> names) {
        List<String> shown = names.stream().limit(LISTED).toList();
        String more = names.size() > LISTED ? " and " + (names.size() - LISTED) + " more" : "";
        return String.join(", ", shown) + more;
    }

    /** Number of insertions, deletions, replacements and swaps of neighbours that turn one text into the other. */
    private static int distance(String a, String b) {
        if (Math.abs(a.length() - b.length()) > 3) {
            return Integer.MAX_VALUE;
        }
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                d[i][j] = i == 0 || j == 0 ? i + j : step(a, b, d, i, j);
            }
        }
        return d[a.length()][b.length()];
    }

    private static int step(String a, String b, int[][] d, int i, int j) {
        int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + same);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, d[i - 2][j - 2] + 1) : best;
    }
}
