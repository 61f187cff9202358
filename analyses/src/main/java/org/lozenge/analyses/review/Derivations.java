package org.lozenge.analyses.review;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.lozenge.analyses.review.Derivation.Standing;
import org.lozenge.analyses.shared.ReportParams;
import org.lozenge.analyses.shared.ReportRow;
import org.lozenge.plugin.Inputs;
import org.lozenge.stats.survival.AuditState;
import org.lozenge.stats.survival.FieldProblem;
import org.lozenge.stats.survival.PrintedP;
import org.lozenge.stats.survival.ReportField;
import org.lozenge.stats.survival.ReportedResult;
import org.lozenge.stats.survival.Route;
import org.lozenge.stats.survival.RouteChooser;
import org.lozenge.stats.survival.RouteEstimate;
import org.lozenge.stats.survival.RouteEstimate.Precision;

/**
 * Says what a row yields for a pool.
 *
 * <p>A pool is stricter than a table of effects: a hazard ratio guessed from single points of the curves or from medians
 * does not enter unless its route is named in the option {@code precedence}.
 */
final class Derivations {

    /** Lies between the places of two routes in the order of precedence. */
    private static final int STEP = 2;

    private static final Pattern LEADING_P = Pattern.compile("(?i)^p(?:[\\s-]*values?)?\\s*(?=[<>=\u2264\u2265.\\d])");
    private static final Pattern RELATION = Pattern.compile("^([<>=\u2264\u2265]+)\\s*");

    private final List<String> own;
    private final List<String> order;

    Derivations(Inputs in) {
        own = Arrays.stream(in.get(ReportParams.PRECEDENCE).split("[,;\\s]+"))
                .map(code -> code.toUpperCase(Locale.ROOT))
                .filter(RouteChooser.PRECEDENCE::contains)
                .toList();
        List<String> all = new ArrayList<>(own);
        RouteChooser.PRECEDENCE.stream().filter(code -> !own.contains(code)).forEach(all::add);
        order = List.copyOf(all);
    }

    /**
     * Derives what a row yields.
     *
     * @param row the row
     * @param singleArm whether the row has no comparator although the table says what was compared
     */
    Derivation of(ReportRow row, boolean singleArm) {
        String figures = figures(row.result());
        if (row.isInvalid()) {
            return without(Standing.FAULTY, fault(row), figures);
        }
        if (row.isPartOfSum()) {
            return without(
                    Standing.NO_ERROR,
                    "a stratum of the trial, part of the sum over its strata in row " + row.summedIn(),
                    figures);
        }
        List<RouteEstimate> estimates =
                row.choice().estimates().stream().filter(this::mayEnter).toList();
        Optional<RouteEstimate> estimate =
                estimates.stream().filter(candidate -> !candidate.bound()).findFirst();
        if (estimate.isPresent()) {
            return with(Standing.ESTIMATE, estimate.get(), "", figures);
        }
        Optional<RouteEstimate> bound =
                estimates.stream().filter(RouteEstimate::bound).findFirst();
        if (bound.isPresent()) {
            return with(Standing.BOUND, bound.get(), onlyBound(row.result()), figures);
        }
        return row.result().has(ReportField.HR)
                ? without(Standing.NO_ERROR, noError(row.result()), figures)
                : without(Standing.NOTHING, nothing(row, singleArm), figures);
    }

    private boolean mayEnter(RouteEstimate estimate) {
        return estimate.precision() != Precision.CRUDE || own.contains(estimate.route());
    }

    private Derivation with(Standing standing, RouteEstimate estimate, String problem, String figures) {
        // A sum over strata ranks behind what a report prints of the whole trial, before what needs assumptions.
        boolean sum = estimate.route().equals("T29");
        int place = sum ? STEP * order.indexOf("T10") - 1 : STEP * order.indexOf(estimate.route());
        int beforeBounds = STEP * order.indexOf("T9") - 1;
        int rank = own.contains(estimate.route())
                ? place
                : switch (estimate.precision()) {
                    case FULL, CRUDE -> place;
                    case COARSE -> Math.max(place, beforeBounds);
                    case WEAK -> STEP * order.size();
                };
        String basis = Route.titleOf(estimate.route());
        return new Derivation(
                standing, estimate.y(), estimate.standardError(), estimate.route(), rank, basis, problem, figures);
    }

