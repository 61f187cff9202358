package org.lozenge.analyses.review;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.analyses.shared.Pooling;
import org.lozenge.plugin.Tabular;
import org.lozenge.plugin.Text;
import org.lozenge.stats.Interval;

/**
 * What becomes of the pooled effect without the trials whose figures are doubtful: those with a complaint of the audit about
 * the row that is pooled, those whose standard error is a bound, and those whose effect comes by an indirect route or from survival curves.
 * Each is left out alone, then all of them.
 */
final class Sensitivity {

    /** Routes that start from what the analysis itself estimates: O and E, O − E and V, or a ratio and its interval. */
    private static final Set<String> DIRECT = Set.of("T1", "T2", "T3", "T4", "T5", "T6");

    /**
     * The pool without some trials.
     *
     * @param what why they are doubtful
     * @param leftOut their names
     * @param pool what is left; empty if nothing is
     */
    private record Run(String what, List<String> leftOut, Optional<Pool> pool) {}

    private final Pool all;
    private final List<Run> runs = new ArrayList<>();

    private Sensitivity(Pool all) {
        this.all = all;
    }

    /** Pools a family of two trials or more again without its doubtful trials. */
    static Sensitivity of(FamilyReview review, Pool pool, Pooling pooling) {
        Sensitivity sensitivity = new Sensitivity(pool);
        Map<Report, String> doubtful = doubtful(review, pool);
        if (pool.k() < 2) {
            return sensitivity;
        }
        doubtful.forEach((report, what) -> sensitivity.runs.add(run(what, List.of(report), pool, pooling)));
        if (doubtful.size() > 1) {
            sensitivity.runs.add(run("all of these", List.copyOf(doubtful.keySet()), pool, pooling));
        }
        return sensitivity;
    }

    private static Map<Report, String> doubtful(FamilyReview review, Pool pool) {
        Map<Report, String> doubtful = new LinkedHashMap<>();
        for (Report report : pool.reports()) {
            List<String> reasons = new ArrayList<>();
            review.complaints().stream()
                    .filter(finding -> finding.rows().contains(report.row()))
                    .map(finding -> finding.finding().rule())
                    .distinct()
                    .reduce((a, b) -> a + ", " + b)
                    .ifPresent(rules -> reasons.add("audit finding (" + rules + ")"));
            if (report.derived().standing() == Derivation.Standing.BOUND) {
                reasons.add("bound");
            }
            if (!DIRECT.contains(report.derived().route())) {
                String kind = report.derived().route().equals("T29")
                        ? "sum over strata"
                        : Cautions.CURVES.contains(report.derived().route()) ? "survival curves" : "indirect route";
                reasons.add(kind + " (" + report.derived().route() + ")");
            }
            if (!reasons.isEmpty()) {
                doubtful.put(report, String.join(", ", reasons));
            }
        }
        return doubtful;
    }

    private static Run run(String what, List<Report> without, Pool pool, Pooling pooling) {
        List<Report> left = pool.reports().stream()
                .filter(report -> !without.contains(report))
                .toList();
        return new Run(
                what,
                without.stream().map(Report::trial).toList(),
                left.isEmpty() ? Optional.empty() : Optional.of(Pool.of(left, pooling)));
    }

    /** Returns whether there is a doubtful trial to leave out. */
    boolean isEmpty() {
        return runs.isEmpty();
    }

    /** Returns a row for all trials and one for each run; the random-effects model as it was chosen. */
    Tabular table() {
        List<Run> rows = new ArrayList<>(List.of(new Run("nothing", List.of(), Optional.of(all))));
        rows.addAll(runs);
        return Tabular.of("sensitivity", "Sensitivity: the pooled effect without doubtful trials")
                .texts("what", FamilyTables.texts(rows, Run::what))
                .texts("left_out", FamilyTables.texts(rows, run -> String.join(", ", run.leftOut)))
                .numbers(
                        "k",
                        FamilyTables.numbers(rows, run -> run.pool.map(Pool::k).orElse(0)))
                .numbers("effect", FamilyTables.numbers(rows, run -> effect(run, 0)))
                .numbers("effect_lower", FamilyTables.numbers(rows, run -> effect(run, -1)))
                .numbers("effect_upper", FamilyTables.numbers(rows, run -> effect(run, 1)))
                .numbers("i2", FamilyTables.numbers(rows, Sensitivity::i2))
                .texts("changes_conclusion", FamilyTables.texts(rows, this::changes))
                .label("what", "left out because of")
                .label("left_out", "trials left out")
                .label("k", "trials left")
                .label("effect", "HR")
                .label("changes_conclusion", "changes the conclusion");
    }

    private static double effect(Run run, int side) {
        if (run.pool.isEmpty()) {
            return Double.NaN;
        }
        Interval interval = run.pool.get().random().confidenceInterval();
        double y = side == 0 ? run.pool.get().random().estimate() : side < 0 ? interval.lower() : interval.upper();
        return Measure.HR.display(y);
    }

    private static double i2(Run run) {
        return run.pool.map(pool -> pool.pooled().heterogeneity().i2()).orElse(Double.NaN);
    }

    private String changes(Run run) {
        if (run.leftOut.isEmpty()) {
            return "";
        }
        return run.pool.map(pool -> side(pool) == side(all) ? "no" : "yes").orElse("nothing left");
    }

    /** The conclusion: below 1, above 1, or an interval that includes 1. */
    private static int side(Pool pool) {
        Interval interval = pool.random().confidenceInterval();
        return interval.upper() < 0 ? -1 : interval.lower() > 0 ? 1 : 0;
    }

    /** Returns what the runs come to, in a sentence or two. */
    Text text() {
        List<String> parts = new ArrayList<>();
        List<Run> changed =
                runs.stream().filter(run -> !changes(run).equals("no")).toList();
        int doubtful = runs.size() == 1 ? 1 : runs.size() - 1;
        parts.add(Words.spelled(doubtful, "trial") + " of " + all.k()
                + (doubtful == 1 ? " has" : " have")
                + " figures that the audit questions, a bound for a standard error,"
                + " or an effect by an indirect route or from survival curves. The conclusion is that the interval "
                + words(side(all)) + ".");
        parts.add(
                changed.isEmpty()
                        ? "It stays the same without any of them" + (runs.size() > 1 ? ", and without all." : ".")
                        : "It changes "
                                + Words.list(changed.stream()
                                        .map(Sensitivity::sentence)
                                        .toList()) + ".");
        if (runs.stream().anyMatch(run -> run.pool.map(Pool::k).orElse(0) == 1)
                && all.random().testMethod().isHartungKnapp()) {
            parts.add("A single trial that is left has its own Wald interval, which is shorter than that of a"
                    + " random-effects model.");
        }
        return Text.of("sensitivity_result", "Sensitivity", String.join(" ", parts));
    }

    private static String words(int side) {
        return side == 0 ? "includes 1" : side < 0 ? "lies below 1" : "lies above 1";
    }

    private static String sentence(Run run) {
        String without = "without "
                + (run.leftOut.size() > 1 && run.what.startsWith("all") ? "all of them" : run.leftOut.get(0));
        return run.pool
                .map(pool -> without + " (" + Words.ratio(pool.random()) + ", "
                        + Words.range(pool.random().confidenceInterval()) + ")")
                .orElse(without + ", which leaves nothing");
    }
}
