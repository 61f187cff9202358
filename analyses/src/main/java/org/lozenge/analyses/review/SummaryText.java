package org.lozenge.analyses.review;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.plugin.Format;
import org.lozenge.plugin.Tabular;
import org.lozenge.plugin.Text;
import org.lozenge.stats.Interval;

/** What the whole review comes to: a sentence or two for each family, and everything that did not enter. */
final class SummaryText {

    private final String source;
    private final List<ReportLine> lines;
    private final List<FamilyReview> families;
    private final List<NotUsed> notUsed;

    SummaryText(String source, List<ReportLine> lines, List<FamilyReview> families, List<NotUsed> notUsed) {
        this.source = source;
        this.lines = lines;
        this.families = families;
        this.notUsed = notUsed;
    }

    Text text(int doubts) {
        List<String> paragraphs = new ArrayList<>();
        long trials =
                lines.stream().map(line -> line.report().trial()).distinct().count();
        paragraphs.add(
                source + ": " + Words.count(lines.size(), "row") + " on " + Words.count((int) trials, "trial") + ".");
        families.forEach(family -> paragraphs.add(sentence(family)));
        int rows = notUsed.stream().mapToInt(group -> group.rows().size()).sum();
        paragraphs.add(
                rows == 0
                        ? "Every row entered."
                        : Words.count(rows, "row")
                                + " did not enter a pool; the table of rows that did not enter says why."
                                + (doubts == 0
                                        ? ""
                                        : " " + Words.spelled(doubts, "question")
                                                + " for the reader: see \"To decide\"."));
        return Paragraphs.text("summary", "", paragraphs);
    }

    private static String sentence(FamilyReview family) {
        String title = family.family().title() + ": ";
        if (family.pool().isEmpty()) {
            return title + "nothing that can be pooled, from " + Words.count(family.trials(), "trial") + "."
                    + findings(family);
        }
        Pool pool = family.pool().get();
        if (pool.k() == 2) {
            return title + two(pool) + mixture(family) + findings(family);
        }
        String result = pool.k() == 1
                ? "one trial (" + pool.reports().get(0).trial() + "), hazard ratio "
                        + ResultText.withInterval(pool.common())
                : Words.count(pool.k(), "trial") + ", pooled hazard ratio " + ResultText.withInterval(pool.random());
        return title + result + side(family, pool) + mixture(family) + findings(family);
    }

    /** Of two trials only the common effect says something, so it stands in front. */
    private static String two(Pool pool) {
        return "2 trials, hazard ratio " + ResultText.withInterval(pool.common()) + " by the common-effect model and "
                + ResultText.withInterval(pool.random())
                + " by the random-effects model, which two trials can hardly support.";
    }

    private static String side(FamilyReview family, Pool pool) {
        Interval interval = pool.random().confidenceInterval();
        double y = pool.random().estimate();
        String favoured = !family.family().isHarm() || y == 0 ? "" : y < 0 ? family.treatment() : family.control();
        if (!interval.contains(0)) {
            return favoured.isEmpty() ? "; the interval excludes 1." : ", in favour of " + favoured + ".";
        }
        String estimate = favoured.isEmpty()
                ? "; the interval includes 1"
                : "; the estimate favours " + favoured + ", but the interval includes 1";
        String other = pool.intervalsDisagree()
                ? ", and that hangs on the method: the "
                        + (pool.random().testMethod().isHartungKnapp() ? "Wald" : "HKSJ") + " interval is "
                        + Words.range(pool.otherInterval().confidenceInterval()) + " and "
                        + IntervalsText.says(pool.otherInterval()) + " it"
                : "";
        return estimate + other + ".";
    }

    private static String mixture(FamilyReview family) {
        return family.mixture().isPresent() ? " Endpoints are mixed: " + MixtureText.who(family.used()) + "." : "";
    }

    private static String findings(FamilyReview family) {
        int count = family.complaints().size();
        return count == 0
                ? " The audit has no complaint."
                : " " + Words.spelled(count, "audit finding") + " to look up.";
    }

    /** Returns a row per family. */
    Tabular overview() {
        List<FamilyReview> pooled =
                families.stream().filter(family -> family.pool().isPresent()).toList();
        return Tabular.of("overview", "Overview: random-effects model")
                .texts(
                        "family",
                        FamilyTables.texts(pooled, family -> family.family().title()))
                .texts("endpoints", FamilyTables.texts(pooled, SummaryText::endpoints))
                .numbers(
                        "k", FamilyTables.numbers(pooled, family -> pool(family).k()))
                .numbers(
                        "effect",
                        FamilyTables.numbers(
                                pooled,
                                family ->
                                        Measure.HR.display(pool(family).random().estimate())))
                .numbers(
                        "effect_lower",
                        FamilyTables.numbers(
                                pooled,
                                family -> Measure.HR.display(interval(family).lower())))
                .numbers(
                        "effect_upper",
                        FamilyTables.numbers(
                                pooled,
                                family -> Measure.HR.display(interval(family).upper())))
                .numbers(
                        "i2",
                        FamilyTables.numbers(
                                pooled,
                                family -> pool(family).pooled().heterogeneity().i2()))
                .numbers(
                        "audit_findings",
                        FamilyTables.numbers(
                                pooled, family -> family.complaints().size()))
                .numbers(
                        "to_decide",
                        FamilyTables.numbers(pooled, family -> family.doubts().size()))
                .format("audit_findings", Format.INTEGER)
                .format("to_decide", Format.INTEGER)
                .label("k", "trials")
                .label("effect", "HR")
                .label("audit_findings", "audit findings")
                .label("to_decide", "to decide");
    }

    private static String endpoints(FamilyReview family) {
        return family.used().stream()
                .map(report -> report.endpoint().label())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static Pool pool(FamilyReview family) {
        return family.pool().orElseThrow();
    }

    private static Interval interval(FamilyReview family) {
        return pool(family).random().confidenceInterval();
    }
}
