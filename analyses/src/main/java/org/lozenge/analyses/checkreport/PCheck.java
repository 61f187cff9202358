package org.lozenge.analyses.checkreport;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.lozenge.stats.survival.AuditState;
import org.lozenge.stats.survival.PrintedP;

/**
 * Holds a printed P value against the tests that its counts allow.
 *
 * <p>The report is given the benefit of the doubt: any of the usual tests may have been done unless one is named, digits may
 * have been cut off, and a test may have been one-sided without saying so (a warning). Without a named test a P value that
 * no simple test gives is a warning, since it may come from an adjusted or a time-to-event analysis.
 */
final class PCheck {

    private static final double SLACK = 1e-9;

    private PCheck() {}

    /** How a recomputed P value stands to a printed one, from best to worst. */
    private enum Fit {
        ROUNDS,
        CUT,
        ONE_SIDED,
        NONE
    }

    /**
     * Checks a P value.
     *
     * @param oneSided whether the report says that the test was one-sided
     * @param named whether the report says which test it was
     * @param tests at least one recomputed test with a P value
     */
    static Check of(String column, PrintedP printed, boolean oneSided, boolean named, List<Recomputation> tests) {
        Recomputation best = tests.get(0);
        Fit bestFit = fit(printed, best, oneSided);
        for (Recomputation test : tests) {
            Fit fit = fit(printed, test, oneSided);
            boolean nearer = fit == bestFit && fit == Fit.NONE && distance(printed, test) < distance(printed, best);
            if (fit.compareTo(bestFit) < 0 || nearer) {
                best = test;
                bestFit = fit;
            }
        }
        double value = oneSided || bestFit == Fit.ONE_SIDED ? best.oneSided() : best.twoSided();
        return new Check(
                column,
                printed.text(),
                best.test(),
                value,
                state(bestFit, named),
                text(bestFit, best, value, named, oneSided, tests));
    }

    private static double distance(PrintedP printed, Recomputation test) {
        return Math.abs(StrictMath.log(test.twoSided() / printed.value()));
    }

    private static Fit fit(PrintedP printed, Recomputation test, boolean oneSided) {
        double p = oneSided ? test.oneSided() : test.twoSided();
        if (agrees(printed, p)) {
            return Fit.ROUNDS;
        }
        if (printed.exact() && p >= printed.value() - SLACK && p < printed.value() + 2 * printed.halfUnit()) {
            return Fit.CUT;
        }
        return !oneSided && agrees(printed, test.oneSided()) ? Fit.ONE_SIDED : Fit.NONE;
    }

    private static boolean agrees(PrintedP printed, double p) {
        return switch (printed.kind()) {
            case EXACT -> p >= printed.low() * (1 - SLACK) && p <= printed.high() * (1 + SLACK);
            case BELOW -> p <= printed.value();
            case ABOVE, NOT_SIGNIFICANT -> p >= printed.value();
        };
    }

    private static AuditState state(Fit fit, boolean named) {
        return switch (fit) {
            case ROUNDS -> AuditState.OK;
            case CUT -> AuditState.OK_WITHIN_ROUNDING;
            case ONE_SIDED -> AuditState.WARN;
            case NONE -> named ? AuditState.ERROR : AuditState.WARN;
        };
    }

    private static String text(
            Fit fit, Recomputation best, double value, boolean named, boolean oneSided, List<Recomputation> tests) {
        String gives = name(best) + " gives " + (oneSided ? "one-sided " : "") + "P = " + Words.of(value);
        return switch (fit) {
            case ROUNDS -> gives + ", which agrees with the printed value.";
            case CUT -> gives + "; the report cut the digits off instead of rounding.";
            case ONE_SIDED ->
                name(best) + " gives the printed value as a one-sided P (" + Words.of(value) + "), but two-sided P = "
                        + Words.of(best.twoSided()) + ". Say in p_sided if it is one-sided.";
            case NONE ->
                all(tests, oneSided)
                        + (named
                                ? ". The printed value cannot come from these counts."
                                : ". None agrees with the printed value; unless it comes from an adjusted or a time-to-event"
                                        + " analysis, P or counts are wrong.");
        };
    }

    private static String all(List<Recomputation> tests, boolean oneSided) {
        List<String> parts = new ArrayList<>();
        for (Recomputation test : tests) {
            parts.add(name(test) + " gives " + (oneSided ? "one-sided " : "") + "P = "
                    + Words.of(oneSided ? test.oneSided() : test.twoSided()));
        }
        return parts.stream().collect(Collectors.joining(", "));
    }

    private static String name(Recomputation test) {
        return TestName.of(test.test()).map(TestName::label).orElse(test.test());
    }
}
