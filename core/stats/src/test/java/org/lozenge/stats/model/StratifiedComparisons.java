package org.lozenge.stats.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lozenge.stats.Comparison;
import org.lozenge.stats.TestResult;

/** Mantel–Haenszel and Peto beside metafor. */
public final class StratifiedComparisons {

    /** Against metafor's rma.mh() and rma.peto(). */
    public static final String METAFOR = "Mantel-Haenszel and Peto and metafor";

    private final List<Comparison> comparisons = new ArrayList<>();

    private StratifiedComparisons() {}

    /**
     * Compares all sets of mantel.csv.
     *
     * @return estimates, standard errors and tests
     */
    public static List<Comparison> all() {
        StratifiedComparisons all = new StratifiedComparisons();
        for (Map<String, String> line : MantelHaenszelReferenceTest.lines()) {
            double[][] x = MantelHaenszelReferenceTest.columns(line);
            switch (line.get("measure")) {
                case "irr", "ird" -> all.addRates(line, MantelHaenszelRates.of(x[0], x[1], x[2], x[3]));
                default -> all.addTables(line, MantelHaenszelTables.of(x[0], x[1], x[2], x[3]));
            }
        }
        return all.comparisons;
    }

    private void addTables(Map<String, String> line, MantelHaenszelTables tables) {
        switch (line.get("measure")) {
            case "or" -> {
                StratifiedFit fit = new MantelHaenszelOddsRatio().fit(tables).orElseThrow();
                add(line, fit);
                add(line, "cmh_plain", 0, statistic(MantelHaenszelTests.cochranMantelHaenszel(tables, false)));
                add(line, "bd", 0, statistic(MantelHaenszelTests.breslowDay(tables, fit.estimate())));
                add(line, "tarone", 0, statistic(MantelHaenszelTests.tarone(tables, fit.estimate())));
            }
            case "rr" -> add(line, new MantelHaenszelRiskRatio().fit(tables).orElseThrow());
            case "rd" ->
                add(line, new MantelHaenszelRiskDifference().fit(tables).orElseThrow());
            default -> {
                PetoMethod.Result result = new PetoMethod().fit(tables).orElseThrow();
                add(line, result.fit());
                add(line, "q", 0, result.heterogeneity().statistic());
            }
        }
    }

    private void addRates(Map<String, String> line, MantelHaenszelRates rates) {
        if (line.get("measure").equals("ird")) {
            add(line, new MantelHaenszelRateDifference().fit(rates).orElseThrow());
            return;
        }
        add(line, new MantelHaenszelRateRatio().fit(rates).orElseThrow());
        add(line, "cmh", 0, statistic(MantelHaenszelTests.personTime(rates, true)));
        add(line, "cmh_plain", 0, statistic(MantelHaenszelTests.personTime(rates, false)));
    }

    private void add(Map<String, String> line, StratifiedFit fit) {
        add(line, "estimate", fit.standardError(), fit.estimate());
        add(line, "se", 0, fit.standardError());
    }

    private void add(Map<String, String> line, String quantity, double scale, double actual) {
        double expected = ReferenceData.number(line.get(quantity));
        if (!Double.isNaN(expected)) {
            String where = line.get("set") + " " + line.get("measure");
            comparisons.add(new Comparison(METAFOR, quantity, where, expected, scale, actual));
        }
    }

    private static double statistic(Optional<TestResult> test) {
        return test.map(TestResult::statistic).orElse(Double.NaN);
    }
}
