package org.lozenge.analyses.review;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.lozenge.analyses.reports.Arms;
import org.lozenge.analyses.review.Derivation.Standing;

/**
 * Chooses the one report by which a trial enters a family's pool.
 *
 * <p>The reports run through a row of sieves: usable, all patients rather than a subgroup, the family's preferred
 * endpoint, not per protocol, not a repetition, the analysis that the cut-off rule asks for, the document closest to the
 * trial, independent assessment, one comparison, the route of highest precedence. What a sieve holds back is kept with
 * its reason. The order of the rows plays no part.
 */
final class Selection {

    private static final Pattern PER_PROTOCOL = pattern("per[ -]protocol|\\bpp\\b|as[ -]treated|evaluable");
    private static final Pattern INVESTIGATOR = pattern("investigator|\\binv\\b|\\blocal(ly)?\\b");
    private static final Pattern INDEPENDENT = pattern("independent|central|\\b[a-z]*irc\\b|\\bb?icr\\b");
    private static final Pattern WHOLE = pattern("|-|all|all patients|overall|total|whole.*|itt.*|intention.*|none|no");

    private final Rules rules;
    private final Sieve sieve;
    private final List<Choice.Doubt> doubts = new ArrayList<>();

    private Selection(List<Report> reports, Rules rules) {
        this.rules = rules;
        this.sieve = new Sieve(reports);
    }

    private static Pattern pattern(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
    }

    /**
     * Chooses among the reports of one trial in one family.
     *
     * @param reports at least one
     * @param rules by what to choose
     */
    static Choice choose(List<Report> reports, Rules rules) {
        return new Selection(reports, rules).choose();
    }

    private Choice choose() {
        keepUsable();
        int usable = sieve.left().size();
        if (usable > 0) {
            keepWholeTrial();
        }
        if (sieve.isEmpty()) {
            return Choice.none(sieve.unused(), doubts);
        }
        CutOffSieve cutOffs = new CutOffSieve(rules.cutOff(), sieve);
        keepPreferredEndpoint();
        keepAllRandomized();
        keepOriginals();
        cutOffs.apply();
        keepClosestDocument();
        keepIndependent();
        keepOneComparison();
        keepBestRoute();
        cutOffs.keepStated();
        Report used = settle();
        if (isBound(used)) {
            sieve.because("with the largest standard error that its report allows");
        }
        if (usable == 1) {
            sieve.because(sieve.unused().isEmpty() ? "the trial's only report" : "the only report that can be pooled");
        }
        String missed = cutOffs.wantedButUnusable(used);
        if (!missed.isEmpty()) {
            sieve.because(missed);
        }
        return new Choice(Optional.of(used), String.join("; ", sieve.why()), missed, sieve.unused(), doubts);
    }

    private void keepUsable() {
        boolean anyEstimate = sieve.left().stream().anyMatch(Selection::isEstimate);
        for (Report report : sieve.left()) {
            boolean bound = isBound(report) && rules.acceptBounds();
            if (rules.onlyRandomized() && !report.randomized() && (bound || isEstimate(report))) {
                sieve.remove(report, "not a randomized comparison, and is not pooled with those that are");
            } else if (bound && anyEstimate) {
                sieve.remove(report, "gives only an upper bound of the standard error, and another report gives more");
            } else if (!bound && !isEstimate(report)) {
                sieve.remove(report, report.derived().problem());
            }
        }
    }

    private static boolean isBound(Report report) {
        return report.derived().standing() == Standing.BOUND;
    }

    private static boolean isEstimate(Report report) {
        return report.derived().standing() == Standing.ESTIMATE;
    }

    /** Subgroups of one trial never enter together with its whole, nor one of several for the whole. */
    private void keepWholeTrial() {
        sieve.keep(Selection::isWholeTrial, report -> "a subgroup of the trial's patients (" + report.subgroup() + ")");
        List<Report> left = sieve.left();
        List<String> subgroups =
                left.stream().map(Report::subgroup).distinct().sorted().toList();
        if (left.stream().anyMatch(Selection::isWholeTrial) || subgroups.size() == 1) {
            return;
        }
        left.forEach(report -> sieve.remove(
                report,
                "a subgroup of the trial's patients (" + report.subgroup() + "), and no report is about all of them"));
        doubts.add(new Choice.Doubt(
                "only-subgroups",
                left.get(0).trial() + " is reported for subgroups only (" + Words.shortList(subgroups, 4)
                        + ") and is left out: add a row for all its patients",
                rows(left)));
    }

    private static boolean isWholeTrial(Report report) {
        return WHOLE.matcher(report.subgroup()).matches();
    }

    private void keepPreferredEndpoint() {
        int best = sieve.left().stream().mapToInt(Report::endpointRank).min().orElseThrow();
        String name =
                sieve.first(report -> report.endpointRank() == best).endpoint().label();
        boolean changed = sieve.keepLeast(
                Report::endpointRank, report -> report.endpoint().label() + ": the trial enters once, with " + name);
        if (changed) {
            sieve.because(name + " is preferred to the family's other endpoints");
        }
    }

