package org.lozenge.analyses.review;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.lozenge.analyses.shared.PlotText;
import org.lozenge.analyses.shared.Pooling;
import org.lozenge.analyses.shared.ReportParams;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.Text;
import org.lozenge.stats.model.HeterogeneityBasis;
import org.lozenge.stats.model.PredictionMethod;
import org.lozenge.stats.model.Tau2IntervalMethod;
import org.lozenge.stats.model.TestMethod;
import org.lozenge.stats.survival.Route;

/** The methods paragraph: what was actually done, under the items of PRISMA 2020 that it answers. */
final class MethodsText {

    private static final int MOST_NAMED = 60;

    private final List<FamilyReview> families;
    private final List<ReportLine> lines;
    private final Inputs in;
    private final Pooling pooling;

    MethodsText(List<FamilyReview> families, List<ReportLine> lines, Inputs in) {
        this.families =
                families.stream().filter(family -> family.pool().isPresent()).toList();
        this.lines = lines;
        this.in = in;
        this.pooling = Pooling.of(in);
    }

    Text text(List<Param<?>> options, String software) {
        return Paragraphs.text(
                "methods",
                "",
                List.of(
                        source(),
                        measure(),
                        eligibility(),
                        preparation(),
                        audit(),
                        overTime(),
                        display(),
                        models(),
                        groups(),
                        sensitivity(),
                        "Software (item 13d). " + software + ". Options: " + optionTexts(options) + ".",
                        where()));
    }

    private String source() {
        long trials =
                lines.stream().map(line -> line.report().trial()).distinct().count();
        List<String> documents = lines.stream()
                .map(line -> line.report().name())
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
        return "Reports. " + in.source() + ": " + Words.count(lines.size(), "row")
                + (documents.isEmpty() ? "" : " from " + Words.count(documents.size(), "document")) + " on "
                + Words.count((int) trials, "trial") + ", figures as printed.";
    }

    private static String measure() {
        return "Effect measure (PRISMA 2020 item 12). Hazard ratio, treatment over control, analysed as its natural "
                + "logarithm and shown as a ratio; 1 means no difference.";
    }

    private String eligibility() {
        List<String> parts = new ArrayList<>();
        for (FamilyReview family : families) {
            List<String> endpoints = family.used().stream()
                    .map(report -> report.endpoint().label())
                    .distinct()
                    .toList();
            parts.add(family.family().title() + " (" + String.join(", ", endpoints) + ")");
        }
        String rule = in.get(ReviewParams.CUTOFF) == CutOffRule.PRIMARY
                ? "the analysis called primary, else that of a full paper"
                : "the " + in.get(ReviewParams.CUTOFF).label() + " analysis with a usable standard error";
        return "Eligibility for each synthesis (item 13a). Endpoints were grouped into families that count much the same "
                + "event; pooled here: " + String.join("; ", parts) + ". Of each trial one analysis entered a family: "
                + "that of the family's preferred endpoint, of all randomized patients rather than a subgroup, and "
                + rule
                + "; of the same analysis, the full paper before other documents, independent before investigator "
                + "assessment, and the route of highest precedence. Every report that did not enter is listed with its "
                + "reason.";
    }

    private String preparation() {
        List<String> byFamily = families.stream()
                .map(family -> family.family().title() + ": " + routes(family.used()))
                .toList();
        return "Preparation of the data (item 13b). Log hazard ratios and standard errors were derived from the printed "
                + "figures; the table of conversions lists inputs, level and sides of each. "
                + String.join(". ", byFamily) + "." + curves() + assumptions() + bounds();
    }

    /** Returns {@code T4, hazard ratio and confidence interval (QuiRedex); T7, …}. */
    private static String routes(List<Report> used) {
        Map<String, List<String>> byRoute = used.stream()
                .collect(Collectors.groupingBy(
                        report -> report.derived().route(),
                        LinkedHashMap::new,
                        Collectors.mapping(Report::trial, Collectors.toList())));
        List<String> parts = new ArrayList<>();
        byRoute.forEach((route, trials) ->
                parts.add(route + ", from " + Route.titleOf(route) + " (" + Words.shortList(trials, MOST_NAMED) + ")"));
        return String.join("; ", parts);
    }