    private static Derivation without(Standing standing, String problem, String figures) {
        return new Derivation(standing, Double.NaN, Double.NaN, "", Integer.MAX_VALUE, "", problem, figures);
    }

    private static String noError(ReportedResult result) {
        return result.p().filter(PrintedP::exact).isPresent()
                ? "a hazard ratio with a P value that gives no standard error, and no interval or events"
                : "a hazard ratio without interval, exact P value or events";
    }

    private static String onlyBound(ReportedResult result) {
        String p = result.p().map(printed -> "only P " + relation(printed)).orElse("only a bound");
        boolean events = result.has(ReportField.EVENTS) || result.has(ReportField.EVENTS_T, ReportField.EVENTS_C);
        return p + (events ? "" : " and no number of events")
                + ", which bounds the standard error from above but does not give it (option accept-bounds would use the bound)";
    }

    /** Returns the P value as printed, after a relation sign: {@code < 0.001}, {@code = 0.03}. */
    private static String relation(PrintedP p) {
        String text = LEADING_P.matcher(p.text()).replaceFirst("");
        String spaced = RELATION.matcher(text).replaceFirst("$1 ");
        return p.exact() && !spaced.startsWith("=") ? "= " + spaced : spaced;
    }

    private static String nothing(ReportRow row, boolean singleArm) {
        if (singleArm) {
            return "a single arm, so there is nothing to compare";
        }
        return row.choice().estimates().isEmpty()
                ? "no hazard ratio, nor figures that give one"
                : "no hazard ratio; the printed curves or medians give a crude one only ("
                        + String.join(
                                ", ",
                                row.choice().estimates().stream()
                                        .map(RouteEstimate::route)
                                        .toList())
                        + "; name the route in 'precedence' to use it)";
    }

    private static String fault(ReportRow row) {
        Optional<String> problem = row.result().problems().stream()
                .filter(candidate -> candidate.severity() == FieldProblem.Severity.ERROR)
                .map(candidate -> candidate.field().label() + ": " + candidate.message())
                .findFirst();
        Optional<String> finding = row.audit().stream()
                .filter(candidate -> candidate.state() == AuditState.ERROR)
                .map(candidate -> candidate.text())
                .findFirst();
        return "its figures cannot be right ("
                + problem.or(() -> finding).orElse("see the audit").replaceFirst("\\.$", "") + ")";
    }

    /** The printed figures that matter for a hazard ratio, in one line: {@code HR 0.18 (0.09 to 0.32), P <0.001}. */
    private static String figures(ReportedResult result) {
        List<String> parts = new ArrayList<>();
        String hr = result.text(ReportField.HR);
        if (!hr.isEmpty()) {
            parts.add("HR " + hr);
        }
        if (result.has(ReportField.CI_LOW) || result.has(ReportField.CI_HIGH)) {
            String limits = result.text(ReportField.CI_LOW) + " to " + result.text(ReportField.CI_HIGH);
            int last = parts.size() - 1;
            if (last < 0) {
                parts.add("interval " + limits);
            } else {
                parts.set(last, parts.get(last) + " (" + limits + ")");
            }
        }
        result.p().ifPresent(p -> parts.add("P " + relation(p)));
        if (result.has(ReportField.EVENTS_T, ReportField.EVENTS_C)) {
            parts.add("events " + result.text(ReportField.EVENTS_T) + " and " + result.text(ReportField.EVENTS_C));
        } else if (result.has(ReportField.EVENTS)) {
            parts.add("events " + result.text(ReportField.EVENTS));
        }
        if (result.curves().isPresent()) {
            parts.add("survival curves");
        }
        return String.join(", ", parts);
    }
}
