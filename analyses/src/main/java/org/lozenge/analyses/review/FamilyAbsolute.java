package org.lozenge.analyses.review;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.lozenge.analyses.reports.CutOff;
import org.lozenge.analyses.shared.AbsoluteTables;
import org.lozenge.analyses.shared.AbsoluteWords;
import org.lozenge.analyses.shared.Baseline;
import org.lozenge.analyses.shared.BaselineParams;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.analyses.shared.RelativeEffect;
import org.lozenge.analyses.shared.RelativeEffect.Applied;
import org.lozenge.analyses.shared.ReportedBaselines;
import org.lozenge.analyses.shared.ReportedBaselines.Point;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.ResultItem;
import org.lozenge.plugin.Text;
import org.lozenge.stats.survival.PrintedNumber;
import org.lozenge.stats.survival.ReportField;
import org.lozenge.stats.survival.ReportedResult;

/**
 * What a family's pooled hazard ratio means in absolute numbers, on the baselines that its control arms print or that the
 * options state.
 */
final class FamilyAbsolute {

    private final FamilyReview review;
    private final RelativeEffect effect;
    private final AbsoluteWords words;
    private final List<Applied> applied;

    private FamilyAbsolute(FamilyReview review, RelativeEffect effect, AbsoluteWords words, List<Applied> applied) {
        this.review = review;
        this.effect = effect;
        this.words = words;
        this.applied = applied;
    }

    /** Returns the absolute effects; empty where nothing says what is expected without treatment. */
    static Optional<FamilyAbsolute> of(FamilyReview review, Inputs in) {
        if (review.pool().isEmpty()) {
            return Optional.empty();
        }
        Pool pool = review.pool().get();
        boolean stated = BaselineParams.isGiven(in) && isMeant(review, in);
        // Whether fewer events are a benefit is known for harm only.
        List<Baseline> baselines = stated
                ? BaselineParams.read(in)
                : review.family().isHarm() ? ReportedBaselines.medians(points(review)) : List.of();
        if (baselines.isEmpty()) {
            return Optional.empty();
        }
        RelativeEffect effect = RelativeEffect.of(pool.k() == 2 ? pool.common() : pool.random(), Measure.HR);
        AbsoluteWords words = new AbsoluteWords(
                !stated || in.get(BaselineParams.COUNTS) != BaselineParams.Counts.EVENT,
                outcome(review, stated && in.get(BaselineParams.COUNTS) == BaselineParams.Counts.EVENT),
                review.treatment(),
                review.control(),
                false,
                AbsoluteWords.Certainty.UNSTATED);
        return Optional.of(new FamilyAbsolute(review, effect, words, effect.applyTo(baselines)));
    }

    private static boolean isMeant(FamilyReview review, Inputs in) {
        String name = in.get(ReviewParams.BASELINE_FOR).strip().toLowerCase(Locale.ROOT);
        return name.isEmpty()
                || name.equals(review.family().id())
                || name.equals(review.family().title().toLowerCase(Locale.ROOT));
    }

    /**
     * Checks that a stated baseline is about one of the families.
     *
     * @throws AnalysisException with code {@code param-value} if it is not
     */
    static void requireFamily(List<FamilyReview> families, Inputs in) {
        List<FamilyReview> pooled =
                families.stream().filter(family -> family.pool().isPresent()).toList();
        long meant = pooled.stream().filter(family -> isMeant(family, in)).count();
        if (BaselineParams.isGiven(in) && meant != 1) {
            throw new AnalysisException(
                    "param-value",
                    "Option 'baseline-for' is '" + in.get(ReviewParams.BASELINE_FOR) + "', but must name the one family"
                            + " that 'baseline' is about: "
                            + Words.list(pooled.stream()
                                    .map(family -> family.family().id())
                                    .toList())
                            + ".");
        }
    }

    private static String outcome(FamilyReview review, boolean event) {
        if (event) {
            return review.family().event();
        }
        List<String> names = review.used().stream()
                .map(report -> report.endpoint().name())
                .distinct()
                .toList();
        if (names.size() == 1) {
            return names.get(0);
        }
        return review.family().isHarm() ? "freedom from " + review.family().event() : "";
    }

    /** Of each trial that is pooled, the row that is used before its others, all patients only, with the same endpoint. */
    private static List<Point> points(FamilyReview review) {
        List<Point> points = new ArrayList<>();
        for (Report used : review.used()) {
            review.lines().stream()
                    .filter(line -> line.report().trial().equals(used.trial())
                            && line.report().endpoint().equals(used.endpoint())
                            && line.report().subgroup().isEmpty()
                            && !line.figures().isInvalid())
                    .sorted(Comparator.comparing(
                                    (ReportLine line) -> line.report().row() != used.row())
                            .thenComparing(line -> line.report().row()))
                    .forEach(line -> point(line).ifPresent(points::add));
        }
        return points;
    }

