package org.lozenge.analyses.logrank;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.lozenge.analyses.shared.Levels;
import org.lozenge.analyses.shared.PatientData;
import org.lozenge.analyses.shared.PatientRoles;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.NumberText;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.ResultItem;
import org.lozenge.plugin.Role;
import org.lozenge.plugin.RunContext;
import org.lozenge.stats.survival.LogRank;
import org.lozenge.stats.survival.LogRankResult;
import org.lozenge.stats.survival.SurvivalTimes;

/**
 * Log-rank, Peto–Peto and Fleming–Harrington tests, by strata and by study, with O − E and V of each study that feed
 * {@code pool}.
 *
 * <p>Participants are compared within study and within strata only.
 */
public final class LogRankAnalysis implements Analysis {

    /** Which differences weigh most. */
    enum Weights {
        /** All alike. */
        LOG_RANK,
        /** Early ones: weights S(t−). */
        PETO_PETO,
        /** Weights S(t−)^rho (1 − S(t−))^gamma. */
        FLEMING_HARRINGTON
    }

    static final Param<Weights> WEIGHTS = Param.choice("weights", "Weights of the test", Weights.LOG_RANK);

    static final Param<Double> RHO = Param.number("rho", "Fleming-Harrington power of survival", 0)
            .min(0.0)
            .enabledWhen(WEIGHTS, Weights.FLEMING_HARRINGTON);

    static final Param<Double> GAMMA = Param.number("gamma", "Fleming-Harrington power of one minus survival", 1)
            .min(0.0)
            .enabledWhen(WEIGHTS, Weights.FLEMING_HARRINGTON);

    static final Param<String> SCORES = Param.text("scores", "Scores of the groups for the test for trend", "auto")
            .suggest("auto", "0,1,2")
            .help("In the order in which the groups are listed. By itself the groups' own numbers, else 1, 2, 3.");

    private static final Role GROUP = PatientRoles.GROUP;

    /** The analysis has no state. */
    public LogRankAnalysis() {}

    @Override
    public AnalysisSpec spec() {
        return AnalysisSpec.of("log-rank", "Log-rank test")
                .summary("Compares survival of groups, within strata and studies; gives O - E and V for pooling.")
                .roles(PatientRoles.TIME, PatientRoles.STATUS, GROUP, PatientRoles.STRATA, PatientRoles.STUDY)
                .params(PatientRoles.EVENT, PatientRoles.REFERENCE, PatientRoles.LEVEL, WEIGHTS, RHO, GAMMA, SCORES)
                .minRows(2)
                .references(
                        "Peto R, Peto J. J R Stat Soc A 1972;135:185-207. https://doi.org/10.2307/2344317",
                        "Harrington DP, Fleming TR. Biometrika 1982;69:553-566. https://doi.org/10.1093/biomet/69.3.553",
                        "Tarone RE. Biometrika 1975;62:679-682. https://doi.org/10.1093/biomet/62.3.679");
    }

    @Override
    public AnalysisResult run(Inputs in, RunContext context) {
        PatientData patients = PatientData.read(in, context);
        patients.requireEvents(in);
        Levels groups = PatientData.groups(in, 2);
        Levels studies = PatientData.combinations(in, PatientRoles.STUDY);
        Levels strata = PatientData.combinations(in, PatientRoles.STRATA);
        int[] cells = cells(studies, strata);
        LogRankResult result = method(in).test(patients.times(), groups.toArray(), cells);
        if (result.chiSquared().df() == 0) {
            throw new AnalysisException(
                    "nothing-compared",
                    in.source()
                            + ": no event happened while participants of two groups were at risk in the same stratum,"
                            + " so nothing can be compared. Use fewer strata, or check the times.");
        }
        List<ResultItem> items = new ArrayList<>();
        LogRankTables tables = new LogRankTables(groups.names(), in.get(PatientRoles.LEVEL));
        items.add(tables.test(token(in), result, groups.count() > 2 || in.isSet(SCORES), scores(in, groups)));
        items.add(tables.groups(result));
        items.add(tables.effects(contrasts(in, context, patients.times(), groups, studies, strata)));
        return AnalysisResult.of(items);
    }

