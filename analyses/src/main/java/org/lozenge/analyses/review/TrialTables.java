package org.lozenge.analyses.review;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.lozenge.analyses.shared.PlotText;
import org.lozenge.plugin.Tabular;
import org.lozenge.stats.survival.ReportField;
import org.lozenge.stats.survival.ReportedResult;
import org.lozenge.stats.survival.Route;
import org.lozenge.stats.survival.RouteEstimate;
import org.lozenge.stats.survival.RouteEstimate.Precision;

/**
 * What each trial prints, which routes agree, what was chosen, what is wrong with the report; and how its effect was
 * derived, for item 13b of PRISMA 2020.
 */
final class TrialTables {

    /** Estimates nearer to each other than this part of a standard error agree. */
    private static final double NEAR = 0.5;

    /** Standard errors agree within this factor. */
    private static final double FACTOR = 1.25;

    private static final int MOST_FINDINGS = 3;

    private record Line(FamilyReview review, ReportLine line, Optional<RouteEstimate> chosen) {}

    private TrialTables() {}

    /** Returns a row per trial of a family that prints anything from which an effect could follow. */
    static Tabular overview(FamilyReview review) {
        List<Line> lines = new ArrayList<>();
        for (Choice choice : review.choices()) {
            choice.used()
                    .or(() -> choice.others().stream()
                            .map(Choice.Unused::report)
                            .filter(report -> report.derived().standing() != Derivation.Standing.NOTHING)
                            .min(Comparator.comparingInt(Report::row)))
                    .ifPresent(report ->
                            lines.add(line(review, report, choice.used().isPresent())));
        }
        return Tabular.of("trials", "Each trial: printed, derived, questioned")
                .texts("study", FamilyTables.texts(lines, l -> l.line.report().trial()))
                .texts(
                        "printed",
                        FamilyTables.texts(lines, l -> l.line.report().derived().figures()))
                .texts("chosen", FamilyTables.texts(lines, TrialTables::chosen))
                .texts("agree", FamilyTables.texts(lines, l -> others(l, true)))
                .texts("differ", FamilyTables.texts(lines, l -> others(l, false)))
                .numbers("largest_difference", FamilyTables.numbers(lines, TrialTables::largest))
                .texts("questions", FamilyTables.texts(lines, TrialTables::questions))
                .label("study", "Trial")
                .label("chosen", "route chosen")
                .label("agree", "routes that agree")
                .label("differ", "routes that differ")
                .label("largest_difference", "largest difference, in SE")
                .label("questions", "what to look up in the report");
    }

    private static Line line(FamilyReview review, Report report, boolean used) {
        ReportLine line = review.lines().stream()
                .filter(candidate -> candidate.report().row() == report.row())
                .findFirst()
                .orElseThrow();
        Optional<RouteEstimate> chosen = line.figures().choice().estimates().stream()
                .filter(estimate ->
                        used && estimate.route().equals(report.derived().route()))
                .findFirst();
        return new Line(review, line, chosen);
    }

    private static String chosen(Line line) {
        return line.chosen
                .map(estimate -> estimate.route() + (estimate.bound() ? " (bound)" : "") + ", HR "
                        + Words.ratio(StrictMath.exp(estimate.y())) + ", SE "
                        + PlotText.fixed(estimate.standardError(), 3))
                .orElseGet(() -> "none: " + line.line.report().derived().problem());
    }

    private static List<RouteEstimate> otherRoutes(Line line) {
        return line.chosen
                .map(chosen -> line.line.figures().choice().estimates().stream()
                        .filter(estimate -> !estimate.route().equals(chosen.route()))
                        .toList())
                .orElse(List.of());
    }

    private static String others(Line line, boolean agreeing) {
        return otherRoutes(line).stream()
                .filter(estimate -> agrees(estimate, line.chosen.orElseThrow()) == agreeing)
                .map(estimate -> estimate.route()
                        + (estimate.bound() ? " (bound)" : estimate.precision() == Precision.CRUDE ? " (crude)" : ""))
                .collect(Collectors.joining(", "));
    }

