package org.lozenge.analyses.reports;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lozenge.plugin.RunContext;

/**
 * Holds the rows of a table of reports against each other. Each row may be right by itself and still contradict another
 * one.
 *
 * <p>Everything is aware of rounding and of what the rows are about: different analyses of one trial may differ, and rows
 * that do not say when they were made are compared only if nothing speaks for two analyses. What was compared and agrees
 * is found as well, one line for each kind of comparison.
 */
public final class ReportComparisons {

    private static final List<Function<List<TrialReport>, List<Comparison>>> WITHIN_A_TRIAL = List.of(
            ExchangeCheck::of,
            AgreementCheck::of,
            PValueCheck::of,
            DirectionCheck::of,
            DirectionElsewhereCheck::of,
            CutOffCheck::of,
            EndpointOrderCheck::of,
            CurveCheck::of,
            CitationCheck::of,
            MixtureCheck::allocation);

    private ReportComparisons() {}

    /**
     * Returns what the rows of one trial, of all endpoints, say about each other. Every pair of them is looked at.
     *
     * @param context asked now and then whether to go on
     */
    public static List<Comparison> withinTrials(List<TrialReport> reports, RunContext context) {
        List<Comparison> all = new ArrayList<>();
        for (List<TrialReport> trial : by(reports, TrialReport::trial)) {
            for (Function<List<TrialReport>, List<Comparison>> check : WITHIN_A_TRIAL) {
                context.checkCancelled();
                all.addAll(check.apply(trial));
            }
        }
        return all;
    }

    /** Returns names that may stand for one trial, and rows that are of another kind than the rest. */
    public static List<Comparison> acrossTable(List<TrialReport> reports) {
        return Stream.concat(MixtureCheck.ofRows(reports).stream(), IdentityCheck.of(reports).stream())
                .toList();
    }

    /** Returns how trials of one family that would be pooled differ, apart from their endpoints. */
    public static List<Comparison> betweenTrials(List<TrialReport> family) {
        return MixtureCheck.aspects(family);
    }

    /**
     * Returns everything, for a table of which it is not known what will be pooled.
     *
     * @param context asked now and then whether to go on
     */
    public static List<Comparison> all(List<TrialReport> reports, RunContext context) {
        List<Comparison> all = new ArrayList<>(withinTrials(reports, context));
        all.addAll(acrossTable(reports));
        List<TrialReport> effects = reports.stream()
                .filter(report -> !report.figures().choice().estimates().isEmpty()
                        || !report.result()
                                .text(org.lozenge.stats.survival.ReportField.HR)
                                .isEmpty())
                .filter(TrialReport::isWholeTrial)
                .toList();
        for (List<TrialReport> family : by(effects, report -> report.family().id())) {
            all.addAll(MixtureCheck.endpoints(family));
            all.addAll(MixtureCheck.aspects(family));
        }
        return all;
    }

    private static Collection<List<TrialReport>> by(List<TrialReport> reports, Function<TrialReport, String> key) {
        return reports.stream()
                .collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toList()))
                .values();
    }
}