    private void keepAllRandomized() {
        sieve.keep(
                report -> !PER_PROTOCOL.matcher(report.population()).find(),
                report -> "per-protocol patients; an analysis of all randomized patients is preferred");
    }

    /** The same figures in a document farther from the trial, such as a news item: a repetition, not an analysis. */
    private void keepOriginals() {
        for (Report report : sieve.left()) {
            sieve.left().stream()
                    .filter(other -> isSame(other, report)
                            && other.cutOff().mayEqual(report.cutOff())
                            && other.kind().distance() < report.kind().distance())
                    .min(Sieve.ORDER)
                    .ifPresent(original -> sieve.remove(
                            report,
                            report.kind().label() + " that repeats the figures of " + original.document() + " (row "
                                    + original.row() + ")"));
        }
    }

    private static boolean isSame(Report a, Report b) {
        return a.derived().y() == b.derived().y()
                && a.derived().se() == b.derived().se();
    }

    private void keepClosestDocument() {
        int closest = sieve.left().stream()
                .mapToInt(report -> report.kind().distance())
                .min()
                .orElseThrow();
        String kind = sieve.first(report -> report.kind().distance() == closest)
                .kind()
                .label();
        boolean changed = sieve.keepLeast(
                report -> report.kind().distance(),
                report -> "the same analysis in " + report.kind().label() + "; " + kind + " is preferred");
        if (changed) {
            sieve.because("from " + kind);
        }
    }

    private void keepIndependent() {
        sieve.keep(
                report -> !isInvestigator(report),
                report -> "assessed by investigators; independent or unstated assessment is preferred");
    }

    private static boolean isInvestigator(Report report) {
        String text = report.printedEndpoint() + " " + report.population() + " "
                + report.cutOff().label();
        return INVESTIGATOR.matcher(text).find() && !INDEPENDENT.matcher(text).find();
    }

    /**
     * Two comparisons in one document share an arm. Between documents, different words may mean the same arms, so
     * nothing is concluded from them.
     */
    private void keepOneComparison() {
        List<Report> left = sieve.left();
        List<String> comparisons = left.stream()
                .filter(report -> report.arms().isKnown())
                .map(report -> report.arms().words().toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
        boolean oneDocument = left.stream().map(Report::name).distinct().count() == 1;
        if (comparisons.size() < 2 || !oneDocument) {
            return;
        }
        Arms best = left.stream()
                .filter(report -> report.arms().isKnown())
                .min(Comparator.comparingDouble(
                                (Report report) -> -rules.likeness().applyAsDouble(report.arms()))
                        .thenComparing(Sieve.ORDER))
                .orElseThrow()
                .arms();
        sieve.keep(
                report -> report.arms().words().equalsIgnoreCase(best.words()),
                report -> "another comparison of the same trial ("
                        + report.arms().words() + "), which shares patients with the one used");
        sieve.because("of the trial's comparisons, " + best.words() + " is closest to those of the other trials");
        doubts.add(new Choice.Doubt(
                "several-comparisons",
                left.get(0).trial() + " is reported for " + comparisons.size() + " comparisons, which share patients; "
                        + best.words() + " is used. Remove its row to use another",
                rows(left)));
    }

    private void keepBestRoute() {
        int best = sieve.left().stream()
                .mapToInt(report -> report.derived().rank())
                .min()
                .orElseThrow();
        String basis =
                sieve.first(report -> report.derived().rank() == best).derived().basis();
        boolean changed = sieve.keepLeast(
                report -> report.derived().rank(),
                report -> "the same analysis from " + report.derived().basis() + "; " + basis + " is preferred");
        if (changed) {
            sieve.because("from " + basis);
        }
    }

    /** What is left agrees in all that the rules look at. Repeated figures are harmless, different ones a question. */
    private Report settle() {
        Report used = sieve.first(report -> true);
        List<Report> contradicting = new ArrayList<>();
        for (Report other : sieve.left()) {
            if (other.equals(used)) {
                continue;
            }
            sieve.remove(other, (isSame(other, used) ? "repeats row " : "contradicts row ") + used.row());
            if (!isSame(other, used)) {
                contradicting.add(other);
            }
        }
        if (!contradicting.isEmpty()) {
            contradicting.add(used);
            sieve.because("taken from " + contradicting.size() + " results that the table does not tell apart");
            doubts.add(disagreement(used, contradicting));
        }
        return used;
    }

    private static Choice.Doubt disagreement(Report used, List<Report> all) {
        List<String> figures = all.stream()
                .sorted(Comparator.comparingInt(Report::row))
                .map(report -> "row " + report.row() + ": " + report.derived().figures())
                .toList();
        String endpoint = used.endpoint().label().isEmpty()
                ? ""
                : " for " + used.endpoint().label();
        String text = used.trial() + " has " + all.size() + " different results" + endpoint
                + " that nothing in the table tells apart (" + Words.shortList(figures, 4)
                + "); row " + used.row() + " is used. State the cut-off, follow-up or kind of document of each, or "
                + "remove the wrong one";
        return new Choice.Doubt("reports-disagree", text, rows(all));
    }

    private static List<Integer> rows(List<Report> reports) {
        return reports.stream().map(Report::row).sorted().toList();
    }
}
