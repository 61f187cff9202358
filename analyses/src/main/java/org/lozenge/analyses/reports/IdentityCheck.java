package org.lozenge.analyses.reports;

import static org.lozenge.stats.survival.ReportField.CI_HIGH;
import static org.lozenge.stats.survival.ReportField.CI_LOW;
import static org.lozenge.stats.survival.ReportField.EVENTS;
import static org.lozenge.stats.survival.ReportField.EVENTS_C;
import static org.lozenge.stats.survival.ReportField.EVENTS_T;
import static org.lozenge.stats.survival.ReportField.HR;
import static org.lozenge.stats.survival.ReportField.MEDIAN_C;
import static org.lozenge.stats.survival.ReportField.MEDIAN_T;
import static org.lozenge.stats.survival.ReportField.N;
import static org.lozenge.stats.survival.ReportField.N_C;
import static org.lozenge.stats.survival.ReportField.N_T;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.lozenge.stats.survival.ReportField;

/**
 * Rule A8 between trials: two names are not one trial, by registration number, document, author and size, printed numbers,
 * or the numbers of the control arm.
 */
final class IdentityCheck {

    private static final Pattern AUTHOR_YEAR = Pattern.compile(
            "(?<author>\\p{L}[\\p{L}'\u2019-]+)(?:\\s+(?:et al\\.?|and others))?,?\\s*\\(?(?:19|20)\\d\\d[a-z]?\\)?");

    private static final Pattern PART = Pattern.compile(
            "(?i)\\b(?:subgroup|subset|only|overall|all|itt|patients|men|women|high[ -]risk|low[ -]risk|cohort|part)\\b|[(\\[<>\u2264\u2265]");

    /** Figures that tell a trial beyond its hazard ratio. */
    private static final List<ReportField> FURTHER =
            List.of(EVENTS_T, EVENTS_C, EVENTS, N_T, N_C, N, MEDIAN_T, MEDIAN_C);

    private static final int SHORTEST_NAME = 4;

    private final Findings findings = new Findings("A8", "each trial under one name");
    private final Set<String> reported = new HashSet<>();

    private IdentityCheck() {}

    static List<Comparison> of(List<TrialReport> all) {
        IdentityCheck check = new IdentityCheck();
        check.registrations(all);
        check.documents(all);
        check.authors(all);
        check.numbers(all);
        check.controls(all);
        check.parts(all);
        return check.findings.all();
    }

    private static Collection<List<TrialReport>> groups(
            List<TrialReport> all, Function<TrialReport, Optional<String>> key) {
        Map<String, List<TrialReport>> groups = new LinkedHashMap<>();
        for (TrialReport report : all) {
            key.apply(report)
                    .ifPresent(text ->
                            groups.computeIfAbsent(text, k -> new ArrayList<>()).add(report));
        }
        return groups.values();
    }