    /** How survival curves were turned into hazard ratios, for the routes that were used. */
    private String curves() {
        Set<String> routes = families.stream()
                .flatMap(family -> family.used().stream())
                .map(report -> report.derived().route())
                .collect(Collectors.toSet());
        List<String> parts = new ArrayList<>();
        if (routes.contains("T24")) {
            parts.add("patients were reconstructed from points of the curves with numbers at risk or events (T24; Guyot"
                    + " and others 2012) and compared by Cox regression");
        }
        if (routes.contains("T18")) {
            parts.add("events and censored times of intervals were derived from numbers at risk (T18; Williamson and"
                    + " others 2002)");
        }
        if (routes.contains("T17")) {
            parts.add(
                    "censoring was spread evenly between smallest and largest follow-up (T17; Parmar and others 1998)");
        }
        if (routes.contains("T19")) {
            parts.add("nobody was taken as censored (T19), so that the standard error is the smallest possible");
        }
        return parts.isEmpty() ? "" : " Of published survival curves " + Words.list(parts) + ".";
    }

    /** What the figures that were used leave open and the options settle. */
    private String assumptions() {
        List<String> notes = new ArrayList<>();
        List<String> sides =
                usedWhere(line -> usesP(line) && !line.figures().result().sidesStated());
        if (!sides.isEmpty()) {
            notes.add("P values without stated sides were read as "
                    + in.get(ReportParams.P_SIDED).label() + " (" + Words.shortList(sides, MOST_NAMED) + ").");
        }
        List<String> levels =
                usedWhere(line -> usesInterval(line) && !line.figures().result().levelStated());
        if (!levels.isEmpty()) {
            notes.add("Intervals without a stated level were read as " + PlotText.level(in.get(ReportParams.CI_LEVEL))
                    + " (" + Words.shortList(levels, MOST_NAMED) + ").");
        }
        return notes.isEmpty() ? "" : " " + String.join(" ", notes);
    }

    private List<String> usedWhere(java.util.function.Predicate<ReportLine> condition) {
        Set<Integer> used = new HashSet<>();
        families.forEach(family -> used.addAll(family.usedRows()));
        return families.stream()
                .flatMap(family -> family.lines().stream()
                        .filter(line -> used.contains(line.report().row()))
                        .filter(condition)
                        .map(line -> line.report().trial()))
                .distinct()
                .toList();
    }

    private static boolean usesP(ReportLine line) {
        return uses(line, "p ");
    }

    private static boolean usesInterval(ReportLine line) {
        return uses(line, "ci_low ") || uses(line, "ci_high ");
    }

    private static boolean uses(ReportLine line, String input) {
        return line.figures().choice().estimates().stream()
                .filter(estimate ->
                        estimate.route().equals(line.report().derived().route()))
                .flatMap(estimate -> estimate.inputs().stream())
                .anyMatch(text -> text.startsWith(input));
    }

    private String bounds() {
        return in.get(ReportParams.ACCEPT_BOUNDS)
                ? " Where nothing better was printed, the largest standard error that a bound on P allows was used."
                : " Hazard ratios with only a bound on P were not used.";
    }

    private static String audit() {
        return "Audit. The printed figures of each report were held against each other, and the reports of each trial "
                + "against one another, allowing for rounding of the last printed digit.";
    }

    private String overTime() {
        boolean any = families.stream()
                .anyMatch(family -> !FamilyCurves.of(family, pooling.level()).isEmpty());
        return any
                ? "Proportional hazards. Where a trial prints survival curves, or survival at several times, the hazard ratios "
                        + "of up to four periods were compared (Cochran's Q); where curves tell the numbers at risk, restricted "
                        + "mean survival times were compared as well (Royston and Parmar 2013)."
                : "";
    }

    private static String display() {
        return "Tabulation and display (item 13c). Tables of effects with their routes, of reports used and not used, and "
                + "of both models; forest plots with settings as groups; funnel plots.";
    }