    private static Optional<Point> point(ReportLine line) {
        ReportedResult result = line.figures().result();
        Optional<PrintedNumber> time = result.number(ReportField.TIME);
        double months = line.report().cutOff().monthsPerUnit();
        return result.number(ReportField.SURVIVAL_C)
                .flatMap(survival -> time.map(
                        t -> new Point(line.report().trial(), t.value() * months, "months", survival.fraction())));
    }

    /** Returns the items of the family's section. */
    List<ResultItem> items() {
        List<ResultItem> items = new ArrayList<>();
        items.add(Text.of("absolute_result", "Absolute effects", text()));
        items.add(AbsoluteTables.absolute(applied, words));
        AbsoluteTables.prediction(applied, words).ifPresent(items::add);
        return items;
    }

    private String text() {
        List<String> paragraphs = new ArrayList<>();
        paragraphs.add(
                (effect.k() == 2 ? "By the common-effect model, because two trials hardly support another: " : "")
                        + effect.words() + ", applied to what is expected with " + words.control()
                        + ". A time point beyond the follow-up of most trials, or control arms unlike the patients in view, make"
                        + " these numbers doubtful.");
        if (!isOneCurve()) {
            paragraphs.add(
                    "The baselines come from different trials and do not form one curve: compare within a time, not"
                            + " between times.");
        }
        applied.forEach(a ->
                paragraphs.add(words.numbers(a) + " Baseline: " + a.baseline().source() + "."));
        return String.join("\n\n", paragraphs);
    }

    private boolean isOneCurve() {
        return applied.stream().map(a -> a.baseline().source()).distinct().count() <= 1;
    }

    /** Returns a warning for the times of baselines that lie beyond the follow-up of most pooled trials. */
    List<Message> messages() {
        List<Double> reach = review.used().stream()
                .flatMap(report -> reach(report).stream().boxed())
                .toList();
        List<Message> messages = new ArrayList<>();
        for (Applied one : applied) {
            double months =
                    one.baseline().time() * CutOff.monthsPer(one.baseline().unit());
            long shorter = reach.stream().filter(end -> end < months).count();
            if (2 * shorter > reach.size()) {
                messages.add(Message.warning(
                        "beyond-follow-up",
                        "The absolute effect at " + one.baseline().when() + " lies beyond what " + shorter + " of the "
                                + Words.count(reach.size(), "pooled trial")
                                + " with a known follow-up saw (the last time they print survival for, or their median"
                                + " follow-up): the hazard ratio may not hold so long. Choose an earlier time."));
            }
        }
        return messages;
    }

    /** In months: the latest of a trial's median follow-up and the times for which it prints survival. */
    private OptionalDouble reach(Report used) {
        return review.lines().stream()
                .filter(line -> line.report().trial().equals(used.trial()))
                .flatMapToDouble(line -> DoubleStream.concat(
                        line.report().cutOff().months().stream(),
                        times(line.figures().result())
                                .map(time -> time * line.report().cutOff().monthsPerUnit())))
                .max();
    }

    private static DoubleStream times(ReportedResult result) {
        DoubleStream printed = result.has(ReportField.SURVIVAL_T) || result.has(ReportField.SURVIVAL_C)
                ? result.number(ReportField.TIME).stream().mapToDouble(PrintedNumber::value)
                : DoubleStream.empty();
        DoubleStream curves = result.curves().stream()
                .mapToDouble(
                        pair -> Math.max(pair.treatment().last(), pair.control().last()));
        return DoubleStream.concat(printed, curves);
    }

    /** Returns the rows for the summary of findings. */
    List<AbsoluteTables.FindingRow> findings() {
        double participants = review.used().stream()
                .mapToDouble(report -> participants(line(report).figures().result()))
                .sum();
        return applied.stream()
                .map(a -> new AbsoluteTables.FindingRow(a, effect, words, participants))
                .toList();
    }

    private ReportLine line(Report report) {
        return review.lines().stream()
                .filter(line -> line.report().row() == report.row())
                .findFirst()
                .orElseThrow();
    }

    private static double participants(ReportedResult result) {
        boolean arms = result.has(ReportField.N_T, ReportField.N_C);
        return arms ? count(result, ReportField.N_T) + count(result, ReportField.N_C) : count(result, ReportField.N);
    }

    private static double count(ReportedResult result, ReportField field) {
        return result.count(field).map(count -> (double) count.count()).orElse(Double.NaN);
    }
}
