package org.lozenge.analyses.dependent;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lozenge.analyses.shared.StudyInput;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Role;
import org.lozenge.stats.EffectSizes;

/** The rows that a model takes, with their columns in its order. */
public final class Rows {

    /** So many are named in a message. */
    private static final int NAMED = 10;

    private final Inputs in;
    private final StudyInput studies;
    private final EffectSizes effects;
    private final int[] positions;

    /**
     * Rows.
     *
     * @param effects the effects that are used
     * @param positions where they stand among the studies
     */
    public Rows(Inputs in, StudyInput studies, EffectSizes effects, int[] positions) {
        this.in = in;
        this.studies = studies;
        this.effects = effects;
        this.positions = positions.clone();
    }

    /** All rows that have an effect. */
    public static Rows all(Inputs in, StudyInput studies) {
        return new Rows(
                in,
                studies,
                studies.effects(),
                IntStream.range(0, studies.effects().k()).toArray());
    }

    /** Returns the inputs. */
    public Inputs inputs() {
        return in;
    }

    /** Returns the studies, used or not. */
    public StudyInput studies() {
        return studies;
    }

    /** Returns the effects. */
    public EffectSizes effects() {
        return effects;
    }

    /** Returns the number of rows. */
    public int size() {
        return positions.length;
    }

    /** Returns where a row stands among the studies. */
    public int position(int row) {
        return positions[row];
    }

    /** Returns the texts of a role's first column. */
    public String[] texts(Role role) {
        return pick(in.strings(role));
    }

    /** Returns the texts of one column of a role. */
    public String[] texts(Role role, String column) {
        return pick(in.strings(role, column));
    }

    private String[] pick(String[] cells) {
        int[] indices = studies.indices();
        return Arrays.stream(positions)
                .mapToObj(position -> cells[indices[position]])
                .toArray(String[]::new);
    }

    /** Returns the numbers of one column of a role. */
    public double[] numbers(Role role, String column) {
        double[] cells = in.numbers(role, column);
        int[] indices = studies.indices();
        return Arrays.stream(positions)
                .mapToDouble(position -> cells[indices[position]])
                .toArray();
    }

    /** Returns where a row stands among those that the host gave, from 0. */
    int index(int row) {
        return studies.indices()[positions[row]];
    }

    /** Returns the 1-based row of the user's table. */
    public int source(int row) {
        return studies.sourceRows()[positions[row]];
    }

    /** Returns the 1-based rows of the user's table. */
    public int[] sources(int... rows) {
        int[] all = studies.sourceRows();
        return Arrays.stream(rows).map(row -> all[positions[row]]).toArray();
    }

    /** Returns rows of the user's table in words, such as {@code rows 3, 4 and 7}. */
    public String named(int... rows) {
        int[] sources = sources(rows);
        String listed =
                Arrays.stream(sources).limit(NAMED).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        return (sources.length == 1 ? "row " : "rows ")
                + listed
                + (sources.length > NAMED ? " and " + (sources.length - NAMED) + " more" : "");
    }

    /** Returns for each row the number of its text, from 0 in order of first appearance. */
    public static int[] codes(String... texts) {
        Map<String, Integer> seen = new LinkedHashMap<>();
        return Arrays.stream(texts)
                .mapToInt(text -> seen.computeIfAbsent(text, key -> seen.size()))
                .toArray();
    }

    /** Returns the different texts in order of first appearance. */
    public static List<String> names(String... texts) {
        return Arrays.stream(texts).distinct().toList();
    }
}