    private String models() {
        String tau2 = pooling.estimator().code().equals("fixed")
                ? "between-trial variance (τ²) fixed at " + pooling.estimator().token()
                : "between-trial variance (τ²) by " + pooling.estimator().code();
        String interval = pooling.test() == TestMethod.WALD
                ? "Wald interval (normal distribution)"
                : pooling.test().label()
                        + switch (pooling.test()) {
                            case KENWARD_ROGER -> ", t with its own degrees of freedom";
                            case WALD, PROFILE_LIKELIHOOD, HENMI_COPAS, IVHET -> "";
                            case T, HARTUNG_KNAPP, HARTUNG_KNAPP_AD_HOC, UNRESTRICTED_WEIGHTED_LEAST_SQUARES ->
                                ", t with k − 1 degrees of freedom";
                        };
        String prediction = switch (pooling.prediction()) {
            case NONE -> "no prediction intervals";
            case AUTO ->
                "prediction intervals (three trials or more) with the standard error and "
                        + (pooling.test() == TestMethod.WALD
                                ? "the normal distribution"
                                : "the k − 1 degrees of freedom")
                        + " of the confidence interval";
            case HTS ->
                "prediction intervals (three trials or more) with the classic standard error and t with k − 2 "
                        + "degrees of freedom";
            case T ->
                "prediction intervals (three trials or more) with the classic standard error and t with k − 1 "
                        + "degrees of freedom";
            case S ->
                "prediction intervals (three trials or more) with the classic standard error and the normal distribution";
            case HK, HK_PR ->
                "prediction intervals (three trials or more) with the Hartung-Knapp standard error and t with k − "
                        + (pooling.prediction() == PredictionMethod.HK ? 1 : 2) + " degrees of freedom";
            case KR, KR_PR ->
                "prediction intervals (three trials or more) with the Kenward-Roger standard error and "
                        + (pooling.prediction() == PredictionMethod.KR
                                ? "degrees of freedom"
                                : "one degree of freedom less than theirs");
            case NNF ->
                "prediction intervals (three trials or more) from the confidence distribution of τ² (Nagashima, Noma and "
                        + "Furukawa 2019)";
        };
        String q = pooling.tau2Interval() == Tau2IntervalMethod.Q_PROFILE ? ", with Q-profile intervals for τ²" : "";
        String i2 = pooling.basis() == HeterogeneityBasis.TAU2 ? "I² from τ²" : "I² from Q";
        return "Models (item 13d). Inverse-variance common-effect model with Wald intervals, and random-effects model with "
                + tau2 + "; " + interval + "; " + prediction + "; level " + PlotText.level(pooling.level())
                + ". Heterogeneity by Cochran's Q, τ² and " + i2 + q + ".";
    }

    private String groups() {
        boolean any = families.stream().anyMatch(family -> family.settings().size() > 1);
        return any
                ? "Groups (item 13e). Settings are shown as groups, with a subtotal for two trials or more; no test between "
                        + "settings was made."
                : "";
    }

    private String sensitivity() {
        List<String> parts = new ArrayList<>(
                List.of("the common-effect beside the random-effects model", "the Wald beside the HKSJ interval"));
        if (families.stream().anyMatch(family -> family.mixture().isPresent())) {
            parts.add("the trials with the usual endpoint alone");
        }
        parts.add(
                "the pool without each trial, and without all trials, whose pooled figures the audit questions, whose "
                        + "standard error is a bound or whose effect comes by an indirect route or from survival curves");
        return "Sensitivity (item 13f). Shown beside each other: " + Words.list(parts) + ".";
    }

    private String optionTexts(List<Param<?>> options) {
        Map<String, String> texts = new TreeMap<>();
        options.forEach(option -> texts.put(option.name(), value(option)));
        return texts.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    private <T> String value(Param<T> option) {
        return Optional.of(in.get(option)).map(option::format).orElse("");
    }

    private static String where() {
        return "Where the results stand. Item 20a: reports used and not used; 20b: result, model and heterogeneity of each "
                + "family; 20c: groups; 20d: two intervals, the pool without odd endpoints and the tables of sensitivity. Risk of bias and certainty "
                + "of the evidence are for the reviewer to judge.";
    }
}
