package org.lozenge.stats.multilevel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Nested groups of effects, such as districts, schools within districts and effects within schools.
 *
 * <p>Groups of a lower level are told by their own name together with those above, so names may repeat in other groups.
 */
public final class NestedLevels {

    private final List<String> names;
    private final int[][] codes;
    private final int[] counts;

    private NestedLevels(List<String> names, int[][] codes, int[] counts) {
        this.names = names;
        this.codes = codes;
        this.counts = counts;
    }

    /**
     * Returns levels from the names of groups.
     *
     * @param names names of the levels, clusters first
     * @param groups for each level the group of each effect
     * @return the levels
     * @throws IllegalArgumentException if there is no level, or lists differ in length
     */
    public static NestedLevels of(List<String> names, List<List<String>> groups) {
        if (names.isEmpty() || names.size() != groups.size()) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "%d names of levels have %d lists of groups", names.size(), groups.size()));
        }
        int rows = groups.get(0).size();
        int[][] codes = new int[names.size()][rows];
        int[] counts = new int[names.size()];
        int[] parents = new int[rows];
        for (int level = 0; level < codes.length; level++) {
            if (groups.get(level).size() != rows) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "Level '%s' has %d groups for %d effects",
                        names.get(level),
                        groups.get(level).size(),
                        rows));
            }
            Map<Map.Entry<Integer, String>, Integer> seen = new HashMap<>();
            for (int i = 0; i < rows; i++) {
                codes[level][i] = seen.computeIfAbsent(
                        Map.entry(parents[i], groups.get(level).get(i)), key -> seen.size());
            }
            parents = codes[level];
            counts[level] = seen.size();
        }
        return new NestedLevels(List.copyOf(names), codes, counts);
    }

    /**
     * Returns these levels and, below them, one at which each effect is a group of its own.
     *
     * @param name its name
     * @return the levels
     */
    public NestedLevels withRows(String name) {
        List<String> more = new ArrayList<>(names);
        more.add(name);
        int[][] all = Arrays.copyOf(codes, codes.length + 1);
        int[] sizes = Arrays.copyOf(counts, counts.length + 1);
        int rows = codes[0].length;
        all[codes.length] = IntStream.range(0, rows).toArray();
        sizes[counts.length] = rows;
        return new NestedLevels(List.copyOf(more), all, sizes);
    }

    /**
     * Returns these levels without one.
     *
     * @param level 0-based; not the only one
     * @return the levels
     */
    public NestedLevels without(int level) {
        List<String> fewer = new ArrayList<>(names);
        fewer.remove(level);
        int[][] all = new int[fewer.size()][];
        int[] sizes = new int[fewer.size()];
        for (int l = 0; l < all.length; l++) {
            all[l] = codes[l < level ? l : l + 1];
            sizes[l] = counts[l < level ? l : l + 1];
        }
        return new NestedLevels(List.copyOf(fewer), all, sizes);
    }

    /**
     * Returns the number of levels.
     *
     * @return at least 1
     */
    public int size() {
        return codes.length;
    }

    /**
     * Returns the number of effects.
     *
     * @return at least 0
     */
    public int rows() {
        return codes[0].length;
    }

    /**
     * Returns the name of a level.
     *
     * @param level 0-based, clusters first
     * @return its name
     */
    public String name(int level) {
        return names.get(level);
    }

    /**
     * Returns the number of groups of a level.
     *
     * @param level 0-based, clusters first
     * @return at least 1
     */
    public int count(int level) {
        return counts[level];
    }

    /**
     * Returns the group of an effect.
     *
     * @param level 0-based, clusters first
     * @param row 0-based position of the effect
     * @return the group, numbered from 0 in order of first appearance
     */
    public int group(int level, int row) {
        return codes[level][row];
    }

    int[] codes(int level) {
        return codes[level].clone();
    }

    /** The rows of each cluster, those of each group of any level together; clusters in order of first appearance. */
    List<int[]> clusters() {
        int[] order = order();
        List<int[]> out = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= order.length; i++) {
            if (i == order.length || codes[0][order[i]] != codes[0][order[from]]) {
                out.add(Arrays.copyOfRange(order, from, i));
                from = i;
            }
        }
        return out;
    }

    /** Rows in the order of the groups of all levels: sorted by each level, the lowest first, by counting. */
    private int[] order() {
        int[] order = IntStream.range(0, rows()).toArray();
        for (int level = codes.length - 1; level >= 0; level--) {
            int[] next = new int[counts[level] + 1];
            for (int row : order) {
                next[codes[level][row] + 1]++;
            }
            for (int g = 1; g < next.length; g++) {
                next[g] += next[g - 1];
            }
            int[] sorted = new int[order.length];
            for (int row : order) {
                sorted[next[codes[level][row]]++] = row;
            }
            order = sorted;
        }
        return order;
    }
}