    /** A bound agrees if the standard error does not exceed it. */
    private static boolean agrees(RouteEstimate other, RouteEstimate chosen) {
        boolean near = Math.abs(other.y() - chosen.y()) <= NEAR * chosen.standardError();
        double ratio = other.standardError() / chosen.standardError();
        return near && (other.bound() ? ratio >= 1 / FACTOR : ratio <= FACTOR && ratio >= 1 / FACTOR);
    }

    /** Of the log hazard ratio from the chosen one, in standard errors of that one; NaN without another route. */
    private static double largest(Line line) {
        return otherRoutes(line).stream()
                .mapToDouble(estimate ->
                        Math.abs(estimate.y() - line.chosen.orElseThrow().y())
                                / line.chosen.orElseThrow().standardError())
                .max()
                .orElse(Double.NaN);
    }

    private static String questions(Line line) {
        List<String> texts = line.review.complaints().stream()
                .filter(finding -> finding.rows().contains(line.line.report().row()))
                .map(finding ->
                        finding.finding().rule() + ": " + finding.finding().text())
                .toList();
        String more = texts.size() > MOST_FINDINGS ? " And " + (texts.size() - MOST_FINDINGS) + " more." : "";
        return texts.isEmpty()
                ? "nothing"
                : String.join(" ", texts.subList(0, Math.min(MOST_FINDINGS, texts.size()))) + more;
    }

    /** Returns how the effect of each trial that is pooled was derived, a row per trial and family. */
    static Tabular conversions(List<FamilyReview> families) {
        List<Line> lines = families.stream()
                .flatMap(family -> family.used().stream().map(report -> line(family, report, true)))
                .toList();
        return Tabular.of("conversions", "Conversions (PRISMA 2020 item 13b)")
                .texts(
                        "family",
                        FamilyTables.texts(lines, l -> l.review.family().title()))
                .texts("study", FamilyTables.texts(lines, l -> l.line.report().trial()))
                .texts(
                        "route",
                        FamilyTables.texts(lines, l -> l.line.report().derived().route()))
                .texts("method", FamilyTables.texts(lines, l -> method(l.line.report())))
                .texts("inputs", FamilyTables.texts(lines, TrialTables::inputs))
                .texts("level", FamilyTables.texts(lines, TrialTables::level))
                .texts("sides", FamilyTables.texts(lines, TrialTables::sides))
                .numbers(
                        "y",
                        FamilyTables.numbers(
                                lines, l -> l.line.report().derived().y()))
                .numbers(
                        "se",
                        FamilyTables.numbers(
                                lines, l -> l.line.report().derived().se()))
                .texts(
                        "second_route",
                        FamilyTables.texts(
                                lines, l -> second(l).map(RouteEstimate::route).orElse("")))
                .numbers(
                        "second_se",
                        FamilyTables.numbers(
                                lines,
                                l -> second(l).map(RouteEstimate::standardError).orElse(Double.NaN)))
                .label("study", "Trial")
                .label("level", "level of the interval")
                .label("sides", "sides of P")
                .label("y", "log HR")
                .label("second_route", "second route")
                .label("second_se", "its SE");
    }

    private static String method(Report report) {
        return Route.titleOf(report.derived().route());
    }

    private static String inputs(Line line) {
        return line.chosen.map(estimate -> String.join(", ", estimate.inputs())).orElse("");
    }

    private static String level(Line line) {
        ReportedResult result = line.line.figures().result();
        boolean printed = result.has(ReportField.CI_LOW) || result.has(ReportField.CI_HIGH);
        return printed ? PlotText.level(result.level()) + (result.levelStated() ? "" : " (assumed)") : "";
    }

    private static String sides(Line line) {
        ReportedResult result = line.line.figures().result();
        return result.p().isPresent() ? result.sides().label() + (result.sidesStated() ? "" : " (assumed)") : "";
    }

    /** The next best route with a standard error of its own. */
    private static Optional<RouteEstimate> second(Line line) {
        return otherRoutes(line).stream()
                .filter(estimate -> !estimate.bound() && estimate.precision() != Precision.CRUDE)
                .findFirst();
    }
}
