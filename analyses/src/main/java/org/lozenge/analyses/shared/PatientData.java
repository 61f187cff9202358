package org.lozenge.analyses.shared;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.NumberText;
import org.lozenge.plugin.Role;
import org.lozenge.plugin.RunContext;
import org.lozenge.stats.survival.SurvivalTimes;

/**
 * The participants of a run: their survival times, and their groups, strata and studies as {@link Levels}.
 *
 * <p>Reading says what it took for granted: a status of 1 and 2, values that count as censored, times of 0.
 */
public final class PatientData {

    private static final Set<String> NO = Set.of("0", "false", "no", "f", "n", "censored", "alive", "none");
    private static final Set<String> YES = Set.of("1", "true", "yes", "t", "y", "event", "dead", "died", "death");
    private static final int LISTED = 6;

    private final SurvivalTimes times;
    private final int[] rows;

    private PatientData(SurvivalTimes times, int[] rows) {
        this.times = times;
        this.rows = rows;
    }

    /**
     * Reads times and status.
     *
     * @param in inputs with the roles {@link PatientRoles#TIME} and {@link PatientRoles#STATUS} and the option
     *     {@link PatientRoles#EVENT}
     * @param context receives warnings
     * @throws AnalysisException with code {@code status-values} if the status cannot be read
     */
    public static PatientData read(Inputs in, RunContext context) {
        double[] time = in.numbers(PatientRoles.TIME);
        boolean[] event = events(in, context);
        int[] zero = IntStream.range(0, time.length)
                .filter(i -> time[i] == 0)
                .map(i -> in.sourceRows()[i])
                .toArray();
        if (zero.length > 0) {
            context.info(
                    "zero-time",
                    "The time is 0 in " + rowsText(zero)
                            + ". It was kept: whoever has time 0 counts among those at risk at" + " the start only.",
                    zero);
        }
        return new PatientData(SurvivalTimes.of(time, event), in.sourceRows());
    }

    /** Returns the survival times in the order of the rows. */
    public SurvivalTimes times() {
        return times;
    }

    /** Returns the times of one level. */
    public SurvivalTimes times(Levels levels, int level) {
        return times.subset(levels.rows(level));
    }

    /** Returns for each participant the 1-based row of the user's table. */
    public int[] sourceRows() {
        return rows.clone();
    }

    /** Throws with code {@code no-events} if no event happened; without events nothing can be compared. */
    public void requireEvents(Inputs in) {
        if (times.events() == 0) {
            throw new AnalysisException(
                    "no-events",
                    in.source() + ": no participant had the event, so nothing can be compared. Check column '"
                            + in.columns(PatientRoles.STATUS).get(0) + "' and the option 'event'.");
        }
    }

    /**
     * Returns the groups, the reference first.
     *
     * @throws AnalysisException with code {@code no-such-group} if the option {@link PatientRoles#REFERENCE} names none, or
     *     {@code one-group} if there is one group only and more are needed
     */
    public static Levels groups(Inputs in, int atLeast) {
        Levels levels = Levels.of(in.strings(PatientRoles.GROUP));
        if (levels.count() < atLeast) {
            throw new AnalysisException(
                    "one-group",
                    in.source() + ": column '" + in.columns(PatientRoles.GROUP).get(0) + "' holds one group only ('"
                            + levels.names().get(0) + "'), but a comparison needs two. Map another column with --map"
                            + " group=COLUMN.");
        }
        String reference = in.get(PatientRoles.REFERENCE);
        return reference.isEmpty()
                ? levels
                : levels.startingWith(reference)
                        .orElseThrow(() -> new AnalysisException(
                                "no-such-group",
                                "Option 'reference' is '" + reference + "', but column '"
                                        + in.columns(PatientRoles.GROUP).get(0) + "' holds "
                                        + quoted(levels.names()) + "."));
    }

