package org.lozenge.analyses.multivariate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lozenge.analyses.dependent.CoefficientTables;
import org.lozenge.analyses.dependent.FitParams.Robust;
import org.lozenge.stats.multilevel.FixedEffects.Combination;
import org.lozenge.stats.multilevel.MultivariateFit;
import org.lozenge.stats.multilevel.RobustEffects;

/**
 * The fits with other correlations of sampling errors.
 *
 * @param rows a row per correlation and outcome
 */
record Sensitivity(List<Row> rows) {

    /**
     * One outcome in one fit.
     *
     * @param rho the correlation of sampling errors
     * @param outcome 0-based
     * @param mean its coefficient, robust if that was asked for
     * @param tau2 the variance between studies; NaN if nothing tells it
     * @param rhoBetween the correlation between studies of two outcomes; NaN if there are more
     * @param logLikelihood of the fit
     */
    record Row(double rho, int outcome, Combination mean, double tau2, double rhoBetween, double logLikelihood) {}

    Sensitivity {
        rows = List.copyOf(rows);
    }

    static List<Row> of(double rho, MultivariateFit fit, Robust asked, boolean restricted) {
        Optional<RobustEffects> robust = asked.type().map(fit::robust);
        int q = fit.outcomes().size();
        List<Row> rows = new ArrayList<>();
        for (int o = 0; o < q; o++) {
            double[] weights = new double[fit.coefficients().terms().size()];
            weights[o] = 1;
            rows.add(new Row(
                    rho,
                    o,
                    CoefficientTables.combination(fit.coefficients(), robust, weights),
                    fit.isEstimable(o) ? fit.tau2(o) : Double.NaN,
                    q == 2 ? fit.rho(0, 1) : Double.NaN,
                    fit.logLikelihood(restricted)));
        }
        return rows;
    }

    /** The rows of one outcome. */
    List<Row> ofOutcome(int outcome) {
        return rows.stream().filter(row -> row.outcome() == outcome).toList();
    }
}