    private static Optional<String> filled(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private void registrations(List<TrialReport> all) {
        for (List<TrialReport> group :
                groups(all, report -> filled(report.source().registration()))) {
            List<String> names = names(group, report -> report.source().study());
            if (names.size() > 1) {
                String id = group.get(0).source().registration();
                complain(
                        "names " + Phrases.list(names),
                        group,
                        id + ": " + String.join(", ", names),
                        "one trial of this registration",
                        Phrases.list(names) + " have one registration number, " + id
                                + ", and are read as one trial. Only one result of it may enter a pool.");
            }
        }
        for (List<TrialReport> group : groups(all, report -> filled(report.trial()))) {
            List<String> ids = names(
                    group.stream()
                            .filter(report -> !report.source().registration().isEmpty())
                            .toList(),
                    report -> report.source().registration());
            if (ids.size() > 1) {
                complain(
                        "ids " + group.get(0).trial(),
                        group,
                        String.join(", ", ids),
                        "one registration number of this kind",
                        group.get(0).trial() + " has " + ids.size() + " registration numbers, " + Phrases.list(ids)
                                + ". Check whether these are two trials under one name.");
            }
        }
    }

    /** One registry gives one number; numbers of two registries may belong to one trial. */
    private static List<String> names(List<TrialReport> group, Function<TrialReport, String> name) {
        Map<String, String> byKey = group.stream()
                .map(report -> name.apply(report).strip())
                .collect(Collectors.toMap(
                        text -> EndpointFamilies.plain(text).replace(" ", ""),
                        text -> text,
                        (a, b) -> a,
                        LinkedHashMap::new));
        List<String> names = List.copyOf(byKey.values());
        boolean numbers = names.stream().allMatch(text -> text.matches("[A-Z]+[-A-Z0-9/]*\\d"));
        boolean oneRegistry = names.stream()
                        .map(text -> text.replaceAll("[^A-Z].*", ""))
                        .distinct()
                        .count()
                == 1;
        return numbers && names.size() > 1 && !oneRegistry ? names.subList(0, 1) : names;
    }

    private void documents(List<TrialReport> all) {
        for (List<TrialReport> group :
                groups(all, report -> filled(report.source().doi()))) {
            List<String> trials =
                    group.stream().map(TrialReport::trial).distinct().toList();
            boolean apart = group.stream()
                    .allMatch(report -> !report.source().registration().isEmpty());
            boolean shared = groups(
                            group, report -> Optional.of(report.endpoint().label() + report.part()))
                    .stream()
                    .anyMatch(rows ->
                            rows.stream().map(TrialReport::trial).distinct().count() > 1);
            if (trials.size() > 1 && shared && !apart) {
                complain(
                        "doi " + Phrases.list(trials),
                        group,
                        group.get(0).source().doi() + ": " + String.join(", ", trials),
                        "one trial of this document",
                        Phrases.list(trials) + " stand in one document (doi "
                                + group.get(0).source().doi() + "). Check whether they are one trial under two names.");
            }
        }
    }

    /** Years as labels make two studies of one trial: Mateos 2013 and Mateos 2016, 119 participants each. */
    private void authors(List<TrialReport> all) {
        for (List<TrialReport> group : groups(all, IdentityCheck::authorAndSize)) {
            List<String> trials =
                    group.stream().map(TrialReport::trial).distinct().toList();
            if (trials.size() > 1) {
                String size = sizes(group.get(0)).orElse("");
                complain(
                        "author " + Phrases.list(trials),
                        group,
                        String.join(", ", trials) + ": " + size + " participants each",
                        "one name for one trial",
                        Phrases.list(trials) + " have one first author and equally many participants (" + size
                                + "). They may be two reports of one trial: give them one name, and use one of them.");
            }
        }
    }

    private static Optional<String> authorAndSize(TrialReport report) {
        Matcher label = AUTHOR_YEAR.matcher(report.trial());
        return label.matches()
                ? sizes(report)
                        .map(size -> EndpointFamilies.plain(label.group("author")) + "|" + size + "|"
                                + report.family().id())
                : Optional.empty();
    }

    private static Optional<String> sizes(TrialReport report) {
        if (report.result().count(N_T).isPresent() && report.result().count(N_C).isPresent()) {
            return Optional.of(report.result().count(N_T).orElseThrow().count() + " and "
                    + report.result().count(N_C).orElseThrow().count());
        }
        return report.result().count(N).map(count -> String.valueOf(count.count()));
    }

    /** The same ratio with the same limits under two names, unless something else tells the trials apart. */
    private void numbers(List<TrialReport> all) {
        for (List<TrialReport> group : groups(all, IdentityCheck::result)) {
            for (int i = 0; i < group.size(); i++) {
                for (int j = i + 1; j < group.size(); j++) {
                    TrialReport a = group.get(i);
                    TrialReport b = group.get(j);
                    if (!a.trial().equals(b.trial()) && FURTHER.stream().noneMatch(field -> differ(field, a, b))) {
                        String figures = "HR " + a.result().text(HR) + " ("
                                + a.result().text(CI_LOW) + " to " + a.result().text(CI_HIGH) + ")";
                        complain(
                                "numbers " + a.trial() + "|" + b.trial(),
                                List.of(a, b),
                                figures + " twice",
                                "different numbers of different trials",
                                a.trial() + " and " + b.trial() + " print the same result, " + figures
                                        + ", and nothing tells them apart. If they are one trial, use it once.");
                    }
                }
            }
        }
    }

    private static Optional<String> result(TrialReport report) {
        Optional<Figure> hr = Figure.of(report, HR);
        Optional<Figure> low = Figure.of(report, CI_LOW);
        Optional<Figure> high = Figure.of(report, CI_HIGH);
        if (hr.isEmpty() || low.isEmpty() || high.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(report.family().id() + "|" + hr.get().value() + "|"
                + low.get().value() + "|" + high.get().value());
    }

    private static boolean differ(ReportField field, TrialReport a, TrialReport b) {
        Optional<Figure> x = Figure.of(a, field);
        Optional<Figure> y = Figure.of(b, field);
        return x.isPresent() && y.isPresent() && x.get().excludes(y.get());
    }

    /** The same participants and events in the control arm under two names: one arm that would be counted twice. */
    private void controls(List<TrialReport> all) {
        List<TrialReport> withEvents = all.stream()
                .filter(report -> !report.result().text(EVENTS_T).isEmpty())
                .toList();
        for (List<TrialReport> group : groups(withEvents, IdentityCheck::control)) {
            if (areToldApart(group)) {
                continue;
            }
            List<String> trials =
                    group.stream().map(TrialReport::trial).distinct().toList();
            boolean differentTreatment = trials.size() > 1
                    && group.stream()
                                    .map(report -> report.result().text(EVENTS_T))
                                    .distinct()
                                    .count()
                            > 1;
            if (differentTreatment) {
                String arm = group.get(0).result().text(EVENTS_C) + " events among "
                        + group.get(0).result().text(N_C);
                complain(
                        "control " + Phrases.list(trials),
                        group,
                        "control arms: " + arm,
                        "a control arm of its own for each trial",
                        Phrases.list(trials) + " have the same control arm (" + arm
                                + "). If it is shared, its patients would be counted twice: use one comparison or combine the arms.");
            }
        }
    }

    /** Registration numbers of their own, or different medians, make two control arms of equal numbers a coincidence. */
    private static boolean areToldApart(List<TrialReport> group) {
        List<TrialReport> distinct = new ArrayList<>(group.stream()
                .collect(Collectors.toMap(TrialReport::trial, report -> report, (a, b) -> a, LinkedHashMap::new))
                .values());
        boolean registered = distinct.stream()
                .noneMatch(report -> report.source().registration().isEmpty());
        boolean medians = distinct.size() == 2 && differ(MEDIAN_C, distinct.get(0), distinct.get(1));
        return registered || medians;
    }

    private static Optional<String> control(TrialReport report) {
        return report.result()
                .count(EVENTS_C)
                .filter(events -> events.count() > 0)
                .flatMap(events -> report.result()
                        .count(N_C)
                        .map(n -> report.family().id() + "|" + events.count() + "|" + n.count()));
    }

    /** {@code TRIAL} beside {@code TRIAL (women)}: the part would be pooled with the whole. */
    private void parts(List<TrialReport> all) {
        Map<String, TrialReport> byName = new LinkedHashMap<>();
        all.forEach(report -> byName.putIfAbsent(EndpointFamilies.plain(report.trial()), report));
        for (TrialReport report : byName.values()) {
            String name = EndpointFamilies.plain(report.trial());
            for (int end = name.lastIndexOf(' '); end >= SHORTEST_NAME; end = name.lastIndexOf(' ', end - 1)) {
                TrialReport whole = byName.get(name.substring(0, end));
                boolean endpoint = whole != null
                        && all.stream()
                                .anyMatch(other -> other.trial().equals(whole.trial())
                                        && all.stream()
                                                .anyMatch(own -> own.trial().equals(report.trial())
                                                        && Analyses.sameEndpoint(own, other)));
                if (whole != null
                        && endpoint
                        && PART.matcher(rest(report, whole)).find()) {
                    complain(
                            "part " + report.trial(),
                            List.of(whole, report),
                            whole.trial() + ", " + report.trial(),
                            "a trial once, as a whole",
                            report.trial() + " looks like a part of " + whole.trial()
                                    + ", whose patients would be counted twice in one pool. Name both rows "
                                    + whole.trial() + " and put the part into a column 'subgroup'.");
                }
            }
        }
    }

    private static String rest(TrialReport part, TrialReport whole) {
        return part.trial()
                .substring(Math.min(part.trial().length(), whole.trial().length()));
    }

    private void complain(String key, List<TrialReport> rows, String observed, String wanted, String text) {
        if (reported.add(key)) {
            findings.warn(rows, observed, wanted, text);
        }
    }
}