    /** Returns the combinations of values of a role with several columns; one level for all where none is mapped. */
    public static Levels combinations(Inputs in, Role role) {
        String[] key = new String[in.rows()];
        Arrays.fill(key, "");
        for (String column : in.columns(role)) {
            String[] cells = in.strings(role, column);
            for (int i = 0; i < key.length; i++) {
                key[i] = key[i].isEmpty() ? cells[i] : key[i] + ", " + cells[i];
            }
        }
        return Levels.of(key);
    }

    private static boolean[] events(Inputs in, RunContext context) {
        String[] cells = in.strings(PatientRoles.STATUS);
        String wanted = in.get(PatientRoles.EVENT).strip();
        Set<String> values = new LinkedHashSet<>();
        for (String cell : cells) {
            values.add(token(cell));
        }
        Set<String> events = wanted.equals("auto") ? guessed(in, cells, values, context) : Set.of(token(wanted));
        if (!wanted.equals("auto")) {
            checkWanted(in, wanted, values, events, context);
        }
        boolean[] event = new boolean[cells.length];
        for (int i = 0; i < cells.length; i++) {
            event[i] = events.contains(token(cells[i]));
        }
        return event;
    }

    /** Case does not matter, and 1, 1.0 and 01 are the same. */
    private static String token(String cell) {
        return NumberText.parse(cell).map(NumberText::print).orElse(cell.strip().toLowerCase(Locale.ROOT));
    }

    private static Set<String> guessed(Inputs in, String[] cells, Set<String> values, RunContext context) {
        String column = in.columns(PatientRoles.STATUS).get(0);
        if (values.contains("2") && Set.of("1", "2").containsAll(values)) {
            context.warn(
                    "status-coding",
                    "Column '" + column
                            + "' holds 1 and 2: 2 was read as the event and 1 as censored. If it is the other"
                            + " way round, set the option event to 1.");
            return Set.of("2");
        }
        for (int i = 0; i < cells.length; i++) {
            if (!YES.contains(token(cells[i])) && !NO.contains(token(cells[i]))) {
                throw new AnalysisException(
                        "status-values",
                        in.source() + ", row " + in.sourceRows()[i] + ", column '" + column + "': '" + cells[i]
                                + "' does not say whether the event happened. The column holds "
                                + quoted(List.copyOf(values))
                                + "; name the value that means the event with the option event, all others count as"
                                + " censored.",
                        in.sourceRows()[i]);
            }
        }
        return YES;
    }

    private static void checkWanted(
            Inputs in, String wanted, Set<String> values, Set<String> events, RunContext context) {
        String column = in.columns(PatientRoles.STATUS).get(0);
        List<String> others = values.stream().filter(v -> !events.contains(v)).toList();
        if (others.size() == values.size()) {
            throw new AnalysisException(
                    "status-values",
                    "Option 'event' is '" + wanted + "', but column '" + column + "' holds " + quoted(others) + ".");
        }
        if (others.size() > 1) {
            context.info("status-censored", "In column '" + column + "', " + quoted(others) + " count as censored.");
        }
    }

    /** Returns at most six texts in quotes, such as {@code 'a', 'b' and 3 more}. */
    static String quoted(List<String> texts) {
        List<String> shown = new ArrayList<>();
        texts.stream().limit(LISTED).forEach(t -> shown.add("'" + t + "'"));
        String more = texts.size() > LISTED ? " and " + (texts.size() - LISTED) + " more" : "";
        return String.join(", ", shown) + more;
    }

    /** Returns for instance {@code rows 2, 5, 9 and 3 more}. */
    public static String rowsText(int... rows) {
        StringBuilder text = new StringBuilder(rows.length == 1 ? "row " : "rows ");
        int shown = Math.min(rows.length, LISTED);
        for (int i = 0; i < shown; i++) {
            text.append(i == 0 ? "" : ", ").append(rows[i]);
        }
        return rows.length > shown ? text + " and " + (rows.length - shown) + " more" : text.toString();
    }
}