    private static String token(Inputs in) {
        return WEIGHTS.format(in.get(WEIGHTS));
    }

    private static LogRank method(Inputs in) {
        return switch (in.get(WEIGHTS)) {
            case LOG_RANK -> new LogRank();
            case PETO_PETO -> new LogRank(1, 0);
            case FLEMING_HARRINGTON -> new LogRank(in.get(RHO), in.get(GAMMA));
        };
    }

    /** One number for each combination of study and stratum. */
    private static int[] cells(Levels studies, Levels strata) {
        int[] study = studies.toArray();
        int[] stratum = strata.toArray();
        return IntStream.range(0, study.length)
                .map(i -> study[i] * strata.count() + stratum[i])
                .toArray();
    }

    private static double[] scores(Inputs in, Levels groups) {
        String text = in.get(SCORES).strip();
        if (text.equals("auto")) {
            double[] own = groups.names().stream()
                    .mapToDouble(name -> NumberText.parse(name).orElse(Double.NaN))
                    .toArray();
            boolean numbers = Arrays.stream(own).noneMatch(Double::isNaN);
            return numbers
                    ? own
                    : IntStream.rangeClosed(1, own.length).asDoubleStream().toArray();
        }
        double[] scores = Arrays.stream(text.split("[,;\\s]+"))
                .mapToDouble(part -> NumberText.parse(part).orElse(Double.NaN))
                .toArray();
        if (scores.length != groups.count() || Arrays.stream(scores).anyMatch(Double::isNaN)) {
            throw new AnalysisException(
                    "param-value",
                    "Option 'scores' is '" + text + "', but must hold a number for each of the " + groups.count()
                            + " groups " + groups.names() + ", separated by commas.");
        }
        return scores;
    }

    /** The plain log-rank comparison of each further group with the reference, study by study. */
    private static List<Contrast> contrasts(
            Inputs in, RunContext context, SurvivalTimes times, Levels groups, Levels studies, Levels strata) {
        List<Contrast> contrasts = new ArrayList<>();
        int[] group = groups.toArray();
        int[] study = studies.toArray();
        int[] stratum = strata.toArray();
        for (int s = 0; s < studies.count(); s++) {
            for (int g = 1; g < groups.count(); g++) {
                int thisStudy = s;
                int thisGroup = g;
                int[] rows = IntStream.range(0, group.length)
                        .filter(i -> study[i] == thisStudy && (group[i] == 0 || group[i] == thisGroup))
                        .toArray();
                contrast(times, rows, group, stratum)
                        .map(r -> new Contrast(
                                studies.names().get(thisStudy), groups.names().get(thisGroup), r))
                        .ifPresentOrElse(
                                contrasts::add,
                                () -> context.warn(
                                        "nothing-compared",
                                        "'" + groups.names().get(thisGroup) + "' was not compared with '"
                                                + groups.names().get(0) + "'"
                                                + (in.has(PatientRoles.STUDY)
                                                        ? " in study '"
                                                                + studies.names()
                                                                        .get(thisStudy) + "'"
                                                        : "")
                                                + ": no event happened while both had participants at risk."));
            }
        }
        return contrasts;
    }

    private static java.util.Optional<LogRankResult> contrast(
            SurvivalTimes times, int[] rows, int[] group, int[] stratum) {
        int[] two = Arrays.stream(rows).map(i -> group[i] == 0 ? 0 : 1).toArray();
        if (Arrays.stream(two).distinct().count() < 2) {
            return java.util.Optional.empty();
        }
        LogRankResult result = new LogRank()
                .test(
                        times.subset(rows),
                        two,
                        Arrays.stream(rows).map(i -> stratum[i]).toArray());
        return java.util.Optional.of(result).filter(r -> r.variance(1) > 0);
    }

    /** A group against the reference in one study. */
    record Contrast(String study, String group, LogRankResult result) {}
}
