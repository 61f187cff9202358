package org.lozenge.analyses.review;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.lozenge.plugin.Message;
import org.lozenge.stats.survival.CurveStretches;
import org.lozenge.stats.survival.RouteEstimate;
import org.lozenge.stats.survival.RouteEstimate.Precision;

/** Warnings about pooled effects that rest on less than printed numbers. */
final class Cautions {

    /** Routes that start from whole survival curves. */
    static final Set<String> CURVES = Set.of("T17", "T18", "T19", "T24");

    private record Used(Report report, RouteEstimate estimate) {}

    private Cautions() {}

    static List<Message> of(FamilyReview review) {
        Set<Integer> usedRows = review.usedRows();
        List<Used> used = review.lines().stream()
                .filter(line -> usedRows.contains(line.report().row()))
                .flatMap(line -> line.figures().choice().estimates().stream()
                        .filter(estimate ->
                                estimate.route().equals(line.report().derived().route()))
                        .map(estimate -> new Used(line.report(), estimate)))
                .toList();
        List<Message> messages = new ArrayList<>();
        caution(
                        used,
                        RouteEstimate::bound,
                        "bound-used",
                        "the standard error is only the largest that the report allows")
                .ifPresent(messages::add);
        caution(
                        used,
                        estimate -> estimate.precision() == Precision.WEAK,
                        "p-near-one",
                        "the standard error comes from a P value near 1 and is imprecise")
                .ifPresent(messages::add);
        caution(
                        used,
                        estimate -> estimate.precision() == Precision.CRUDE,
                        "crude-route",
                        "the hazard ratio is guessed from single points of the curves or under constant hazards")
                .ifPresent(messages::add);
        caution(
                        used,
                        estimate -> CURVES.contains(estimate.route()),
                        "curve-route",
                        "the hazard ratio is estimated from the survival curves")
                .ifPresent(messages::add);
        used.forEach(one -> coarse(one, review).ifPresent(messages::add));
        return messages;
    }

    private static Optional<Message> coarse(Used one, FamilyReview review) {
        return review.line(one.report)
                .flatMap(line -> CurveStretches.coarse(line.figures().result(), one.estimate.route()))
                .map(text -> Message.warning("coarse-curve", one.report.trial() + ": " + text)
                        .at(one.report.row()));
    }

    private static Optional<Message> caution(
            List<Used> used, Predicate<RouteEstimate> applies, String code, String text) {
        List<Report> concerned = used.stream()
                .filter(one -> applies.test(one.estimate))
                .map(Used::report)
                .toList();
        if (concerned.isEmpty()) {
            return Optional.empty();
        }
        String trials = Words.shortList(concerned.stream().map(Report::trial).toList(), 6);
        return Optional.of(Message.warning(code, trials + ": " + text + ".")
                .at(concerned.stream().mapToInt(Report::row).toArray()));
    }
}
