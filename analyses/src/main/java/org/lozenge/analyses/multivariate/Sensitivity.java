package org.lozenge.analyses.multivariate;

import java.util.List;
import org.lozenge.stats.multilevel.MultivariateFit;

/**
 * The fits with other correlations of sampling errors.
 *
 * @param rho the correlations
 * @param fits a fit for each
 */
record Sensitivity(List<Double> rho, List<MultivariateFit> fits) {}
