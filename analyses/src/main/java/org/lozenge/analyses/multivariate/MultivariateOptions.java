package org.lozenge.analyses.multivariate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lozenge.analyses.dependent.FitParams;
import org.lozenge.analyses.dependent.Sampling;
import org.lozenge.analyses.formula.Moderators;
import org.lozenge.analyses.formula.NewValues;
import org.lozenge.plugin.NumberText;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.Role;
import org.lozenge.plugin.Roles;
import org.lozenge.stats.multilevel.CovarianceStructure;

/** Roles and options of the analysis {@code multivariate}. */
final class MultivariateOptions {

    static final Role ENDPOINT = Roles.ENDPOINT;

    static final Param<CovarianceStructure> STRUCTURE = Param.choice(
                    "structure", "Covariance between studies", CovarianceStructure.UN)
            .help(
                    "un: a variance for each outcome and a correlation for each pair; cs: one of each; hcs: variances, one"
                            + " correlation; diag: variances, no correlation; id: one variance.");

    static final Param<String> RHO_GRID = Param.text(
                    "rho-grid", "Correlations for the sensitivity analysis", "0,0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.8,0.9")
            .check(MultivariateOptions::isGrid, "must be correlations between -1 and 1, separated by commas, or none")
            .help(
                    "Fits again with each of these correlations of sampling errors, where the correlation is assumed and not given"
                            + " by the data; none for no such analysis.");

    private MultivariateOptions() {}

    static Role[] roles() {
        return new Role[] {Moderators.MODERATORS, Sampling.COVARIANCES, Sampling.CORRELATION};
    }

    static Param<?>[] params() {
        List<Param<?>> first = new ArrayList<>(List.of(STRUCTURE, Sampling.VCOV, Sampling.MATRIX, Sampling.RHO));
        first.addAll(Moderators.params());
        first.add(NewValues.AT);
        return FitParams.all(first, List.of(RHO_GRID));
    }

    private static boolean isGrid(String text) {
        return text.strip().equalsIgnoreCase("none")
                || Arrays.stream(text.split(",", -1))
                        .map(NumberText::parse)
                        .allMatch(r -> r.filter(x -> Math.abs(x) <= 1).isPresent());
    }

    static double[] grid(String text) {
        if (text.strip().equalsIgnoreCase("none")) {
            return new double[0];
        }
        return Arrays.stream(text.split(",", -1))
                .mapToDouble(cell -> NumberText.parse(cell).orElseThrow())
                .toArray();
    }
}
