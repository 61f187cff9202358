package org.lozenge.stats.survival;

import static org.lozenge.stats.survival.ReportField.N_C;
import static org.lozenge.stats.survival.ReportField.N_T;
import static org.lozenge.stats.survival.ReportField.SURVIVAL_C;
import static org.lozenge.stats.survival.ReportField.SURVIVAL_SE_C;
import static org.lozenge.stats.survival.ReportField.SURVIVAL_SE_T;
import static org.lozenge.stats.survival.ReportField.SURVIVAL_T;
import static org.lozenge.stats.survival.ReportField.TIME;

import org.lozenge.stats.survival.RouteEstimate.Precision;

/**
 * Route T20: event-free fractions of both arms at one time.
 *
 * <pre>{@code
 * y = ln(ln Sₜ / ln S_c)
 * var = Σ (SE(S) / (S ln S))²            with printed standard errors
 * var = Σ (1 − S) / (n S ln² S)          without: nobody censored before that time
 * }</pre>
 *
 * <p>Rests on proportional hazards and a single point of the curves. Without standard errors it ignores censoring, so
 * its standard error is too small.
 *
 * @see <a href="https://pubmed.ncbi.nlm.nih.gov/18639651/">Perneger (2008), Contemp. Clin. Trials 29, 762–766</a>
 */
final class SurvivalAtTimeRoute implements Route {

    @Override
    public String code() {
        return "T20";
    }

    @Override
    public String title() {
        return "event-free fractions at one time";
    }

    @Override
    public RouteResult apply(ReportedResult report) {
        return RouteUnavailable.ifLacking(code(), report, SURVIVAL_T, SURVIVAL_C)
                .orElseGet(() -> derive(report));
    }

    private RouteResult derive(ReportedResult report) {
        double t = report.value(SURVIVAL_T);
        double c = report.value(SURVIVAL_C);
        if (!inside(t) || !inside(c)) {
            return RouteUnavailable.refused(code(), "event-free fractions of 0 or 1 give no ratio");
        }
        boolean greenwood = report.has(SURVIVAL_SE_T, SURVIVAL_SE_C);
        if (!greenwood && !report.has(N_T, N_C)) {
            return RouteUnavailable.lacking(code(), "needs n_t and n_c, or survival_se_t and survival_se_c");
        }
        double variance = greenwood
                ? squared(report.value(SURVIVAL_SE_T) / (t * log(t)))
                        + squared(report.value(SURVIVAL_SE_C) / (c * log(c)))
                : binomial(t, report.value(N_T)) + binomial(c, report.value(N_C));
        String note = Assumptions.join(
                "One point of the curves stands for the whole.", greenwood ? "" : "Censoring before it is ignored.");
        ReportField[] inputs = greenwood
                ? new ReportField[] {SURVIVAL_T, SURVIVAL_C, SURVIVAL_SE_T, SURVIVAL_SE_C, TIME}
                : new ReportField[] {SURVIVAL_T, SURVIVAL_C, N_T, N_C, TIME};
        return RouteEstimate.of(code(), logRatio(t, c), Math.sqrt(variance), report, Precision.CRUDE, note, inputs);
    }

    /** The log hazard ratio that two event-free fractions imply. */
    static double logRatio(double treatment, double control) {
        return log(-log(treatment)) - log(-log(control));
    }

    /** Variance of ln(−ln S) if S is a plain proportion of n people. */
    static double binomial(double s, double n) {
        return (1 - s) / (n * s * squared(log(s)));
    }

    private static boolean inside(double s) {
        return s > 0 && s < 1;
    }

    private static double log(double x) {
        return StrictMath.log(x);
    }

    private static double squared(double x) {
        return x * x;
    }
}
